"""What the cells of an exported package offer: the choices of a field, and the rows of a sheet."""

import pytest

from scanner_app.configuration.package_tables import TABLES
from scanner_app.database import Database
from scanner_app.workbooks.cells import column_letters
from scanner_app.workbooks.column import ColumnKind
from tests.configuration.go_live import (
    BATCHES,
    BINS,
    CONTENTS,
    GO_LIVE,
    ITEM_UNITS,
    ITEMS,
    LINES,
    LOCATIONS,
    LOTS,
    REFERENCES,
    UNITS,
    VARIANTS,
    WHSE_LINES,
)
from tests.configuration.packages import add_package, book, counts, export, run, send
from tests.spreadsheet import Spreadsheet
from tests.workbooks.parts import drop_downs

EVERY = "EVERY"
LAST_ROW = 50_003


@pytest.fixture
def whole(database: Database) -> bytes:
    """A package with every table, and nothing in it yet."""
    add_package(database, *TABLES, code=EVERY)
    return export(database, EVERY)


def rows_of(table_no: int, caption: str) -> str:
    """How a list calls the rows of a column on the sheet of a table."""
    table = TABLES[table_no]
    captions = [field.caption for field in table.fields]
    letters = column_letters(captions.index(caption) + 1)
    name = f"'{table.name}'" if " " in table.name else table.name
    return f"{name}!${letters}$4:${letters}${LAST_ROW}"


@pytest.mark.parametrize(
    ("table_no", "caption", "offered"),
    [
        (LINES, "Entry Type", '"Positive Adjmt.,Negative Adjmt.,Purchase,Sale"'),
        (LINES, "Journal Template Name", '"ITEM"'),
        (LINES, "Journal Batch Name", rows_of(BATCHES, "Name")),
        (LINES, "Item No.", rows_of(ITEMS, "No.")),
        (LINES, "Bin Code", rows_of(BINS, "Code")),
        (LINES, "Variant Code", rows_of(VARIANTS, "Code")),
        (LINES, "Unit of Measure Code", rows_of(UNITS, "Code")),
        (WHSE_LINES, "Journal Template Name", '"Physical Inventory,Item"'),
        (BINS, "Block Movement", '"Inbound,Outbound,All"'),
        (BINS, "Dedicated", '"Yes,No"'),
        (BINS, "Location Code", rows_of(LOCATIONS, "Code")),
        (LOCATIONS, "Adjustment Bin Code", rows_of(BINS, "Code")),
        (CONTENTS, "Bin Code", rows_of(BINS, "Code")),
        (CONTENTS, "Unit of Measure Code", rows_of(UNITS, "Code")),
        (CONTENTS, "Fixed", '"Yes,No"'),
        (REFERENCES, "Reference Type", '"Customer,Vendor,Bar Code"'),
        (LOTS, "Test Quality", '"Good,Average,Bad"'),
    ],
)
def test_a_cell_offers_its_choices_or_the_rows_of_another_sheet(
    whole: bytes, table_no: int, caption: str, offered: str
) -> None:
    formula, cells = drop_downs(whole)[TABLES[table_no].name][caption]
    assert formula == offered
    letters = column_letters([f.caption for f in TABLES[table_no].fields].index(caption) + 1)
    assert cells == f"{letters}4:{letters}{LAST_ROW}"


def test_every_switch_option_and_record_has_its_list_and_nothing_else(whole: bytes) -> None:
    expected = {
        table.name: {
            field.caption
            for field in table.fields
            if field.kind is ColumnKind.SWITCH or field.choices or field.names
        }
        for table in TABLES.values()
    }
    assert {name: set(lists) for name, lists in drop_downs(whole).items()} == expected


def test_what_the_package_does_not_hold_is_not_offered(database: Database) -> None:
    add_package(database, LINES, ITEM_UNITS, code=EVERY)
    lists = drop_downs(export(database, EVERY))
    assert lists == {
        "Item Unit of Measure": {},
        "Item Journal Line": {
            "Journal Template Name": ('"ITEM"', f"A4:A{LAST_ROW}"),
            "Entry Type": lists["Item Journal Line"]["Entry Type"],
            "Unit of Measure Code": (
                rows_of(ITEM_UNITS, "Code"),
                lists["Item Journal Line"]["Unit of Measure Code"][1],
            ),
        },
    }


def test_lists_change_nothing_of_the_head_nor_of_what_comes_back(
    database: Database, admin: int
) -> None:
    send(database, book(GO_LIVE))
    run(database, admin)
    sent = export(database)
    for name, rows in Spreadsheet(sent).sheets.items():
        [table] = [each for each in TABLES.values() if each.name == name]
        assert rows[0][:3] == ["GO-LIVE", name, table.number]
        assert not any(rows[0][3:])
        assert not any(rows[1])
        assert [caption for caption in rows[2] if caption] == [*table.captions.values()]
    send(database, sent)
    became = counts(run(database, admin))
    assert {name: set(told) for name, told in became.items()} == {
        name: {"unchanged"} for name in became
    }
    assert len(became) == len(GO_LIVE)
    assert Spreadsheet(export(database)).sheets == Spreadsheet(sent).sheets
