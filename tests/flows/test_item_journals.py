"""Opening balances by an item journal, as the document about item tracking tells a newcomer.

The words that are entered, chosen and filled in are those of the document, by HTTP alone.
"""

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
    return Newcomer(handheld("SUPERVISOR").pages)


def enter_line(newcomer: Newcomer, **more: str) -> None:
    fields = {
        "Document No.": "BAL-1",
        "Item No.": "3020",
        "Location Code": "SILVER",
        "Bin Code": "S-01-0001",
        "Quantity": "3",
        "Lot No.": "BALANCE-LOT",
        "Expiration Date": "2030-12-31",
        "Warranty Date": "2031-12-31",
    }
    for label, value in (fields | more).items():
        newcomer.fill_in(label, value)
    newcomer.press("Create")


def test_to_specify_opening_balances_by_an_item_journal(
    newcomer: Newcomer, database: Database
) -> None:
    open_batch(newcomer)
    newcomer.choose("New line")
    enter_line(newcomer)
    assert "It is added." in newcomer.page.words
    assert newcomer.reads("Document No.") == "BAL-1"
    assert newcomer.reads("Location Code") == "SILVER"
    enter_line(newcomer, **{"Lot No.": "BALANCE-TWO", "Quantity": "2"})
    newcomer.go_back()
    assert "Untested" in newcomer.page.words
    newcomer.choose("Check")
    assert "Every line can be posted." in newcomer.page.words
    assert "Untested" not in newcomer.page.words
    newcomer.choose("Preview Posting")
    assert "2 item ledger entries would be posted, 2 warehouse entries." in newcomer.page.words
    newcomer.go_back()
    newcomer.press("Post 2 lines")
    assert "2 item ledger entries are posted." in newcomer.page.words
    assert "No line yet" in newcomer.page.words
    entry = ItemLedgerEntry
    with database.read() as session:
        posted = session.scalars(
            select(entry).where(entry.document_no == "BAL-1").order_by(entry.id)
        ).all()
        assert [(e.lot_no, e.quantity, str(e.expiration_date)) for e in posted] == [
            ("BALANCE-LOT", 3, "2030-12-31"),
            ("BALANCE-TWO", 2, "2030-12-31"),
        ]
        assert {str(e.warranty_date) for e in posted} == {"2031-12-31"}


def test_posting_names_every_line_that_is_refused_and_writes_none(
    newcomer: Newcomer, database: Database
) -> None:
    open_batch(newcomer)
    newcomer.choose("New line")
    enter_line(newcomer)
    enter_line(newcomer, **{"Lot No.": "", "Expiration Date": ""})
    enter_line(newcomer, **{"Bin Code": "", "Lot No.": "OTHER"})
    newcomer.go_back()
    newcomer.choose("Preview Posting")
    assert "Lines that posting would refuse: 2." in newcomer.page.words
    newcomer.press("Post 3 lines")
    assert "2 lines cannot be posted" in newcomer.page.words
    assert "Location SILVER has bins" in newcomer.page.words
    newcomer.choose("Line 20000")
    newcomer.fill_in("Lot No.", "BALANCE-TWO")
    newcomer.fill_in("Expiration Date", "2030-12-31")
    newcomer.press("Save")
    newcomer.choose("Edit 30000")
    newcomer.press("Delete")
    newcomer.press("Post 2 lines")
    assert "2 item ledger entries are posted." in newcomer.page.words


def test_a_directed_location_points_to_its_bins(newcomer: Newcomer) -> None:
    open_batch(newcomer)
    newcomer.choose("New line")
    enter_line(newcomer, **{"Location Code": "WHITE", "Bin Code": ""})
    assert "Stock at WHITE is adjusted in its bins first." in newcomer.page.words
    assert newcomer.reads("Lot No.") == "BALANCE-LOT"
