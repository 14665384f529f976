"""What is done with a transfer order: released, shipped, received or deleted.

Who ships works at the location that the goods leave, who receives at the one where they go.

This module must never do any of it by itself: the verbs of `warehouse` do.
"""

import json
from collections.abc import Callable, Sequence

from flask import Blueprint, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_tracking import NO_NUMBERS, NUMBER_LENGTH, TrackingNumbers
from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO, parse_quantity
from scanner_app.warehouse.create_transfer_documents import (
    create_transfer_receipt,
    create_transfer_shipment,
)
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind
from scanner_app.warehouse.employee import check_works_at
from scanner_app.warehouse.post_transfer import (
    Handled,
    post_transfer_receipt,
    post_transfer_shipment,
)
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_order import TransferOrder
from scanner_app.warehouse.transfer_orders import (
    delete_transfer,
    release_transfer,
    reopen_transfer,
)
from scanner_app.warehouse.warehouse_documents import find_warehouse_document
from scanner_app.web.current import current_user_id, now, reading
from scanner_app.web.document_ways import address_of_document, by_at_location, find_document
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import printable
from scanner_app.web.transfer_pages import draw_transfer

blueprint = Blueprint("transfer_steps", __name__, url_prefix="/transfers/<no>")

# A line number and three numbers as JSON, each character of which may be escaped.
TEXT_CHARS_MAX = 1_000
ROW_VALUES = 4
NO_LINE = (0, NO_NUMBERS)
Answer = AnyResponse | tuple[str, int]


@blueprint.post("/release")
@supervisor_required
def release(no: str) -> Answer:
    """Let an order be shipped and received."""
    return _step(no, lambda session: release_transfer(session, no))


@blueprint.post("/reopening")
@supervisor_required
def reopen(no: str) -> Answer:
    """Let an order be changed again."""
    return _step(no, lambda session: reopen_transfer(session, no))


@blueprint.post("/warehouse-shipment")
@supervisor_required
def create_shipment(no: str) -> Answer:
    """Make a warehouse shipment of what is left to ship, and go on to it."""
    return _create(no, "transfer_from_id", create_transfer_shipment, SHIPMENTS)


@blueprint.post("/warehouse-receipt")
@supervisor_required
def create_receipt(no: str) -> Answer:
    """Make a warehouse receipt of what is in transit, and go on to it."""
    return _create(no, "transfer_to_id", create_transfer_receipt, RECEIPTS)


@blueprint.post("/shipment")
@supervisor_required
def post_shipment(no: str) -> Answer:
    """Ship what the form says."""
    return _post(no, "transfer_from_id", post_transfer_shipment)


@blueprint.post("/receipt")
@supervisor_required
def post_receipt(no: str) -> Answer:
    """Receive what the form says."""
    return _post(no, "transfer_to_id", post_transfer_receipt)


@blueprint.post("/removal")
@supervisor_required
def remove(no: str) -> Answer:
    """Delete what is not shipped of an order; sent again, it is gone already."""

    def work(session: Session) -> dict[str, str]:
        find_document(session, TRANSFERS, no)
        delete_transfer(session, no)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        return draw_transfer(find_document(reading(), TRANSFERS, no), refusal)
    return redirect(url_for("transfer_pages.show_list", done="removed"), 303)


def _step(no: str, step: Callable[[Session], None]) -> Answer:
    """Do one step with an order, and show it again."""

    def work(session: Session) -> dict[str, str]:
        find_document(session, TRANSFERS, no)
        step(session)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        return draw_transfer(find_document(reading(), TRANSFERS, no), refusal)
    return redirect(url_for("transfer_pages.show", no=no), 303)


def _at_location(
    no: str, end: str, verb: Callable[[Session, str, By], str]
) -> str | tuple[str, int]:
    """Do something at one end of an order, and return the number that came of it, or a page."""
    user_id, at = current_user_id(), now()

    def work(session: Session) -> dict[str, str]:
        order: TransferOrder = find_document(session, TRANSFERS, no)
        location = session.get_one(Location, getattr(order, end))
        check_works_at(session, user_id, location)
        return {"no": verb(session, no, by_at_location(location, user_id, at))}

    try:
        return str(post_once(work)["no"])
    except RuleRefused as refusal:
        return draw_transfer(find_document(reading(), TRANSFERS, no), refusal)


def _create(
    no: str, end: str, verb: Callable[[Session, str, By], str], kind: DocumentKind
) -> Answer:
    """Make a document of an order at one end, and go on to it."""
    answer = _at_location(no, end, verb)
    if not isinstance(answer, str):
        return answer
    return redirect(address_of_document(kind, answer), 303)


def _post(no: str, end: str, verb: Callable[[Session, str, Sequence[Handled], By], str]) -> Answer:
    """Post what the form says; the order again, or the list of all where it is received whole."""
    goods = _read_goods()

    def post(session: Session, no: str, by: By) -> str:
        return verb(session, no, _handled(goods), by)

    answer = _at_location(no, end, post)
    if not isinstance(answer, str):
        return answer
    if find_warehouse_document(reading(), TRANSFERS, no) is None:
        return redirect(url_for("transfer_pages.show_list", posted=answer), 303)
    return redirect(url_for("transfer_pages.show", no=no, posted=answer), 303)


def _read_goods() -> list[tuple[int, TrackingNumbers, str]]:
    """The rows of the form: which goods, and what was typed beside them."""
    rows = zip(request.form.getlist("goods"), request.form.getlist("quantity"), strict=False)
    return [(*_read_row(row), quantity) for row, quantity in rows]


def _read_row(text: str) -> tuple[int, TrackingNumbers]:
    """A line and three numbers as the page writes them; no line for what it did not write."""
    try:
        row = json.loads(text[:TEXT_CHARS_MAX])
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, list) or len(row) != ROW_VALUES or not isinstance(row[0], int):
        return NO_LINE
    texts = [printable(each)[:NUMBER_LENGTH] for each in row[1:] if isinstance(each, str)]
    return (row[0], TrackingNumbers(*texts)) if len(texts) == ROW_VALUES - 1 else NO_LINE


def _handled(goods: list[tuple[int, TrackingNumbers, str]]) -> list[Handled]:
    """What is to be posted; what nothing is typed beside stays."""
    return [
        Handled(line_no, numbers, parse_quantity(typed) if typed.strip() else ZERO)
        for line_no, numbers, typed in goods
    ]
