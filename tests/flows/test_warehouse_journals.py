"""The warehouse journals, as the document about item tracking tells a newcomer.

The words that are entered, chosen and filled in are those of the document, by HTTP alone.
"""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.warehouse.ledger_check import check_ledgers
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer, text_of
from tests.spreadsheet import Cell, Spreadsheet

PHYSICAL = "Warehouse Physical Inventory Journal"
LINE = {
    "Item No.": "3030",
    "Bin Code": "W-01-0601",
    "Quantity": "3",
    "Lot No.": "FOUND-LOT",
    "Expiration Date": "2030-12-31",
    "Warranty Date": "2031-12-31",
}


@pytest.fixture
def newcomer(handheld: Callable[[str], Handheld]) -> Newcomer:
    return Newcomer(handheld("SUPERVISOR").pages)


def open_batch(newcomer: Newcomer, name: str) -> None:
    """Open the list of batches by the field Name, make one, and select it."""
    newcomer.choose(name)
    newcomer.choose("New")
    newcomer.fill_in("Name", "FOUND")
    newcomer.press("Create")
    newcomer.choose("OK FOUND")
    newcomer.choose("New line")


def enter_line(newcomer: Newcomer, **more: str) -> None:
    for label, value in (LINE | more).items():
        newcomer.fill_in(label, value)
    newcomer.press("Create")


def synchronise(newcomer: Newcomer) -> None:
    newcomer.choose("Sync")
    newcomer.press("Calculate")
    [post] = [b for b in newcomer.page.all("button") if text_of(b).startswith("Post ")]
    newcomer.press(text_of(post))


def posted(database: Database, lot_no: str) -> list[tuple[object, ...]]:
    entry = ItemLedgerEntry
    with database.read() as session:
        assert check_ledgers(session) == []
        rows = session.scalars(select(entry).where(entry.lot_no == lot_no).order_by(entry.id))
        return [(e.quantity, str(e.expiration_date), str(e.warranty_date)) for e in rows]


def test_to_register_a_warehouse_physical_inventory_journal(
    newcomer: Newcomer, database: Database
) -> None:
    newcomer.enter_in_tell_me(PHYSICAL)
    open_batch(newcomer, "Name COUNT-01")
    enter_line(newcomer)
    assert "It is added." in newcomer.page.words
    assert newcomer.reads("Bin Code") == "W-01-0601"
    assert newcomer.reads("Whse. Document No.").startswith("PH-")
    enter_line(newcomer, **{"Bin Code": "W-01-0602", "Quantity": "2"})
    newcomer.go_back()
    newcomer.choose("Check")
    assert "Every line can be registered." in newcomer.page.words
    newcomer.press("Register 2 lines")
    assert "2 lines are registered." in newcomer.page.words
    assert "No line yet" in newcomer.page.words
    synchronise(newcomer)
    assert posted(database, "FOUND-LOT") == [(5, "2030-12-31", "2031-12-31")]


def test_to_register_a_warehouse_item_journal(newcomer: Newcomer, database: Database) -> None:
    newcomer.enter_in_tell_me("Warehouse Item Journal")
    assert "No batch yet" in newcomer.page.words
    open_batch(newcomer, "Name")
    enter_line(newcomer)
    newcomer.go_back()
    newcomer.press("Register 1 line")
    assert "1 line is registered." in newcomer.page.words
    synchronise(newcomer)
    assert posted(database, "FOUND-LOT") == [(3, "2030-12-31", "2031-12-31")]


def test_opening_balances_come_by_edit_in_excel(newcomer: Newcomer, database: Database) -> None:
    newcomer.enter_in_tell_me(PHYSICAL)
    newcomer.choose("Edit in Excel")
    sheet = Spreadsheet(newcomer.download("Download"))
    row: dict[str, Cell] = {
        "item_no": "3030",
        "bin_code": "W-01-0601",
        "quantity": 3,
        "lot_no": "0012",
    }
    dates: dict[str, Cell] = {
        "expiration_date": date(2030, 12, 31),
        "warranty_date": date(2031, 12, 31),
    }
    sheet.fill_in(0, **row, **dates)
    sheet.fill_in(1, **row | dates | {"lot_no": "0013", "bin_code": "W-11-0001"})
    newcomer.send("Show changes", file=sheet.save())
    assert "1 row cannot be published." in newcomer.page.words
    sheet.fill_in(1, **row | dates | {"lot_no": "0013", "bin_code": "W-01-0602"})
    newcomer.choose("Send another file")
    newcomer.send("Show changes", file=sheet.save())
    assert "2 new" in newcomer.page.words
    newcomer.press("Publish 2 changes")
    assert "2 changes are published." in newcomer.page.words
    newcomer.press("Register 2 lines")
    synchronise(newcomer)
    for lot_no in ("0012", "0013"):
        assert posted(database, lot_no) == [(3, "2030-12-31", "2031-12-31")]
    newcomer.enter_in_tell_me(PHYSICAL)
    newcomer.choose("Edit in Excel")
    newcomer.send("Show changes", file=sheet.save())
    assert "There is nothing to publish" in newcomer.page.words


def test_registering_names_every_line_that_is_refused_and_writes_none(newcomer: Newcomer) -> None:
    newcomer.enter_in_tell_me(PHYSICAL)
    open_batch(newcomer, "Name COUNT-01")
    enter_line(newcomer)
    enter_line(newcomer, **{"Lot No.": ""})
    enter_line(newcomer, **{"Bin Code": ""})
    newcomer.go_back()
    newcomer.press("Register 3 lines")
    assert "2 lines cannot be registered" in newcomer.page.words
    assert "Item 3030 needs a Lot No. as well." in newcomer.page.words
    newcomer.choose("Line 20000")
    newcomer.fill_in("Lot No.", "FOUND-TWO")
    newcomer.press("Save")
    newcomer.choose("Edit 30000")
    newcomer.press("Delete")
    newcomer.press("Register 2 lines")
    assert "2 lines are registered." in newcomer.page.words


def test_a_batch_of_the_journal_is_a_count_as_well(newcomer: Newcomer) -> None:
    newcomer.enter_in_tell_me(PHYSICAL)
    newcomer.choose("Count of COUNT-01")
    assert newcomer.page.h1 == "COUNT-01"
    newcomer.choose("Lines that are typed")
    assert newcomer.page.h1 == f"{PHYSICAL} COUNT-01"


@pytest.mark.parametrize("page", [PHYSICAL, "Warehouse Item Journal"])
def test_a_location_without_directed_work_is_shown_the_way_to_the_item_journal(
    handheld: Callable[[str], Handheld], page: str
) -> None:
    newcomer = Newcomer(handheld("SUPERVISOR").pages)
    newcomer.page = newcomer.pages.get("/menu")
    newcomer.fill_in("Location", "SILVER")
    newcomer.press("Work here")
    newcomer.enter_in_tell_me(page)
    assert "Location SILVER works without directed put-away and pick." in newcomer.page.words
    newcomer.choose("Item Journals")
    assert newcomer.page.h1.startswith("Item Journal")
