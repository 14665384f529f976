"""Zones: the zones of a location, and the card of each.

Answers to Business Central's page Zones.

This module must never know what a card may say, nor what stands against it.
"""

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.warehouse.bin import BinType, Zone
from scanner_app.warehouse.place_fields import ZONE_FIELDS as FIELDS
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_zone import (
    TABLE,
    card_of_zone,
    change_zone,
    create_zone,
    delete_zone,
    find_zone,
    record_name,
)
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.locations import find_location_here
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import (
    RecordCard,
    bin_type_choices,
    done,
    draw_card,
    draw_new,
    form_of,
    read_form,
    read_new,
    refused,
)
from scanner_app.web.refusals import sentence
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("zones", __name__, url_prefix="/locations/<location>/zones")


@blueprint.get("")
@supervisor_required
def show_list(location: str) -> str:
    """All zones of a location."""
    here = find_location_here(location)
    zones = (
        select(Zone, BinType.code)
        .join(BinType, BinType.id == Zone.bin_type_id)
        .where(Zone.location_id == here.id)
        .order_by(Zone.code)
    )
    rows = reading().execute(zones).all()
    return render_template("places/zones.html", location=here, rows=rows, done=done())


@blueprint.get("/new")
@supervisor_required
def show_new(location: str) -> tuple[str, int]:
    """The card of a new zone."""
    blank = blank_card(FIELDS)
    return draw_new(_new_card(find_location_here(location).code), form_of(FIELDS, blank, blank))


@blueprint.post("")
@supervisor_required
def add(location: str) -> AnyResponse | tuple[str, int]:
    """Add a zone, and open its card."""
    here, typed, change = find_location_here(location).code, read_new(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        return {"code": create_zone(session, here, typed, change).code}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(FIELDS, blank_card(FIELDS), typed), refusal, typed)
        return draw_new(_new_card(here), form, refusal)
    return redirect(url_for(".show", location=here, code=made["code"], done="added"), 303)


@blueprint.get("/<code>")
@supervisor_required
def show(location: str, code: str) -> tuple[str, int]:
    """The card of a zone."""
    here, row = _find(location, code)
    card = card_of_zone(reading(), row)
    return draw_card(_card(here, row), form_of(FIELDS, card, card))


@blueprint.post("/<code>")
@supervisor_required
def save(location: str, code: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    here, row = _find(location, code)
    name, form, change = row.code, read_form(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        change_zone(session, here, name, as_read=form.as_read, typed=form.typed, change=change)
        return {"code": name}

    try:
        saved = post_once(work)
    except RuleRefused as refusal:
        here, row = _find(location, code)
        shown = refused(form, refusal, card_of_zone(reading(), row))
        return draw_card(_card(here, row), shown, refusal)
    return redirect(url_for(".show", location=here, code=saved["code"], done="saved"), 303)


@blueprint.post("/<code>/removal")
@supervisor_required
def remove(location: str, code: str) -> AnyResponse:
    """Remove a zone without bins; sent again, it is gone already and that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_zone(session, location, code, change)
        return {}

    post_once(work)
    return redirect(url_for(".show_list", location=location.upper(), done="removed"), 303)


def _find(location: str, code: str) -> tuple[str, Zone]:
    here = find_location_here(location)
    row = find_zone(reading(), here.id, code)
    if row is None:
        raise NotFound
    return here.code, row


def _new_card(here: str) -> RecordCard:
    return RecordCard(
        FIELDS,
        sentence(N_("New zone of {location}"), {"location": here}),
        url_for(".show_list", location=here),
        url_for(".add", location=here),
        {"bin_type": bin_type_choices()},
    )


def _card(here: str, row: Zone) -> RecordCard:
    removal = url_for(".remove", location=here, code=row.code)
    return RecordCard(
        FIELDS,
        record_name(here, row.code),
        url_for(".show_list", location=here),
        url_for(".save", location=here, code=row.code),
        {"bin_type": bin_type_choices()},
        TABLE,
        record_name(here, row.code),
        removed_by=(removal, gettext("Delete this zone")),
    )
