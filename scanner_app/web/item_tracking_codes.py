"""Item Tracking Codes: the supervisor's list of codes, and the card of each.

Answers to Business Central's pages Item Tracking Codes and Item Tracking Code Card. While a card
is edited every switch is sent here and its FastTab comes back with what follows; only Save writes.

This module must never know what follows from a switch, nor what stands against it.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_card import find_item
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.item_tracking_code_fields import FastTab, Values, values_of
from scanner_app.inventory.item_tracking_code_setup import (
    TABLE,
    AskedChange,
    change_item_tracking_code,
    changed_fields,
    check_change,
    create_item_tracking_code,
    delete_item_tracking_code,
    find_item_tracking_code,
    follow_edits,
)
from scanner_app.inventory.item_tracking_code_use import UseOfCode
from scanner_app.warehouse.item_tracking_code_entries import find_item_with_warehouse_entries
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, reading, time_zone
from scanner_app.web.item_tracking_code_card import (
    caption_in_words,
    fast_tab,
    fast_tabs,
    meanwhile_rows,
    requirement_rows,
)
from scanner_app.web.item_tracking_code_form import (
    CardForm,
    CardState,
    field_at_fault,
    read_card_form,
)
from scanner_app.web.last_changes import last_changes
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext, printable

blueprint = Blueprint("item_tracking_codes", __name__, url_prefix="/item-tracking-codes")

DONE = {
    "added": N_("The code is added. Say below what it asks for."),
    "saved": N_("The card is saved."),
    "removed": N_("The code is removed."),
}


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """All codes."""
    codes = reading().scalars(select(ItemTrackingCode).order_by(ItemTrackingCode.code)).all()
    return render_template("item_tracking_codes/list.html", codes=codes, done=_done())


@blueprint.get("/new")
@supervisor_required
def show_new() -> str:
    """The form for a new code, asked for by itself or while an item is set up."""
    return render_template("item_tracking_codes/new.html", typed={}, errors={}, item=_item())


@blueprint.post("")
@supervisor_required
def add() -> AnyResponse | tuple[str, int]:
    """Add a code, and open its card."""
    typed = {name: request.form.get(name, "") for name in ("code", "description")}
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        made = create_item_tracking_code(session, typed["code"], typed["description"], change)
        return {"code": made.code}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        return _refuse_new(refusal, typed)
    return redirect(url_for(".show", code=made["code"], done="added", item=_item() or None), 303)


@blueprint.get("/<path:code>")
@supervisor_required
def show(code: str) -> str:
    """The card of a code."""
    row = _find(code)
    values = values_of(row)
    return _draw(row, CardState(values, values, values))


@blueprint.post("/<path:code>")
@supervisor_required
def save(code: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    row, form, change = _find(code), read_card_form(request.form), change_by_user()

    def work(session: Session) -> dict[str, str]:
        asked = AskedChange(form.as_read, follow_edits(form.shown, form.edits))
        find_item = find_item_with_warehouse_entries
        change_item_tracking_code(session, row.code, asked, find_item, change)
        return {"code": row.code}

    try:
        saved = post_once(work)
    except RuleRefused as refusal:
        return _refuse_card(row.code, form, refusal)
    return redirect(url_for(".show", code=saved["code"], done="saved", item=_item() or None), 303)


@blueprint.post("/<path:code>/fast-tabs/<tab>")
@supervisor_required
def follow(code: str, tab: str) -> tuple[str, int]:
    """Answer a change of one FastTab by the same FastTab with what follows; writes nothing."""
    if tab not in list(FastTab):
        raise NotFound
    row, form = _find(code), read_card_form(request.form)
    try:
        draft = follow_edits(form.shown, form.edits)
        check_change(values_of(row), draft, _use_of(row))
    except RuleRefused as refusal:
        return _draw_tab(row, _state_refused(form, refusal), tab, refusal), status_of(refusal)
    followed = len(changed_fields(_with_texts_of(draft, form.typed), draft))
    return _draw_tab(row, CardState(form.as_read, draft, draft), tab, followed=followed), 200


@blueprint.post("/<path:code>/removal")
@supervisor_required
def remove(code: str) -> AnyResponse:
    """Remove a code that no item uses; sent again, it is gone already and that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_item_tracking_code(session, code, find_item_with_warehouse_entries, change)
        return {}

    post_once(work)
    return redirect(url_for(".show_list", done="removed"), 303)


