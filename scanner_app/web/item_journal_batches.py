"""Item Journal Batches: the list behind the field Name of a journal, and the card of each.

This module must never know what a card may say, nor what stands against it.
"""

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.item_journal_fields import batch_fields
from scanner_app.warehouse.record_card import Fields, blank_card
from scanner_app.warehouse.set_up_item_journal_batch import (
    TABLE,
    card_of_batch,
    change_item_journal_batch,
    create_item_journal_batch,
    delete_item_journal_batch,
    find_item_journal_batch,
    list_item_journal_batches,
)
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.item_journal_ways import template_here, title_here
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
from scanner_app.web.refusals import sentence
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("item_journal_batches", __name__, url_prefix="/item-journal-batches")


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """All batches, to choose one or to make a new one."""
    rows = list_item_journal_batches(reading(), template_here())
    return render_template("item_journals/batches.html", rows=rows, done=done())


@blueprint.get("/new")
@supervisor_required
def show_new() -> tuple[str, int]:
    """The card of a new batch."""
    blank = blank_card(_fields())
    return draw_new(_new_card(), form_of(_fields(), blank, blank))


@blueprint.post("")
@supervisor_required
def add() -> AnyResponse | tuple[str, int]:
    """Add a batch, and offer it in the list."""
    typed, change, template = read_new(_fields()), change_by_user(), template_here()

    def work(session: Session) -> dict[str, str]:
        return {"name": create_item_journal_batch(session, typed, change, template).name}

    try:
        post_once(work)
    except RuleRefused as refusal:
        form = refused(form_of(_fields(), blank_card(_fields()), typed), refusal, typed)
        return draw_new(_new_card(), form, refusal)
    return redirect(url_for(".show_list", done="added"), 303)


@blueprint.get("/<name>")
@supervisor_required
def show(name: str) -> tuple[str, int]:
    """The card of a batch."""
    batch = find_batch_here(name)
    card = card_of_batch(reading(), batch)
    return draw_card(_card(batch), form_of(_fields(), card, card))


@blueprint.post("/<name>")
@supervisor_required
def save(name: str) -> AnyResponse | tuple[str, int]:
    """Write what the card says."""
    key, form, change = find_batch_here(name).name, read_form(_fields()), change_by_user()

    def work(session: Session) -> dict[str, str]:
        change_item_journal_batch(session, key, form.as_read, form.typed, change)
        return {"name": key}

    try:
        post_once(work)
    except RuleRefused as refusal:
        batch = find_batch_here(name)
        shown = refused(form, refusal, card_of_batch(reading(), batch))
        return draw_card(_card(batch), shown, refusal)
    return redirect(url_for(".show", name=key, done="saved"), 303)


@blueprint.post("/<name>/removal")
@supervisor_required
def remove(name: str) -> AnyResponse:
    """Remove a batch without lines; sent again, it is gone already and that is the answer."""
    change = change_by_user()

    def work(session: Session) -> dict[str, str]:
        delete_item_journal_batch(session, name, change)
        return {}

    post_once(work)
    return redirect(url_for(".show_list", done="removed"), 303)


def find_batch_here(name: str) -> ItemJournalBatch:
    """The batch of an address.

    Raises:
        NotFound: when there is none.
    """
    batch = find_item_journal_batch(reading(), name)
    if batch is None or batch.template is not template_here():
        raise NotFound
    return batch


def reason_choices() -> Choices:
    """The reasons to choose from, blank first."""
    return named_choices(reading().scalars(select(ReasonCode).order_by(ReasonCode.code)))


def _fields() -> Fields:
    return batch_fields(template_here())


def _choices() -> dict[str, Choices]:
    series = reading().scalars(select(NumberSeries).order_by(NumberSeries.code))
    return {"number_series": named_choices(series), "reason_code": reason_choices()}


def _new_card() -> RecordCard:
    title = sentence(N_("New batch of the {journal}"), {"journal": title_here()})
    return RecordCard(_fields(), title, url_for(".show_list"), url_for(".add"), _choices())


def _card(batch: ItemJournalBatch) -> RecordCard:
    removal = url_for(".remove", name=batch.name)
    return RecordCard(
        _fields(),
        batch.name,
        url_for(".show_list"),
        url_for(".save", name=batch.name),
        _choices(),
        TABLE,
        batch.name,
        removed_by=(removal, gettext("Delete this batch")),
    )
