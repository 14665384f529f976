"""Record cards: what the cards of locations, bins and journals share (docs/domain.md 4.5, 12).

Every value is text, as a form carries it: codes in capitals, a switch as Yes or No. So two
editors are told apart by what each one read, and the change log keeps the same words.

This module must never decide what one record may say: that is `set_up_location`, `set_up_bin`,
`set_up_item_journal_batch` and their neighbours.
"""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from scanner_app.access.change_log import log_changes
from scanner_app.access.sign_in import Change
from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import NO, YES, Changes, TextCard, text_of_day
from scanner_app.inventory.typed_fields import (
    VALUE_SHOWN_MAX,
    read_code,
    read_day_or_none,
    read_text,
)
from scanner_app.quantities import ONE, parse_quantity, parse_signed_quantity, to_base
from scanner_app.warehouse.record_refusals import (
    ChoiceUnknown,
    EntryNoNotReadable,
    NameMissing,
    NameNotInAddress,
    WholeNumberNotReadable,
)

RANKING_MAX = 999_999_999


class FieldKind(enum.Enum):
    """How a field is typed and read."""

    DESCRIPTION = enum.auto()
    CODE = enum.auto()
    NUMBER = enum.auto()
    SWITCH = enum.auto()
    CHOICE = enum.auto()
    DAY = enum.auto()
    SIGNED_QUANTITY = enum.auto()
    QUANTITY = enum.auto()
    OPTIONAL_QUANTITY = enum.auto()
    ENTRY_NO = enum.auto()


_EMPTY_STAYS = frozenset(
    {
        FieldKind.DESCRIPTION,
        FieldKind.CODE,
        FieldKind.DAY,
        FieldKind.ENTRY_NO,
        FieldKind.OPTIONAL_QUANTITY,
    }
)


@dataclass(frozen=True)
class CardField:
    """One field of a card.

    Attributes:
        caption: its name on the card, in refusals and in the change log.
        specifies: what it means, in one sentence.
        length: how many characters it holds.
        tab: the part of the card where it stands.
        choices: the fixed values it may have, where there are such.
        is_name: whether it says which record it is, and stays.
        is_record: whether it names another record, whose id the row keeps.
        when_new: whether the card of a new record asks for it.
    """

    name: str
    caption: str
    specifies: str
    kind: FieldKind
    length: int = 100
    tab: str = "general"
    choices: type[enum.StrEnum] | None = None
    is_name: bool = False
    is_record: bool = False
    when_new: bool = True

    @cached_property
    def may_be_empty(self) -> bool:
        """Whether nothing typed is kept as nothing; most cells of a workbook are so."""
        return self.choices is None and self.kind in _EMPTY_STAYS

    @property
    def is_switch(self) -> bool:
        """Whether it is Yes or No."""
        return self.kind is FieldKind.SWITCH

    @property
    def is_day(self) -> bool:
        """Whether it is a day of the calendar."""
        return self.kind is FieldKind.DAY


Fields = tuple[CardField, ...]


def captions_of(fields: Fields) -> dict[str, str]:
    """The captions by name, in the order of the card."""
    return {field.name: field.caption for field in fields}


def switches_of(fields: Fields) -> frozenset[str]:
    """The names of the switches."""
    return frozenset(field.name for field in fields if field.is_switch)


def blank_card(fields: Fields) -> TextCard:
    """What the card of a new record says before anything is typed."""
    blanks = {FieldKind.SWITCH: NO, FieldKind.NUMBER: "0"}
    return {field.name: blanks.get(field.kind, "") for field in fields}


def card_of(fields: Fields, row: object, named: TextCard) -> TextCard:
    """What the card of a record says; `named` are the codes of the records that it names."""
    return {
        field.name: named[field.name] if field.is_record else _as_text(getattr(row, field.name))
        for field in fields
    }


def read_card(fields: Fields, typed: TextCard) -> TextCard:
    """Return what was typed as the card keeps it.

    Raises:
        FieldTooLong, FieldNotReadable: for a code or description.
        WholeNumberNotReadable: for a ranking.
        ChoiceUnknown: for a value that is not offered.
    """
    card, faults = read_each(fields, typed)
    if faults:
        raise faults[0]
    return card


