"""Typing receipts and shipments: one is made, changed, released, reopened or deleted.

The verbs never commit. Who changes a document has it alone for that moment, as who posts it or
makes its pick does (docs/domain.md 6.6).

This module must never post, nor make a pick.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scanner_app.code_index import forget_codes
from scanner_app.inventory.item_tracking import ItemTrackingLine
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import take_numbers
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.inventory.text_card import TextCard, check_unchanged, day_of, text_of_day
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.delete_pick import open_pick_of
from scanner_app.warehouse.document_bins import DocumentBins, document_bin, find_document_bins
from scanner_app.warehouse.document_kind import SHIPMENTS, Document, DocumentKind, Line
from scanner_app.warehouse.document_refusals import (
    DocumentBinMissing,
    ShipmentEmpty,
    ShipmentNotOpen,
    ShipmentOnPick,
)
from scanner_app.warehouse.documents_of_transfers import check_source_stays, fields_of_document
from scanner_app.warehouse.master_codes import index_documents
from scanner_app.warehouse.record_card import blank_card, read_card
from scanner_app.warehouse.record_refusals import NameMissing
from scanner_app.warehouse.register_activity import By, DocumentGone
from scanner_app.warehouse.set_up_location import lock_location
from scanner_app.warehouse.shipment import ShipmentStatus, WarehouseShipment
from scanner_app.warehouse.source_document import SourceDocument

DAYS = ("expected_receipt_date", "shipment_date")


def find_warehouse_document(session: Session, kind: DocumentKind, no: str) -> Document:
    """The receipt or shipment of a number, as somebody typed it; None for none."""
    table, name = kind.header, no.strip().upper()
    return session.scalar(select(table).where(table.no == name)) if name.isprintable() else None


def blank_document_card(kind: DocumentKind) -> TextCard:
    """What a new document says before anything is typed: its first kind of source."""
    source = next(field for field in kind.fields if field.choices is not None)
    return blank_card(kind.fields) | {source.name: next(str(each) for each in source.choices or ())}


def card_of_document(session: Session, kind: DocumentKind, document: Document) -> TextCard:
    """What the header of a document says."""
    bin_ = session.get_one(Bin, document.bin_id).code if document.bin_id else ""
    days = {name: text_of_day(getattr(document, name)) for name in DAYS if hasattr(document, name)}
    source = {"source_document": document.source_document.value, "source_no": document.source_no}
    card = source | {"bin": bin_} | days
    return {field.name: card[field.name] for field in kind.fields}


def create_document(
    session: Session, kind: DocumentKind, location_code: str, typed: TextCard, by: By
) -> str:
    """Make a document without lines, and return its number.

    Raises:
        RecordUnknown: for a location that is not there.
        RuleRefused: as `new_document` and `add_documents` raise it.
    """
    location = lock_location(session, location_code)
    bins = find_document_bins(session, location, [typed["bin"]])
    document = new_document(kind, location, typed, bins, by)
    add_documents(session, kind, [document], by)
    return str(document.no)


def new_document(
    kind: DocumentKind, location: Location, typed: TextCard, bins: DocumentBins, by: By
) -> Document:
    """A document that says what was typed, neither numbered nor kept yet; `bins` has its bin.

    Raises:
        ReceiptsNotUsed, ShipmentsNotUsed: for a location without such documents.
        RuleRefused: as `change_document` raises it.
    """
    kind.check_location(location)
    return document_of_card(kind, location, read_card(kind.fields, typed), bins, by)


def document_of_card(
    kind: DocumentKind, location: Location, card: TextCard, bins: DocumentBins, by: By
) -> Document:
    """A document that says what its card says, neither numbered nor kept yet.

    Raises:
        RuleRefused: as `change_document` raises it.
    """
    document: Document = kind.header(location_id=location.id, created_at=by.at)
    _write(kind, location, document, card, bins)
    if isinstance(document, WarehouseShipment):
        document.status = ShipmentStatus.OPEN
    return document


def add_documents(
    session: Session, kind: DocumentKind, documents: Sequence[Document], by: By
) -> None:
    """Number documents in their order, keep them and let them be scanned.

    Raises:
        RuleRefused: as `take_numbers` raises it.
    """
    numbers = take_numbers(session, kind.series, by.work_date, len(documents))
    for document, no in zip(documents, numbers, strict=True):
        document.no = no
    session.add_all(documents)
    session.flush()
    index_documents(session, kind.code_kind, documents)


def change_document(
    session: Session, kind: DocumentKind, no: str, as_read: TextCard, typed: TextCard
) -> None:
    """Let the header of a document say what was typed.

    Raises:
        DocumentGone: when it is posted or deleted.
        ShipmentReleased: for a shipment that is not open.
        CardChanged: when somebody changed it after it was read.
        TransferSourceStays: for another source of what a transfer order made.
        NameMissing: without the number of its source.
        RecordNotFound, DocumentBinMissing, DocumentBinWrong, DocumentBinNotUsed,
        AdjustmentBinGuarded, BinBlocked: for the bin.
        RuleRefused: as `read_card` raises it.
    """
    location, document = lock_to_change(session, kind, no)
    stored, fields = card_of_document(session, kind, document), fields_of_document(kind, document)
    check_unchanged(as_read, {field.name: stored[field.name] for field in fields})
    check_source_stays(kind, document, typed)
    card = stored | read_card(fields, stored | typed)
    bins = find_document_bins(session, location, [card["bin"]])
    _write(kind, location, document, card, bins)
    document.lock_version += 1
    session.flush()


def delete_document(session: Session, kind: DocumentKind, no: str) -> None:
    """Take back what is not posted of a document; what is posted stays.

    Raises:
        DocumentGone: when it is posted or deleted.
        ShipmentReleased: for a shipment that is not open.
        PickedNotShipped: while goods stand in its shipment bin.
    """
    _, document = lock_to_change(session, kind, no)
    lines = kind.lines_of(session, document)
    kind.check_may_go(lines)
    delete_lines(session, kind, lines)
    forget_codes(session, kind.code_kind, [document.id])
    session.delete(document)
    session.flush()


def release_shipment(session: Session, no: str) -> None:
    """Let a shipment be picked as it is.

    Raises:
        DocumentGone: when it has left or is deleted.
        ShipmentNotOpen: for one that is released.
        ShipmentEmpty: for one without lines.
    """
    shipment: WarehouseShipment = lock_document(session, SHIPMENTS, no)
    if shipment.status is not ShipmentStatus.OPEN:
        raise ShipmentNotOpen(no=shipment.no)
    if not SHIPMENTS.lines_of(session, shipment):
        raise ShipmentEmpty(no=shipment.no)
    shipment.status = ShipmentStatus.RELEASED
    session.flush()


def reopen_shipment(session: Session, no: str) -> None:
    """Let a shipment be changed again; one that is open stays so.

    Raises:
        DocumentGone: when it has left or is deleted.
        ShipmentOnPick: while a pick of it is open.
    """
    shipment: WarehouseShipment = lock_document(session, SHIPMENTS, no)
    if pick := open_pick_of(session, shipment):
        raise ShipmentOnPick(no=shipment.no, pick_no=pick.no)
    shipment.status = ShipmentStatus.OPEN
    session.flush()


def lock_document(session: Session, kind: DocumentKind, no: str) -> Document:
    """Lock a document, so that changing, picking and posting it take turns.

    Raises:
        DocumentGone: when it is not there any more.
    """
    hold_set_up(session)
    found = find_warehouse_document(session, kind, no)
    locked = found and session.get(
        kind.header, found.id, with_for_update=True, populate_existing=True
    )
    if locked is None:
        raise DocumentGone(document=no[:20])
    return locked


def lock_to_change(session: Session, kind: DocumentKind, no: str) -> tuple[Location, Document]:
    """Lock a document that may be changed, and keep the set-up of its location.

    Raises:
        DocumentGone: when it is not there any more.
        ShipmentReleased: for a shipment that is not open.
    """
    document = lock_document(session, kind, no)
    kind.check_changeable(document)
    location = session.get_one(Location, document.location_id)
    # No bin goes that is named here at the same moment.
    return lock_location(session, location.code), document


def delete_lines(session: Session, kind: DocumentKind, lines: list[Line]) -> None:
    """Delete lines with the numbers that are named on them."""
    row, line_ids = ItemTrackingLine, [line.id for line in lines]
    of_lines = (row.source_type == kind.source, row.source_line_id.in_(line_ids))
    session.execute(delete(row).where(*of_lines))
    for line in lines:
        session.delete(line)
    session.flush()


def _write(
    kind: DocumentKind,
    location: Location,
    document: Document,
    card: TextCard,
    bins: DocumentBins,
) -> None:
    if not card["source_no"]:
        raise NameMissing(field="Source No.", length=20)
    column, caption = kind.bin_of_location
    bin_id = document_bin(kind, location, bins, card["bin"]) or getattr(location, column)
    if bin_id is None and location.bin_mandatory:
        raise DocumentBinMissing(location=location.code, field=caption)
    document.bin_id = bin_id
    document.source_document = SourceDocument(card["source_document"])
    document.source_no = card["source_no"]
    for name in set(DAYS) & card.keys():
        setattr(document, name, day_of(card[name]))
