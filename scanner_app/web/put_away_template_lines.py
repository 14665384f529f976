"""Lines of a put-away template: the card of each, below the card of its template.

This module must never know what a line may ask, nor what stands against it.
"""

from dataclasses import replace

from flask import Blueprint, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.put_away_template_card import LINE_FIELDS as FIELDS
from scanner_app.warehouse.put_away_template_card import blank_template_line, card_of_line
from scanner_app.warehouse.set_up_put_away_template import (
    TABLE,
    change_line,
    create_line,
    delete_line,
    find_line,
)
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.put_away_templates import find_template_here
from scanner_app.web.record_cards import (
    RecordCard,
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
    "put_away_template_lines", __name__, url_prefix="/put-away-templates/<code>/lines"
)


@blueprint.get("/new")
@supervisor_required
def show_new(code: str) -> tuple[str, int]:
    """The card of a new line."""
    name, blank = find_template_here(code).code, blank_template_line()
    return draw_new(_new_card(name), form_of(FIELDS, blank, blank))


@blueprint.post("")
@supervisor_required
def add(code: str) -> AnyResponse | tuple[str, int]:
    """Add a line, and go back to the template."""
    name, typed, change = find_template_here(code).code, read_new(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, int]:
        return {"id": create_line(session, name, typed, change)}

    try:
        post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(FIELDS, blank_template_line(), typed), refusal, typed)
        return draw_new(_new_card(name), form, refusal)
    return redirect(_template(name, done="added"), 303)


@blueprint.get("/<int:line_id>")
@supervisor_required
def show(code: str, line_id: int) -> tuple[str, int]:
    """The card of a line."""
    name, card = _find(code, line_id)
    return draw_card(_card(name, line_id, card), form_of(FIELDS, card, card))


@blueprint.post("/<int:line_id>")
@supervisor_required
def save(code: str, line_id: int) -> AnyResponse | tuple[str, int]:
    """Write what the card says, and go back to the template."""
    name, form, change = find_template_here(code).code, read_form(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        said = {"as_read": form.as_read, "typed": form.typed}
        change_line(session, name, line_id, **said, change=change)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        _, card = _find(code, line_id)
        return draw_card(_card(name, line_id, card), refused(form, refusal, card), refusal)
    return redirect(_template(name, done="saved"), 303)


@blueprint.post("/<int:line_id>/removal")
@supervisor_required
def remove(code: str, line_id: int) -> AnyResponse:
    """Remove a line; sent again, it is gone already and that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_line(session, code, line_id, change)
        return {}

    post_once(work)
    return redirect(_template(code, done="removed"), 303)


def _find(code: str, line_id: int) -> tuple[str, TextCard]:
    template = find_template_here(code)
    row = find_line(reading(), template, line_id)
    if row is None:
        raise NotFound
    return template.code, card_of_line(row)


def _template(code: str, done: str | None = None) -> str:
    return url_for("put_away_templates.show", code=code, done=done)


def _new_card(code: str) -> RecordCard:
    title = sentence(N_("New line of {code}"), {"code": code})
    return RecordCard(FIELDS, title, _template(code), url_for(".add", code=code), {})


def _card(code: str, line_id: int, card: TextCard) -> RecordCard:
    removal = url_for(".remove", code=code, line_id=line_id)
    return replace(
        _new_card(code),
        title=sentence(N_("Line {line_no} of {code}"), {"line_no": card["line_no"], "code": code}),
        saved_to=url_for(".save", code=code, line_id=line_id),
        table=TABLE,
        record_name=code,
        removed_by=(removal, gettext("Delete this line")),
        removal_says=N_("Put-aways that are made already stay as they are."),
    )
