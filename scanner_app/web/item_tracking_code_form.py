"""The form of an item tracking code's card: what it was read as, what it showed, what was typed.

A browser sends neither a locked switch nor one that is off, so the form carries both besides:
`read-` is what the editor opened, and `shown-` the draft that the rules last agreed to.

This module must never decide what follows from an edit.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_tracking_code_fields import (
    FIELDS,
    NAMES_BY_CAPTION,
    FastTab,
    FieldValue,
    Values,
)
from scanner_app.inventory.item_tracking_code_setup import locked_fields
from scanner_app.web.cards import CardNotReadable
from scanner_app.web.texts import printable

NAMES_BY_DOMAIN_FIELD = {"Date Formula": "warranty_date_formula"}
TYPED_MAX = 1000


@dataclass(frozen=True)
class CardForm:
    """What an editor sent.

    Attributes:
        as_read: what the card said when the editor opened it.
        shown: the draft before these edits.
        edits: every field that can be edited, as it stands now.
    """

    as_read: Values
    shown: Values
    edits: Values

    @property
    def typed(self) -> Values:
        """The draft as the editor left it."""
        return {
            name: printable(value) if isinstance(value, str) else value
            for name, value in (self.shown | self.edits).items()
        }


@dataclass(frozen=True)
class CardState:
    """What the card is drawn from.

    Attributes:
        errors: sentences by the name of their field.
        meanwhile: what somebody else changed after the card was read, before and after.
    """

    as_read: Values
    shown: Values
    typed: Values
    errors: dict[str, str] = field(default_factory=dict)
    meanwhile: dict[str, tuple[FieldValue, FieldValue]] = field(default_factory=dict)


def names_of_tab(tab: FastTab) -> list[str]:
    """The fields of one part of the card."""
    return [name for name, field in FIELDS.items() if field.tab is tab]


def read_card_form(form: Mapping[str, str]) -> CardForm:
    """Read all parts of the card.

    Raises:
        CardNotReadable: when a part is missing or is not what the card wrote.
    """
    as_read: Values = {}
    shown: Values = {}
    for tab in FastTab:
        as_read |= _read_values(form.get(f"read-{tab}", ""), tab)
        shown |= _read_values(form.get(f"shown-{tab}", ""), tab)
    locked = locked_fields(shown)
    edits: Values = {}
    for name, described in FIELDS.items():
        if described.is_text:
            edits[name] = form.get(name, str(shown[name]))[:TYPED_MAX]
        elif name in form or name not in locked:
            edits[name] = name in form
    return CardForm(as_read, shown, edits)


def write_values(values: Values, tab: FastTab) -> str:
    """The values of one part as a hidden field carries them."""
    return json.dumps({name: values[name] for name in names_of_tab(tab)})


def field_at_fault(refusal: RuleRefused) -> str:
    """The name of the field that a refusal is about, '' when it is about none of the card."""
    said = str(refusal.parameters.get("field", "")) or refusal.field
    return NAMES_BY_CAPTION.get(said) or NAMES_BY_DOMAIN_FIELD.get(said, "")


def _read_values(text: str, tab: FastTab) -> Values:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise CardNotReadable from None
    names = names_of_tab(tab)
    if not isinstance(found, dict) or found.keys() != set(names):
        raise CardNotReadable
    if not all(_fits(FIELDS[name].is_text, found[name]) for name in names):
        raise CardNotReadable
    return found


def _fits(is_text: bool, value: object) -> bool:  # noqa: FBT001 - asked of each field
    if is_text:
        return isinstance(value, str) and value.isprintable()
    return isinstance(value, bool)
