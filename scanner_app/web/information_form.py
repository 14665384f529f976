"""The form of an information card: the fields of its kind, and the field a refusal is about.

This module must never decide what a card may say.
"""

from collections.abc import Mapping

from scanner_app.errors import RuleRefused
from scanner_app.inventory.information_card import KEY_FIELDS, blank_card, captions_of
from scanner_app.inventory.information_refusals import InformationTaken
from scanner_app.inventory.text_card import TextCard
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.web.cards import printable
from scanner_app.web.edited_card import (
    TYPED_MAX,
    EditedCard,
    read_edited,
    read_fields,
    with_error,
)

SWITCHES = ("blocked",)


def read_typed(form: Mapping[str, str], kind: NumberKind) -> TextCard:
    """What was typed on a new card."""
    return read_fields(form, captions_of(kind), SWITCHES)


def read_form(form: Mapping[str, str], kind: NumberKind) -> EditedCard:
    """What was typed, and what its editor had read.

    Raises:
        CardNotReadable: when the latter is not what the card wrote.
    """
    return read_edited(form, captions_of(kind), SWITCHES, kept=KEY_FIELDS)


def prefilled_card(asked: Mapping[str, str], kind: NumberKind) -> TextCard:
    """A new card with the item and number that a link names."""
    given = {name: printable(asked.get(name, "")[:TYPED_MAX]) for name in KEY_FIELDS}
    return blank_card(kind) | given


def refused(card: EditedCard, kind: NumberKind, refusal: RuleRefused, message: str) -> EditedCard:
    """The card as it was typed, with the reason at its field."""
    names = {caption: name for name, caption in captions_of(kind).items()}
    at_fault = str(refusal.parameters.get("field", "")) or refusal.field
    name = "number" if isinstance(refusal, InformationTaken) else names.get(at_fault, "")
    return with_error(card, name, message)
