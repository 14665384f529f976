"""The cards of places, journals and their lines, as one template draws them all.

This module must never decide what a card may say, nor write one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request
from sqlalchemy import select

from scanner_app.access.change_log import CardChanged
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.bin import BinType, Zone
from scanner_app.warehouse.record_card import CardField, Fields, captions_of, switches_of
from scanner_app.web import card_form
from scanner_app.web.card_form import CardFields, CardForm
from scanner_app.web.cards import said
from scanner_app.web.current import reading, time_zone
from scanner_app.web.last_changes import last_changes
from scanner_app.web.refusals import status_of
from scanner_app.web.texts import gettext

Choices = list[tuple[str, str]]

TITLES_OF_TABS = {
    "general": N_("General"),
    "warehouse": N_("Warehouse"),
    "bins": N_("Bins"),
    "item_tracking": N_("Item Tracking"),
    "tables": N_("Tables"),
}
DONE = {
    "added": N_("It is added."),
    "saved": N_("The card is saved."),
    "removed": N_("It is removed."),
}


@dataclass(frozen=True)
class RecordCard:
    """One card, but for what is typed on it.

    Attributes:
        choices: what can be chosen, by the name of the field.
        locked: the fields that follow from others now.
        removed_by: the address that removes the record, and what its button is called.
        removal_says: what the removal does and does not.
        part: the template of what the card shows besides its fields, with its values.
    """

    fields: Fields
    title: str
    back: str
    saved_to: str
    choices: Mapping[str, Choices]
    table: str = ""
    record_name: str = ""
    locked: Collection[str] = ()
    removed_by: tuple[str, str] = ("", "")
    removal_says: str = N_("What is in use stays.")
    part: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def form_of(fields: Fields, as_read: TextCard, typed: TextCard | None = None) -> CardForm:
    """The form of a card as it was read, with what was typed on it."""
    return CardForm(_card_fields(fields), as_read, as_read if typed is None else typed)


def read_new(fields: Fields) -> TextCard:
    """What was typed on the card of a new record."""
    return card_form.read_typed(request.form, _card_fields(fields))


def read_form(
    fields: Fields, follow: Callable[[TextCard], Collection[str]] = lambda _: ()
) -> CardForm:
    """What was typed, and what its editor had read; a browser does not send what is locked.

    `follow` says which fields were locked on the card as it was read.

    Raises:
        CardNotReadable: when the latter is not what the card wrote.
    """
    locked = follow(card_form.read_as_read(request.form, _card_fields(fields)))
    return card_form.read_form(request.form, _card_fields(fields, locked))


def refused(form: CardForm, refusal: RuleRefused, stored: TextCard) -> CardForm:
    """The form as it was typed, with the reason at its field, or on top of what others saved."""
    if isinstance(refusal, CardChanged):
        return card_form.on_top_of(form, stored)
    return card_form.refused(form, refusal, said(refusal).message)


def draw_new(
    card: RecordCard, form: CardForm, refusal: RuleRefused | None = None
) -> tuple[str, int]:
    """The card of a new record, with the fields that it needs to begin with."""
    asked = tuple(each for each in card.fields if each.when_new)
    page = render_template(
        "record_cards/new.html",
        card=card,
        tabs=_tabs(asked),
        form=form,
        done=done(),
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200


def draw_card(
    card: RecordCard, form: CardForm, refusal: RuleRefused | None = None
) -> tuple[str, int]:
    """The card of a record that is there."""
    page = render_template(
        "record_cards/card.html",
        card=card,
        tabs=_tabs(tuple(each for each in card.fields if not each.is_name)),
        form=form,
        changes=last_changes(reading(), card.table, card.record_name),
        time_zone=time_zone(),
        done=done(),
        refused=said(refusal) if refusal else None,
        **card.values,
    )
    return page, status_of(refusal) if refusal else 200


def done() -> str:
    """What the page before has done."""
    word = DONE.get(request.args.get("done", ""), "")
    return word and gettext(word)


def choices_of(fields: Fields) -> dict[str, Choices]:
    """The fixed values that fields offer, by name."""
    return {
        each.name: [(str(value), gettext(str(value)) or gettext("None")) for value in each.choices]
        for each in fields
        if each.choices is not None
    }


def bin_type_choices() -> Choices:
    """The bin types to choose from, blank first."""
    return named_choices(reading().scalars(select(BinType).order_by(BinType.code)))


def zone_choices(location_id: int) -> Choices:
    """The zones of a location to choose from, blank first."""
    of_location = select(Zone).where(Zone.location_id == location_id)
    return named_choices(reading().scalars(of_location.order_by(Zone.code)))


def named_choices(rows: Iterable[Any]) -> Choices:
    """Records to choose from by their code, blank first."""
    named = [(row.code, f"{row.code}: {row.description}".removesuffix(": ")) for row in rows]
    return [("", gettext("None")), *named]


def _tabs(fields: Fields) -> list[tuple[str, str, list[CardField]]]:
    return [
        (name, gettext(title), [each for each in fields if each.tab == name])
        for name, title in TITLES_OF_TABS.items()
        if any(each.tab == name for each in fields)
    ]


def _card_fields(fields: Fields, locked: Collection[str] = ()) -> CardFields:
    kept = frozenset({*(each.name for each in fields if each.is_name), *locked})
    return CardFields(captions_of(fields), switches=switches_of(fields), kept=kept)
