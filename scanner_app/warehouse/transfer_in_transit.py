"""What of a transfer order is in transit, and on which open documents the rest is.

What was shipped by its numbers is received by them: both stand on the posted lines of the order
(docs/domain.md 6.10).

This module must never change anything.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    TrackingNumbers,
    TrackingSource,
    numbers_of,
    tracking_lines_of,
)
from scanner_app.quantities import ZERO, to_base
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind
from scanner_app.warehouse.receipt import WarehouseReceiptLine
from scanner_app.warehouse.shipment import WarehouseShipmentLine
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_order import (
    PostedTransferLine,
    TransferOrder,
    TransferOrderLine,
)

LeftToShip = tuple[TransferOrderLine, Decimal]


@dataclass(frozen=True)
class TransferGoods:
    """So much of a line of an order under one set of numbers, in base units."""

    line: TransferOrderLine
    numbers: TrackingNumbers
    quantity_base: Decimal
    warranty_date: date | None = None
    expiration_date: date | None = None


def left_to_ship(session: Session, order: TransferOrder) -> list[LeftToShip]:
    """The lines of which something is neither shipped nor on a shipment, and how much, in base."""
    lines = TRANSFERS.lines_of(session, order)
    on_shipments = _on_shipments(session, [line.id for line in lines])
    left = [
        (line, line.quantity_base - line.qty_shipped_base - on_shipments.get(line.id, ZERO))
        for line in lines
    ]
    return [(line, quantity) for line, quantity in left if quantity > ZERO]


def goods_to_ship(session: Session, left: Sequence[LeftToShip]) -> list[TransferGoods]:
    """What is left of the lines by their numbers: those that a line names, or all without any."""
    named = tracking_lines_of(session, TrackingSource.TRANSFER_LINE, [line.id for line, _ in left])
    goods: list[TransferGoods] = []
    for line, quantity in left:
        parts = named.get(line.id, [])
        goods += [TransferGoods(line, numbers_of(each), each.quantity_base) for each in parts]
        if not parts:
            goods.append(TransferGoods(line, NO_NUMBERS, quantity))
    return goods


def goods_in_transit(session: Session, order: TransferOrder) -> list[TransferGoods]:
    """What is shipped and not received, by line and numbers, be it on a receipt or not."""
    lines = {line.id: line for line in TRANSFERS.lines_of(session, order)}
    row = PostedTransferLine
    by_numbers = (row.transfer_line_id, row.serial_no, row.lot_no, row.package_no)
    total = func.sum(row.quantity_base, type_=row.quantity_base.type)
    rows = session.execute(
        select(*by_numbers, total, func.max(row.warranty_date), func.max(row.expiration_date))
        .where(row.transfer_line_id.in_(lines))
        .group_by(*by_numbers)
        .order_by(row.transfer_line_id, func.min(row.id))
    )
    return [
        TransferGoods(lines[line], TrackingNumbers(s, lot, p), quantity, warranty, expires)
        for line, s, lot, p, quantity, warranty, expires in rows
        if quantity > ZERO
    ]


def goods_to_receive(session: Session, in_transit: Sequence[TransferGoods]) -> list[TransferGoods]:
    """What of the goods in transit is on no receipt."""
    taken = _on_receipts(session, {each.line.id for each in in_transit})
    return list(_less(in_transit, taken))


def open_documents_of(session: Session, order: TransferOrder) -> list[tuple[DocumentKind, str]]:
    """The shipments and receipts that are open for an order, by kind and number."""
    line_ids = select(TransferOrderLine.id).where(TransferOrderLine.transfer_id == order.id)
    found: list[tuple[DocumentKind, str]] = []
    for kind in (SHIPMENTS, RECEIPTS):
        of_order = (
            select(kind.header.no)
            .join(kind.line, kind.key == kind.header.id)
            .where(kind.line.transfer_line_id.in_(line_ids))
        )
        numbers = session.scalars(of_order.distinct().order_by(kind.header.no))
        found += [(kind, no) for no in numbers]
    return found


def _less(
    goods: Iterable[TransferGoods], taken: dict[tuple[int, TrackingNumbers], Decimal]
) -> Iterable[TransferGoods]:
    for each in goods:
        left = each.quantity_base - taken.get((each.line.id, each.numbers), ZERO)
        if left > ZERO:
            yield replace(each, quantity_base=left)


def _on_shipments(session: Session, line_ids: Collection[int]) -> dict[int, Decimal]:
    """How much open shipments still send of each line, in base units."""
    row = WarehouseShipmentLine
    total = func.sum(row.quantity_base - row.qty_shipped_base, type_=row.quantity_base.type)
    of_lines = select(row.transfer_line_id, total).where(row.transfer_line_id.in_(line_ids))
    rows = session.execute(of_lines.group_by(row.transfer_line_id))
    return {line_id: quantity for line_id, quantity in rows if line_id is not None}


def _on_receipts(
    session: Session, line_ids: Collection[int]
) -> dict[tuple[int, TrackingNumbers], Decimal]:
    """How much open receipts still bring of each line under each set of numbers."""
    row = WarehouseReceiptLine
    lines = session.scalars(select(row).where(row.transfer_line_id.in_(line_ids))).all()
    named = tracking_lines_of(session, TrackingSource.RECEIPT_LINE, [line.id for line in lines])
    taken: dict[tuple[int, TrackingNumbers], Decimal] = {}
    for line in lines:
        parts = [
            (numbers_of(part), part.quantity_base - part.qty_handled_base)
            for part in named.get(line.id, [])
        ]
        whole = to_base(line.outstanding, line.qty_per_unit_of_measure)
        for numbers, quantity in parts or [(NO_NUMBERS, whole)]:
            key = (line.transfer_line_id or 0, numbers)
            taken[key] = taken.get(key, ZERO) + quantity
    return taken
