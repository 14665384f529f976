"""Units, variants and references of an item: the supervisor's forms for one row at a time.

Answers to Business Central's pages Item Units of Measure, Item Variants and Item Reference
Entries. Every form works as a page of its own; on the card it opens in its place and comes back
with its list.

This module must never know what a row may say, nor what stands against it.
"""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_card import find_item
from scanner_app.inventory.item_part_refusals import (
    ItemPartGone,
    ReferenceMeansOther,
)
from scanner_app.inventory.text_card import NO, YES, TextCard
from scanner_app.warehouse.item_part import add_part, change_part, find_part, remove_part
from scanner_app.warehouse.set_up_item_reference import ALSO_ON_OTHERS
from scanner_app.web.address_numbers import asked_number
from scanner_app.web.card_form import CardForm, on_top_of, read_form, read_typed, refused
from scanner_app.web.cards import said
from scanner_app.web.current import asked_by_htmx, change_by_user, reading, time_zone
from scanner_app.web.item_part_pages import (
    DONE_WITH_PARTS,
    PARTS,
    TYPES,
    PartPage,
    ShownPart,
    changes_of_item,
    shown_part,
)
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("item_parts", __name__, url_prefix="/items")

PART = "/<no>/<any(units, variants, references):part>"
ROW = f"{PART}/<int:row_id>"

Answer = AnyResponse | tuple[str, int] | str


@blueprint.get(PART)
@supervisor_required
def show_list(no: str, part: str) -> str:
    """The rows of one part, also those that the card has no room for."""
    item = _find_item(no)
    return _draw(item, shown_part(reading(), item, PARTS[part], asked_number("after")))


@blueprint.get(f"{PART}/new")
@supervisor_required
def show_new(no: str, part: str) -> str:
    """The form for a new row."""
    item, page = _find_item(no), PARTS[part]
    return _draw(item, _with_form(item, page, CardForm(page.fields, page.blank, page.blank)))


@blueprint.post(PART)
@supervisor_required
def add(no: str, part: str) -> Answer:
    """Add a row."""
    item, page = _find_item(no), PARTS[part]
    form = CardForm(page.fields, page.blank, read_typed(request.form, page.fields))
    typed, change, name = _typed(form), change_by_user(), item.no
    return _write(
        name,
        page,
        form,
        "row-added",
        lambda session: add_part(session, page.kind, name, typed, change),
    )


@blueprint.get(ROW)
@supervisor_required
def show(no: str, part: str, row_id: int) -> str:
    """The form of one row."""
    item, page = _find_item(no), PARTS[part]
    card = _card_of_row(item, page, row_id)
    return _draw(item, _with_form(item, page, CardForm(page.fields, card, card), row_id))


@blueprint.post(ROW)
@supervisor_required
def save(no: str, part: str, row_id: int) -> Answer:
    """Write what a row says."""
    item, page = _find_item(no), PARTS[part]
    form, change, name = read_form(request.form, page.fields), change_by_user(), item.no
    typed, as_read, kind = _typed(form), form.as_read, page.kind
    return _write(
        name,
        page,
        form,
        "row-saved",
        lambda session: change_part(session, kind, name, row_id, as_read, typed, change),
        row_id,
    )


@blueprint.post(f"{ROW}/removal")
@supervisor_required
def remove(no: str, part: str, row_id: int) -> Answer:
    """Remove a row; sent again, it is gone already and that is the answer."""
    item, page = _find_item(no), PARTS[part]
    as_read = read_form(request.form, page.fields).as_read
    change, name = change_by_user(), item.no
    return _write(
        name,
        page,
        CardForm(page.fields, as_read, as_read),
        "row-removed",
        lambda session: remove_part(session, page.kind, name, row_id, as_read, change),
        row_id,
    )


def _write(
    no: str,
    page: PartPage,
    form: CardForm,
    done: str,
    work: Callable[[Session], None],
    row_id: int = 0,
) -> Answer:
    """Do the work once; then the list comes back, or the form with the reason at its field."""

    def answered(session: Session) -> dict[str, str]:
        work(session)
        return {"done": done}

    try:
        post_once(answered)
    except ItemPartGone:
        raise
    except RuleRefused as refusal:
        return _refuse(no, page, form, refusal, row_id)
    if asked_by_htmx():
        item = _find_item(no)
        return _draw(item, shown_part(reading(), item, page), done)
    return redirect(url_for("items.show", no=no, done=done, _anchor=f"tab-{page.name}"), 303)


def _refuse(
    no: str, page: PartPage, form: CardForm, refusal: RuleRefused, row_id: int
) -> tuple[str, int]:
    item = _find_item(no)
    shown = refused(form, refusal, said(refusal).message)
    if isinstance(refusal, CardChanged):
        shown = on_top_of(form, _card_of_row(item, page, row_id))
    part = replace(
        _with_form(item, page, shown, row_id),
        refused=said(refusal),
        asks_others=isinstance(refusal, ReferenceMeansOther) or _says_others(),
        says_others=_says_others(),
    )
    return _draw(item, part), status_of(refusal)


def _says_others() -> bool:
    """Whether the form says that a code is meant to stand for other goods too."""
    return ALSO_ON_OTHERS in request.form


def _typed(form: CardForm) -> TextCard:
    return form.typed | {ALSO_ON_OTHERS: YES if _says_others() else NO}


def _find_item(no: str) -> Item:
    item = find_item(reading(), no)
    if item is None:
        raise NotFound
    return item


def _card_of_row(item: Item, page: PartPage, row_id: int) -> TextCard:
    """What a row says; the blank variant is no row that anybody edits."""
    row = find_part(reading(), page.kind, item.no, row_id)
    card = page.kind.card_of(reading(), row) if row else {}
    if not card.get(page.kind.name_field):
        raise NotFound
    return card


def _with_form(item: Item, page: PartPage, form: CardForm, row_id: int = 0) -> ShownPart:
    part = shown_part(reading(), item, page)
    choices = {} if row_id else page.find_choices(reading(), item)
    return replace(part, form=form, row_id=row_id, choices=choices)


def _draw(item: Item, part: ShownPart, done: str = "") -> str:
    """A page of its own, or the part of the card with what changed beside it."""
    return render_template(
        "items/_part_answer.html" if asked_by_htmx() else "items/part.html",
        no=item.no,
        item=item,
        part=part,
        types=TYPES,
        also_on_others=ALSO_ON_OTHERS,
        changes=changes_of_item(reading(), item.no) if done else None,
        time_zone=time_zone(),
        done=done and gettext(DONE_WITH_PARTS[done]),
        refused=part.refused,
    )
