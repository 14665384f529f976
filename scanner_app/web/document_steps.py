"""What is done with a receipt or shipment: released, filled in, posted or deleted.

This module must never do any of it by itself: the verbs of `warehouse` do.
"""

from collections.abc import Callable

from flask import Blueprint, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind
from scanner_app.warehouse.document_lines import autofill_qty_to_receive, delete_qty_to_receive
from scanner_app.warehouse.post_receipt import post_warehouse_receipt
from scanner_app.warehouse.post_shipment import post_warehouse_shipment
from scanner_app.warehouse.receipt_parts import receipt_problems
from scanner_app.warehouse.warehouse_documents import (
    delete_document,
    release_shipment,
    reopen_shipment,
)
from scanner_app.web.current import current_user_id, now, reading
from scanner_app.web.document_pages import draw_document
from scanner_app.web.document_ways import KIND_IN_ADDRESS, KINDS, by_at, find_document, name_of
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required

blueprint = Blueprint("document_steps", __name__, url_prefix="/documents")


@blueprint.post("/receipts/<no>/posting")
@supervisor_required
def post_receipt(no: str) -> AnyResponse | tuple[str, int]:
    """Post a receipt; its put-away is made. Refused, it says what stands against each line."""
    try:
        answer = post_receipt_once(no)
    except RuleRefused as refusal:
        receipt = find_document(reading(), RECEIPTS, no)
        by = by_at(reading(), receipt, current_user_id(), now())
        return draw_document(RECEIPTS, receipt, refusal, receipt_problems(reading(), receipt, by))
    address = url_for("documents.show_list", done=answer["done"], no=answer["no"])
    return redirect(address, 303)


def post_receipt_once(no: str) -> dict[str, str]:
    """Post what has come of a receipt, and say what became of it; refusals as posting makes them.

    Raises:
        NotFound, NotWarehouseEmployee: as `find_document` raises them.
    """
    user_id, at = current_user_id(), now()

    def work(session: Session) -> dict[str, str]:
        receipt = find_document(session, RECEIPTS, no)
        asks = session.get_one(Location, receipt.location_id).puts_away
        put_away = post_warehouse_receipt(session, receipt.id, by_at(session, receipt, user_id, at))
        done = "received" if put_away else "no-room" if asks else "no-put-away"
        return {"done": done, "no": put_away.no if put_away else no.upper()}

    return post_once(work)


@blueprint.post("/shipments/<no>/posting")
@supervisor_required
def post_shipment(no: str) -> AnyResponse | tuple[str, int]:
    """Post what is picked of a shipment."""
    user_id, at = current_user_id(), now()

    def work(session: Session) -> dict[str, str]:
        shipment = find_document(session, SHIPMENTS, no)
        by = by_at(session, shipment, user_id, at)
        return {"no": post_warehouse_shipment(session, shipment.id, by)}

    try:
        answer = post_once(work)
    except RuleRefused as refusal:
        return draw_document(SHIPMENTS, find_document(reading(), SHIPMENTS, no), refusal)
    return redirect(url_for("documents.show_list", done="shipped", no=answer["no"]), 303)


@blueprint.post("/receipts/<no>/quantities")
@supervisor_required
def autofill(no: str) -> AnyResponse | tuple[str, int]:
    """Autofill Qty. to Receive: all that is outstanding has come."""
    return _step(RECEIPTS, no, lambda session: autofill_qty_to_receive(session, no))


@blueprint.post("/receipts/<no>/quantities/removal")
@supervisor_required
def delete_quantities(no: str) -> AnyResponse | tuple[str, int]:
    """Delete Qty. to Receive: only what is scanned from now on has come."""
    return _step(RECEIPTS, no, lambda session: delete_qty_to_receive(session, no))


@blueprint.post("/shipments/<no>/release")
@supervisor_required
def release(no: str) -> AnyResponse | tuple[str, int]:
    """Let a shipment be picked."""
    return _step(SHIPMENTS, no, lambda session: release_shipment(session, no))


@blueprint.post("/shipments/<no>/reopening")
@supervisor_required
def reopen(no: str) -> AnyResponse | tuple[str, int]:
    """Let a shipment be changed again."""
    return _step(SHIPMENTS, no, lambda session: reopen_shipment(session, no))


@blueprint.post(f"/{KIND_IN_ADDRESS}/<no>/removal")
@supervisor_required
def remove(kind: str, no: str) -> AnyResponse | tuple[str, int]:
    """Delete what is not posted of a document; sent again, it is gone already."""
    what = KINDS[kind]

    def work(session: Session) -> dict[str, str]:
        find_document(session, what, no)
        delete_document(session, what, no)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        return draw_document(what, find_document(reading(), what, no), refusal)
    return redirect(url_for("documents.show_list", done="deleted"), 303)


def _step(
    kind: DocumentKind, no: str, step: Callable[[Session], None]
) -> AnyResponse | tuple[str, int]:
    """Do one step with a document, and show it again."""

    def work(session: Session) -> dict[str, str]:
        find_document(session, kind, no)
        step(session)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        return draw_document(kind, find_document(reading(), kind, no), refusal)
    return redirect(url_for("document_pages.show", kind=name_of(kind), no=no), 303)
