"""Transfer orders as pages show them: each line with how far it is, and what is in transit.

This module must never change an order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.transfer_in_transit import (
    TransferGoods,
    goods_in_transit,
    goods_to_receive,
    goods_to_ship,
    left_to_ship,
    open_documents_of,
)
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_order import TransferOrder
from scanner_app.warehouse.transfer_orders import card_of_transfer
from scanner_app.web.document_rows import DocumentLine, lines_of_documents
from scanner_app.web.document_ways import address_of_document

ORDERS_SHOWN_MAX = 50


@dataclass(frozen=True)
class TransferRow:
    """An order in the list; its way is the codes of the locations that it goes by."""

    no: str
    is_released: bool
    way: Sequence[str]


@dataclass(frozen=True)
class GoodsRow:
    """So much of a line under one set of numbers."""

    line_no: int
    item_no: str
    description: str
    numbers: TrackingNumbers
    quantity_base: Decimal
    expiration_date: date | None

    @property
    def typed(self) -> str:
        """The quantity as a form has it."""
        return f"{self.quantity_base:f}"

    @property
    def words(self) -> str:
        """Its numbers, one after the other."""
        return " ".join(filter(None, self.numbers.as_tuple()))


@dataclass(frozen=True)
class TransferPage:
    """An order with all that its page shows.

    Attributes:
        to_ship: what a posting of the order itself would ship; empty where shipments do.
        to_receive: what a posting of the order itself would receive; empty where receipts do.
        in_transit: all that is shipped and not received.
        documents: the addresses and numbers of its open shipments and receipts.
    """

    no: str
    released: bool
    says: TextCard
    lines: Sequence[DocumentLine]
    to_ship: Sequence[GoodsRow]
    to_receive: Sequence[GoodsRow]
    in_transit: Sequence[GoodsRow]
    documents: Sequence[tuple[str, str]]
    can_create_shipment: bool
    can_create_receipt: bool


def orders_of_location(session: Session, location: Location) -> list[TransferRow]:
    """The orders that a location ships or receives, the first ones by number."""
    order = TransferOrder
    leaves, passes, arrives = aliased(Location), aliased(Location), aliased(Location)
    ends = or_(order.transfer_from_id == location.id, order.transfer_to_id == location.id)
    in_order = (
        select(order, leaves.code, passes.code, arrives.code)
        .join(leaves, leaves.id == order.transfer_from_id)
        .join(passes, passes.id == order.in_transit_id)
        .join(arrives, arrives.id == order.transfer_to_id)
        .where(ends)
        .order_by(order.no)
        .limit(ORDERS_SHOWN_MAX)
    )
    return [TransferRow(each.no, each.is_released, way) for each, *way in session.execute(in_order)]


def transfer_page(session: Session, order: TransferOrder) -> TransferPage:
    """What the page of an order shows."""
    released = order.is_released
    ships = session.get_one(Location, order.transfer_from_id)
    receives = session.get_one(Location, order.transfer_to_id)
    lines = lines_of_documents(session, TRANSFERS, [order.id])[order.id]
    by_no = {line.line_no: line for line in lines}
    ships_itself = released and not ships.require_shipment
    receives_itself = released and not receives.require_receive
    left, in_transit = left_to_ship(session, order), goods_in_transit(session, order)
    to_receive = goods_to_receive(session, in_transit)
    return TransferPage(
        order.no,
        released,
        card_of_transfer(session, order),
        lines,
        _rows(by_no, goods_to_ship(session, left) if ships_itself else ()),
        _rows(by_no, to_receive if receives_itself else ()),
        _rows(by_no, in_transit),
        [(address_of_document(kind, no), no) for kind, no in open_documents_of(session, order)],
        released and ships.require_shipment and bool(left),
        released and receives.require_receive and bool(to_receive),
    )


def _rows(lines: dict[int, DocumentLine], goods: Sequence[TransferGoods]) -> list[GoodsRow]:
    return [
        GoodsRow(
            each.line.line_no,
            lines[each.line.line_no].item_no,
            lines[each.line.line_no].description,
            each.numbers,
            each.quantity_base,
            each.expiration_date,
        )
        for each in goods
    ]
