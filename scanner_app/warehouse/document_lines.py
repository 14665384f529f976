"""Entering lines of receipts and shipments: one is added, changed or deleted (docs/domain.md 6.6).

The verbs never commit. Who changes a line has its document alone for that moment.

This module must never post, nor make a pick.
"""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import ItemTrackingLine
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard, changed_fields, check_unchanged
from scanner_app.quantities import ZERO
from scanner_app.warehouse.document_kind import RECEIPTS, DocumentKind, Line
from scanner_app.warehouse.document_line_card import (
    card_of_line,
    check_begun_kept,
    with_rest_to_receive,
    write_line,
)
from scanner_app.warehouse.document_refusals import DocumentLineGone
from scanner_app.warehouse.documents_of_transfers import check_line_stays, check_takes_lines
from scanner_app.warehouse.item_journal_lines import STEP
from scanner_app.warehouse.journal_records import find_named_records
from scanner_app.warehouse.journal_tracking import tracked_quantities
from scanner_app.warehouse.record_card import read_card
from scanner_app.warehouse.tracking_kept import check_tracking_kept
from scanner_app.warehouse.warehouse_documents import delete_lines, lock_document, lock_to_change


@dataclass
class WrittenLine:
    """A line as it is written, with what its item tracking lines may name."""

    line_no: int
    quantity_base: Decimal


def add_document_line(session: Session, kind: DocumentKind, no: str, typed: TextCard) -> int:
    """Add a line behind the others, and return its number.

    Raises:
        DocumentGone, ShipmentReleased, TransferReleased: for the document.
        LinesOfTransfer: for a receipt or shipment of a transfer order.
        RuleRefused: as `read_card` and `write_line` raise it.
    """
    location, document = lock_to_change(session, kind, no)
    check_takes_lines(document)
    line_no = kind.line.line_no
    last = session.scalar(select(func.max(line_no)).where(kind.key == document.id)) or 0
    line = kind.line(**{kind.key.key: document.id}, line_no=last + STEP)
    card = read_card(kind.line_fields, typed)
    write_line(session, kind, location, line, card, find_named_records(session, [card]))
    session.add(line)
    session.flush()
    return int(line.line_no)


def change_document_line(
    session: Session,
    kind: DocumentKind,
    no: str,
    line_no: int,
    *,
    as_read: TextCard,
    typed: TextCard,
) -> None:
    """Let a line say what was typed.

    Raises:
        DocumentGone, ShipmentReleased, DocumentLineGone: for what is not there.
        CardChanged: when somebody changed the line after it was read.
        LineBegun: for another item or unit of what has come or is picked.
        TransferLineStays: for another item or quantity of what a transfer order made.
        RuleRefused: as `read_card`, `write_line` and `check_tracking_kept` raise it.
    """
    location, line = lock_document_line(session, kind, no, line_no)
    before = card_of_line(session, kind, line)
    check_unchanged(as_read, before)
    card = with_rest_to_receive(before, read_card(kind.line_fields, typed))
    tracked = tracked_quantities(session, [line.id], kind.source)
    write_line(session, kind, location, line, card, find_named_records(session, [card]))
    session.flush()
    changes = changed_fields(before, card_of_line(session, kind, line))
    check_begun_kept(kind, line, changes)
    check_line_stays(line, changes)
    written = WrittenLine(line.line_no, kind.nameable_base(line))
    check_tracking_kept(written, tracked.get(line.id), changes)


def delete_document_line(session: Session, kind: DocumentKind, no: str, line_no: int) -> None:
    """Take back what is not posted of a line; what is posted stays.

    Raises:
        DocumentGone, ShipmentReleased, DocumentLineGone: for what is not there.
        PickedNotShipped: while its goods stand in the shipment bin.
    """
    _, line = lock_document_line(session, kind, no, line_no)
    kind.check_may_go([line])
    delete_lines(session, kind, [line])


def autofill_qty_to_receive(session: Session, no: str) -> None:
    """Let all that is outstanding be received.

    Raises:
        DocumentGone: when the receipt is not there any more.
    """
    lines = RECEIPTS.lines_of(session, lock_document(session, RECEIPTS, no))
    for line in lines:
        line.qty_to_receive = line.outstanding
    row = ItemTrackingLine
    _let_numbers_be_handled(session, lines, row.quantity_base - row.qty_handled_base)


def delete_qty_to_receive(session: Session, no: str) -> None:
    """Let nothing be received yet, so that only what is scanned will be.

    Raises:
        DocumentGone: when the receipt is not there any more.
    """
    lines = RECEIPTS.lines_of(session, lock_document(session, RECEIPTS, no))
    for line in lines:
        line.qty_to_receive = ZERO
    _let_numbers_be_handled(session, lines, ZERO)


def _let_numbers_be_handled(
    session: Session, lines: list[Line], quantity_base: ColumnElement[Decimal] | Decimal
) -> None:
    """The numbers that are named already go along with the lines of the receipt."""
    row = ItemTrackingLine
    of_lines = (
        row.source_type == RECEIPTS.source,
        row.source_line_id.in_([line.id for line in lines]),
    )
    session.execute(update(row).where(*of_lines).values(qty_to_handle_base=quantity_base))
    session.flush()


def find_document_line(
    session: Session, kind: DocumentKind, document_id: int, line_no: int
) -> Line:
    """A line of a document by its number, None where there is none."""
    row = kind.line
    return session.scalar(select(row).where(kind.key == document_id, row.line_no == line_no))


def lock_document_line(
    session: Session, kind: DocumentKind, no: str, line_no: int
) -> tuple[Location, Line]:
    """A line that may be changed, kept for this transaction, and its location.

    Raises:
        DocumentGone, ShipmentReleased, DocumentLineGone: for what is not there.
    """
    location, document = lock_to_change(session, kind, no)
    line = find_document_line(session, kind, document.id, line_no)
    if line is None:
        raise DocumentLineGone(no=document.no, line_no=line_no)
    return location, line
