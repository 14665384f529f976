"""The form of a card: what it was read as, what was typed, and what is wrong with it.

The form carries what its editor read, so that two editors are told apart by what each one saw
and nothing that was typed is lost. A card says which fields it has.

This module must never decide what a card may say.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from scanner_app.errors import RuleRefused
from scanner_app.inventory.description import DESCRIPTION_LENGTH
from scanner_app.inventory.text_card import NO, YES, Changes, TextCard, changed_fields
from scanner_app.records import CodeNotReadable, CodeTooLong
from scanner_app.web.cards import CardNotReadable
from scanner_app.web.last_changes import value_in_words
from scanner_app.web.texts import gettext, printable

TYPED_MAX = 5 * DESCRIPTION_LENGTH
READ = "read"


@dataclass(frozen=True)
class CardFields:
    """The fields of one kind of card.

    Attributes:
        captions: the words for each field, in the order of the card; the first names the record.
        switches: fields that are Yes or No.
        kept: fields that stay as they were when the record was added.
        of_refusals: the field of a refusal that knows none, or another one.
    """

    captions: Mapping[str, str]
    switches: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    of_refusals: Mapping[type[RuleRefused], str] = field(default_factory=dict)

    def at_fault(self, refusal: RuleRefused) -> str:
        """The field that a refusal is about, '' for none; a code that is none is the name."""
        if name := self.of_refusals.get(type(refusal)):
            return name
        if isinstance(refusal, CodeTooLong | CodeNotReadable):
            return next(iter(self.captions))
        by_caption = {caption: name for name, caption in self.captions.items()}
        return by_caption.get(str(refusal.parameters.get("field", "")) or refusal.field, "")


@dataclass(frozen=True)
class CardForm:
    """What a card is drawn from; `errors` are sentences by the name of their field.

    Attributes:
        meanwhile: what somebody else changed after the card was read, before and after.
    """

    fields: CardFields
    as_read: TextCard
    typed: TextCard
    errors: dict[str, str] = field(default_factory=dict)
    meanwhile: Changes = field(default_factory=dict)

    def is_on(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.typed[name] == YES

    @property
    def read(self) -> str:
        """What its editor read, as a hidden field carries it."""
        return json.dumps(self.as_read)

    @property
    def meanwhile_rows(self) -> list[tuple[str, str, str]]:
        """The fields that somebody else changed, in the reader's language."""
        return [
            (gettext(self.fields.captions[name]), value_in_words(old), value_in_words(new))
            for name, (old, new) in self.meanwhile.items()
        ]


def read_typed(form: Mapping[str, str], fields: CardFields) -> TextCard:
    """What was typed; a browser does not send a switch that is off."""
    typed = {name: form.get(name, "")[:TYPED_MAX] for name in fields.captions}
    return typed | {name: YES if name in form else NO for name in fields.switches}


def read_form(form: Mapping[str, str], fields: CardFields) -> CardForm:
    """What was typed, and what its editor had read.

    Raises:
        CardNotReadable: when the latter is not what the card wrote.
    """
    as_read = read_as_read(form, fields)
    kept = {name: as_read[name] for name in fields.kept}
    return CardForm(fields, as_read, read_typed(form, fields) | kept)


def read_as_read(form: Mapping[str, str], fields: CardFields) -> TextCard:
    """What its editor had read.

    Raises:
        CardNotReadable: when it is not what the card wrote.
    """
    try:
        as_read = json.loads(form.get(READ, ""))
    except (ValueError, RecursionError):
        raise CardNotReadable from None
    if not isinstance(as_read, dict) or as_read.keys() != fields.captions.keys():
        raise CardNotReadable
    if not all(isinstance(value, str) and value.isprintable() for value in as_read.values()):
        raise CardNotReadable
    return as_read


def refused(form: CardForm, refusal: RuleRefused, message: str) -> CardForm:
    """The form as it was typed, with the reason at its field."""
    name = form.fields.at_fault(refusal)
    errors = {name: message} if name else {}
    return CardForm(form.fields, form.as_read, printable_card(form.typed), errors)


def on_top_of(form: CardForm, stored: TextCard) -> CardForm:
    """The editor's own changes on top of what somebody else made of the card meanwhile."""
    typed = printable_card(form.typed)
    mine = {name: typed[name] for name in stored if typed[name] != form.as_read[name]}
    meanwhile = changed_fields(form.as_read, stored)
    return CardForm(form.fields, stored, stored | mine, meanwhile=meanwhile)


def printable_card(typed: TextCard) -> TextCard:
    """What can be shown of a card again."""
    return {name: printable(value) for name, value in typed.items()}
