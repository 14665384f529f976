"""Receipts and shipments that a test types, as a supervisor does on their pages."""

from typing import Any

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.document_kind import RECEIPTS, DocumentKind
from scanner_app.warehouse.document_line_card import blank_line_card, card_of_line
from scanner_app.warehouse.document_lines import (
    add_document_line,
    change_document_line,
    find_document_line,
)
from scanner_app.warehouse.document_tracking import (
    lock_tracked_document_line,
    tracked_document_line,
)
from scanner_app.warehouse.journal_fields import RECEIPT_TRACKING_LINE_FIELDS
from scanner_app.warehouse.journal_tracking import TrackedLine
from scanner_app.warehouse.journal_tracking_lines import (
    add_tracking_line,
    card_of_part,
    change_tracking_line,
    tracking_fields,
)
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.warehouse_documents import (
    blank_document_card,
    card_of_document,
    change_document,
    create_document,
    find_warehouse_document,
)
from tests.builders import Warehouse

LINE = 10_000
BLANK_NUMBERS = blank_card(RECEIPT_TRACKING_LINE_FIELDS)
USED = {"require_receive": True, "require_shipment": True, "require_pick": True}


def uses_documents(white: Warehouse) -> Warehouse:
    white.change(white.location, **USED)
    return white


def make(white: Warehouse, kind: DocumentKind = RECEIPTS, at: str = "WHITE", **fields: str) -> str:
    typed = blank_document_card(kind) | {"source_no": "ORDER-1"} | fields
    return white.write(lambda session: create_document(session, kind, at, typed, white.by))


def header(white: Warehouse, kind: DocumentKind, no: str) -> TextCard:
    with white.database.read() as session:
        return card_of_document(session, kind, document(white, kind, no))


def document(white: Warehouse, kind: DocumentKind, no: str) -> Any:  # noqa: ANN401 - of one of two tables
    with white.database.read() as session:
        return find_warehouse_document(session, kind, no)


def edit(white: Warehouse, kind: DocumentKind, no: str, **fields: str) -> None:
    read = header(white, kind, no)
    white.write(lambda session: change_document(session, kind, no, read, read | fields))


def add_line(white: Warehouse, no: str, kind: DocumentKind = RECEIPTS, **fields: str) -> int:
    typed = blank_line_card(kind) | {"item_no": "GOODS", "quantity": "5"} | fields
    return white.write(lambda session: add_document_line(session, kind, no, typed))


def line(white: Warehouse, no: str, kind: DocumentKind = RECEIPTS, line_no: int = LINE) -> Any:  # noqa: ANN401 - of one of two tables
    with white.database.read() as session:
        return find_document_line(session, kind, document(white, kind, no).id, line_no)


def line_card(white: Warehouse, no: str, kind: DocumentKind = RECEIPTS) -> TextCard:
    with white.database.read() as session:
        return card_of_line(session, kind, line(white, no, kind))


def edit_line(white: Warehouse, no: str, kind: DocumentKind = RECEIPTS, **fields: str) -> None:
    read = line_card(white, no, kind)
    white.write(
        lambda session: change_document_line(
            session, kind, no, LINE, as_read=read, typed=read | fields
        )
    )


def tracked(white: Warehouse, no: str, kind: DocumentKind = RECEIPTS) -> TrackedLine:
    with white.database.read() as session:
        row = line(white, no, kind)
        return tracked_document_line(session, kind, row, document(white, kind, no).location_id)


def name(white: Warehouse, no: str, kind: DocumentKind = RECEIPTS, **fields: str) -> None:
    """Name numbers on the first line."""
    fields_of_line = {each.name for each in tracking_fields(tracked(white, no, kind))}
    typed = {key: value for key, value in BLANK_NUMBERS.items() if key in fields_of_line} | fields
    white.write(
        lambda session: add_tracking_line(
            session, lock_tracked_document_line(session, kind, no, LINE), typed
        )
    )


def rename(white: Warehouse, no: str, place: int, **fields: str) -> None:
    """Change what a set of numbers of the first line of a receipt says."""
    found = tracked(white, no)
    part = found.tracking.parts[place]
    read = card_of_part(part, tracking_fields(found))
    white.write(
        lambda session: change_tracking_line(
            session,
            lock_tracked_document_line(session, RECEIPTS, no, LINE),
            part.id,
            read,
            read | fields,
        )
    )


def named(
    white: Warehouse, no: str, kind: DocumentKind = RECEIPTS
) -> dict[TrackingNumbers, tuple[int, int]]:
    """The numbers of the first line: how much of each, and how much the next posting takes."""
    return {
        part.numbers: (int(part.quantity_base), int(part.next_base))
        for part in tracked(white, no, kind).tracking.parts
    }
