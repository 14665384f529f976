"""Bin contents in a package: which items have their place in a bin, as its page writes it."""

import pytest
from sqlalchemy import Engine

from scanner_app.database import Database
from tests.configuration.go_live import CONTENTS, GO_LIVE, without
from tests.configuration.packages import (
    Rows,
    Told,
    add_package,
    book,
    counts,
    errors,
    export,
    run,
    send,
    validate,
)
from tests.query_plans import explain
from tests.sent_statements import statements_sent
from tests.spreadsheet import Cell, Spreadsheet

NAME = "Bin Content"
CAPTIONS: list[Cell] = [*GO_LIVE[CONTENTS][0]]
LAMPS: list[list[Cell]] = [
    ["EAST", "E-1", "LAMP", "", "PCS", "Yes", 20],
    ["EAST", "E-1", "LAMP", "RED", "PCS", "No", ""],
    ["WEST", "W-1", "LAMP", "", "BOX", "Yes", 2.5],
]


@pytest.fixture
def sue(database: Database, gone_live: int) -> int:
    """Who sends contents, where there are locations, bins and items and no content yet."""
    add_package(database, CONTENTS, code="PLACES")
    return gone_live


def rows(*sent: list[Cell], captions: list[Cell] = CAPTIONS) -> dict[int, Rows]:
    return {CONTENTS: [captions, *sent]}


def apply(database: Database, user_id: int, sheets: dict[int, Rows]) -> dict[str, int]:
    send(database, book(sheets))
    return counts(run(database, user_id)).get(NAME, {})


def contents(database: Database) -> list[list[Cell]]:
    return [row[:7] for row in Spreadsheet(export(database, "PLACES")).sheets[NAME][3:]]


def test_items_have_their_place_where_the_package_says(database: Database, sue: int) -> None:
    assert apply(database, sue, rows(*reversed(LAMPS))) == {"created": 3}
    assert contents(database) == LAMPS
    assert apply(database, sue, rows(*LAMPS)) == {"unchanged": 3}
    assert contents(database) == LAMPS


def test_fixed_and_max_qty_change_and_a_missing_column_leaves_them_alone(
    database: Database, sue: int
) -> None:
    apply(database, sue, rows(*LAMPS))
    assert apply(database, sue, rows(["EAST", "E-1", "LAMP", "", "PCS", "No", ""])) == {
        "changed": 1
    }
    assert contents(database)[0][-2:] == ["No", ""]
    sent = rows(
        ["EAST", "E-1", "LAMP", "PCS", 7],
        captions=[*CAPTIONS[:3], "Unit of Measure Code", "Max. Qty."],
    )
    assert apply(database, sue, sent) == {"changed": 1}
    assert contents(database)[0][-2:] == ["No", 7]


