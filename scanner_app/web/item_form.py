"""The form of an item's card: its fields, and the field that a refusal is about.

This module must never decide what a card may say.
"""

from collections.abc import Mapping

from scanner_app.errors import RuleRefused
from scanner_app.inventory.date_formula import DateFormulaNotReadable
from scanner_app.inventory.item_card import CAPTIONS
from scanner_app.inventory.text_card import TextCard
from scanner_app.records import CodeNotReadable, CodeTooLong
from scanner_app.web.edited_card import EditedCard, read_edited, read_fields, with_error

FIELD_OF_REFUSAL: dict[type[RuleRefused], str] = {
    DateFormulaNotReadable: "expiration_calculation",
    CodeTooLong: "no",
    CodeNotReadable: "no",
}
SWITCHES = ("blocked",)
NAMES_BY_CAPTION = {caption: name for name, caption in CAPTIONS.items()}


def read_typed(form: Mapping[str, str]) -> TextCard:
    """What was typed on the card of a new item."""
    return read_fields(form, CAPTIONS, SWITCHES)


def read_form(form: Mapping[str, str]) -> EditedCard:
    """What was typed, and what its editor had read.

    Raises:
        CardNotReadable: when the latter is not what the card wrote.
    """
    return read_edited(form, CAPTIONS, SWITCHES, kept=("no",))


def refused(card: EditedCard, refusal: RuleRefused, message: str) -> EditedCard:
    """The card as it was typed, with the reason at its field."""
    name = FIELD_OF_REFUSAL.get(type(refusal)) or NAMES_BY_CAPTION.get(refusal.field, "")
    return with_error(card, name, message)
