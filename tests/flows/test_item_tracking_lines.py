"""The numbers of a journal line on the page Item Tracking Lines, in the words of its pages."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer
from tests.flows.opening_balances import open_batch


@pytest.fixture
def newcomer(handheld: Callable[[str], Handheld]) -> Newcomer:
    """A journal with Item Tracking on Lines and no line."""
    newcomer = Newcomer(handheld("SUPERVISOR").pages)
    open_batch(newcomer)
    return newcomer


def enter_line(newcomer: Newcomer, **fields: str) -> None:
    newcomer.choose("New line")
    usual = {"Document No.": "BAL-1", "Location Code": "SILVER", "Bin Code": "S-01-0001"}
    for label, value in (usual | fields).items():
        newcomer.fill_in(label, value)
    newcomer.press("Create")
    newcomer.go_back()


def posted(database: Database) -> dict[str, int]:
    entry = ItemLedgerEntry
    of_document = select(entry.lot_no, entry.quantity).where(entry.document_no == "BAL-1")
    with database.read() as session:
        return {lot_no: int(quantity) for lot_no, quantity in session.execute(of_document)}


def test_one_line_gets_several_lots(newcomer: Newcomer, database: Database) -> None:
    enter_line(newcomer, **{"Item No.": "3020", "Quantity": "5"})
    newcomer.choose("Item Tracking Lines 10000")
    newcomer.fill_in("Lot No.", "LOT-A")
    newcomer.fill_in("Expiration Date", "2030-12-31")
    newcomer.fill_in("Quantity (Base)", "3")
    newcomer.press("Add")
    assert "Undefined 2" in newcomer.page.words
    newcomer.fill_in("Label", "LOT-B")
    newcomer.press("Add what it says")
    assert "Undefined 0" in newcomer.page.words
    assert "Refused" in newcomer.page.words
    newcomer.choose("Edit LOT-B")
    newcomer.fill_in("Expiration Date", "2031-12-31")
    newcomer.press("Save")
    assert "Refused" not in newcomer.page.words
    newcomer.go_back()
    newcomer.press("Post 1 line")
    assert posted(database) == {"LOT-A": 3, "LOT-B": 2}


def test_the_numbers_of_all_lines_are_transferred_with_a_check(newcomer: Newcomer) -> None:
    lot = {"Item No.": "3020", "Quantity": "5", "Lot No.": "LOT-A"}
    enter_line(newcomer, **lot)
    newcomer.press("Update Item Tracking Lines")
    assert "Lines whose numbers would be refused: 1." in newcomer.page.words
    newcomer.choose("Line 10000")
    newcomer.fill_in("Expiration Date", "2030-12-31")
    newcomer.press("Save")
    newcomer.press("Update Item Tracking Lines")
    assert "The numbers of 1 line are on item tracking lines now." in newcomer.page.words
    assert "5 with numbers" in newcomer.page.words


def test_what_leaves_is_selected_from_inventory(newcomer: Newcomer, database: Database) -> None:
    enter_line(
        newcomer,
        **{
            "Item No.": "3020",
            "Quantity": "5",
            "Lot No.": "LOT-A",
            "Expiration Date": "2030-12-31",
        },
    )
    newcomer.press("Post 1 line")
    enter_line(newcomer, **{"Item No.": "3020", "Quantity": "2", "Entry Type": "Negative Adjmt."})
    newcomer.choose("Item Tracking Lines 10000")
    newcomer.choose("Select Entries")
    assert "LOT-A" in newcomer.page.words
    newcomer.select_row("LOT-A")
    newcomer.press("Take the selected")
    assert "Undefined 0" in newcomer.page.words
    newcomer.go_back()
    newcomer.press("Post 1 line")
    assert posted(database)["LOT-A"] == -2
