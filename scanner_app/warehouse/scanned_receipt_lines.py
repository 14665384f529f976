"""What a scan asks of the lines of a receipt: those of its item, and the numbers it can mean.

A line may name two thousand serial numbers. A scan reads the ones that it says and how much the
others are together, so that it costs the same whatever a line names (docs/domain.md 6.9).

This module must never change a line or a number.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import ItemTrackingLine, TrackingNumbers
from scanner_app.quantities import ZERO
from scanner_app.warehouse.document_kind import RECEIPTS
from scanner_app.warehouse.document_tracking import tracked_document_line_of
from scanner_app.warehouse.journal_tracking import LineTracking, TrackedLine, TrackedPart, part_of
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.register_activity import items_with_codes


def lines_of_item(
    session: Session,
    receipt: WarehouseReceipt,
    item_id: int,
    variant_id: int,
    numbers: TrackingNumbers,
) -> list[TrackedLine]:
    """The lines of a receipt that expect an item, in their order.

    Their parts are those that a unit of these numbers can mean; of the others only the sum is read.
    """
    row = WarehouseReceiptLine
    of_item = (row.receipt_id == receipt.id, row.item_id == item_id, row.variant_id == variant_id)
    lines = session.scalars(select(row).where(*of_item).order_by(row.line_no)).all()
    items = items_with_codes(session, {line.item_id for line in lines})
    line_ids = [line.id for line in lines]
    sums = _sums(session, line_ids)
    parts = _parts(session, line_ids, numbers)
    return [
        tracked_document_line_of(
            RECEIPTS,
            line,
            items[line.item_id],
            _tracking(RECEIPTS.nameable_base(line), parts.get(line.id, ()), sums.get(line.id)),
            receipt.location_id,
        )
        for line in lines
    ]


def date_of_lot(session: Session, lines: Sequence[TrackedLine], lot_no: str) -> date | None:
    """The expiration date that lines have for a lot: a lot has one."""
    row = ItemTrackingLine
    of_lot = (*_of_lines([tracked.line.id for tracked in lines]), row.lot_no == lot_no)
    dates = select(row.expiration_date).where(*of_lot, row.expiration_date.is_not(None))
    return session.scalar(dates.order_by(row.id).limit(1)) if lot_no else None


def numbers_on_receipt(
    session: Session, receipt: WarehouseReceipt, number: str
) -> list[tuple[WarehouseReceiptLine, ItemTrackingLine]]:
    """The sets of numbers of a receipt that one number is in, with their lines.

    Of a lot the first set of each line says enough; of a package all have come with it.
    """
    line, row = WarehouseReceiptLine, ItemTrackingLine
    of_receipt = (line.receipt_id == receipt.id, row.source_type == RECEIPTS.source)
    first_of_lot = (
        select(func.min(row.id))
        .join(line, line.id == row.source_line_id)
        .where(*of_receipt, row.lot_no == number)
        .group_by(line.id)
    )
    rows = session.execute(
        select(line, row)
        .join(row, row.source_line_id == line.id)
        .where(
            *of_receipt,
            or_(row.serial_no == number, row.package_no == number, row.id.in_(first_of_lot)),
        )
        .order_by(line.line_no, row.id)
    )
    return [(of_line, named) for of_line, named in rows]


def _parts(
    session: Session, line_ids: Collection[int], numbers: TrackingNumbers
) -> dict[int, list[TrackedPart]]:
    """The parts that numbers can mean, by the ids of lines; without numbers there are none.

    They are those with the serial no., or with exactly these numbers, and the first that agrees
    with what is said: one that has not come whole, else one that has.
    """
    parts: dict[int, list[TrackedPart]] = {}
    if numbers:
        row = ItemTrackingLine
        meant = or_(_is(numbers), row.id == _first_agreeing(line_ids, numbers))
        found = select(row).where(*_of_lines(line_ids), meant).order_by(row.id)
        for each in session.scalars(found):
            parts.setdefault(each.source_line_id, []).append(part_of(each))
    return parts


def _is(numbers: TrackingNumbers) -> ColumnElement[bool]:
    row = ItemTrackingLine
    if numbers.serial_no:
        return row.serial_no == numbers.serial_no
    return and_(
        row.serial_no == "",
        row.lot_no == numbers.lot_no,
        row.package_no == numbers.package_no,
    )


def _first_agreeing(line_ids: Collection[int], numbers: TrackingNumbers) -> ColumnElement[int]:
    """The first part that agrees with the numbers, those that have come whole after the others."""
    row, line = ItemTrackingLine, WarehouseReceiptLine
    given = zip((row.serial_no, row.lot_no, row.package_no), numbers.as_tuple(), strict=True)
    has_come = row.qty_handled_base + row.qty_to_handle_base >= row.quantity_base
    return (
        select(row.id)
        .join(line, line.id == row.source_line_id)
        .where(
            *_of_lines(line_ids),
            *(column == number for column, number in given if number),
        )
        .order_by(has_come, line.line_no, row.id)
        .limit(1)
        .correlate(None)
        .scalar_subquery()
    )


def _sums(session: Session, line_ids: Collection[int]) -> dict[int, tuple[Decimal, Decimal]]:
    """How much of each line has numbers, and how much of that the next posting takes."""
    row = ItemTrackingLine
    type_ = row.quantity_base.type
    rows = session.execute(
        select(
            row.source_line_id,
            func.sum(row.quantity_base - row.qty_handled_base, type_=type_),
            func.sum(row.qty_to_handle_base, type_=type_),
        )
        .where(*_of_lines(line_ids))
        .group_by(row.source_line_id)
    )
    return {line_id: (named, to_handle) for line_id, named, to_handle in rows}


def _tracking(
    source_base: Decimal, parts: Sequence[TrackedPart], sums: tuple[Decimal, Decimal] | None
) -> LineTracking:
    read = LineTracking(source_base, parts)
    named, to_handle = sums or (ZERO, ZERO)
    return replace(
        read,
        unread_base=named - read.tracked_base,
        unread_next_base=to_handle - read.next_base,
    )


def _of_lines(line_ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    row = ItemTrackingLine
    return (row.source_type == RECEIPTS.source, row.source_line_id.in_(line_ids))
