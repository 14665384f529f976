"""Bin Contents: the items that have their place in a bin, and the card of each.

Answers to Business Central's page Bin Contents, but for quantities: what lies in the bin stands on
its card.

This module must never know what a card may say, nor what stands against it.
"""

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import YES, TextCard
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.bin_content_card import (
    FIELDS,
    KEY,
    blank_content_card,
    card_of_content,
    fields_at,
    list_bin_contents,
)
from scanner_app.warehouse.set_up_bin import find_bin
from scanner_app.warehouse.set_up_bin_content import (
    TABLE,
    change_bin_content,
    content_name,
    create_bin_content,
    delete_bin_content,
    find_bin_content,
)
from scanner_app.web.card_form import CardForm
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.locations import find_location_here
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import (
    RecordCard,
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

blueprint = Blueprint(
    "bin_contents", __name__, url_prefix="/locations/<location>/bins/<bin_code>/contents"
)


@blueprint.get("")
@supervisor_required
def show_list(location: str, bin_code: str) -> str:
    """The items that have their place in a bin."""
    here, bin_ = _find_bin(location, bin_code)
    rows = [
        (content_id, card, description, card["fixed"] == YES, card["is_default"] == YES)
        for content_id, card, description in list_bin_contents(reading(), bin_)
    ]
    return render_template(
        "places/bin_contents.html", location=here, bin=bin_, rows=rows, done=done()
    )


@blueprint.get("/new")
@supervisor_required
def show_new(location: str, bin_code: str) -> tuple[str, int]:
    """The card of a new content."""
    blank = blank_content_card()
    return _draw_new(location, bin_code, form_of(FIELDS, blank, blank))


@blueprint.post("")
@supervisor_required
def add(location: str, bin_code: str) -> AnyResponse | tuple[str, int]:
    """Say that an item has its place here, and go back to the list."""
    here, bin_ = _find_bin(location, bin_code)
    place, name, typed, change = here.code, bin_.code, read_new(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, int]:
        return {"id": create_bin_content(session, place, name, typed, change)}

    try:
        post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(FIELDS, blank_content_card(), typed), refusal, typed)
        return _draw_new(location, bin_code, form, refusal)
    return redirect(_address("show_list", place, name, done="added"), 303)


@blueprint.get("/<int:content_id>")
@supervisor_required
def show(location: str, bin_code: str, content_id: int) -> tuple[str, int]:
    """The card of a content."""
    here, bin_, content = _find(location, bin_code, content_id)
    card = card_of_content(reading(), content)
    return draw_card(_card(here, bin_, content_id, card, card), form_of(FIELDS, card, card))


@blueprint.post("/<int:content_id>")
@supervisor_required
def save(location: str, bin_code: str, content_id: int) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    here, bin_ = _find_bin(location, bin_code)
    place, name, form, change = here.code, bin_.code, read_form(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, int]:
        said = {"as_read": form.as_read, "typed": form.typed}
        change_bin_content(session, place, name, content_id, **said, change=change)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        here, bin_, content = _find(location, bin_code, content_id)
        card = card_of_content(reading(), content)
        drawn = _card(here, bin_, content_id, card, form.typed)
        return draw_card(drawn, refused(form, refusal, card), refusal)
    return redirect(_address("show", place, name, content_id=content_id, done="saved"), 303)


@blueprint.post("/<int:content_id>/removal")
@supervisor_required
def remove(location: str, bin_code: str, content_id: int) -> AnyResponse:
    """Remove a content; sent again, it is gone already and that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_bin_content(session, location, bin_code, content_id, change)
        return {}

    post_once(work)
    return redirect(_address("show_list", location, bin_code, done="removed"), 303)


def _find_bin(location: str, bin_code: str) -> tuple[Location, Bin]:
    here = find_location_here(location)
    row = find_bin(reading(), here.id, bin_code)
    if row is None:
        raise NotFound
    return here, row


def _find(location: str, bin_code: str, content_id: int) -> tuple[Location, Bin, BinContent]:
    here, bin_ = _find_bin(location, bin_code)
    content = find_bin_content(reading(), bin_, content_id)
    if content is None:
        raise NotFound
    return here, bin_, content


def _address(view: str, location: str, bin_code: str, **more: Any) -> str:  # noqa: ANN401 - as `url_for`
    return url_for(f".{view}", location=location, bin_code=bin_code, **more)


def _draw_new(
    location: str, bin_code: str, form: CardForm, refusal: RuleRefused | None = None
) -> tuple[str, int]:
    return draw_new(_new_card(*_find_bin(location, bin_code), form.typed), form, refusal)


def _new_card(here: Location, bin_: Bin, *cards: TextCard) -> RecordCard:
    return RecordCard(
        fields_at(here, *cards),
        sentence(N_("New content of {bin_code}"), {"bin_code": bin_.code}),
        _address("show_list", here.code, bin_.code),
        _address("add", here.code, bin_.code),
        {},
    )


def _card(
    here: Location, bin_: Bin, content_id: int, card: TextCard, typed: TextCard
) -> RecordCard:
    """The card of a content; which item it is of stays, and stands in its title."""
    goods = " ".join(filter(None, (card[name] for name in KEY)))
    removal = _address("remove", here.code, bin_.code, content_id=content_id)
    return replace(
        _new_card(here, bin_, card, typed),
        title=sentence(N_("{goods} in {bin_code}"), {"goods": goods, "bin_code": bin_.code}),
        saved_to=_address("save", here.code, bin_.code, content_id=content_id),
        table=TABLE,
        record_name=content_name(here, bin_),
        removed_by=(removal, gettext("Delete this content")),
        removal_says=N_("What lies in the bin stays there."),
    )
