"""How far a transfer order is: what a posting shipped or received is written down beside it.

The order goes when everything is received; what was posted stays (docs/domain.md 6.10).

This module must never write a ledger: who calls it has posted.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.posting_line import PostingLine
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.transfer_in_transit import open_documents_of
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_order import (
    PostedTransfer,
    PostedTransferLine,
    TransferDirection,
    TransferOrder,
    TransferOrderLine,
)
from scanner_app.warehouse.warehouse_documents import delete_lines

SERIES_OF_POSTED = {
    TransferDirection.SHIPMENT: "POSTED-TSH",
    TransferDirection.RECEIPT: "POSTED-TRC",
}


@dataclass(frozen=True)
class Transferred:
    """One set of numbers of a line of an order that a posting moved, as it came in."""

    line: TransferOrderLine
    arrived: PostingLine


def take_transfer_number(session: Session, direction: TransferDirection, by: By) -> str:
    """The number of what is posted next of transfer orders; refusals as `take_number` has."""
    return take_number(session, SERIES_OF_POSTED[direction], by.work_date)


def lock_order_of_lines(session: Session, line_ids: Collection[int | None]) -> TransferOrder | None:
    """The order of lines that documents were made of, locked; None for other documents.

    A document is locked before its order, and no order before a document of it.
    """
    row = TransferOrderLine
    of_lines = select(row.transfer_id).where(row.id.in_([each for each in line_ids if each]))
    order_id = session.scalar(of_lines.limit(1))
    if order_id is None:
        return None
    hold_set_up(session)
    return session.get_one(TransferOrder, order_id, with_for_update=True, populate_existing=True)


def write_down(
    session: Session,
    order: TransferOrder,
    direction: TransferDirection,
    no: str,
    moved: Sequence[Transferred],
    by: By,
) -> None:
    """Write down what was posted of an order; it goes when all of it is received."""
    _write_posted(session, order, direction, no, moved, by)
    for each in moved:
        if direction is TransferDirection.SHIPMENT:
            each.line.qty_shipped_base += each.arrived.quantity_base
        else:
            each.line.qty_received_base += each.arrived.quantity_base
    session.flush()
    _close(session, order)


def write_down_of_document(
    session: Session,
    order: TransferOrder,
    direction: TransferDirection,
    line_ids: Sequence[int | None],
    arrivals: Sequence[PostingLine | None],
    by: By,
) -> None:
    """Write down what a shipment or receipt of an order posted, under a number of its own."""
    lines = {line.id: line for line in TRANSFERS.lines_of(session, order)}
    moved = [
        Transferred(lines[line_id], arrived)
        for line_id, arrived in zip(line_ids, arrivals, strict=True)
        if line_id is not None and arrived is not None
    ]
    no = take_transfer_number(session, direction, by)
    write_down(session, order, direction, no, moved, by)


def _write_posted(
    session: Session,
    order: TransferOrder,
    direction: TransferDirection,
    no: str,
    moved: Sequence[Transferred],
    by: By,
) -> None:
    header = PostedTransfer(
        no=no,
        direction=direction,
        transfer_order_no=order.no,
        transfer_from_id=order.transfer_from_id,
        transfer_to_id=order.transfer_to_id,
        in_transit_id=order.in_transit_id,
        posting_date=by.work_date,
        posted_at=by.at,
        user_id=by.user_id,
    )
    session.add(header)
    session.flush()
    sign = 1 if direction is TransferDirection.SHIPMENT else -1
    session.add_all(
        PostedTransferLine(
            posted_transfer_id=header.id,
            transfer_line_id=each.line.id,
            line_no=each.line.line_no,
            item_id=each.line.item_id,
            variant_id=each.line.variant_id,
            unit_of_measure_id=each.line.unit_of_measure_id,
            qty_per_unit_of_measure=each.line.qty_per_unit_of_measure,
            quantity_base=sign * each.arrived.quantity_base,
            serial_no=each.arrived.numbers.serial_no,
            lot_no=each.arrived.numbers.lot_no,
            package_no=each.arrived.numbers.package_no,
            warranty_date=each.arrived.warranty_date,
            expiration_date=each.arrived.expiration_date,
        )
        for each in moved
    )


def _close(session: Session, order: TransferOrder) -> None:
    """The order goes when all is received; a document that still names a line of it keeps it."""
    lines = TRANSFERS.lines_of(session, order)
    done = all(line.qty_received_base == line.quantity_base for line in lines)
    if not done or open_documents_of(session, order):
        return
    delete_lines(session, TRANSFERS, lines)
    session.delete(order)
    session.flush()
