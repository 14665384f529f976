"""Transfer orders between locations, from the first line to the put-away, by words only."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.location import Location
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer

SignIn = Callable[[str], Handheld]
pytestmark = pytest.mark.usefixtures("ledgers_are_clean_afterwards")
IN_TRANSIT = "OUT. LOG."


@pytest.fixture
def newcomer(handheld: SignIn) -> Newcomer:
    return Newcomer(handheld("SUPERVISOR").pages)


def make_order(newcomer: Newcomer, transfer_from: str, transfer_to: str) -> str:
    """A new transfer order, and its number."""
    newcomer.enter_in_tell_me("Transfer Orders")
    newcomer.choose("New transfer order")
    type_in(
        newcomer,
        **{
            "Transfer-from Code": transfer_from,
            "Transfer-to Code": transfer_to,
            "In-Transit Code": IN_TRANSIT,
        },
    )
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


def open_order(newcomer: Newcomer, no: str) -> None:
    newcomer.enter_in_tell_me("Transfer Orders")
    newcomer.choose(no)


def last_activity(newcomer: Newcomer, kind: str) -> str:
    """The number of the put-away or pick that the page has just told of."""
    return newcomer.page.words.partition(f"{kind} ")[2].partition(" ")[0]


def entries_from(database: Database, source_no: str) -> list[tuple[str, str, str, int]]:
    """What the item ledger has of an order: entry type, location, number and quantity."""
    entry = ItemLedgerEntry
    of_source = (
        select(entry, Location.code)
        .join(Location, Location.id == entry.location_id)
        .where(entry.source_no == source_no)
        .order_by(entry.id)
    )
    with database.read() as session:
        return [
            (row.entry_type.value, code, row.serial_no or row.lot_no, int(row.quantity))
            for row, code in session.execute(of_source)
        ]


def test_from_bins_without_shipments_to_a_directed_location(
    newcomer: Newcomer, handheld: SignIn, database: Database
) -> None:
    open_order(newcomer, "TO-0105")
    assert "Released" in newcomer.page.words
    newcomer.press("Post shipment")
    assert "In transit" in newcomer.page.words
    assert entries_from(database, "TO-0105") == [
        ("Transfer", "SILVER", "DR-2001", -1),
        ("Transfer", IN_TRANSIT, "DR-2001", 1),
    ]
    newcomer.press("Create warehouse receipt")
    receipt_no = newcomer.page.h1.rpartition(" ")[2]
    assert "Inbound Transfer TO-0105" in newcomer.page.words
    assert "New line" not in newcomer.page.words

    worker = handheld("WORKER1")
    worker.open(f"/receipts/{receipt_no}")
    refused = worker.scan("(01)09521234020103(21)DR-9999")
    assert refused.code == "NumberNotShipped"
    assert worker.scan("DR-2001").result == "accepted"
    worker.press(worker.open(f"/receipts/{receipt_no}"), "post")
    assert entries_from(database, "TO-0105")[2:] == [
        ("Transfer", IN_TRANSIT, "DR-2001", -1),
        ("Transfer", "WHITE", "DR-2001", 1),
    ]
    worker.open("/put-aways")
    newcomer.enter_in_tell_me("Transfer Orders")
    assert "TO-0105" not in newcomer.page.words


def test_from_a_directed_location_to_one_without_bins(
    newcomer: Newcomer, handheld: SignIn, database: Database
) -> None:
    no = make_order(newcomer, "WHITE", "BLUE")
    add_line(newcomer, **{"Item No.": "2010", "Quantity": "1"})
    newcomer.choose("Item Tracking Lines 10000")
    type_in(newcomer, **{"Serial No.": "DR-1005"})
    newcomer.press("Add")
    newcomer.go_back()
    newcomer.press("Release")
    newcomer.press("Create warehouse shipment")
    shipment_no = newcomer.page.h1.rpartition(" ")[2]
    assert f"Outbound Transfer {no}" in newcomer.page.words
    assert "1 with numbers" in newcomer.page.words
    open_order(newcomer, no)
    newcomer.press("Reopen")
    assert f"{shipment_no} is open for transfer order {no}" in newcomer.page.words
    newcomer.choose(shipment_no)
    newcomer.press("Release")
    newcomer.press("Create pick")
    pick = last_activity(newcomer, "Pick")
    worker = handheld("WORKER1")
    worker.open(f"/picks/{pick}")
    assert worker.scan("DR-1005").code == "Taken"
    worker.press(worker.open(f"/picks/{pick}"), "register")
    newcomer.enter_in_tell_me("Warehouse Shipments")
    newcomer.choose(shipment_no)
    newcomer.press("Post shipment")
    assert entries_from(database, no) == [
        ("Transfer", "WHITE", "DR-1005", -1),
        ("Transfer", IN_TRANSIT, "DR-1005", 1),
    ]
    open_order(newcomer, no)
    newcomer.press("Post receipt")
    assert entries_from(database, no)[2:] == [
        ("Transfer", IN_TRANSIT, "DR-1005", -1),
        ("Transfer", "BLUE", "DR-1005", 1),
    ]
