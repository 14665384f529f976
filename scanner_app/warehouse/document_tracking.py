"""Item tracking of lines of receipts and shipments (docs/domain.md 6.7).

The numbers of what comes in are new or come back, and are created by being named. Those of what
leaves are wishes: a pick looks for them first.

This module must never post.
"""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import ItemTrackingLine, TrackingNumbers, TrackingSource
from scanner_app.quantities import ZERO, from_base, parse_quantity, to_base
from scanner_app.warehouse.document_kind import DocumentKind, Line
from scanner_app.warehouse.document_lines import lock_document_line
from scanner_app.warehouse.journal_tracking import LineTracking, TrackedLine, TrackedPart, parts_of
from scanner_app.warehouse.journal_tracking_refusals import HandledTooMuch
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
    item, code = items_with_codes(session, {line.item_id})[line.item_id]
    parts = parts_of(session, kind.source, line.id)
    tracking = LineTracking(kind.nameable_base(line), parts)
    return TrackedLine(kind.source, line, item, code, tracking, location_id, kind.comes_in)


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


def receive_what_is_named(session: Session, tracked: TrackedLine) -> None:
    """What is named to be handled has come: the Qty. to Receive is no less, where it can say so."""
    if tracked.source is not TrackingSource.RECEIPT_LINE:
        return
    line, row = session.get_one(WarehouseReceiptLine, tracked.line.id), ItemTrackingLine
    total = func.sum(row.qty_to_handle_base, type_=row.qty_to_handle_base.type)
    of_line = (row.source_type == tracked.source, row.source_line_id == line.id)
    named = session.scalar(select(total).where(*of_line)) or ZERO
    per_unit = line.qty_per_unit_of_measure
    quantity = from_base(named, per_unit)
    if to_base(quantity, per_unit) == named:
        line.qty_to_receive = max(line.qty_to_receive, quantity)
        session.flush()
