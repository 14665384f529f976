"""The form of an item's card: what it was read as, what was typed, and what is wrong with it.

The form carries what its editor read, so that two editors are told apart by what each one saw
and nothing that was typed is lost.

This module must never decide what a card may say.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from scanner_app.errors import RuleRefused
from scanner_app.inventory.date_formula import DateFormulaNotReadable
from scanner_app.inventory.description import DESCRIPTION_LENGTH
from scanner_app.inventory.item_card import CAPTIONS, NO, YES, Card, changed_fields
from scanner_app.records import CodeNotReadable, CodeTooLong
from scanner_app.web.cards import CardNotReadable, printable
from scanner_app.web.last_changes import value_in_words
from scanner_app.web.texts import gettext

TYPED_MAX = 5 * DESCRIPTION_LENGTH
FIELD_OF_REFUSAL: dict[type[RuleRefused], str] = {
    DateFormulaNotReadable: "expiration_calculation",
    CodeTooLong: "no",
    CodeNotReadable: "no",
}
NAMES_BY_CAPTION = {caption: name for name, caption in CAPTIONS.items()}
READ = "read"


@dataclass(frozen=True)
class ItemForm:
    """What the card is drawn from; `errors` are sentences by the name of their field.

    Attributes:
        meanwhile: what somebody else changed after the card was read, before and after.
    """

    as_read: Card
    typed: Card
    errors: dict[str, str] = field(default_factory=dict)
    meanwhile: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_blocked(self) -> bool:
        """Whether the switch Blocked is on."""
        return self.typed["blocked"] == YES

    @property
    def meanwhile_rows(self) -> list[tuple[str, str, str]]:
        """The fields that somebody else changed, in the reader's language."""
        return [
            (gettext(CAPTIONS[name]), value_in_words(old), value_in_words(new))
            for name, (old, new) in self.meanwhile.items()
        ]

    @property
    def read(self) -> str:
        """What its editor read, as a hidden field carries it."""
        return json.dumps(self.as_read)


def read_typed(form: Mapping[str, str]) -> Card:
    """What was typed; a browser does not send a switch that is off."""
    typed = {name: form.get(name, "")[:TYPED_MAX] for name in CAPTIONS}
    return typed | {"blocked": YES if "blocked" in form else NO}


def read_form(form: Mapping[str, str]) -> ItemForm:
    """What was typed, and what its editor had read.

    Raises:
        CardNotReadable: when the latter is not what the card wrote.
    """
    try:
        as_read = json.loads(form.get(READ, ""))
    except (ValueError, RecursionError):
        raise CardNotReadable from None
    if not isinstance(as_read, dict) or as_read.keys() != CAPTIONS.keys():
        raise CardNotReadable
    if not all(isinstance(value, str) and value.isprintable() for value in as_read.values()):
        raise CardNotReadable
    return ItemForm(as_read, read_typed(form) | {"no": as_read["no"]})


def refused(form: ItemForm, refusal: RuleRefused, message: str) -> ItemForm:
    """The form as it was typed, with the reason at its field."""
    name = FIELD_OF_REFUSAL.get(type(refusal)) or NAMES_BY_CAPTION.get(refusal.field, "")
    errors = {name: message} if name else {}
    return ItemForm(form.as_read, printable_card(form.typed), errors)


def on_top_of(form: ItemForm, stored: Card) -> ItemForm:
    """The editor's own changes on top of what somebody else made of the card meanwhile."""
    typed = printable_card(form.typed)
    mine = {name: typed[name] for name in CAPTIONS if typed[name] != form.as_read[name]}
    return ItemForm(stored, stored | mine, meanwhile=changed_fields(form.as_read, stored))


def printable_card(typed: Card) -> Card:
    """What can be shown of a card again."""
    return {name: printable(value) for name, value in typed.items()}
