"""A card in its form: what it was read as, what was typed, and what is wrong with it.

The form carries what its editor read, so that two editors are told apart by what each one saw
and nothing that was typed is lost.

This module must never know what the fields mean, nor decide what a card may say.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from scanner_app.inventory.description import DESCRIPTION_LENGTH
from scanner_app.inventory.text_card import NO, YES, Changes, TextCard, changed_fields
from scanner_app.web.cards import CardNotReadable, printable
from scanner_app.web.last_changes import value_in_words
from scanner_app.web.texts import gettext

TYPED_MAX = 5 * DESCRIPTION_LENGTH
READ = "read"


@dataclass(frozen=True)
class EditedCard:
    """What a card is drawn from; `errors` are sentences by the name of their field.

    Attributes:
        meanwhile: what somebody else changed after the card was read, before and after.
    """

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


def read_fields(
    form: Mapping[str, str], names: Collection[str], switches: Collection[str]
) -> TextCard:
    """What was typed; a browser does not send a switch that is off."""
    typed = {name: form.get(name, "")[:TYPED_MAX] for name in names}
    return typed | {name: YES if name in form else NO for name in switches}


def read_edited(
    form: Mapping[str, str],
    names: Collection[str],
    switches: Collection[str],
    kept: Collection[str],
) -> EditedCard:
    """What was typed and what its editor had read; the fields that are kept cannot be typed.

    Raises:
        CardNotReadable: when what was read is not what the card wrote.
    """
    try:
        as_read = json.loads(form.get(READ, ""))
    except (ValueError, RecursionError):
        raise CardNotReadable from None
    if not isinstance(as_read, dict) or as_read.keys() != set(names):
        raise CardNotReadable
    if not all(isinstance(value, str) and value.isprintable() for value in as_read.values()):
        raise CardNotReadable
    typed = read_fields(form, names, switches)
    return EditedCard(as_read, typed | {name: as_read[name] for name in kept})


def with_error(card: EditedCard, name: str, message: str) -> EditedCard:
    """The card as it was typed, with the reason at its field, where one is at fault."""
    errors = {name: message} if name else {}
    return EditedCard(card.as_read, printable_card(card.typed), errors)


def on_top_of(card: EditedCard, stored: TextCard) -> EditedCard:
    """The editor's own changes on top of what somebody else made of the card meanwhile."""
    typed, as_read = printable_card(card.typed), card.as_read
    mine = {name: typed[name] for name in stored if typed[name] != as_read[name]}
    return EditedCard(stored, stored | mine, meanwhile=changed_fields(as_read, stored))


def meanwhile_rows(card: EditedCard, captions: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The fields that somebody else changed, in the reader's language."""
    return [
        (gettext(captions[name]), value_in_words(old), value_in_words(new))
        for name, (old, new) in card.meanwhile.items()
    ]


def printable_card(typed: TextCard) -> TextCard:
    """What can be shown of a card again."""
    return {name: printable(value) for name, value in typed.items()}
