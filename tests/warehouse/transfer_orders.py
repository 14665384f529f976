"""Transfer orders that a test types and works, as people do on their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers, numbers_of
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.create_transfer_documents import (
    create_transfer_receipt,
    create_transfer_shipment,
)
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS
from scanner_app.warehouse.document_line_card import blank_line_card
from scanner_app.warehouse.document_lines import add_document_line
from scanner_app.warehouse.post_transfer import (
    Handled,
    post_transfer_receipt,
    post_transfer_shipment,
)
from scanner_app.warehouse.transfer_in_transit import goods_in_transit
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_orders import (
    card_of_transfer,
    change_transfer,
    create_transfer,
    release_transfer,
)
from scanner_app.warehouse.warehouse_documents import release_shipment
from tests.builders import Warehouse, another_location
from tests.warehouse.documents import pick, post_receipt, register, scan, ship
from tests.warehouse.typed_documents import document, name

LINE = 10_000


@dataclass(frozen=True)
class Route:
    """WHITE with another location, and the one between them."""

    white: Warehouse
    east: Warehouse
    transit: Warehouse


def build_route(white: Warehouse, *bins: str, **fields: object) -> Route:
    """The other location has these bins and switches."""
    documents = {"require_receive": True, "require_shipment": True, "require_pick": True}
    white.change(white.location, require_put_away=True, **documents)
    east = another_location(white, "EAST", *bins, **fields)
    return Route(white, east, another_location(white, "TRANSIT", use_as_in_transit=True))


def header(transfer_from: str = "EAST", transfer_to: str = "WHITE", **fields: str) -> TextCard:
    ends = {"transfer_from": transfer_from, "transfer_to": transfer_to, "in_transit": "TRANSIT"}
    return ends | {"shipment_date": "", "receipt_date": ""} | fields


def make_order(white: Warehouse, *ends: str, **fields: str) -> str:
    typed = header(*ends, **fields)
    return white.write(lambda session: create_transfer(session, typed, white.by))


def edit_order(white: Warehouse, no: str, **fields: str) -> None:
    with white.database.read() as session:
        read = card_of_transfer(session, document(white, TRANSFERS, no))
    white.write(lambda session: change_transfer(session, no, read, read | fields))


def add_order_line(white: Warehouse, no: str, **fields: str) -> int:
    typed = blank_line_card(TRANSFERS) | {"item_no": "GOODS", "quantity": "5"} | fields
    return white.write(lambda session: add_document_line(session, TRANSFERS, no, typed))


def release(white: Warehouse, no: str) -> None:
    white.write(lambda session: release_transfer(session, no))


def order_of(
    white: Warehouse, *ends: str, numbers: Sequence[TrackingNumbers] = (), **fields: str
) -> str:
    """A released order with one line and the numbers that it names, one of each."""
    no = make_order(white, *ends)
    add_order_line(white, no, **fields)
    for each in numbers:
        serial_no, lot_no, package_no = each.as_tuple()
        given = {"serial_no": serial_no, "lot_no": lot_no, "package_no": package_no}
        name(white, no, TRANSFERS, quantity="1", **given)
    release(white, no)
    return no


def handled(
    quantity: Decimal | int, numbers: TrackingNumbers = NO_NUMBERS, line_no: int = LINE
) -> Handled:
    return Handled(line_no, numbers, Decimal(quantity))


def ship_order(white: Warehouse, no: str, *goods: Handled) -> str:
    return white.write(
        lambda session: post_transfer_shipment(session, no, list(goods) or None, white.by)
    )


def receive_order(white: Warehouse, no: str, *goods: Handled) -> str:
    return white.write(
        lambda session: post_transfer_receipt(session, no, list(goods) or None, white.by)
    )


def create_shipment(white: Warehouse, no: str) -> str:
    return white.write(lambda session: create_transfer_shipment(session, no, white.by))


def create_receipt(white: Warehouse, no: str) -> str:
    return white.write(lambda session: create_transfer_receipt(session, no, white.by))


def pick_and_ship(
    white: Warehouse, shipment_no: str, quantity: int | None = None, **numbers: str
) -> None:
    """Release a shipment, pick so much of each pair, and post it."""
    white.write(lambda session: release_shipment(session, shipment_no))
    shipment_id = document(white, SHIPMENTS, shipment_no).id
    activity = pick(white, shipment_id)
    scan(white, activity, quantity=quantity, numbers=TrackingNumbers(**numbers))
    register(white, activity)
    ship(white, shipment_id)


def receive_receipt(white: Warehouse, receipt_no: str) -> int | None:
    return post_receipt(white, document(white, RECEIPTS, receipt_no).id)


def in_transit(white: Warehouse, no: str) -> dict[TrackingNumbers, Decimal]:
    with white.database.read() as session:
        goods = goods_in_transit(session, document(white, TRANSFERS, no))
        return {each.numbers: each.quantity_base for each in goods}


def at(place: Warehouse) -> dict[TrackingNumbers, Decimal]:
    """What the item ledger has at a location, by numbers."""
    row, found = ItemLedgerEntry, dict[TrackingNumbers, Decimal]()
    with place.database.read() as session:
        for entry in session.scalars(select(row).where(row.location_id == place.location.id)):
            key = numbers_of(entry)
            found[key] = found.get(key, Decimal(0)) + entry.quantity
    return {numbers: quantity for numbers, quantity in found.items() if quantity}
