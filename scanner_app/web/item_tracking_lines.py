"""Item Tracking Lines: the numbers of one line, entered, scanned or assigned.

This module must never know which numbers may stand beside each other.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking_code import tracked_numbers
from scanner_app.inventory.text_card import TextCard
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.warehouse.journal_fields import RECEIPT_TRACKING_LINE_FIELDS
from scanner_app.warehouse.journal_tracking import TrackedLine
from scanner_app.warehouse.journal_tracking_lines import (
    add_tracking_line,
    assign_tracking_numbers,
    card_of_part,
    change_tracking_line,
    delete_tracking_line,
    find_part,
    tracking_fields,
)
from scanner_app.warehouse.record_card import Fields, blank_card
from scanner_app.warehouse.scan_tracking_line import scan_tracking_line
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, today
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import (
    RecordCard,
    done,
    draw_card,
    form_of,
    read_form,
    read_new,
    refused,
)
from scanner_app.web.refusals import sentence, status_of
from scanner_app.web.scans import barcode_settings
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext
from scanner_app.web.tracked_places import place_here

PREFIX = "/item-journals/<name>/lines/<int:line_no>/tracking"
blueprint = Blueprint("item_tracking_lines", __name__, url_prefix=PREFIX)

CODE_CHARS_MAX = 512
ASSIGN = {
    NumberKind.SERIAL: N_("Assign Serial No."),
    NumberKind.LOT: N_("Assign Lot No."),
    NumberKind.PACKAGE: N_("Assign Package No."),
}


@blueprint.get("")
@supervisor_required
def show(name: str, line_no: int) -> tuple[str, int]:
    """The numbers of a line, what posting would say to each, and the form for the next."""
    return _draw(name, line_no)


@blueprint.post("")
@supervisor_required
def add(name: str, line_no: int) -> AnyResponse | tuple[str, int]:
    """Add one set of numbers as typed, or numbers of a series beside what was typed."""
    typed, kind = read_new(_fields(name, line_no)), request.form.get("assign", "")
    day, change = today(), change_by_user()

    def work(session: Session, tracked: TrackedLine) -> None:
        if kind in list(NumberKind):
            assign_tracking_numbers(session, tracked, NumberKind(kind), typed, day, change)
        else:
            add_tracking_line(session, tracked, typed)

    return _write(name, line_no, work, typed)


@blueprint.post("/scans")
@supervisor_required
def scan(name: str, line_no: int) -> AnyResponse | tuple[str, int]:
    """Add what a label says."""
    code = ScannedCode(request.form.get("code", "")[:CODE_CHARS_MAX])

    def work(session: Session, tracked: TrackedLine) -> None:
        scan_tracking_line(session, tracked, parse_barcode(code, today(), barcode_settings()))

    return _write(name, line_no, work, blank_card(_fields(name, line_no)))


@blueprint.get("/<int:part_id>")
@supervisor_required
def show_part(name: str, line_no: int, part_id: int) -> tuple[str, int]:
    """One set of numbers, to be changed or deleted."""
    card, fields = _card_of(name, line_no, part_id), _fields(name, line_no)
    return draw_card(_card(name, line_no, part_id), form_of(fields, card, card))


@blueprint.post("/<int:part_id>")
@supervisor_required
def save(name: str, line_no: int, part_id: int) -> AnyResponse | tuple[str, int]:
    """Write what one set of numbers says."""
    form = read_form(_fields(name, line_no))

    def work(session: Session) -> dict[str, str]:
        tracked = place_here().lock(session, name, line_no)
        change_tracking_line(session, tracked, part_id, form.as_read, form.typed)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        shown = refused(form, refusal, _card_of(name, line_no, part_id))
        return draw_card(_card(name, line_no, part_id), shown, refusal)
    return redirect(url_for(".show", name=name, line_no=line_no, done="saved"), 303)


@blueprint.post("/<int:part_id>/removal")
@supervisor_required
def remove(name: str, line_no: int, part_id: int) -> AnyResponse:
    """Delete one set of numbers; sent again, it is gone already and that is the answer."""

    def work(session: Session) -> dict[str, str]:
        delete_tracking_line(session, place_here().lock(session, name, line_no), part_id)
        return {}

    post_once(work)
    return redirect(url_for(".show", name=name, line_no=line_no, done="removed"), 303)


def _write(
    name: str, line_no: int, work: Callable[[Session, TrackedLine], None], typed: TextCard
) -> AnyResponse | tuple[str, int]:
    def answered(session: Session) -> dict[str, str]:
        work(session, place_here().lock(session, name, line_no))
        return {}

    try:
        post_once(answered)
    except RuleRefused as refusal:
        return _draw(name, line_no, refusal, typed)
    return redirect(url_for(".show", name=name, line_no=line_no, done="added"), 303)


def _draw(
    name: str, line_no: int, refusal: RuleRefused | None = None, typed: TextCard | None = None
) -> tuple[str, int]:
    tracked = place_here().find(name, line_no)
    problems = place_here().problems(name, tracked)
    fields = tracking_fields(tracked)
    blank = blank_card(fields)
    form = form_of(fields, blank, typed)
    page = render_template(
        "item_journals/tracking.html",
        name=name.upper(),
        back=place_here().back(name),
        tracked=tracked,
        problems={part_id: said(problem) for part_id, problem in problems.items()},
        fields=fields,
        comes_in_parts=fields is RECEIPT_TRACKING_LINE_FIELDS,
        form=refused(form, refusal, blank) if refusal else form,
        assignable=_assignable(tracked),
        done=done(),
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def _assignable(tracked: TrackedLine) -> list[tuple[str, str]]:
    """The kinds of number that may be assigned, and what their buttons say."""
    asked = tracked_numbers(tracked.code)
    wanted = {
        NumberKind.SERIAL: asked.serial,
        NumberKind.LOT: asked.lot,
        NumberKind.PACKAGE: asked.package,
    }
    if not tracked.comes_in and not tracked.is_transfer:
        return []
    return [(kind.value, gettext(says)) for kind, says in ASSIGN.items() if wanted[kind]]


def _card_of(name: str, line_no: int, part_id: int) -> TextCard:
    tracked = place_here().find(name, line_no)
    return card_of_part(find_part(tracked.tracking, part_id), tracking_fields(tracked))


def _fields(name: str, line_no: int) -> Fields:
    return tracking_fields(place_here().find(name, line_no))


def _card(name: str, line_no: int, part_id: int) -> RecordCard:
    values: dict[str, Any] = {"name": name, "line_no": line_no, "part_id": part_id}
    return RecordCard(
        _fields(name, line_no),
        sentence(N_("Numbers of line {line_no} of {name}"), {"line_no": line_no, "name": name}),
        url_for(".show", name=name, line_no=line_no),
        url_for(".save", **values),
        {},
        removed_by=(url_for(".remove", **values), gettext("Delete these numbers")),
        removal_says=N_("The numbers go off the line; its quantity stays."),
    )
