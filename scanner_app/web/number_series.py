"""No. Series: the supervisor's list of number series, and the card of each with its lines.

Answers to Business Central's pages No. Series and No. Series Lines. Only Save writes.

This module must never know what a line may say, nor who uses a series.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine, lines_in_force
from scanner_app.inventory.number_series_card import card_of, find_series
from scanner_app.inventory.number_series_setup import CODE_LENGTH
from scanner_app.warehouse.set_up_number_series import (
    TABLE,
    change_number_series,
    create_number_series,
    delete_number_series,
)
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, reading, time_zone, today
from scanner_app.web.last_changes import last_changes
from scanner_app.web.number_series_form import (
    NumberSeriesForm,
    caption_in_words,
    on_top_of,
    read_form,
    refused,
)
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.tell_me import clean_query
from scanner_app.web.texts import gettext, printable

blueprint = Blueprint("number_series", __name__, url_prefix="/number-series")

ROWS_MAX = 50
DONE = {
    "added": N_("The series is added. Add its first line below."),
    "saved": N_("The card is saved."),
    "removed": N_("The series is removed."),
}


@dataclass(frozen=True)
class SeriesRow:
    """One series of the list, and the line that gives its numbers today, if there is one."""

    series: NumberSeries
    line: NumberSeriesLine | None


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """The series in the order of their codes, a part at a time."""
    after = clean_query(request.args.get("after", "")[:CODE_LENGTH]).upper()
    rows = _rows(after)
    return render_template(
        "number_series/list.html",
        rows=rows[:ROWS_MAX],
        more=len(rows) > ROWS_MAX,
        after=after,
        done=_done(),
    )


@blueprint.get("/new")
@supervisor_required
def show_new() -> str:
    """The form for a new series."""
    return render_template("number_series/new.html", typed={}, errors={})


@blueprint.post("")
@supervisor_required
def add() -> AnyResponse | tuple[str, int]:
    """Add a series, and open its card."""
    typed = {name: request.form.get(name, "") for name in ("code", "description")}
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        made = create_number_series(session, typed["code"], typed["description"], change)
        return {"code": made.code}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        return _refuse_new(refusal, typed)
    return redirect(url_for(".show", code=made["code"], done="added"), 303)


@blueprint.get("/<path:code>")
@supervisor_required
def show(code: str) -> str:
    """The card of a series."""
    series = _find(code)
    card = card_of(reading(), series)
    return _draw(series, NumberSeriesForm(card, card))


@blueprint.post("/<path:code>")
@supervisor_required
def save(code: str) -> AnyResponse | tuple[str, int]:
    """Write what the card and its lines say."""
    series, form, change = _find(code), read_form(request.form), change_by_user()
    name = series.code

    def work(session: Session) -> dict[str, str]:
        change_number_series(session, name, form.as_read, form.typed, change)
        return {"code": name}

    try:
        saved = post_once(work)
    except RuleRefused as refusal:
        return _refuse(name, form, refusal)
    return redirect(url_for(".show", code=saved["code"], done="saved"), 303)


@blueprint.post("/<path:code>/removal")
@supervisor_required
def remove(code: str) -> AnyResponse:
    """Remove a series; sent again, it is gone already and that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_number_series(session, code, change)
        return {}

    post_once(work)
    return redirect(url_for(".show_list", done="removed"), 303)


def _rows(after: str) -> Sequence[SeriesRow]:
    series = NumberSeries
    part = select(series).where(series.code > after).order_by(series.code).limit(ROWS_MAX + 1)
    found = reading().scalars(part).all()
    lines = lines_in_force(reading(), [row.id for row in found], today())
    return [SeriesRow(row, lines.get(row.id)) for row in found]


def _find(code: str) -> NumberSeries:
    series = find_series(reading(), code)
    if series is None:
        raise NotFound
    return series


def _done() -> str:
    done = DONE.get(request.args.get("done", ""), "")
    return done and gettext(done)


def _refuse_new(refusal: RuleRefused, typed: dict[str, str]) -> tuple[str, int]:
    told = said(refusal)
    at_fault = "description" if refusal.field == "Description" else "code"
    shown = {name: printable(value) for name, value in typed.items()}
    page = render_template(
        "number_series/new.html", typed=shown, errors={at_fault: told.message}, refused=told
    )
    return page, status_of(refusal)


def _refuse(code: str, form: NumberSeriesForm, refusal: RuleRefused) -> tuple[str, int]:
    """Show the card again as it was typed, with the reason at its field and at the answer."""
    series = _find(code)
    shown = refused(form, refusal, said(refusal).message)
    if isinstance(refusal, CardChanged):
        shown = on_top_of(form, card_of(reading(), series))
    return _draw(series, shown, refusal), status_of(refusal)


def _draw(series: NumberSeries, form: NumberSeriesForm, refusal: RuleRefused | None = None) -> str:
    return render_template(
        "number_series/card.html",
        code=series.code,
        form=form,
        line_in_force=lines_in_force(reading(), [series.id], today()).get(series.id),
        changes=last_changes(reading(), TABLE, series.code, caption_in_words),
        time_zone=time_zone(),
        done=_done(),
        refused=said(refusal) if refusal else None,
    )
