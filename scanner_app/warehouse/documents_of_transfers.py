"""Receipts and shipments that a transfer order made: what stays as the order says it.

They are picked, received and posted as every other. Their source, items and quantities are those
of the order, and what was shipped by its numbers is received by them (docs/domain.md 6.10).

This module must never write.
"""

from collections.abc import Sequence

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.text_card import Changes, TextCard, changed_fields
from scanner_app.warehouse.document_kind import Document, DocumentKind, Line
from scanner_app.warehouse.journal_records import CAPTIONS
from scanner_app.warehouse.journal_tracking import TrackedLine, TrackedPart, words_of
from scanner_app.warehouse.record_card import Fields, captions_of
from scanner_app.warehouse.source_document import TRANSFERS
from scanner_app.warehouse.transfer_refusals import (
    AllHasCome,
    LinesOfTransfer,
    NumberNotShipped,
    ShippedNumbersStay,
    TransferLineStays,
    TransferSourceStays,
)

SOURCE = ("source_document", "source_no")
KEPT_ON_LINES = ("item_no", "variant", "unit", "quantity")


def is_of_transfer(document: Document) -> bool:
    """Whether a transfer order made the document, and says what is on it."""
    return getattr(document, "source_document", None) in TRANSFERS


def fields_of_document(kind: DocumentKind, document: Document) -> Fields:
    """The fields of a header that can be typed: the source of a transfer is not."""
    if not is_of_transfer(document):
        return kind.fields
    return tuple(field for field in kind.fields if field.name not in SOURCE)


def check_source_stays(kind: DocumentKind, document: Document, typed: TextCard) -> None:
    """Refuse another source for what a transfer order made.

    Raises:
        TransferSourceStays: when one was typed.
    """
    if not is_of_transfer(document):
        return
    captions = captions_of(kind.fields)
    for name in SOURCE:
        stored = getattr(document, name)
        if typed.get(name, stored) != stored:
            raise TransferSourceStays(
                no=document.no, source_no=document.source_no, field=captions[name]
            )


def check_takes_lines(document: Document) -> None:
    """Refuse a line that the transfer order does not have.

    Raises:
        LinesOfTransfer: for a document of a transfer order.
    """
    if is_of_transfer(document):
        raise LinesOfTransfer(no=document.no, source_no=document.source_no)


def check_line_stays(line: Line, changes: Changes) -> None:
    """Refuse another item, unit or quantity on a line that a transfer order made.

    Raises:
        TransferLineStays: when such a field changes.
    """
    if getattr(line, "transfer_line_id", None) is None:
        return
    for name in KEPT_ON_LINES:
        if name in changes:
            raise TransferLineStays(line_no=line.line_no, field=CAPTIONS[name])


def check_takes_numbers(tracked: TrackedLine, parts: Sequence[TrackedPart]) -> None:
    """Refuse numbers that were not shipped: those that were are named already.

    Raises:
        NumberNotShipped: on a line that a transfer was shipped on.
    """
    if tracked.was_shipped:
        raise NumberNotShipped(numbers=words_of(parts[0].numbers))


def check_was_shipped(lines: Sequence[TrackedLine], numbers: TrackingNumbers) -> None:
    """Refuse scanned numbers that no line of a transfer was shipped under, before more is asked.

    Raises:
        NumberNotShipped: for such numbers; other receipts learn theirs by being scanned.
        AllHasCome: for a lot or package of which nothing is on its way any more.
    """
    if not numbers or not any(tracked.was_shipped for tracked in lines):
        return
    shipped = [part for tracked in lines if tracked.was_shipped for part in tracked.tracking.parts]
    meant = [part for part in shipped if numbers.completed_by(part.numbers) == part.numbers]
    if not meant:
        raise NumberNotShipped(numbers=words_of(numbers))
    if not numbers.serial_no and all(part.next_base >= part.quantity_base for part in meant):
        raise AllHasCome(numbers=words_of(numbers))


def check_shipped_numbers_stay(
    tracked: TrackedLine, stored: TextCard, typed: TextCard | None = None
) -> None:
    """Refuse to change or delete what was shipped; how much of it came can be said.

    Raises:
        ShippedNumbersStay: for any other change, and for deleting it.
    """
    if not tracked.was_shipped:
        return
    if typed is None or changed_fields(stored, typed).keys() - {"qty_to_handle"}:
        numbers = (stored["serial_no"], stored["lot_no"], stored["package_no"])
        raise ShippedNumbersStay(numbers=" ".join(filter(None, numbers)))
