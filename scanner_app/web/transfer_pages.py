"""Transfer orders: the list of those of a location, the page of one, and its header.

Their lines and item tracking lines are typed on the pages of those of receipts and shipments.

This module must never know what an order may say, nor what stands against it.
"""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.employee import NoLocationChosen
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.transfer_fields import (
    IN_TRANSIT,
    TRANSFER_FIELDS,
    TRANSFER_FROM,
    TRANSFER_TO,
)
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_order import TransferOrder
from scanner_app.warehouse.transfer_orders import (
    card_of_transfer,
    change_transfer,
    create_transfer,
)
from scanner_app.web import document_line_pages
from scanner_app.web.cards import said
from scanner_app.web.current import current_location, current_user_id, now, reading
from scanner_app.web.document_ways import by_at_location, find_document
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import (
    Choices,
    RecordCard,
    done,
    draw_card,
    draw_new,
    form_of,
    read_form,
    read_new,
    refused,
)
from scanner_app.web.refusals import sentence, status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext
from scanner_app.web.transfer_rows import orders_of_location, transfer_page

blueprint = Blueprint("transfer_pages", __name__, url_prefix="/transfers")


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """The orders that the location ships or receives."""
    location = current_location()
    return render_template(
        "transfers/list.html",
        location=location,
        orders=orders_of_location(reading(), location) if location else [],
        done=done(),
        posted=request.args.get("posted", ""),
    )


@blueprint.get("/new")
@supervisor_required
def show_new() -> tuple[str, int]:
    """The header of a new order, which leaves the location at hand."""
    blank = _blank_card()
    return draw_new(_new_card(), form_of(TRANSFER_FIELDS, blank, blank))


@blueprint.post("")
@supervisor_required
def create() -> AnyResponse | tuple[str, int]:
    """Make an order, and go on to its lines."""
    typed, by = read_new(TRANSFER_FIELDS), by_at_location(_here(), current_user_id(), now())

    def work(session: Session) -> dict[str, str]:
        no = create_transfer(session, typed, by)
        find_document(session, TRANSFERS, no)
        return {"no": no}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(TRANSFER_FIELDS, _blank_card(), typed), refusal, typed)
        return draw_new(_new_card(), form, refusal)
    return redirect(url_for(".show", no=made["no"]), 303)


@blueprint.get("/<no>")
@supervisor_required
def show(no: str) -> tuple[str, int]:
    """An order with its lines, and what of it is in transit."""
    return draw_transfer(find_document(reading(), TRANSFERS, no))


@blueprint.get("/<no>/header")
@supervisor_required
def show_header(no: str) -> tuple[str, int]:
    """The header of an order, to be changed, and the way to delete it."""
    order = find_document(reading(), TRANSFERS, no)
    card = card_of_transfer(reading(), order)
    return draw_card(_card(order), form_of(TRANSFER_FIELDS, card, card))


@blueprint.post("/<no>/header")
@supervisor_required
def save_header(no: str) -> AnyResponse | tuple[str, int]:
    """Write what the header says."""
    form = read_form(TRANSFER_FIELDS)

    def work(session: Session) -> dict[str, str]:
        find_document(session, TRANSFERS, no)
        change_transfer(session, no, form.as_read, form.typed)
        find_document(session, TRANSFERS, no)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        order = find_document(reading(), TRANSFERS, no)
        stored = card_of_transfer(reading(), order)
        return draw_card(_card(order), refused(form, refusal, stored), refusal)
    return redirect(url_for(".show", no=no, done="saved"), 303)


def draw_transfer(order: TransferOrder, refusal: RuleRefused | None = None) -> tuple[str, int]:
    """The page of an order, with what was just asked of it."""
    page = render_template(
        "transfers/show.html",
        title=_title(order),
        order=transfer_page(reading(), order),
        done=done(),
        posted=request.args.get("posted", ""),
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def initialise_transfer_lines(app: Flask) -> None:
    """Serve the cards of document lines for transfer orders too, below the order."""
    app.register_blueprint(
        document_line_pages.blueprint,
        name="transfer_line_pages",
        url_prefix="/transfers/<no>/lines",
        url_defaults={"kind": "transfers"},
    )


def _here() -> Location:
    """The location at hand.

    Raises:
        NoLocationChosen: when there is none.
    """
    location = current_location()
    if location is None:
        raise NoLocationChosen
    return location


def _blank_card() -> TextCard:
    return blank_card(TRANSFER_FIELDS) | {"transfer_from": _here().code}


def _title(order: TransferOrder) -> str:
    return sentence(N_("Transfer order {no}"), {"no": order.no})


def _new_card() -> RecordCard:
    return RecordCard(
        TRANSFER_FIELDS,
        gettext("New transfer order"),
        url_for(".show_list"),
        url_for(".create"),
        _location_choices(),
    )


def _card(order: TransferOrder) -> RecordCard:
    """The header of an order; deleting it is folded away below."""
    return RecordCard(
        TRANSFER_FIELDS,
        _title(order),
        url_for(".show", no=order.no),
        url_for(".save_header", no=order.no),
        _location_choices(),
        removed_by=(
            url_for("transfer_steps.remove", no=order.no),
            gettext("Delete this transfer order"),
        ),
        removal_says=N_("What is not shipped is not shipped any more."),
    )


def _location_choices() -> dict[str, Choices]:
    """The locations to choose from, by the field: those that are used as in-transit, or not."""
    rows = reading().scalars(select(Location).order_by(Location.code)).all()
    named = [("", gettext("None"))]
    in_transit = [(row.code, f"{row.code}: {row.name}") for row in rows if row.use_as_in_transit]
    others = [(row.code, f"{row.code}: {row.name}") for row in rows if not row.use_as_in_transit]
    return {
        TRANSFER_FROM.name: named + others,
        TRANSFER_TO.name: named + others,
        IN_TRANSIT.name: named + in_transit,
    }
