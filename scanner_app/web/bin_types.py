"""Bin Types: what bins are suggested for, and the card of each.

Answers to Business Central's page Bin Types.

This module must never know what a card may say, nor what stands against it.
"""

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.warehouse.bin import BinType
from scanner_app.warehouse.place_fields import BIN_TYPE_FIELDS as FIELDS
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_bin_type import (
    TABLE,
    card_of_bin_type,
    change_bin_type,
    create_bin_type,
    delete_bin_type,
    find_bin_type,
)
from scanner_app.web.current import change_by_user, reading
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
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("bin_types", __name__, url_prefix="/bin-types")


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """All bin types."""
    rows = reading().scalars(select(BinType).order_by(BinType.code)).all()
    return render_template("places/bin_types.html", rows=rows, done=done())


@blueprint.get("/new")
@supervisor_required
def show_new() -> tuple[str, int]:
    """The card of a new bin type."""
    return draw_new(_new_card(), form_of(FIELDS, blank_card(FIELDS), blank_card(FIELDS)))


@blueprint.post("")
@supervisor_required
def add() -> AnyResponse | tuple[str, int]:
    """Add a bin type, and open its card."""
    typed, change = read_new(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        return {"code": create_bin_type(session, typed, change).code}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(FIELDS, blank_card(FIELDS), typed), refusal, typed)
        return draw_new(_new_card(), form, refusal)
    return redirect(url_for(".show", code=made["code"], done="added"), 303)


@blueprint.get("/<code>")
@supervisor_required
def show(code: str) -> tuple[str, int]:
    """The card of a bin type."""
    row = _find(code)
    card = card_of_bin_type(row)
    return draw_card(_card(row), form_of(FIELDS, card, card))


@blueprint.post("/<code>")
@supervisor_required
def save(code: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    name, form, change = _find(code).code, read_form(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        change_bin_type(session, name, form.as_read, form.typed, change)
        return {"code": name}

    try:
        saved = post_once(work)
    except RuleRefused as refusal:
        row = _find(code)
        shown = refused(form, refusal, card_of_bin_type(row))
        return draw_card(_card(row), shown, refusal)
    return redirect(url_for(".show", code=saved["code"], done="saved"), 303)


@blueprint.post("/<code>/removal")
@supervisor_required
def remove(code: str) -> AnyResponse:
    """Remove a bin type that nothing has; sent again, it is gone already and that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_bin_type(session, code, change)
        return {}

    post_once(work)
    return redirect(url_for(".show_list", done="removed"), 303)


def _find(code: str) -> BinType:
    row = find_bin_type(reading(), code)
    if row is None:
        raise NotFound
    return row


def _new_card() -> RecordCard:
    return RecordCard(FIELDS, gettext("New bin type"), url_for(".show_list"), url_for(".add"), {})


def _card(row: BinType) -> RecordCard:
    return RecordCard(
        FIELDS,
        row.code,
        url_for(".show_list"),
        url_for(".save", code=row.code),
        {},
        TABLE,
        row.code,
        removed_by=(url_for(".remove", code=row.code), gettext("Delete this bin type")),
    )
