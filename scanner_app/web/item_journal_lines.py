"""Item Journal Lines: the card on which a line is typed.

This module must never know what a line may say, nor what stands against it.
"""

from dataclasses import replace
from datetime import date

from flask import Blueprint, redirect, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_journal import (
    ItemJournalBatch,
    ItemJournalLine,
    ItemJournalTemplate,
)
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.item_journal_fields import LINE_FIELDS, line_fields
from scanner_app.warehouse.item_journal_line_card import blank_line_card, card_of_line
from scanner_app.warehouse.item_journal_lines import (
    add_item_journal_line,
    change_item_journal_line,
    copied_line_card,
    delete_item_journal_line,
    find_item_journal_line,
    next_line_card,
)
from scanner_app.warehouse.record_card import Fields
from scanner_app.warehouse.tracked_dates import known_dates_of_lines
from scanner_app.web.address_numbers import asked_number
from scanner_app.web.current import reading, today
from scanner_app.web.item_journal_batches import find_batch_here, reason_choices
from scanner_app.web.item_journal_ways import address_of
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import (
    Choices,
    RecordCard,
    choices_of,
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

blueprint = Blueprint("item_journal_lines", __name__, url_prefix="/item-journals/<name>/lines")


@blueprint.get("/new")
@supervisor_required
def show_new(name: str) -> tuple[str, int]:
    """A new line: as the one it copies, or with the document, date and place of the last."""
    batch, copied_no = find_batch_here(name), asked_number("copy")
    copied = find_item_journal_line(reading(), batch, copied_no) if copied_no else None
    whole = (
        copied_line_card(reading(), copied) if copied else next_line_card(reading(), batch, today())
    )
    card = _shown(batch, whole)
    return draw_new(_new_card(batch), form_of(_fields(batch), card, card))


@blueprint.post("")
@supervisor_required
def add(name: str) -> AnyResponse | tuple[str, int]:
    """Add a line, and be ready for the next one."""
    batch, day = find_batch_here(name), today()
    key, fields, template = batch.name, _fields(batch), batch.template
    typed = read_new(fields)

    def work(session: Session) -> dict[str, int]:
        whole = blank_line_card(template) | typed
        return {"line_no": add_item_journal_line(session, key, whole, day)}

    try:
        post_once(work)
    except RuleRefused as refusal:
        batch = find_batch_here(name)
        form = refused(form_of(fields, blank_line_card(template) | typed, typed), refusal, typed)
        return draw_new(_new_card(batch), form, refusal)
    return redirect(url_for(".show_new", name=key, done="added"), 303)


@blueprint.get("/<int:line_no>")
@supervisor_required
def show(name: str, line_no: int) -> tuple[str, int]:
    """A line that is there."""
    batch, line = _find(name, line_no)
    card = _shown(batch, card_of_line(reading(), line))
    return draw_card(_card(batch, line_no), form_of(_fields(batch), card, card))


@blueprint.post("/<int:line_no>")
@supervisor_required
def save(name: str, line_no: int) -> AnyResponse | tuple[str, int]:
    """Write what the line says."""
    batch, day = find_batch_here(name), today()
    key, template, form = batch.name, batch.template, read_form(_fields(batch))

    def work(session: Session) -> dict[str, int]:
        whole = blank_line_card(template) | form.typed
        read = blank_line_card(template) | form.as_read
        change_item_journal_line(session, key, line_no, read, whole, day)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        batch, line = _find(name, line_no)
        shown = refused(form, refusal, _shown(batch, card_of_line(reading(), line)))
        return draw_card(_card(batch, line_no), shown, refusal)
    return redirect(address_of("item_journals.show", name=key, done="saved"), 303)


@blueprint.post("/<int:line_no>/removal")
@supervisor_required
def remove(name: str, line_no: int) -> AnyResponse:
    """Delete a line; sent again, it is gone already and that is the answer."""

    def work(session: Session) -> dict[str, int]:
        delete_item_journal_line(session, name, line_no)
        return {}

    post_once(work)
    return redirect(address_of("item_journals.show", name=name, done="removed"), 303)


def _find(name: str, line_no: int) -> tuple[ItemJournalBatch, ItemJournalLine]:
    batch = find_batch_here(name)
    line = find_item_journal_line(reading(), batch, line_no)
    if line is None:
        raise NotFound
    return batch, line


def _fields(batch: ItemJournalBatch) -> Fields:
    return line_fields(batch)


def _shown(batch: ItemJournalBatch, card: TextCard) -> TextCard:
    """The part of a card that the batch shows."""
    return {field.name: card[field.name] for field in _fields(batch)}


def _choices() -> dict[str, Choices]:
    codes = reading().scalars(select(Location.code).order_by(Location.code))
    locations = [("", gettext("None")), *((code, code) for code in codes)]
    own = {
        "location": locations,
        "new_location": locations,
        "reason_code": reason_choices(),
    }
    return choices_of(LINE_FIELDS) | own


def _date_of_stock(batch: ItemJournalBatch, line_no: int) -> date | None:
    """The expiration date that a transfer takes along, unless it says a new one."""
    if batch.template is not ItemJournalTemplate.TRANSFER:
        return None
    line = find_item_journal_line(reading(), batch, line_no)
    return known_dates_of_lines(reading(), [line] if line else []).get(line_no)


def _new_card(batch: ItemJournalBatch) -> RecordCard:
    return RecordCard(
        _fields(batch),
        sentence(N_("New line of {name}"), {"name": batch.name}),
        address_of("item_journals.show", name=batch.name),
        url_for(".add", name=batch.name),
        _choices(),
    )


def _card(batch: ItemJournalBatch, line_no: int) -> RecordCard:
    removal = url_for(".remove", name=batch.name, line_no=line_no)
    return replace(
        _new_card(batch),
        title=sentence(N_("Line {line_no} of {name}"), {"line_no": line_no, "name": batch.name}),
        saved_to=url_for(".save", name=batch.name, line_no=line_no),
        removed_by=(removal, gettext("Delete this line")),
        removal_says=N_("The line goes; what is posted stays."),
        part="item_journals/_line_ways.html",
        values={
            "batch": batch,
            "line_no": line_no,
            "stock_expires": _date_of_stock(batch, line_no),
        },
    )
