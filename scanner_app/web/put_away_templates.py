"""Put-away Templates: in which order bins are sought, and the card of each with its lines.

Answers to Business Central's pages Put-away Templates and Put-away Template.

This module must never know what a card may say, nor what stands against it.
"""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.text_card import YES
from scanner_app.warehouse.put_away_template import PutAwayTemplate
from scanner_app.warehouse.put_away_template_card import LINE_FIELDS, card_of_template, list_lines
from scanner_app.warehouse.put_away_template_card import TEMPLATE_FIELDS as FIELDS
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_put_away_template import (
    TABLE,
    change_template,
    create_template,
    delete_template,
    find_template,
)
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import (
    Choices,
    RecordCard,
    done,
    draw_card,
    draw_new,
    form_of,
    named_choices,
    read_form,
    read_new,
    refused,
)
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("put_away_templates", __name__, url_prefix="/put-away-templates")


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """All templates."""
    rows = reading().scalars(select(PutAwayTemplate).order_by(PutAwayTemplate.code)).all()
    return render_template("places/put_away_templates.html", rows=rows, done=done())


@blueprint.get("/new")
@supervisor_required
def show_new() -> tuple[str, int]:
    """The card of a new template."""
    return draw_new(_new_card(), form_of(FIELDS, blank_card(FIELDS), blank_card(FIELDS)))


@blueprint.post("")
@supervisor_required
def add() -> AnyResponse | tuple[str, int]:
    """Add a template, and open its card."""
    typed, change = read_new(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        return {"code": create_template(session, typed, change).code}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(FIELDS, blank_card(FIELDS), typed), refusal, typed)
        return draw_new(_new_card(), form, refusal)
    return redirect(url_for(".show", code=made["code"], done="added"), 303)


@blueprint.get("/<code>")
@supervisor_required
def show(code: str) -> tuple[str, int]:
    """The card of a template, with its lines."""
    row = find_template_here(code)
    card = card_of_template(row)
    return draw_card(_card(row), form_of(FIELDS, card, card))


@blueprint.post("/<code>")
@supervisor_required
def save(code: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    name, form, change = find_template_here(code).code, read_form(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        change_template(session, name, form.as_read, form.typed, change)
        return {"code": name}

    try:
        saved = post_once(work)
    except RuleRefused as refusal:
        row = find_template_here(code)
        shown = refused(form, refusal, card_of_template(row))
        return draw_card(_card(row), shown, refusal)
    return redirect(url_for(".show", code=saved["code"], done="saved"), 303)


@blueprint.post("/<code>/removal")
@supervisor_required
def remove(code: str) -> AnyResponse:
    """Remove a template that nothing says; sent again, it is gone already: that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_template(session, code, change)
        return {}

    post_once(work)
    return redirect(url_for(".show_list", done="removed"), 303)


def find_template_here(code: str) -> PutAwayTemplate:
    """The template that an address names, else there is no such page."""
    row = find_template(reading(), code)
    if row is None:
        raise NotFound
    return row


def template_choices() -> Choices:
    """The templates to choose from, blank first."""
    return named_choices(reading().scalars(select(PutAwayTemplate).order_by(PutAwayTemplate.code)))


def _new_card() -> RecordCard:
    title = gettext("New put-away template")
    return RecordCard(FIELDS, title, url_for(".show_list"), url_for(".add"), {})


def _card(row: PutAwayTemplate) -> RecordCard:
    """The card of a template; each line stands there with the words of what it asks."""
    lines = [
        (
            line.id,
            line.card,
            [
                gettext(field.caption)
                for field in LINE_FIELDS
                if field.is_switch and line.card[field.name] == YES
            ],
        )
        for line in list_lines(reading(), row)
    ]
    return replace(
        _new_card(),
        title=row.code,
        saved_to=url_for(".save", code=row.code),
        table=TABLE,
        record_name=row.code,
        removed_by=(url_for(".remove", code=row.code), gettext("Delete this template")),
        removal_says=N_("Its lines go with it. A template that a location or an item says stays."),
        part="places/_put_away_template.html",
        values={"code": row.code, "lines": lines},
    )
