"""Typing transfer orders: one is made, changed, released, reopened or deleted.

Its lines are entered as those of receipts and shipments are, by `document_lines`. The verbs never
commit. Who changes an order has it alone for that moment (docs/domain.md 6.10).

This module must never ship or receive.
"""

from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.inventory.text_card import TextCard, check_unchanged, day_of, text_of_day
from scanner_app.warehouse.record_card import read_card
from scanner_app.warehouse.record_refusals import NameMissing, RecordNotFound
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.set_up_location import find_location, lock_location
from scanner_app.warehouse.transfer_fields import LOCATIONS, TRANSFER_FIELDS
from scanner_app.warehouse.transfer_in_transit import open_documents_of
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_order import TransferOrder, TransferStatus
from scanner_app.warehouse.transfer_refusals import (
    InTransitLocationNeeded,
    TransferEmpty,
    TransferLocationStays,
    TransferNeedsTwoLocations,
    TransferNotOpen,
    TransferOnDocument,
)
from scanner_app.warehouse.warehouse_documents import delete_lines, lock_document, lock_to_change


def card_of_transfer(session: Session, order: TransferOrder) -> TextCard:
    """What the header of an order says."""
    codes = {
        field.name: session.get_one(Location, getattr(order, f"{field.name}_id")).code
        for field in LOCATIONS
    }
    return codes | {
        "shipment_date": text_of_day(order.shipment_date),
        "receipt_date": text_of_day(order.receipt_date),
    }


def create_transfer(session: Session, typed: TextCard, by: By) -> str:
    """Make an order without lines, and return its number.

    Raises:
        RuleRefused: as `change_transfer` and `take_number` raise it.
    """
    hold_set_up(session)
    order = TransferOrder(status=TransferStatus.OPEN, created_at=by.at)
    _write(session, order, read_card(TRANSFER_FIELDS, typed))
    order.no = take_number(session, TRANSFERS.series, by.work_date)
    session.add(order)
    session.flush()
    return order.no


def change_transfer(session: Session, no: str, as_read: TextCard, typed: TextCard) -> None:
    """Let the header of an order say what was typed.

    Raises:
        DocumentGone: when it is received or deleted.
        TransferReleased: for one that is not open.
        CardChanged: when somebody changed it after it was read.
        NameMissing, RecordNotFound: for a location that is not named, or not there.
        TransferLocationStays: for another location of what is shipped or names a bin.
        TransferNeedsTwoLocations, LocationInTransit, InTransitLocationNeeded: for the locations.
        RuleRefused: as `read_card` raises it.
    """
    _, order = lock_to_change(session, TRANSFERS, no)
    check_unchanged(as_read, card_of_transfer(session, order))
    card = read_card(TRANSFER_FIELDS, typed)
    _check_locations_stay(session, order, card)
    _write(session, order, card)
    order.lock_version += 1
    session.flush()


def delete_transfer(session: Session, no: str) -> None:
    """Take back what is not shipped of an order; what is posted stays.

    Raises:
        DocumentGone: when it is received or deleted.
        TransferReleased: for one that is not open.
        TransferInTransit: while something of it is in transit.
    """
    _, order = lock_to_change(session, TRANSFERS, no)
    lines = TRANSFERS.lines_of(session, order)
    TRANSFERS.check_may_go(lines)
    delete_lines(session, TRANSFERS, lines)
    session.delete(order)
    session.flush()


def release_transfer(session: Session, no: str) -> None:
    """Let an order be shipped and received as it is.

    Raises:
        DocumentGone: when it is received or deleted.
        TransferNotOpen: for one that is released.
        TransferEmpty: for one without lines.
    """
    order: TransferOrder = lock_document(session, TRANSFERS, no)
    if order.status is not TransferStatus.OPEN:
        raise TransferNotOpen(no=order.no)
    if not TRANSFERS.lines_of(session, order):
        raise TransferEmpty(no=order.no)
    order.status = TransferStatus.RELEASED
    session.flush()


def reopen_transfer(session: Session, no: str) -> None:
    """Let an order be changed again; one that is open stays so.

    Raises:
        DocumentGone: when it is received or deleted.
        TransferOnDocument: while a shipment or receipt of it is open.
    """
    order: TransferOrder = lock_document(session, TRANSFERS, no)
    for _, document_no in open_documents_of(session, order):
        raise TransferOnDocument(no=order.no, document_no=document_no)
    order.status = TransferStatus.OPEN
    session.flush()


def _write(session: Session, order: TransferOrder, card: TextCard) -> None:
    places = [_location(session, card, field.name, field.caption) for field in LOCATIONS]
    ships, receives, in_transit = places
    if ships.id == receives.id:
        raise TransferNeedsTwoLocations(location=ships.code)
    for place in (ships, receives):
        TRANSFERS.check_location(place)
    if not in_transit.use_as_in_transit or in_transit.bin_mandatory:
        raise InTransitLocationNeeded(location=in_transit.code)
    for field, place in zip(LOCATIONS, places, strict=True):
        setattr(order, f"{field.name}_id", place.id)
    order.shipment_date = day_of(card["shipment_date"])
    order.receipt_date = day_of(card["receipt_date"])


def _location(session: Session, card: TextCard, name: str, caption: str) -> Location:
    """A location that the card names, whose set-up stays for this transaction."""
    code = card[name]
    if not code:
        raise NameMissing(field=caption, length=10)
    if find_location(session, code) is None:
        raise RecordNotFound(field=caption, code=code)
    return lock_location(session, code)


def _check_locations_stay(session: Session, order: TransferOrder, card: TextCard) -> None:
    """What has left is between these locations, and bins that lines name are of them."""
    lines = TRANSFERS.lines_of(session, order)
    bound = any(
        line.qty_shipped_base or line.transfer_from_bin_id or line.transfer_to_bin_id
        for line in lines
    )
    before = card_of_transfer(session, order)
    for field in LOCATIONS:
        if bound and card[field.name] != before[field.name]:
            raise TransferLocationStays(no=order.no, field=field.caption)