def _find(code: str) -> ItemTrackingCode:
    row = find_item_tracking_code(reading(), code)
    if row is None:
        raise NotFound
    return row


def _item() -> str:
    """The item that somebody was setting up when the code was missing, '' for none."""
    item = find_item(reading(), request.values.get("item", ""))
    return item.no if item else ""


def _use_of(row: ItemTrackingCode) -> UseOfCode:
    return UseOfCode(reading(), row.id, find_item_with_warehouse_entries)


def _done() -> str:
    done = DONE.get(request.args.get("done", ""), "")
    return done and gettext(done)


def _refuse_new(refusal: RuleRefused, typed: dict[str, str]) -> tuple[str, int]:
    told = said(refusal)
    at_fault = "description" if refusal.field == "Description" else "code"
    shown = {name: printable(value) for name, value in typed.items()}
    page = render_template(
        "item_tracking_codes/new.html",
        typed=shown,
        errors={at_fault: told.message},
        refused=told,
        item=_item(),
    )
    return page, status_of(refusal)


def _refuse_card(code: str, form: CardForm, refusal: RuleRefused) -> tuple[str, int]:
    """Show the card again as it was typed, with the reason at its field and at the answer."""
    row = _find(code)
    state = _state_refused(form, refusal)
    if isinstance(refusal, CardChanged):
        state = _state_rebased(form, values_of(row))
    return _draw(row, state, refusal), status_of(refusal)


def _state_refused(form: CardForm, refusal: RuleRefused) -> CardState:
    at_fault = field_at_fault(refusal)
    errors = {at_fault: said(refusal).message} if at_fault else {}
    return CardState(form.as_read, form.shown, form.typed, errors)


def _state_rebased(form: CardForm, stored: Values) -> CardState:
    """The editor's own changes, on top of what somebody else made of the card meanwhile."""
    draft = follow_edits(form.shown, form.edits)
    mine = {name: new for name, (_, new) in changed_fields(form.as_read, draft).items()}
    meanwhile = changed_fields(form.as_read, stored)
    try:
        together = follow_edits(stored, mine)
    except RuleRefused as refusal:
        errors = {field_at_fault(refusal): said(refusal).message}
        return CardState(stored, stored, stored | mine, errors, meanwhile)
    return CardState(stored, together, together, {}, meanwhile)


def _with_texts_of(draft: Values, typed: Values) -> Values:
    """What was typed, its texts as the draft writes them: to write a text anew is no change."""
    return {name: draft[name] if isinstance(value, str) else value for name, value in typed.items()}


def _draw(row: ItemTrackingCode, state: CardState, refusal: RuleRefused | None = None) -> str:
    return render_template(
        "item_tracking_codes/card.html",
        code=row.code,
        tabs=fast_tabs(state),
        meanwhile=meanwhile_rows(state),
        rows=requirement_rows(state.shown),
        changes=last_changes(reading(), TABLE, row.code, caption_in_words),
        time_zone=time_zone(),
        item=_item(),
        is_draft=state.typed != state.as_read,
        done=_done(),
        refused=said(refusal) if refusal else None,
    )


def _draw_tab(
    row: ItemTrackingCode,
    state: CardState,
    tab: str,
    refusal: RuleRefused | None = None,
    followed: int = 0,
) -> str:
    return render_template(
        "item_tracking_codes/_answer.html",
        code=row.code,
        tab=fast_tab(state, FastTab(tab), is_open=True),
        rows=requirement_rows(state.shown),
        followed=followed,
        refused=said(refusal) if refusal else None,
    )
