"""Item tracking of lines of receipts and shipments (docs/domain.md 6.7).

The numbers of what comes in are new or come back, and are created by being named. Those of what
leaves are wishes: a pick looks for them first.

This module must never post.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import ItemTrackingLine, TrackingNumbers, TrackingSource
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.quantities import from_base, parse_quantity, to_base
from scanner_app.warehouse.document_kind import RECEIPTS, DocumentKind, Line
from scanner_app.warehouse.document_lines import lock_document_line
from scanner_app.warehouse.journal_tracking import (
    LineTracking,
    TrackedLine,
    TrackedPart,
    parts_of_lines,
)
from scanner_app.warehouse.journal_tracking_refusals import HandledTooMuch, TrackedTooMuch
from scanner_app.warehouse.receipt import WarehouseReceiptLine
from scanner_app.warehouse.register_activity import items_with_codes


def lock_tracked_document_line(
    session: Session, kind: DocumentKind, no: str, line_no: int
) -> TrackedLine:
    """A line of a document with its numbers, held for this transaction.

    Raises:
        DocumentGone, ShipmentReleased, DocumentLineGone: for what is not there.
    """
    location, line = lock_document_line(session, kind, no, line_no)
    return tracked_document_line(session, kind, line, location.id)


def tracked_document_line(
    session: Session,
    kind: DocumentKind,
    line: Line,
    location_id: int,
) -> TrackedLine:
    """A line of a document as its item tracking lines are shown and entered."""
    return tracked_document_lines(session, kind, [line], location_id)[0]


def tracked_document_lines(
    session: Session, kind: DocumentKind, lines: Sequence[Line], location_id: int
) -> list[TrackedLine]:
    """Lines of a document with their numbers, in two look-ups."""
    items = items_with_codes(session, {line.item_id for line in lines})
    parts = parts_of_lines(session, kind.source, [line.id for line in lines])
    return [
        tracked_document_line_of(
            kind,
            line,
            items[line.item_id],
            LineTracking(kind.nameable_base(line), parts[line.id]),
            location_id,
        )
        for line in lines
    ]


def tracked_document_line_of(
    kind: DocumentKind,
    line: Line,
    item: tuple[Item, ItemTrackingCode | None],
    tracking: LineTracking,
    location_id: int,
) -> TrackedLine:
    """A line of a document with what was read of it."""
    was_shipped = kind is RECEIPTS and line.transfer_line_id is not None
    return TrackedLine(
        kind.source, line, *item, tracking, location_id, kind.comes_in, was_shipped=was_shipped
    )


def expected_part(tracked: TrackedLine, numbers: TrackingNumbers) -> TrackedPart | None:
    """A set of numbers that a receipt names and that has not come whole, None where there is none.

    What a label leaves out may be anything: a serial number alone finds its unit.
    """
    if tracked.source is not TrackingSource.RECEIPT_LINE:
        return None
    for part in tracked.tracking.parts:
        named = numbers.completed_by(part.numbers) == part.numbers
        if named and part.next_base < part.quantity_base:
            return part
    return None


def receive_expected_part(
    session: Session, tracked: TrackedLine, part: TrackedPart, quantity: str
) -> None:
    """So much more of a named number has come, all that is left of it where nothing is said.

    Raises:
        HandledTooMuch: for more than is left of it.
    """
    to_handle = part.next_base + parse_quantity(quantity) if quantity else part.quantity_base
    if to_handle > part.quantity_base:
        words = " ".join(filter(None, part.numbers.as_tuple()))
        raise HandledTooMuch(numbers=words, quantity=part.quantity_base)
    row = ItemTrackingLine
    session.execute(update(row).where(row.id == part.id).values(qty_to_handle_base=to_handle))
    receive_what_is_named(session, tracked)


def receive_more_of_part(
    session: Session, tracked: TrackedLine, part: TrackedPart, quantity: Decimal
) -> None:
    """So much more has come of numbers that have come already.

    Raises:
        TrackedTooMuch: for more than the line says.
    """
    if quantity > tracked.tracking.undefined_base:
        named = tracked.tracking.tracked_base + quantity
        raise TrackedTooMuch(tracked=named, quantity=tracked.tracking.source_base)
    row = ItemTrackingLine
    more = {
        row.quantity_base: row.quantity_base + quantity,
        row.qty_to_handle_base: row.qty_to_handle_base + quantity,
    }
    session.execute(update(row).where(row.id == part.id).values(more))
    receive_what_is_named(session, tracked)


def receive_whole_parts(
    session: Session, parts: Sequence[tuple[WarehouseReceiptLine, ItemTrackingLine]]
) -> None:
    """All that is left of numbers that lines of a receipt name has come."""
    row = ItemTrackingLine
    of_parts = update(row).where(row.id.in_([part.id for _, part in parts]))
    session.execute(
        of_parts.values(qty_to_handle_base=row.quantity_base - row.qty_handled_base),
        execution_options={"synchronize_session": False},
    )
    _follow_numbers(session, {line.id: line for line, _ in parts})


def receive_what_is_named(session: Session, tracked: TrackedLine) -> None:
    """What is named to be handled has come: the Qty. to Receive is no less, where it can say so."""
    if tracked.source is TrackingSource.RECEIPT_LINE:
        line = session.get_one(WarehouseReceiptLine, tracked.line.id)
        _follow_numbers(session, {line.id: line})


def _follow_numbers(session: Session, lines: Mapping[int, WarehouseReceiptLine]) -> None:
    row = ItemTrackingLine
    total = func.sum(row.qty_to_handle_base, type_=row.qty_to_handle_base.type)
    of_lines = (row.source_type == TrackingSource.RECEIPT_LINE, row.source_line_id.in_(lines))
    sums = select(row.source_line_id, total).where(*of_lines).group_by(row.source_line_id)
    for line_id, named in session.execute(sums):
        line = lines[line_id]
        quantity = from_base(named, line.qty_per_unit_of_measure)
        if to_base(quantity, line.qty_per_unit_of_measure) == named:
            line.qty_to_receive = max(line.qty_to_receive, quantity)
    session.flush()
