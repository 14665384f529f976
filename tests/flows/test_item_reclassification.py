"""The item reclassification journal by HTTP, in the words of its pages."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer
from tests.flows.opening_balances import open_batch

STOCK = {
    "Document No.": "BAL-1",
    "Item No.": "3020",
    "Location Code": "SILVER",
    "Bin Code": "S-01-0001",
    "Quantity": "5",
    "Lot No.": "LOT-OLD",
    "Expiration Date": "2030-12-31",
}


@pytest.fixture
def newcomer(handheld: Callable[[str], Handheld]) -> Newcomer:
    """Five of LOT-OLD in a bin of SILVER, and a reclassification journal without lines."""
    newcomer = Newcomer(handheld("SUPERVISOR").pages)
    open_batch(newcomer)
    newcomer.choose("New line")
    for label, value in STOCK.items():
        newcomer.fill_in(label, value)
    newcomer.press("Create")
    newcomer.go_back()
    newcomer.press("Post 1 line")
    newcomer.enter_in_tell_me("Item Reclassification Journal")
    newcomer.choose("Name")
    newcomer.choose("New")
    newcomer.fill_in("Name", "reclass")
    newcomer.press("Create")
    newcomer.choose("OK RECLASS")
    return newcomer


def enter_line(newcomer: Newcomer, **fields: str) -> None:
    newcomer.choose("New line")
    kept = ("Item No.", "Location Code", "Bin Code", "Quantity", "Lot No.")
    usual = {name: STOCK[name] for name in kept} | {"Document No.": "RECLASS-1"}
    for label, value in (usual | fields).items():
        newcomer.fill_in(label, value)
    newcomer.press("Create")
    newcomer.go_back()


def transferred(database: Database) -> list[tuple[str, int, str]]:
    entry = ItemLedgerEntry
    of_document = select(entry).where(entry.document_no == "RECLASS-1").order_by(entry.id)
    with database.read() as session:
        return [
            (e.lot_no, int(e.quantity), str(e.expiration_date))
            for e in session.scalars(of_document)
        ]


def test_a_lot_gets_another_number_and_another_date(newcomer: Newcomer, database: Database) -> None:
    enter_line(newcomer, **{"New Lot No.": "LOT-NEW", "New Expiration Date": "2031-06-30"})
    assert "LOT-OLD" in newcomer.page.words
    assert "→ LOT-NEW" in newcomer.page.words
    assert "5 base units are transferred" in newcomer.page.words
    newcomer.choose("Check")
    assert "Every line can be posted." in newcomer.page.words
    newcomer.choose("Preview Posting")
    assert "2 item ledger entries would be posted, 2 warehouse entries." in newcomer.page.words
    newcomer.go_back()
    newcomer.press("Post 1 line")
    assert "2 item ledger entries are posted." in newcomer.page.words
    assert transferred(database) == [("LOT-OLD", -5, "2030-12-31"), ("LOT-NEW", 5, "2031-06-30")]


def test_a_line_that_changes_nothing_is_named(newcomer: Newcomer) -> None:
    enter_line(newcomer)
    newcomer.choose("Check")
    assert "changes nothing." in newcomer.page.words
    newcomer.choose("Line 10000")
    assert newcomer.reads("New Lot No.") == "LOT-OLD"
    newcomer.fill_in("New Bin Code", "S-01-0002")
    newcomer.press("Save")
    newcomer.press("Post 1 line")
    assert "2 item ledger entries are posted." in newcomer.page.words


def test_a_directed_location_points_to_its_own_journal(newcomer: Newcomer) -> None:
    newcomer.choose("New line")
    for label, value in {"Item No.": "3020", "Quantity": "1", "Document No.": "D"}.items():
        newcomer.fill_in(label, value)
    newcomer.fill_in("Location Code", "WHITE")
    newcomer.press("Create")
    assert "Stock at WHITE is reclassified in its bins." in newcomer.page.words
    newcomer.fill_in("Location Code", "SILVER")
    newcomer.fill_in("New Location Code", "WHITE")
    newcomer.press("Create")
    assert "Use a transfer order" in newcomer.page.words


def test_one_line_gives_two_lots_on_item_tracking_lines(
    newcomer: Newcomer, database: Database
) -> None:
    enter_line(newcomer, **{"Lot No.": ""})
    newcomer.choose("Item Tracking Lines 10000")
    newcomer.choose("Select Entries")
    newcomer.select_row("LOT-OLD")
    newcomer.press("Take the selected")
    assert "Undefined 0" in newcomer.page.words
    newcomer.choose("Edit LOT-OLD")
    newcomer.fill_in("New Lot No.", "LOT-A")
    newcomer.fill_in("Quantity (Base)", "2")
    newcomer.press("Save")
    newcomer.fill_in("Lot No.", "LOT-OLD")
    newcomer.fill_in("New Lot No.", "LOT-B")
    newcomer.press("Add")
    assert "→ LOT-B" in newcomer.page.words
    assert "Refused" not in newcomer.page.words
    newcomer.go_back()
    newcomer.press("Post 1 line")
    assert {entry[:2] for entry in transferred(database)} == {
        ("LOT-OLD", -2),
        ("LOT-OLD", -3),
        ("LOT-A", 2),
        ("LOT-B", 3),
    }


def test_rows_of_a_workbook_are_transfers(newcomer: Newcomer) -> None:
    newcomer.choose("Edit in Excel")
    captions = "Item No.\tLocation Code\tBin Code\tQuantity\tLot No.\tNew Lot No.\tDocument No."
    row = "3020\tSILVER\tS-01-0001\t5\tLOT-OLD\tLOT-NEW\tRECLASS-1"
    newcomer.fill_in("Rows", f"{captions}\n{row}\n")
    newcomer.press("Show changes")
    assert "1 new" in newcomer.page.words
    newcomer.press("Publish 1 change")
    assert "→ LOT-NEW" in newcomer.page.words
    newcomer.press("Post 1 line")
    assert "2 item ledger entries are posted." in newcomer.page.words


def test_a_batch_is_of_one_journal(newcomer: Newcomer) -> None:
    client = newcomer.pages
    assert client.get("/item-reclassification-journals/RECLASS").status == 200
    assert client.get("/item-journals/RECLASS").status == 404
    assert client.get("/item-reclassification-journals/BALANCE").status == 404
