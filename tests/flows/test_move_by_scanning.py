"""Moving goods on a handheld: what is moved, then the bin it goes to, by HTTP only."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseEntry
from tests.flows.handheld import Handheld

SignIn = Callable[[str], Handheld]
pytestmark = pytest.mark.usefixtures("ledgers_are_clean_afterwards")


def moved(database: Database) -> list[tuple[str, int, str, str]]:
    """The entries of movements: bin, quantity, numbers and type, in their order."""
    row = WarehouseEntry
    with database.read() as session:
        found = session.execute(
            select(row, Bin.code)
            .join(Bin, Bin.id == row.bin_id)
            .where(row.reference_document == WarehouseDocument.MOVEMENT)
            .order_by(row.id)
        )
        return [
            (code, int(entry.quantity), entry.serial_no or entry.lot_no, entry.entry_type.value)
            for entry, code in found
        ]


def item_entries(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(ItemLedgerEntry.id)).all())


def test_two_scans_move_a_serial_number_and_nothing_is_posted(
    handheld: SignIn, database: Database
) -> None:
    before = item_entries(database)
    worker = handheld("WORKER1")
    assert "Scan what you move" in worker.open("/move").words
    taken = worker.scan("DR-1002")
    assert (taken.code, taken.message) == (
        "InHand",
        "1 PCS of 2010 Serial No. DR-1002 from W-01-0101 are in your hand.",
    )
    page = worker.open("/move")
    assert "Scan the bin it goes to" in page.words
    assert "From bin W-01-0101" in page.words
    assert worker.scan("W-04-0101").message == (
        "1 PCS of 2010 Serial No. DR-1002 moved from W-01-0101 to W-04-0101, movement RMV-00001."
    )
    assert moved(database) == [
        ("W-01-0101", -1, "DR-1002", "Movement"),
        ("W-04-0101", 1, "DR-1002", "Movement"),
    ]
    assert item_entries(database) == before


def test_part_of_a_lot_and_a_package_go_together(handheld: SignIn, database: Database) -> None:
    worker = handheld("WORKER1")
    worker.open("/move")
    assert worker.scan("W-02-0201").code == "MoveFromBin"
    assert "Scan what you take from" in worker.open("/move").words
    assert worker.scan("CB02").message == (
        "22 BAG of 3030 Lot No. CB02 from W-02-0201 are in your hand."
    )
    assert worker.type("5").code == "QuantityGiven"
    page = worker.open("/move")
    assert "Another quantity of 3030 Lot No. CB02 (BAG)" in page.words
    assert worker.scan("W-04-0102").code == "Moved"
    assert worker.scan("W-02-0202").code == "MoveFromBin"
    assert [worker.scan(no).code for no in ("PKG-000101", "PKG-000102")] == ["PackageInHand"] * 2
    assert "2 lines in your hand" in worker.open("/move").words
    assert worker.scan("-", step="put-back").message == "PKG-000102 is put back."
    assert worker.scan("W-04-0102").code == "Moved"
    assert [quantity for _, quantity, _, _ in moved(database)] == [-5, 5, -5, 5]


def test_what_cannot_be_moved_says_why_and_stays_in_the_hand(
    handheld: SignIn, database: Database
) -> None:
    worker = handheld("WORKER1")
    worker.open("/move")
    assert worker.scan("DR-1002").code == "InHand"
    assert worker.scan("W-04-0602").code == "BinBlocked"
    assert worker.scan("W-11-0001").code == "AdjustmentBinNotMoved"
    assert worker.scan("W-01-0101").code == "TakeAndPlaceInSameBin"
    assert moved(database) == []
    assert "DR-1002" in worker.open("/move").words
    assert worker.scan("W-04-0101").code == "Moved"
    assert worker.open("/move").all("details") == []
