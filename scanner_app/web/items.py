"""Items: the supervisor's list of items, and the card of each.

Answers to Business Central's pages Items and Item Card. Only Save writes; what a formula makes of
today is shown while it is typed.

This module must never know what a card may say, nor what stands against it.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.date_formula import DateFormulaNotReadable
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_card import CAPTIONS, blank_card, card_of, find_item
from scanner_app.inventory.item_picture import find_picture
from scanner_app.inventory.item_setup import NUMBER_LENGTH
from scanner_app.inventory.item_tracking_code_setup import find_item_tracking_code
from scanner_app.scanning.item_list import WantedItems, list_items
from scanner_app.warehouse.set_up_item import change_item, create_item
from scanner_app.web.card_form import (
    CardFields,
    CardForm,
    on_top_of,
    read_form,
    read_typed,
    refused,
)
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, reading, time_zone, today
from scanner_app.web.date_formulas import preview_formula
from scanner_app.web.item_choices import item_choices
from scanner_app.web.item_part_pages import DONE_WITH_PARTS, TYPES, changes_of_item, shown_parts
from scanner_app.web.item_pictures import DONE_WITH_PICTURE
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.tell_me import clean_query
from scanner_app.web.texts import gettext

blueprint = Blueprint("items", __name__, url_prefix="/items")

FIELDS = CardFields(
    CAPTIONS,
    switches=frozenset({"blocked"}),
    kept=frozenset({"no"}),
    of_refusals={DateFormulaNotReadable: "expiration_calculation"},
)
ROWS_MAX = 50
FORMULA = "expiration_calculation"
BLOCKED = {"yes": True, "no": False}
DONE = {
    "added": N_("The item is added."),
    "saved": N_("The card is saved."),
    **DONE_WITH_PARTS,
    **DONE_WITH_PICTURE,
}


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """The items that are looked for, in the order of their numbers."""
    wanted = _wanted()
    part = list_items(reading(), wanted, today(), ROWS_MAX)
    return render_template(
        "items/list.html",
        wanted=wanted,
        part=part,
        tracking_codes=item_choices(reading()).tracking_codes[1:],
        blocked=next((word for word, value in BLOCKED.items() if value is wanted.blocked), ""),
    )


@blueprint.get("/new")
@supervisor_required
def show_new() -> str:
    """The card of a new item."""
    return _draw_new(CardForm(FIELDS, blank_card(), blank_card()))


@blueprint.post("")
@supervisor_required
def add() -> AnyResponse | tuple[str, int]:
    """Add an item, and open its card."""
    typed, change = read_typed(request.form, FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        return {"no": create_item(session, typed, change).no}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        form = refused(CardForm(FIELDS, blank_card(), typed), refusal, said(refusal).message)
        return _draw_new(form, refusal), status_of(refusal)
    return redirect(url_for(".show", no=made["no"], done="added"), 303)


@blueprint.get("/<path:no>")
@supervisor_required
def show(no: str) -> str:
    """The card of an item; a tracking code that was made for it is chosen, and not saved yet."""
    item = _find(no)
    card = card_of(reading(), item)
    made = find_item_tracking_code(reading(), request.args.get("item_tracking_code", ""))
    chosen = {"item_tracking_code": made.code} if made else {}
    return _draw(item, CardForm(FIELDS, card, card | chosen))


@blueprint.post("/<path:no>")
@supervisor_required
def save(no: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    item, form, change = _find(no), read_form(request.form, FIELDS), change_by_user()
    name = item.no

    def work(session: Session) -> dict[str, str]:
        change_item(session, name, form.as_read, form.typed, change)
        return {"no": name}

    try:
        saved = post_once(work)
    except RuleRefused as refusal:
        return _refuse(name, form, refusal)
    return redirect(url_for(".show", no=saved["no"], done="saved"), 303)


def _wanted() -> WantedItems:
    asked = request.args
    return WantedItems(
        query=clean_query(asked.get("q", "")),
        after_no=clean_query(asked.get("after", "")[:NUMBER_LENGTH]),
        tracking_code=clean_query(asked.get("tracking_code", "")[:NUMBER_LENGTH]).upper(),
        blocked=BLOCKED.get(asked.get("blocked", "")),
    )


def _find(no: str) -> Item:
    item = find_item(reading(), no)
    if item is None:
        raise NotFound
    return item


def _refuse(no: str, form: CardForm, refusal: RuleRefused) -> tuple[str, int]:
    """Show the card again as it was typed, with the reason at its field and at the answer."""
    item = _find(no)
    shown = refused(form, refusal, said(refusal).message)
    if isinstance(refusal, CardChanged):
        shown = on_top_of(form, card_of(reading(), item))
    return _draw(item, shown, refusal), status_of(refusal)


def _draw_new(form: CardForm, refusal: RuleRefused | None = None) -> str:
    return render_template("items/new.html", **_parts(form, refusal))


def _draw(item: Item, form: CardForm, refusal: RuleRefused | None = None) -> str:
    done = DONE.get(request.args.get("done", ""), "")
    return render_template(
        "items/card.html",
        **_parts(form, refusal),
        no=item.no,
        item=item,
        parts=shown_parts(reading(), item),
        types=TYPES,
        picture=find_picture(reading(), item.id),
        changes=changes_of_item(reading(), item.no),
        time_zone=time_zone(),
        done=done and gettext(done),
    )


def _parts(form: CardForm, refusal: RuleRefused | None) -> dict[str, object]:
    return {
        "form": form,
        "choices": item_choices(reading()),
        "preview": preview_formula(FORMULA, form.typed[FORMULA]),
        "refused": said(refusal) if refusal else None,
    }
