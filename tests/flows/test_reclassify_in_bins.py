"""The warehouse reclassification journal, as the document about counting and reclassifying has it.

The words that are entered, chosen and filled in are those of the document, by HTTP alone.
"""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.warehouse.warehouse_ledger import WarehouseEntry
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer

JOURNAL = "Warehouse Reclassification Journal"


@pytest.fixture
def newcomer(handheld: Callable[[str], Handheld]) -> Newcomer:
    newcomer = Newcomer(handheld("SUPERVISOR").pages)
    newcomer.enter_in_tell_me(JOURNAL)
    newcomer.choose("Name")
    newcomer.choose("New")
    newcomer.fill_in("Name", "MOVED")
    newcomer.press("Create")
    newcomer.choose("OK MOVED")
    newcomer.choose("New line")
    return newcomer


def enter_line(newcomer: Newcomer, **more: str) -> None:
    """Beans of the lot CB01, all twelve bags of which lie in one bin."""
    usual = {"Item No.": "3030", "From Bin Code": "W-02-0102", "Quantity": "3", "Lot No.": "CB01"}
    for label, value in (usual | more).items():
        newcomer.fill_in(label, value)
    newcomer.press("Create")
    assert "It is added." in newcomer.page.words


def transfers(database: Database) -> list[tuple[object, ...]]:
    """What the item ledger was told; both ledgers are sound."""
    entry = ItemLedgerEntry
    with database.read() as session:
        assert check_ledgers(session) == []
        of_type = select(entry).where(entry.entry_type == "Transfer").order_by(entry.id)
        rows = session.scalars(of_type)
        return [(e.lot_no, e.quantity, str(e.expiration_date)) for e in rows]


def test_to_register_what_was_moved_and_what_has_another_lot_now(
    newcomer: Newcomer, database: Database
) -> None:
    enter_line(newcomer, **{"To Bin Code": "W-01-0601"})
    assert newcomer.reads("From Bin Code") == "W-02-0102"
    assert newcomer.reads("To Bin Code") == "W-01-0601"
    assert newcomer.reads("Whse. Document No.").startswith("WR-")
    enter_line(newcomer, **{"To Bin Code": "W-01-0602", "New Lot No.": "CB01-WET"})
    newcomer.go_back()
    newcomer.choose("Check")
    assert "Every line can be registered." in newcomer.page.words
    newcomer.press("Register 2 lines")
    assert "2 lines are registered." in newcomer.page.words
    assert "No line yet" in newcomer.page.words
    [(_, _, expires), *_] = told = transfers(database)
    assert told == [("CB01", -3, expires), ("CB01-WET", 3, expires)]
    entry = WarehouseEntry
    with database.read() as session:
        moved = session.execute(
            select(Bin.code, entry.lot_no, entry.quantity)
            .join(Bin, Bin.id == entry.bin_id)
            .where(entry.source_no.like("WR-%"))
            .order_by(entry.id)
        ).all()
    assert [tuple(row) for row in moved] == [
        ("W-02-0102", "CB01", -3),
        ("W-01-0601", "CB01", 3),
        ("W-02-0102", "CB01", -3),
        ("W-01-0602", "CB01-WET", 3),
    ]


def test_the_date_of_a_lot_is_changed_for_all_of_it(newcomer: Newcomer, database: Database) -> None:
    same = {"To Bin Code": "W-02-0102", "New Expiration Date": "2030-12-31"}
    enter_line(newcomer, **same)
    newcomer.go_back()
    newcomer.press("Register 1 line")
    assert "1 line cannot be registered" in newcomer.page.words
    assert "9 of CB01 of item 3030 stay behind" in newcomer.page.words
    newcomer.choose("Line 10000")
    newcomer.fill_in("Quantity", "12")
    newcomer.press("Save")
    newcomer.press("Register 1 line")
    assert "1 line is registered." in newcomer.page.words
    assert transfers(database)[1] == ("CB01", 12, "2030-12-31")


def test_a_line_that_changes_nothing_is_named_and_goods_may_leave_their_number(
    newcomer: Newcomer,
) -> None:
    enter_line(newcomer, **{"To Bin Code": "W-02-0102"})
    newcomer.go_back()
    newcomer.choose("Check")
    assert "The line of 3030 Lot No. CB01 changes nothing." in newcomer.page.words
    newcomer.choose("Line 10000")
    assert newcomer.reads("New Lot No.") == "CB01"
    newcomer.fill_in("New Lot No.", "")
    newcomer.press("Save")
    newcomer.choose("Check")
    assert "Item 3030 needs a Lot No. as well." in newcomer.page.words


def test_a_location_without_directed_work_has_the_item_reclassification_journal(
    handheld: Callable[[str], Handheld],
) -> None:
    newcomer = Newcomer(handheld("SUPERVISOR").pages)
    newcomer.page = newcomer.pages.get("/menu")
    newcomer.fill_in("Location", "SILVER")
    newcomer.press("Work here")
    newcomer.enter_in_tell_me(JOURNAL)
    assert "Location SILVER works without directed put-away and pick." in newcomer.page.words
    newcomer.choose("Item Reclassification Journal")
    assert newcomer.page.h1.startswith("Item Reclassification Journal")
