"""Receipts and shipments that people type, from the first line to what is posted, by words only."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer

SignIn = Callable[[str], Handheld]
pytestmark = pytest.mark.usefixtures("ledgers_are_clean_afterwards")
PURCHASE = {"Source Document": "Purchase Order", "Source No.": "PO-2001"}
SALE = {"Source Document": "Sales Order", "Source No.": "SO-3001"}


@pytest.fixture
def newcomer(handheld: SignIn) -> Newcomer:
    return Newcomer(handheld("SUPERVISOR").pages)


def make_document(newcomer: Newcomer, kind: str, **fields: str) -> str:
    """A new receipt or shipment, and its number."""
    newcomer.enter_in_tell_me(f"Warehouse {kind.title()}s")
    newcomer.choose(f"New {kind}")
    type_in(newcomer, **fields)
    newcomer.press("Create")
    return newcomer.page.h1.rpartition(" ")[2]


def add_line(newcomer: Newcomer, **fields: str) -> None:
    newcomer.choose("New line")
    type_in(newcomer, **fields)
    newcomer.press("Create")
    newcomer.go_back()


def type_in(newcomer: Newcomer, **fields: str) -> None:
    for label, value in fields.items():
        newcomer.fill_in(label, value)


def scan_numbers(newcomer: Newcomer, *labels: str) -> None:
    for label in labels:
        newcomer.fill_in("Label", label)
        newcomer.press("Add what it says")


def last_activity(newcomer: Newcomer, kind: str) -> str:
    """The number of the put-away or pick that the page has just told of."""
    return newcomer.page.words.partition(f"{kind} ")[2].partition(" ")[0]


def entries_from(database: Database, source_no: str) -> list[tuple[str, str, int]]:
    """What the item ledger has from a source document: entry type, number and quantity."""
    entry = ItemLedgerEntry
    of_source = select(entry).where(entry.source_no == source_no).order_by(entry.id)
    with database.read() as session:
        return [
            (row.entry_type.value, row.serial_no or row.lot_no, int(row.quantity))
            for row in session.scalars(of_source)
        ]


def test_from_a_typed_receipt_to_a_typed_shipment(
    newcomer: Newcomer, handheld: SignIn, database: Database
) -> None:
    receipt_no = make_document(newcomer, "receipt", **PURCHASE)
    assert receipt_no.startswith("RC-")
    assert "No line yet" in newcomer.page.words
    add_line(newcomer, **{"Item No.": "2010", "Quantity": "2"})
    add_line(newcomer, **{"Item No.": "3020", "Quantity": "1", "Unit of Measure Code": "BOX"})
    newcomer.press("Post receipt")
    assert "Line 10000" in newcomer.page.words
    assert "Serial No." in newcomer.page.words
    newcomer.choose("Item Tracking Lines 10000")
    scan_numbers(newcomer, "DR-9001", "DR-9002")
    assert "Undefined 0" in newcomer.page.words
    newcomer.go_back()
    newcomer.choose("Item Tracking Lines 20000")
    type_in(newcomer, **{"Lot No.": "P9001"})
    newcomer.press("Add")
    assert "Refused" in newcomer.page.words
    newcomer.choose("Edit P9001")
    type_in(newcomer, **{"Expiration Date": "2030-12-31"})
    newcomer.press("Save")
    assert "Refused" not in newcomer.page.words
    newcomer.go_back()
    newcomer.press("Post receipt")
    put_away = last_activity(newcomer, "Put-away")
    assert put_away.startswith("PA-")
    assert entries_from(database, "PO-2001") == [
        ("Purchase", "DR-9001", 1),
        ("Purchase", "DR-9002", 1),
        ("Purchase", "P9001", 4),
    ]
    assert receipt_no not in newcomer.page.words

    worker = handheld("WORKER1")
    worker.open(f"/put-aways/{put_away}")
    for code in ("DR-9001", "W-01-0101", "DR-9002", "W-01-0101", "P9001", "W-02-0401"):
        assert worker.scan(code).result != "refused", code
    worker.press(worker.open(f"/put-aways/{put_away}"), "register")

    shipment_no = make_document(newcomer, "shipment", **SALE)
    add_line(newcomer, **{"Item No.": "3020", "Quantity": "1", "Unit of Measure Code": "BOX"})
    newcomer.choose("Item Tracking Lines 10000")
    newcomer.choose("Select Entries")
    newcomer.select_row("P9001")
    newcomer.press("Take the selected")
    newcomer.go_back()
    newcomer.press("Release")
    assert "Released" in newcomer.page.words
    newcomer.press("Create pick")
    pick = last_activity(newcomer, "Pick")
    worker.open(f"/picks/{pick}")
    assert worker.scan("P9001").code == "UnitGiven"
    assert worker.scan("W-02-0401").code == "Taken"
    worker.press(worker.open(f"/picks/{pick}"), "register")
    newcomer.enter_in_tell_me("Warehouse Shipments")
    newcomer.choose(shipment_no)
    newcomer.press("Post shipment")
    assert "The shipment is posted" in newcomer.page.words
    assert entries_from(database, "SO-3001") == [("Sale", "P9001", -4)]


def test_what_came_is_scanned_and_the_rest_stays_expected(
    newcomer: Newcomer, database: Database
) -> None:
    receipt_no = make_document(newcomer, "receipt", **PURCHASE)
    add_line(newcomer, **{"Item No.": "2010", "Quantity": "3"})
    newcomer.press("Delete Qty. to Receive")
    newcomer.press("Post receipt")
    assert "has nothing to receive" in newcomer.page.words
    newcomer.choose("Item Tracking Lines 10000")
    scan_numbers(newcomer, "DR-9001", "DR-9002")
    newcomer.go_back()
    newcomer.press("Post receipt")
    assert len(entries_from(database, "PO-2001")) == 2
    newcomer.choose(receipt_no)
    newcomer.press("Autofill Qty. to Receive")
    newcomer.choose("Item Tracking Lines 10000")
    assert "Source 1" in newcomer.page.words
    scan_numbers(newcomer, "DR-9003")
    newcomer.go_back()
    newcomer.press("Post receipt")
    assert len(entries_from(database, "PO-2001")) == 3


def test_a_sales_return_brings_the_sold_serial_back(
    newcomer: Newcomer, handheld: SignIn, database: Database
) -> None:
    returned = {"Source Document": "Sales Return Order", "Source No.": "SR-1"}
    make_document(newcomer, "receipt", **returned)
    add_line(newcomer, **{"Item No.": "2050", "Quantity": "1", "Reason Code": "DAMAGED"})
    newcomer.press("Post receipt")
    assert entries_from(database, "SR-1") == [("Sale", "", 1)]


def test_a_released_shipment_is_reopened_before_it_changes(newcomer: Newcomer) -> None:
    shipment_no = make_document(newcomer, "shipment", **SALE)
    newcomer.press("Release")
    assert "has no line" in newcomer.page.words
    add_line(newcomer, **{"Item No.": "3010", "Variant Code": "M", "Quantity": "2"})
    newcomer.press("Release")
    assert "New line" not in newcomer.page.words
    newcomer.press("Reopen")
    newcomer.choose("Edit 10000")
    type_in(newcomer, Quantity="1")
    newcomer.press("Save")
    assert "1 PCS" in newcomer.page.words
    newcomer.choose("Edit 10000")
    newcomer.press("Delete")
    assert "No line yet" in newcomer.page.words
    newcomer.choose(f"Edit Shipment {shipment_no}")
    newcomer.press("Delete")
    assert "It is removed." in newcomer.page.words
