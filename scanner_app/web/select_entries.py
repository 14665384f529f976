"""Select Entries: the numbers on inventory that an outbound line may take.

This module must never decide what is available.
"""

import json

from flask import Blueprint, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_tracking import NO_NUMBERS, NUMBER_LENGTH, TrackingNumbers
from scanner_app.warehouse.select_entries import select_entries, selectable_entries
from scanner_app.web.cards import said
from scanner_app.web.current import reading
from scanner_app.web.item_tracking_lines import PREFIX
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import printable
from scanner_app.web.tracked_places import address_of, place_here

blueprint = Blueprint("select_entries", __name__, url_prefix=f"{PREFIX}/entries")

ROWS_MAX = 50
NUMBERS = 3
TEXT_CHARS_MAX = 400  # Three numbers, quoted; deeper nesting would only exhaust the reader.


@blueprint.get("")
@supervisor_required
def show(name: str, line_no: int) -> tuple[str, int]:
    """What is on inventory at the location of the line, and how much of it is asked for."""
    return _draw(name, line_no)


@blueprint.post("")
@supervisor_required
def select(name: str, line_no: int) -> AnyResponse | tuple[str, int]:
    """Let the line take what was ticked."""
    wanted = [numbers for text in request.form.getlist("numbers") if (numbers := _read(text))]

    def work(session: Session) -> dict[str, str]:
        select_entries(session, place_here().lock(session, name, line_no), wanted)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        return _draw(name, line_no, refusal)
    address = address_of("item_tracking_lines.show", name=name, line_no=line_no, done="added")
    return redirect(address, 303)


def _draw(name: str, line_no: int, refusal: RuleRefused | None = None) -> tuple[str, int]:
    tracked, after = place_here().find(name, line_no), _read(request.args.get("after", ""))
    rows = selectable_entries(reading(), tracked, after, ROWS_MAX + 1)
    page = render_template(
        "item_journals/entries.html",
        name=name.upper(),
        tracked=tracked,
        rows=rows[:ROWS_MAX],
        more=json.dumps(rows[ROWS_MAX - 1].numbers.as_tuple()) if len(rows) > ROWS_MAX else "",
        after=bool(after),
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def _read(text: str) -> TrackingNumbers:
    """Three numbers as the page writes them; none for what it did not write."""
    try:
        numbers = json.loads(text[:TEXT_CHARS_MAX])
    except ValueError:
        return NO_NUMBERS
    if not isinstance(numbers, list) or len(numbers) != NUMBERS:
        return NO_NUMBERS
    texts = [printable(number)[:NUMBER_LENGTH] for number in numbers if isinstance(number, str)]
    return TrackingNumbers(*texts) if len(texts) == NUMBERS else NO_NUMBERS
