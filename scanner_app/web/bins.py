"""Bins: the bins of a location, and the card of each.

Answers to Business Central's pages Bins and Bin Card.

This module must never know what a card may say, nor what stands against it.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_list import list_bins, stock_of_bin
from scanner_app.warehouse.place_fields import BIN_FIELDS as FIELDS
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_bin import (
    TABLE,
    card_of_bin,
    change_bin,
    create_bin,
    delete_bin,
    find_bin,
)
from scanner_app.warehouse.set_up_zone import record_name
from scanner_app.web.bin_search import asked_for, created_message, more_address, wanted_bins
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.locations import find_location_here
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import (
    Choices,
    RecordCard,
    bin_type_choices,
    choices_of,
    done,
    draw_card,
    draw_new,
    form_of,
    read_form,
    read_new,
    refused,
    zone_choices,
)
from scanner_app.web.refusals import sentence
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("bins", __name__, url_prefix="/locations/<location>/bins")

ROWS_MAX = 50


@blueprint.get("")
@supervisor_required
def show_list(location: str) -> str:
    """The bins that are looked for, in the order of their codes."""
    here, asked = find_location_here(location), asked_for(request.args)
    part = list_bins(reading(), here.id, wanted_bins(reading(), here, asked), ROWS_MAX)
    return render_template(
        "places/bins.html",
        location=here,
        asked=asked,
        is_filtered=any(asked[name] for name in ("zone", "bin_type", "blocked", "empty")),
        part=part,
        more=more_address(here, asked, part),
        choices=_choices(here),
        done=done(),
        **created_message(here, request.args),
    )


@blueprint.get("/new")
@supervisor_required
def show_new(location: str) -> tuple[str, int]:
    """The card of a new bin."""
    blank = blank_card(FIELDS)
    return draw_new(_new_card(find_location_here(location)), form_of(FIELDS, blank, blank))


@blueprint.post("")
@supervisor_required
def add(location: str) -> AnyResponse | tuple[str, int]:
    """Add a bin, and open its card."""
    here, change = find_location_here(location), change_by_user()
    typed = {each.name: read_new(FIELDS)[each.name] for each in FIELDS if each.when_new}
    name = here.code

    def work(session: Session) -> dict[str, str]:
        return {"code": create_bin(session, name, typed, change)}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        blank = blank_card(FIELDS)
        form = refused(form_of(FIELDS, blank, blank | typed), refusal, blank)
        return draw_new(_new_card(here), form, refusal)
    return redirect(url_for(".show", location=name, code=made["code"], done="added"), 303)


@blueprint.get("/<code>")
@supervisor_required
def show(location: str, code: str) -> tuple[str, int]:
    """The card of a bin."""
    here, row = _find(location, code)
    card = card_of_bin(reading(), row)
    return draw_card(_card(here, row), form_of(FIELDS, card, card))


@blueprint.post("/<code>")
@supervisor_required
def save(location: str, code: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    here, row = _find(location, code)
    place, name, form, change = here.code, row.code, read_form(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        change_bin(session, place, name, as_read=form.as_read, typed=form.typed, change=change)
        return {"code": name}

    try:
        saved = post_once(work)
    except RuleRefused as refusal:
        here, row = _find(location, code)
        shown = refused(form, refusal, card_of_bin(reading(), row))
        return draw_card(_card(here, row), shown, refusal)
    return redirect(url_for(".show", location=place, code=saved["code"], done="saved"), 303)


@blueprint.post("/<code>/removal")
@supervisor_required
def remove(location: str, code: str) -> AnyResponse:
    """Remove a bin that nothing names; sent again, it is gone already and that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_bin(session, location, code, change)
        return {}

    post_once(work)
    return redirect(url_for(".show_list", location=location.upper(), done="removed"), 303)


def _find(location: str, code: str) -> tuple[Location, Bin]:
    here = find_location_here(location)
    row = find_bin(reading(), here.id, code)
    if row is None:
        raise NotFound
    return here, row


def _choices(here: Location) -> dict[str, Choices]:
    own = {"zone": zone_choices(here.id), "bin_type": bin_type_choices()}
    return choices_of(FIELDS) | own


def _new_card(here: Location) -> RecordCard:
    return RecordCard(
        FIELDS,
        sentence(N_("New bin at {location}"), {"location": here.code}),
        url_for(".show_list", location=here.code),
        url_for(".add", location=here.code),
        _choices(here),
    )


def _card(here: Location, row: Bin) -> RecordCard:
    removal = url_for(".remove", location=here.code, code=row.code)
    return RecordCard(
        FIELDS,
        row.code,
        url_for(".show_list", location=here.code),
        url_for(".save", location=here.code, code=row.code),
        _choices(here),
        TABLE,
        record_name(here.code, row.code),
        removed_by=(removal, gettext("Delete this bin")),
        part="places/_bin.html",
        values={
            "bin": row,
            "location": here.code,
            "stock": stock_of_bin(reading(), row.id, ROWS_MAX),
        },
    )
