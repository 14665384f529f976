"""A warehouse goes live: tables are filled in a spreadsheet, imported, validated and applied."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from scanner_app.database import Database
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.jobs.work import work_on_jobs
from tests.demo_copies import LOADED
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer
from tests.spreadsheet import Cell, Spreadsheet

PACKAGE = "/configuration-packages/GO-LIVE"
ITEMS, BINS, BATCHES, LINES = "Item", "Bin", "Item Journal Batch", "Item Journal Line"


@pytest.fixture
def newcomer(handheld: Callable[[str], Handheld]) -> Newcomer:
    """Somebody who has made a package with every table."""
    newcomer = Newcomer(handheld("SUPERVISOR").pages)
    newcomer.enter_in_tell_me("Configuration Packages")
    newcomer.choose("New")
    newcomer.fill_in("Code", "go-live")
    newcomer.fill_in("Package Name", "Opening of SILVER")
    newcomer.press("Create")
    return newcomer


def work(newcomer: Newcomer, database: Database) -> None:
    work_on_jobs(database, lambda: LOADED)
    newcomer.choose("Look again")


def fill_in(sheet: list[list[Cell]], *rows: dict[str, Cell]) -> None:
    """Write rows below the captions, by their captions."""
    captions = [str(caption) for caption in sheet[2]]
    sheet.extend([row.get(caption, "") for caption in captions] for row in rows)


def captions_of(newcomer: Newcomer) -> Spreadsheet:
    response = newcomer.pages.client.get(f"{PACKAGE}/workbook?captions=1")
    assert response.status_code == 200
    book = Spreadsheet(response.data)
    book.sheets = {name: book.sheets[name] for name in (ITEMS, BINS, BATCHES, LINES)}
    return book


def filled_in(newcomer: Newcomer, *, item_of_line: str = "9001") -> Spreadsheet:
    book = captions_of(newcomer)
    assert book.sheets[ITEMS][0][:3] == ["GO-LIVE", "Item", 27]
    item: dict[str, Cell] = {
        "No.": "9001",
        "Description": "Lamp",
        "Base Unit of Measure": "PCS",
        "Qty. Rounding Precision": 1,
    }
    fill_in(book.sheets[ITEMS], item)
    fill_in(book.sheets[BINS], {"Location Code": "SILVER", "Code": "S-09-0001"})
    fill_in(book.sheets[BATCHES], {"Name": "OPENING"})
    line: dict[str, Cell] = {
        "Journal Batch Name": "OPENING",
        "Document No.": "OPEN-1",
        "Location Code": "SILVER",
        "Bin Code": "S-09-0001",
    }
    for item_no, quantity in (("9001", 5), (item_of_line, 7)):
        fill_in(book.sheets[LINES], line | {"Item No.": item_no, "Quantity": quantity})
    return book


def lines_in(database: Database) -> list[tuple[str, int]]:
    line = ItemJournalLine
    with database.read() as session:
        rows = session.execute(
            select(Item.no, line.quantity).join(Item, Item.id == line.item_id).order_by(line.id)
        )
        return [(no, int(quantity)) for no, quantity in rows if no == "9001"]


def test_a_warehouse_goes_live_from_a_workbook(newcomer: Newcomer, database: Database) -> None:
    wrong = filled_in(newcomer, item_of_line="9OO1")
    newcomer.send("Import", file=wrong.save())
    assert "The rows wait in the package. No table was touched." in newcomer.page.words
    newcomer.press("Apply")
    assert "0 of 10 rows are done." in newcomer.page.words
    work(newcomer, database)
    assert "Nothing is applied, because 1 record has errors." in newcomer.page.words
    newcomer.choose("1 record Item Journal Line")
    assert "5 Item No. 9OO1 Item No. 9OO1 is not there." in newcomer.page.words
    newcomer.go_back()

    newcomer.send("Import", file=filled_in(newcomer).save())
    newcomer.press("Validate")
    work(newcomer, database)
    assert "Every record can be applied." in newcomer.page.words
    assert lines_in(database) == []
    newcomer.press("Apply")
    work(newcomer, database)
    assert "The package is applied." in newcomer.page.words
    assert "83 Item Journal Line 2 Applied" in newcomer.page.words
    assert "2 created" in newcomer.page.words
    assert lines_in(database) == [("9001", 5), ("9001", 7)]
    newcomer.press("OK")
    assert "The package is applied." not in newcomer.page.words


def test_the_same_file_again_changes_nothing(newcomer: Newcomer, database: Database) -> None:
    content = filled_in(newcomer).save()
    for _ in range(2):
        newcomer.send("Import", file=content)
        newcomer.press("Apply")
        work(newcomer, database)
    assert "2 unchanged" in newcomer.page.words
    assert "created" not in newcomer.page.words
    assert len(lines_in(database)) == 2
    newcomer.send("Import", file=content)
    assert "The package holds these rows already. Nothing was changed." in newcomer.page.words


def test_the_errors_come_back_in_a_file(newcomer: Newcomer, database: Database) -> None:
    newcomer.send("Import", file=filled_in(newcomer, item_of_line="NONE").save())
    newcomer.press("Validate")
    work(newcomer, database)
    response = newcomer.pages.client.get(f"{PACKAGE}/tables/83/errors")
    sheet = Spreadsheet(response.data).sheets[LINES]
    assert sheet[2][-1] == "Error"
    assert [row[-1] for row in sheet[3:]] == [
        "",
        "Item No. NONE is not there. Choose one that is set up.",
    ]
    sheet[4][[*map(str, sheet[2])].index("Item No.")] = "9001"
    book = Spreadsheet(response.data)
    book.sheets = {LINES: sheet}
    newcomer.send("Import", file=book.save())
    newcomer.press("Validate")
    work(newcomer, database)
    assert "Every record can be applied." in newcomer.page.words
    assert "83 Item Journal Line 2 Validated" in newcomer.page.words


def test_what_has_errors_is_left_out_when_it_is_told(
    newcomer: Newcomer, database: Database
) -> None:
    newcomer.send("Import", file=filled_in(newcomer, item_of_line="NONE").save())
    newcomer.select("Leave out records with errors")
    newcomer.press("Apply")
    work(newcomer, database)
    assert "applied, but for 1 record with errors." in newcomer.page.words
    assert lines_in(database) == [("9001", 5)]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Item).where(Item.no == "9001")) == 1


def test_validating_is_cancelled_before_anything_is_written(
    newcomer: Newcomer, database: Database
) -> None:
    newcomer.send("Import", file=filled_in(newcomer).save())
    newcomer.press("Apply")
    left = iter([False] * 3)
    work_on_jobs(database, lambda: LOADED, stop=lambda: next(left, True))
    newcomer.press("Cancel")
    assert "It was cancelled. Nothing is applied." in newcomer.page.words
    assert lines_in(database) == []
