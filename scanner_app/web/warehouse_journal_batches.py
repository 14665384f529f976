"""Warehouse Journal Batches: the list behind the field Name of a journal, and the card of each.

The templates are families of pages over one set of views.

This module must never know what a card may say, nor what stands against it.
"""

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import RuleRefused
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    NAME_LENGTH,
    TABLE,
    card_of_warehouse_journal_batch,
    change_warehouse_journal_batch,
    create_warehouse_journal_batch,
    delete_warehouse_journal_batch,
    list_warehouse_journal_batches,
    record_name_of,
)
from scanner_app.warehouse.warehouse_journal import (
    WarehouseJournalBatch,
    WarehouseJournalTemplate,
)
from scanner_app.warehouse.warehouse_journal_fields import BATCH_FIELDS as FIELDS
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.item_journal_batches import reason_choices
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
from scanner_app.web.texts import gettext, printable
from scanner_app.web.warehouse_journal_ways import (
    BATCHES,
    action_of,
    address_of,
    draw,
    family_of,
    find_batch_here,
    journal_here,
    of_directed_location,
    prefix_of,
)

ROWS_MAX = 50


@of_directed_location
def show_list() -> str:
    """A part of the batches, to choose one or to make a new one."""
    after = printable(request.args.get("after", "")[:NAME_LENGTH])
    rows = list_warehouse_journal_batches(reading(), journal_here(), after, ROWS_MAX + 1)
    return draw(
        "warehouse_journals/batches.html",
        rows=rows[:ROWS_MAX],
        more=rows[ROWS_MAX - 1].name if len(rows) > ROWS_MAX else "",
        after=after,
        done=done(),
    )


@of_directed_location
def show_new() -> tuple[str, int]:
    """The card of a new batch."""
    blank = blank_card(FIELDS)
    return draw_new(_new_card(), form_of(FIELDS, blank, blank))


@of_directed_location
def add() -> AnyResponse | tuple[str, int]:
    """Add a batch, and offer it in the list."""
    journal, typed, change = journal_here(), read_new(FIELDS), change_by_user()

    def work(session: Session) -> dict[str, str]:
        return {"name": create_warehouse_journal_batch(session, journal, typed, change).name}

    try:
        post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(FIELDS, blank_card(FIELDS), typed), refusal, typed)
        return draw_new(_new_card(), form, refusal)
    return redirect(address_of(BATCHES, "show_list", done="added"), 303)


@of_directed_location
def show(name: str) -> tuple[str, int]:
    """The card of a batch."""
    batch = find_batch_here(name)
    card = card_of_warehouse_journal_batch(reading(), batch)
    return draw_card(_card(batch), form_of(FIELDS, card, card))


@of_directed_location
def save(name: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    key, form, change = find_batch_here(name).name, read_form(FIELDS), change_by_user()
    journal = journal_here()

    def work(session: Session) -> dict[str, str]:
        change_warehouse_journal_batch(session, journal, key, form.as_read, form.typed, change)
        return {"name": key}

    try:
        post_once(work)
    except RuleRefused as refusal:
        batch = find_batch_here(name)
        shown = refused(form, refusal, card_of_warehouse_journal_batch(reading(), batch))
        return draw_card(_card(batch), shown, refusal)
    return redirect(address_of(BATCHES, "show", name=key, done="saved"), 303)


@of_directed_location
def remove(name: str) -> AnyResponse:
    """Remove an empty batch; sent again, it is gone already and that is the answer."""
    journal, change = journal_here(), change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_warehouse_journal_batch(session, journal, name, change)
        return {}

    post_once(work)
    return redirect(address_of(BATCHES, "show_list", done="removed"), 303)


def _family(template: WarehouseJournalTemplate) -> Blueprint:
    """The pages of one template."""
    prefix = prefix_of(template, BATCHES)
    family = Blueprint(family_of(template, BATCHES), __name__, url_prefix=prefix)
    family.get("")(show_list)
    family.get("/new")(show_new)
    family.post("")(add)
    family.get("/<name>")(show)
    family.post("/<name>")(save)
    family.post("/<name>/removal")(remove)
    return family


blueprints = tuple(_family(template) for template in WarehouseJournalTemplate)


def _new_card() -> RecordCard:
    return RecordCard(
        FIELDS,
        gettext("New warehouse journal batch"),
        address_of(BATCHES, "show_list"),
        action_of(BATCHES, "add"),
        {"reason_code": reason_choices()},
    )


def _card(batch: WarehouseJournalBatch) -> RecordCard:
    removal = action_of(BATCHES, "remove", name=batch.name)
    return RecordCard(
        FIELDS,
        batch.name,
        address_of(BATCHES, "show_list"),
        action_of(BATCHES, "save", name=batch.name),
        {"reason_code": reason_choices()},
        TABLE,
        record_name_of(reading(), batch),
        removed_by=(removal, gettext("Delete this batch")),
    )