def test_what_a_row_leaves_out_is_as_on_a_new_card(database: Database, sue: int) -> None:
    """The base unit, no variant, a fixed place without a limit; 0 is no limit either."""
    sent = rows(["east", "e-1", "lamp"], captions=CAPTIONS[:3])
    for became in ("created", "unchanged"):
        assert apply(database, sue, sent) == {became: 1}
        assert contents(database) == [["EAST", "E-1", "LAMP", "", "PCS", "Yes", ""]]
    assert apply(database, sue, rows(["EAST", "E-1", "LAMP", "", "PCS", "Yes", 0])) == {
        "unchanged": 1
    }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["MOON", "E-1", "LAMP", "", "PCS", "Yes", 1], ("Location Code", "MOON", "RecordUnknown")),
        (["EAST", "NONE", "LAMP", "", "PCS", "Yes", 1], ("Bin Code", "NONE", "RecordUnknown")),
        (["EAST", "W-1", "LAMP", "", "PCS", "Yes", 1], ("Bin Code", "W-1", "RecordUnknown")),
        (["EAST", "\x01", "LAMP", "", "PCS", "Yes", 1], ("Bin Code", "\x01", "RecordUnknown")),
        (["EAST", "", "LAMP", "", "PCS", "Yes", 1], ("Bin Code", "", "RecordUnknown")),
        (["EAST", "E-1", "", "", "PCS", "Yes", 1], ("Item No.", "", "NameMissing")),
        (["EAST", "E-1", "NONE", "", "PCS", "Yes", 1], ("Item No.", "NONE", "RecordNotFound")),
        (
            ["EAST", "E-1", "LAMP", "BLUE", "PCS", "Yes", 1],
            ("Variant Code", "BLUE", "RecordNotFound"),
        ),
        (
            ["WEST", "W-1", "LAMP", "", "KG", "Yes", 1],
            ("Unit of Measure Code", "KG", "RecordNotFound"),
        ),
        (
            ["EAST", "E-1", "LAMP", "", "BOX", "Yes", 1],
            ("Unit of Measure Code", "BOX", "BaseUnitOnly"),
        ),
        (["EAST", "E-1", "LAMP", "", "PCS", "often", 1], ("Fixed", "often", "SwitchNotReadable")),
        (
            ["EAST", "E-1", "LAMP", "", "PCS", "Yes", "many"],
            ("Max. Qty.", "many", "QuantityNotReadable"),
        ),
        (["EAST", "E-1", "LAMP", "", "PCS", "Yes", -1], ("Max. Qty.", "-1", "QuantityNotReadable")),
    ],
)
def test_a_row_that_the_page_would_refuse_is_told(
    database: Database, sue: int, row: list[Cell], expected: Told
) -> None:
    assert validate(database, sue, rows(row)) == [expected]
    assert all(str(error.refusal) for _, error in errors(database))


def test_every_error_of_a_content_is_told_at_its_field(database: Database, sue: int) -> None:
    row: list[Cell] = ["EAST", "E-1", "LAMP", "", "PCS", "often", "many"]
    assert validate(database, sue, rows(row)) == [
        ("Fixed", "often", "SwitchNotReadable"),
        ("Max. Qty.", "many", "QuantityNotReadable"),
    ]


def test_a_limit_finer_than_the_item_is_told_at_its_field(database: Database, sue: int) -> None:
    items: Rows = [["No.", "Qty. Rounding Precision"], ["LAMP", 1]]
    row: list[Cell] = ["EAST", "E-1", "LAMP", "", "PCS", "Yes", 0.5]
    sent = rows(row) | {27: items}
    assert validate(database, sue, sent) == [("Max. Qty.", "0.5", "QuantityTooFine")]


def test_two_rows_of_one_content_are_told_at_the_second(database: Database, sue: int) -> None:
    row: list[Cell] = ["EAST", "E-1", "LAMP", "", "PCS", "Yes", 1]
    again: list[Cell] = ["east", "e-1", "lamp", "", "pcs", "No", 2]
    [told] = validate(database, sue, rows(row, again))
    assert told[2] == "PackageRecordTwice"


def test_a_package_with_all_that_a_content_names_is_validated_as_a_whole(
    database: Database, admin: int
) -> None:
    assert validate(database, admin, without()) == []
    assert counts(run(database, admin))[NAME] == {"created": 2}
    add_package(database, CONTENTS, code="PLACES")
    assert contents(database) == [
        ["EAST", "E-1", "MILK", "", "PCS", "No", ""],
        ["WEST", "W-1", "LAMP", "RED", "BOX", "Yes", 2],
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_content_is_found_by_indexes_alone(database: Database, sue: int) -> None:
    send(database, book(rows(*LAMPS)))
    with statements_sent(Engine) as asked:
        run(database, sue)
    looked_up = {text: values for text, values in asked if "FROM bin_content " in text}
    assert looked_up
    for lines in explain(database, list(looked_up.items())):
        assert not any(line.startswith("SCAN") for line in lines), lines
