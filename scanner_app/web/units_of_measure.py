"""Units of Measure: the supervisor's list of units, and the card of each.

Answers to Business Central's page Units of Measure. How much a unit holds is said on the item.

This module must never know what a unit may be called, nor which item counts in it.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.inventory.unit_of_measure_setup import (
    CAPTIONS,
    CODE_LENGTH,
    TABLE,
    change_unit_of_measure,
    create_unit_of_measure,
    delete_unit_of_measure,
    find_unit_of_measure,
    unit_of_measure_card,
)
from scanner_app.web.card_form import (
    CardFields,
    CardForm,
    on_top_of,
    read_form,
    read_typed,
    refused,
)
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, reading, time_zone
from scanner_app.web.last_changes import last_changes
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.tell_me import clean_query
from scanner_app.web.texts import gettext

blueprint = Blueprint("units_of_measure", __name__, url_prefix="/units-of-measure")

ROWS_MAX = 50
FIELDS = CardFields(CAPTIONS, kept=frozenset({"code"}))
BLANK = {"code": "", "description": ""}
DONE = {
    "added": N_("The unit is added. Items may count in it now."),
    "saved": N_("The unit is saved."),
    "removed": N_("The unit is removed."),
}


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """The units by their codes."""
    unit, after = UnitOfMeasure, clean_query(request.args.get("after", "")[:CODE_LENGTH])
    units = select(unit).where(unit.code > after).order_by(unit.code).limit(ROWS_MAX + 1)
    rows = reading().scalars(units).all()
    return render_template(
        "units_of_measure/list.html",
        units=rows[:ROWS_MAX],
        more=len(rows) > ROWS_MAX,
        done=_done(),
    )


@blueprint.get("/new")
@supervisor_required
def show_new() -> str:
    """The form for a new unit."""
    return _draw_new(CardForm(FIELDS, BLANK, BLANK))


@blueprint.post("")
@supervisor_required
def add() -> AnyResponse | tuple[str, int]:
    """Add a unit."""
    typed, change = read_typed(request.form, FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        return {"code": create_unit_of_measure(session, typed, change).code}

    try:
        post_once(work)
    except RuleRefused as refusal:
        form = refused(CardForm(FIELDS, BLANK, typed), refusal, said(refusal).message)
        return _draw_new(form, refusal), status_of(refusal)
    return redirect(url_for(".show_list", done="added"), 303)


@blueprint.get("/<path:code>")
@supervisor_required
def show(code: str) -> str:
    """The card of a unit."""
    card = unit_of_measure_card(_find(code))
    return _draw(CardForm(FIELDS, card, card))


@blueprint.post("/<path:code>")
@supervisor_required
def save(code: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    name, form, change = _find(code).code, read_form(request.form, FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        change_unit_of_measure(session, name, form.as_read, form.typed, change)
        return {"code": name}

    try:
        post_once(work)
    except RuleRefused as refusal:
        shown = refused(form, refusal, said(refusal).message)
        if isinstance(refusal, CardChanged):
            shown = on_top_of(form, unit_of_measure_card(_find(name)))
        return _draw(shown, refusal), status_of(refusal)
    return redirect(url_for(".show", code=name, done="saved"), 303)


@blueprint.post("/<path:code>/removal")
@supervisor_required
def remove(code: str) -> AnyResponse:
    """Remove a unit in which no item counts."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_unit_of_measure(session, code, change)
        return {}

    post_once(work)
    return redirect(url_for(".show_list", done="removed"), 303)


def _find(code: str) -> UnitOfMeasure:
    row = find_unit_of_measure(reading(), code)
    if row is None:
        raise NotFound
    return row


def _done() -> str:
    done = DONE.get(request.args.get("done", ""), "")
    return done and gettext(done)


def _draw_new(form: CardForm, refusal: RuleRefused | None = None) -> str:
    told = said(refusal) if refusal else None
    return render_template("units_of_measure/new.html", form=form, refused=told)


def _draw(form: CardForm, refusal: RuleRefused | None = None) -> str:
    code = form.as_read["code"]
    return render_template(
        "units_of_measure/card.html",
        code=code,
        form=form,
        changes=last_changes(reading(), TABLE, code),
        time_zone=time_zone(),
        done=_done(),
        refused=said(refusal) if refusal else None,
    )