def read_each(fields: Fields, typed: TextCard) -> tuple[TextCard, list[RuleRefused]]:
    """What was typed as the card keeps it, and why that cannot be, field by field.

    A field that cannot be read stays as it was typed.
    """
    card, faults = dict(typed), []
    for field in fields:
        try:
            card[field.name] = _read(field, typed[field.name])
        except RuleRefused as fault:
            faults.append(fault)
    return {field.name: card[field.name] for field in fields}, faults


def read_name(typed: str, length: int, caption: str = "Code") -> str:
    """Return the code or name of a new record.

    Raises:
        NameMissing: when nothing was typed.
        NameNotInAddress: for a code that no address can name.
        FieldTooLong, FieldNotReadable: for what is no code.
    """
    code = read_code(caption, typed, length)
    if not code:
        raise NameMissing(field=caption, length=length)
    check_in_address(code)
    return code


def check_in_address(code: str) -> None:
    """Refuse a code that the address of a card cannot name.

    Raises:
        NameNotInAddress: for such a one.
    """
    if "/" in code or not any(character.isalnum() for character in code):
        raise NameNotInAddress(code=code)


def write_card(fields: Fields, row: object, card: TextCard) -> None:
    """Let the record say what its card says, but for the records it names; the caller checked."""
    for field in fields:
        if not field.is_record:
            setattr(row, field.name, _as_value(field, card[field.name]))


def log_card(
    session: Session,
    table: str,
    record_name: str,
    change: Change,
    changes: Iterable[tuple[str, str, str]],
) -> None:
    """Write each change of a field, given as caption, old and new value, to the change log."""
    log_changes(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=table,
        record_name=record_name,
        changes={caption: (old, new) for caption, old, new in changes},
    )


def by_caption(fields: Fields, changes: Changes) -> list[tuple[str, str, str]]:
    """Changes as the change log names them."""
    captions = captions_of(fields)
    return [(captions[name], old, new) for name, (old, new) in changes.items()]


def _read(field: CardField, typed: str) -> str:
    if not typed and field.may_be_empty:
        return ""
    if field.choices is not None and typed not in list(field.choices):
        raise ChoiceUnknown(field=field.caption, typed=typed[:VALUE_SHOWN_MAX])
    return _READERS[field.kind](field, typed)


def _read_day(field: CardField, typed: str) -> str:
    return text_of_day(read_day_or_none(field.caption, typed))


def _read_number(field: CardField, typed: str) -> str:
    digits = typed.strip() or "0"
    if not (digits.isascii() and digits.isdigit()) or int(digits[:20]) > RANKING_MAX:
        raise WholeNumberNotReadable(field=field.caption, typed=typed[:VALUE_SHOWN_MAX])
    return str(int(digits))


def _read_quantity(typed: str) -> str:
    return f"{to_base(parse_quantity(typed), ONE):f}"


def _read_entry_no(field: CardField, typed: str) -> str:
    digits = typed.strip()
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= field.length):
        raise EntryNoNotReadable(field=field.caption, typed=typed[:VALUE_SHOWN_MAX])
    return str(int(digits)) if digits else ""


_READERS: dict[FieldKind, Callable[[CardField, str], str]] = {
    FieldKind.DESCRIPTION: lambda field, typed: read_text(field.caption, typed, field.length),
    FieldKind.CODE: lambda field, typed: read_code(field.caption, typed, field.length),
    FieldKind.NUMBER: _read_number,
    FieldKind.SWITCH: lambda _, typed: YES if typed == YES else NO,
    FieldKind.CHOICE: lambda _, typed: typed,
    FieldKind.DAY: _read_day,
    FieldKind.SIGNED_QUANTITY: lambda _, typed: f"{parse_signed_quantity(typed):f}",
    FieldKind.QUANTITY: lambda _, typed: f"{parse_quantity(typed):f}",
    FieldKind.ENTRY_NO: _read_entry_no,
    FieldKind.OPTIONAL_QUANTITY: lambda _, typed: _read_quantity(typed) if typed.strip() else "",
}


def _as_text(value: Any) -> str:  # noqa: ANN401 - of columns of several types
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def _as_value(field: CardField, text_: str) -> object:
    if field.kind is FieldKind.SWITCH:
        return text_ == YES
    if field.kind is FieldKind.NUMBER:
        return int(text_)
    return field.choices(text_) if field.choices is not None else text_
