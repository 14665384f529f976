"""The ways to receipts and shipments: the document that an address names, and who works on it.

This module must never know a rule of the documents.
"""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from scanner_app.inventory.location import Location, work_date_of
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, Document, DocumentKind
from scanner_app.warehouse.employee import check_works_at_one
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.warehouse_documents import find_warehouse_document
from scanner_app.web.current import current_user_id

KINDS = {"receipts": RECEIPTS, "shipments": SHIPMENTS, "transfers": TRANSFERS}
# The part of an address that says which kind of document is meant; transfers have their own pages.
KIND_IN_ADDRESS = "<any(receipts, shipments):kind>"


def name_of(kind: DocumentKind) -> str:
    """How an address calls a kind of document."""
    return f"{kind.name}s"


def find_document(session: Session, kind: DocumentKind, no: str) -> Document:
    """A receipt or shipment of a location where the user works.

    Raises:
        NotFound: when there is none of that number.
        NotWarehouseEmployee: when it is elsewhere.
    """
    document = find_warehouse_document(session, kind, no)
    if document is None:
        raise NotFound
    check_works_at_one(session, current_user_id(), kind.places_of(document))
    return document


def address_of_document(kind: DocumentKind, no: str, done: str = "") -> str:
    """The page of a document, with what was just done."""
    has_done = done or None
    if kind is TRANSFERS:
        return url_for("transfer_pages.show", no=no, done=has_done)
    return url_for("document_pages.show", kind=name_of(kind), no=no, done=has_done)


def by_at(session: Session, document: Document, user_id: int, at: datetime) -> By:
    """Who does it, and the work date at the document's location."""
    return by_at_location(session.get_one(Location, document.location_id), user_id, at)


def by_at_location(location: Location, user_id: int, at: datetime) -> By:
    """Who does it, and the work date there."""
    return By(user_id, work_date_of(location, at), at)
