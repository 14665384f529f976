"""Serial, Lot and Package No. Information: the lists of cards, and the card of each number.

Answers to Business Central's pages of these names. The three kinds are three families of pages
over one set of views: which one is asked is said by the family in the address.

This module must never know what a card may say, nor what stands against it.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.information_card import (
    NUMBER_CAPTIONS,
    blank_card,
    captions_of,
    card_of,
    find_card,
    name_of,
    table_name_of,
)
from scanner_app.inventory.information_list import WantedCards, list_cards
from scanner_app.inventory.information_setup import (
    CODE_LENGTHS,
    change_information,
    create_information,
    delete_information,
)
from scanner_app.inventory.tracking_information import Card, NumberKind, TestQuality
from scanner_app.web.address_numbers import asked_number
from scanner_app.web.card_form import CardForm, on_top_of, read_form, read_typed, refused
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, current_location, reading, time_zone, today
from scanner_app.web.information_form import FIELDS, prefilled_card
from scanner_app.web.information_stock import shown_stock
from scanner_app.web.information_ways import endpoint_of, family_of
from scanner_app.web.last_changes import last_changes
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.tell_me import clean_query
from scanner_app.web.texts import gettext, printable

ROWS_MAX = 50
TITLES = {
    NumberKind.SERIAL: N_("Serial No. Information"),
    NumberKind.LOT: N_("Lot No. Information"),
    NumberKind.PACKAGE: N_("Package No. Information"),
}
NEW_TITLES = {
    NumberKind.SERIAL: N_("New serial no. card"),
    NumberKind.LOT: N_("New lot no. card"),
    NumberKind.PACKAGE: N_("New package no. card"),
}
TEST_QUALITIES = {
    TestQuality.BLANK: N_("None"),
    TestQuality.GOOD: N_("Good"),
    TestQuality.AVERAGE: N_("Average"),
    TestQuality.BAD: N_("Bad"),
}
BLOCKED = {"yes": True, "no": False}
DONE = {
    "added": N_("The card is added."),
    "saved": N_("The card is saved."),
    "removed": N_("The card is deleted."),
}
KIND_OF_FAMILY = {family_of(kind): kind for kind in NumberKind}


@supervisor_required
def show_list() -> str:
    """The cards that are looked for, in the order of their numbers."""
    kind, wanted = _kind(), _wanted()
    return render_template(
        "tracking_information/list.html",
        **_names(kind),
        kinds=[
            (url_for(endpoint_of(other, "show_list")), gettext(NUMBER_CAPTIONS[other]))
            for other in NumberKind
        ],
        wanted=wanted,
        part=list_cards(reading(), kind, wanted, ROWS_MAX),
        blocked=next((word for word, value in BLOCKED.items() if value is wanted.blocked), ""),
        done=_done(),
    )


@supervisor_required
def show_new() -> str:
    """The card of a number that has none, filled with what the way here names."""
    card = prefilled_card(request.args, _kind())
    return _draw_new(CardForm(FIELDS[_kind()], blank_card(_kind()), card))


@supervisor_required
def add() -> AnyResponse | tuple[str, int]:
    """Add a card, and open it."""
    kind, change = _kind(), change_by_user()
    typed = read_typed(request.form, FIELDS[kind])

    def work(session: Session) -> dict[str, int]:
        return {"id": create_information(session, kind, typed, change).id}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        card = refused(
            CardForm(FIELDS[kind], blank_card(kind), typed), refusal, said(refusal).message
        )
        return _draw_new(card, refusal), status_of(refusal)
    return redirect(url_for(".show", card_id=made["id"], done="added"), 303)


@supervisor_required
def show(card_id: int) -> str:
    """The card of a number."""
    row = _find(card_id)
    card = card_of(reading(), _kind(), row)
    return _draw(row, CardForm(FIELDS[_kind()], card, card))


@supervisor_required
def save(card_id: int) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    kind, change = _kind(), change_by_user()
    _find(card_id)
    card = read_form(request.form, FIELDS[kind])

    def work(session: Session) -> dict[str, int]:
        change_information(session, kind, card_id, card.as_read, card.typed, change)
        return {"id": card_id}

    try:
        post_once(work)
    except RuleRefused as refusal:
        return _refuse(card_id, card, refusal)
    return redirect(url_for(".show", card_id=card_id, done="saved"), 303)


@supervisor_required
def remove(card_id: int) -> AnyResponse | tuple[str, int]:
    """Delete the card of a number; its number stays where it is."""
    kind, change = _kind(), change_by_user()

    def work(session: Session) -> dict[str, int]:
        delete_information(session, kind, card_id, change)
        return {"id": card_id}

    try:
        post_once(work)
    except RuleRefused as refusal:
        row = _find(card_id)
        card = card_of(reading(), kind, row)
        return _draw(row, CardForm(FIELDS[kind], card, card), refusal), status_of(refusal)
    return redirect(url_for(".show_list", done="removed"), 303)


def _family(kind: NumberKind) -> Blueprint:
    """The pages of one kind."""
    name = family_of(kind)
    family = Blueprint(name, __name__, url_prefix=f"/{name.replace('_', '-')}")
    card = "/<int:card_id>"
    family.get("")(show_list)
    family.get("/new")(show_new)
    family.post("")(add)
    family.get(card)(show)
    family.post(card)(save)
    family.post(f"{card}/removal")(remove)
    return family


blueprints = tuple(_family(kind) for kind in NumberKind)


def _kind() -> NumberKind:
    return KIND_OF_FAMILY[request.blueprint or ""]


def _wanted() -> WantedCards:
    asked = request.args
    return WantedCards(
        query=clean_query(asked.get("q", "")[: CODE_LENGTHS["number"]]).upper(),
        after=(
            printable(asked.get("after", "")[: CODE_LENGTHS["number"]]),
            asked_number("after_id"),
        ),
        blocked=BLOCKED.get(asked.get("blocked", "")),
    )


def _find(card_id: int) -> Card:
    row = find_card(reading(), _kind(), card_id)
    if row is None:
        raise NotFound
    return row


def _done() -> str:
    done = DONE.get(request.args.get("done", ""), "")
    return done and gettext(done)


def _refuse(card_id: int, card: CardForm, refusal: RuleRefused) -> tuple[str, int]:
    """Show the card again as it was typed, with the reason at its field and at the answer."""
    row = _find(card_id)
    shown = refused(card, refusal, said(refusal).message)
    if isinstance(refusal, CardChanged):
        shown = on_top_of(card, card_of(reading(), _kind(), row))
    return _draw(row, shown, refusal), status_of(refusal)


def _names(kind: NumberKind) -> dict[str, object]:
    return {
        "list_title": TITLES[kind],
        "number_caption": NUMBER_CAPTIONS[kind],
        "captions": captions_of(kind),
        "test_qualities": [(key.value, gettext(word)) for key, word in TEST_QUALITIES.items()],
    }


def _draw_new(card: CardForm, refusal: RuleRefused | None = None) -> str:
    return render_template(
        "tracking_information/new.html",
        **_names(_kind()),
        new_title=NEW_TITLES[_kind()],
        form=card,
        refused=said(refusal) if refusal else None,
    )


def _draw(row: Card, card: CardForm, refusal: RuleRefused | None = None) -> str:
    location, kind = current_location(), _kind()
    return render_template(
        "tracking_information/card.html",
        **_names(kind),
        form=card,
        card_id=row.id,
        stock=shown_stock(reading(), kind, row, location, today()),
        changes=last_changes(reading(), table_name_of(kind), name_of(card.as_read)),
        time_zone=time_zone(),
        done=_done(),
        refused=said(refusal) if refusal else None,
    )
