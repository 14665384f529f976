"""Warehouse Journal Lines: the card on which a manual line is typed.

This module must never know what a line may say, nor what stands against it.
"""

from dataclasses import replace

from flask import Blueprint, redirect
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.warehouse.manual_journal_line import ManualLine
from scanner_app.warehouse.manual_journal_lines import (
    add_manual_line,
    change_manual_line,
    delete_manual_line,
    expiration_dates_of,
    find_manual_line,
    next_manual_line_card,
)
from scanner_app.warehouse.manual_line_card import blank_manual_line_card, card_of_manual_line
from scanner_app.warehouse.warehouse_journal import (
    WarehouseJournalBatch,
    WarehouseJournalTemplate,
)
from scanner_app.web.current import reading, today
from scanner_app.web.item_journal_batches import reason_choices
from scanner_app.web.posting_once import post_once
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
from scanner_app.web.texts import gettext
from scanner_app.web.warehouse_journal_ways import (
    JOURNALS,
    LINES,
    action_of,
    address_of,
    family_of,
    find_batch_here,
    journal_here,
    line_kind_here,
    of_directed_location,
    prefix_of,
)


@of_directed_location
def show_new(name: str) -> tuple[str, int]:
    """A new line, which begins with the document, date and bin of the one before it."""
    batch = find_batch_here(name)
    card = next_manual_line_card(reading(), batch, today())
    return draw_new(_new_card(batch), form_of(line_kind_here().fields, card, card))


@of_directed_location
def add(name: str) -> AnyResponse | tuple[str, int]:
    """Add a line, and be ready for the next one."""
    key, journal, day = find_batch_here(name).name, journal_here(), today()
    kind = line_kind_here()
    typed = read_new(kind.fields)

    def work(session: Session) -> dict[str, int]:
        return {"line_no": add_manual_line(session, journal, key, typed, day)}

    try:
        post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(kind.fields, blank_manual_line_card(kind), typed), refusal, typed)
        return draw_new(_new_card(find_batch_here(name)), form, refusal)
    return redirect(address_of(LINES, "show_new", name=key, done="added"), 303)


@of_directed_location
def show(name: str, line_no: int) -> tuple[str, int]:
    """A line that is there."""
    batch, line = _find(name, line_no)
    kind = line_kind_here()
    card = card_of_manual_line(reading(), kind, line)
    return draw_card(_card(batch, line), form_of(kind.fields, card, card))


@of_directed_location
def save(name: str, line_no: int) -> AnyResponse | tuple[str, int]:
    """Write what the line says."""
    key, journal, day = find_batch_here(name).name, journal_here(), today()
    form = read_form(line_kind_here().fields)

    def work(session: Session) -> dict[str, int]:
        change_manual_line(session, journal, key, line_no, form.as_read, form.typed, day)
        return {}

    try:
        post_once(work)
    except RuleRefused as refusal:
        batch, line = _find(name, line_no)
        stored = card_of_manual_line(reading(), line_kind_here(), line)
        return draw_card(_card(batch, line), refused(form, refusal, stored), refusal)
    return redirect(address_of(JOURNALS, "show", name=key, done="saved"), 303)


@of_directed_location
def remove(name: str, line_no: int) -> AnyResponse:
    """Delete a line; sent again, it is gone already and that is the answer."""
    journal = journal_here()

    def work(session: Session) -> dict[str, int]:
        delete_manual_line(session, journal, name, line_no)
        return {}

    post_once(work)
    return redirect(address_of(JOURNALS, "show", name=name, done="removed"), 303)


def _family(template: WarehouseJournalTemplate) -> Blueprint:
    """The pages of one template, below those of the batch."""
    prefix = f"{prefix_of(template, JOURNALS)}/<name>/lines"
    family = Blueprint(family_of(template, LINES), __name__, url_prefix=prefix)
    family.get("/new")(show_new)
    family.post("")(add)
    family.get("/<int:line_no>")(show)
    family.post("/<int:line_no>")(save)
    family.post("/<int:line_no>/removal")(remove)
    return family


blueprints = tuple(_family(template) for template in WarehouseJournalTemplate)


def _find(name: str, line_no: int) -> tuple[WarehouseJournalBatch, ManualLine]:
    batch = find_batch_here(name)
    line = find_manual_line(reading(), batch, line_no)
    if line is None:
        raise NotFound
    return batch, line


def _new_card(batch: WarehouseJournalBatch) -> RecordCard:
    return RecordCard(
        line_kind_here().fields,
        sentence(N_("New line of {name}"), {"name": batch.name}),
        address_of(JOURNALS, "show", name=batch.name),
        action_of(LINES, "add", name=batch.name),
        {"reason_code": reason_choices()},
    )


def _card(batch: WarehouseJournalBatch, line: ManualLine) -> RecordCard:
    line_no, kind = line.line_no, line_kind_here()
    removal = action_of(LINES, "remove", name=batch.name, line_no=line_no)
    return replace(
        _new_card(batch),
        title=sentence(N_("Line {line_no} of {name}"), {"line_no": line_no, "name": batch.name}),
        saved_to=action_of(LINES, "save", name=batch.name, line_no=line_no),
        removed_by=(removal, gettext("Delete this line")),
        removal_says=N_("The line goes; what is registered stays."),
        part="warehouse_journals/_known_date.html" if kind.moves else "",
        values={"expires": expiration_dates_of(reading(), kind, [line])[line_no]},
    )
