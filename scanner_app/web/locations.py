"""Locations: the supervisor's list of locations, and the card of each.

Answers to Business Central's pages Locations and Location Card.

This module must never know what a card may say, nor what stands against it.
"""

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.location_rules import locked_fields, time_zones
from scanner_app.warehouse.place_fields import LOCATION_FIELDS as FIELDS
from scanner_app.warehouse.set_up_location import (
    TABLE,
    card_of_location,
    change_location,
    create_location,
    delete_location,
    find_location,
    new_location_card,
)
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.put_away_templates import template_choices
from scanner_app.web.record_cards import (
    Choices,
    RecordCard,
    choices_of,
    done,
    draw_card,
    draw_new,
    form_of,
    read_form,
    read_new,
    refused,
)
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("locations", __name__, url_prefix="/locations")


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """All locations."""
    rows = reading().scalars(select(Location).order_by(Location.code)).all()
    return render_template("places/locations.html", rows=rows, done=done())


@blueprint.get("/new")
@supervisor_required
def show_new() -> tuple[str, int]:
    """The card of a new location."""
    return draw_new(_new_card(), form_of(FIELDS, new_location_card(), new_location_card()))


@blueprint.post("")
@supervisor_required
def add() -> AnyResponse | tuple[str, int]:
    """Add a location, and open its card."""
    blank, change = new_location_card(), change_by_user()
    typed = {each.name: read_new(FIELDS)[each.name] for each in FIELDS if each.when_new}

    def work(session: Session) -> dict[str, str]:
        return {"code": create_location(session, typed, change).code}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(FIELDS, blank, blank | typed), refusal, blank)
        return draw_new(_new_card(), form, refusal)
    return redirect(url_for(".show", code=made["code"], done="added"), 303)


@blueprint.get("/<code>")
@supervisor_required
def show(code: str) -> tuple[str, int]:
    """The card of a location."""
    row = find_location_here(code)
    card = card_of_location(reading(), row)
    return draw_card(_card(row, card), form_of(FIELDS, card, card))


@blueprint.post("/<code>")
@supervisor_required
def save(code: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    name, change = find_location_here(code).code, change_by_user()
    form = read_form(FIELDS, locked_fields)

    def work(session: Session) -> dict[str, str]:
        change_location(session, name, form.as_read, form.typed, change)
        return {"code": name}

    try:
        saved = post_once(work)
    except RuleRefused as refusal:
        row = find_location_here(code)
        shown = refused(form, refusal, card_of_location(reading(), row))
        return draw_card(_card(row, shown.as_read), shown, refusal)
    return redirect(url_for(".show", code=saved["code"], done="saved"), 303)


@blueprint.post("/<code>/removal")
@supervisor_required
def remove(code: str) -> AnyResponse:
    """Remove a location that nothing needs; sent again, it is gone already: that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_location(session, code, change)
        return {}

    post_once(work)
    return redirect(url_for(".show_list", done="removed"), 303)


def find_location_here(code: str) -> Location:
    """The location that an address names, else there is no such page."""
    row = find_location(reading(), code)
    if row is None:
        raise NotFound
    return row


def _choices() -> dict[str, Choices]:
    return choices_of(FIELDS) | {
        "time_zone": [(zone, zone) for zone in time_zones()],
        "put_away_template_code": template_choices(),
    }


def _new_card() -> RecordCard:
    title = gettext("New location")
    return RecordCard(FIELDS, title, url_for(".show_list"), url_for(".add"), _choices())


def _card(row: Location, as_read: TextCard) -> RecordCard:
    return RecordCard(
        FIELDS,
        row.code,
        url_for(".show_list"),
        url_for(".save", code=row.code),
        _choices(),
        TABLE,
        row.code,
        locked=locked_fields(as_read),
        removed_by=(url_for(".remove", code=row.code), gettext("Delete this location")),
        part="places/_location.html",
    )
