"""The form of a number series: what it was read as, what was typed, and what is wrong with it.

The form carries what its editor read, so that two editors are told apart by what each one saw
and nothing that was typed is lost. A line whose Remove is ticked is left out of what was typed.

This module must never decide what a card may say.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from scanner_app.errors import RuleRefused
from scanner_app.inventory.number_series_card import (
    CAPTIONS,
    LINE_CAPTIONS,
    NEW_LINE,
    blank_line,
    caption_on,
    changed_fields,
    flat_line,
    flat_name,
    line_keys,
    line_on,
)
from scanner_app.inventory.text_card import NO, YES, Changes, TextCard, day_of
from scanner_app.web.card_form import printable_card
from scanner_app.web.cards import CardNotReadable
from scanner_app.web.last_changes import value_in_words
from scanner_app.web.texts import gettext

T = TypeVar("T")

TYPED_MAX = 500
READ = "read"
REMOVE = "remove"
SWITCHES = ("default_nos", "manual_nos")
KEY_OF_LINE = re.compile(r"[0-9]{1,18}", re.ASCII)
# What somebody types who wants a new line; the other fields of it are filled in already.
TYPED_OF_NEW_LINE = ("starting_date", "starting_no", "ending_no", "warning_no", "last_no_used")


@dataclass(frozen=True)
class LineForm:
    """One line as the card shows it.

    Attributes:
        begins: from when it gives the numbers as it is kept; None for a new one.
        errors: sentences by the name of their field.
        meanwhile: what somebody else changed after the card was read, before and after.
    """

    key: str
    begins: date | None
    typed: TextCard
    errors: dict[str, str]
    meanwhile: Changes
    is_removed: bool

    @property
    def is_new(self) -> bool:
        """Whether the line is not there yet."""
        return self.begins is None

    @property
    def allows_gaps(self) -> bool:
        """Whether the switch Allow Gaps in Nos. is on."""
        return self.typed["allow_gaps"] == YES


@dataclass(frozen=True)
class NumberSeriesForm:
    """What the card is drawn from; `errors` are sentences by the name of their field."""

    as_read: TextCard
    typed: TextCard
    errors: dict[str, str] = field(default_factory=dict)
    meanwhile: Changes = field(default_factory=dict)

    @property
    def meanwhile_rows(self) -> list[tuple[str, str, str]]:
        """The fields that somebody else changed, in the reader's language."""
        return [
            (
                caption_in_words(caption_on(self.as_read, name)),
                value_in_words(old),
                value_in_words(new),
            )
            for name, (old, new) in self.meanwhile.items()
        ]

    @property
    def read(self) -> str:
        """What its editor read, as a hidden field carries it."""
        return json.dumps(self.as_read)

    @property
    def is_default(self) -> bool:
        """Whether the switch Default Nos. is on."""
        return self.typed["default_nos"] == YES

    @property
    def is_manual(self) -> bool:
        """Whether the switch Manual Nos. is on."""
        return self.typed["manual_nos"] == YES

    @property
    def lines(self) -> list[LineForm]:
        """The lines that are there, and last a blank one for a new line."""
        keys = [key for key in line_keys(self.as_read) if key != NEW_LINE]
        return [self._line(key) for key in (*keys, NEW_LINE)]

    def _line(self, key: str) -> LineForm:
        is_typed = flat_name(key, "starting_no") in self.typed
        kept = blank_line() if key == NEW_LINE else line_on(self.as_read, key)
        return LineForm(
            key=key,
            begins=day_of(kept["starting_date"]),
            typed=line_on(self.typed, key) if is_typed else kept,
            errors=_of_line(self.errors, key),
            meanwhile=_of_line(self.meanwhile, key),
            is_removed=not is_typed and key != NEW_LINE,
        )


def read_form(form: Mapping[str, str]) -> NumberSeriesForm:
    """What was typed, and what its editor had read.

    Raises:
        CardNotReadable: when the latter is not what the card wrote.
    """
    try:
        as_read = json.loads(form.get(READ, ""))
    except (ValueError, RecursionError):
        raise CardNotReadable from None
    if not isinstance(as_read, dict) or not _is_card(as_read):
        raise CardNotReadable
    return NumberSeriesForm(as_read, _read_typed(form, as_read))


def refused(form: NumberSeriesForm, refusal: RuleRefused, message: str) -> NumberSeriesForm:
    """The form as it was typed, with the reason at its field."""
    by_caption = {caption: name for name, caption in CAPTIONS.items()}
    name = str(refusal.parameters.get("at", "")) or by_caption.get(refusal.field, "")
    errors = {name: message} if name else {}
    return NumberSeriesForm(form.as_read, printable_card(form.typed), errors)


def on_top_of(form: NumberSeriesForm, stored: TextCard) -> NumberSeriesForm:
    """The editor's own changes on top of what somebody else made of the card meanwhile.

    A line that is gone takes what was typed in it along.
    """
    typed, as_read = printable_card(form.typed), form.as_read
    gone = {key for key in line_keys(as_read) if key not in line_keys(stored)}
    mine = {
        name: value
        for name, value in typed.items()
        if value != as_read.get(name) and name.split(".")[0] not in gone
    }
    removed = {key for key in line_keys(as_read) if key not in line_keys(typed)}
    kept = {name: value for name, value in stored.items() if name.split(".")[0] not in removed}
    return NumberSeriesForm(stored, kept | mine, meanwhile=changed_fields(as_read, stored))


def caption_in_words(caption: str) -> str:
    """A caption in the reader's language; that of a line begins with its Starting Date."""
    starting_date, _, own = caption.partition(" ")
    if own in LINE_CAPTIONS.values():
        return f"{starting_date} {gettext(own)}"
    return gettext(caption)


def _is_card(as_read: Mapping[object, object]) -> bool:
    """Whether every field of the card is there, and all fields of each of its lines."""
    keys = {str(name).split(".")[0] for name in as_read} - CAPTIONS.keys()
    names = {*CAPTIONS, *(flat_name(key, name) for key in keys for name in LINE_CAPTIONS)}
    texts = all(isinstance(value, str) and value.isprintable() for value in as_read.values())
    if not (texts and as_read.keys() == names and all(map(KEY_OF_LINE.fullmatch, keys))):
        return False
    return all(_is_day(str(as_read[flat_name(key, "starting_date")])) for key in keys)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _read_typed(form: Mapping[str, str], as_read: TextCard) -> TextCard:
    """A browser does not send a switch that is off."""
    typed = {name: form.get(name, "")[:TYPED_MAX] for name in CAPTIONS} | {"code": as_read["code"]}
    typed |= {name: YES if name in form else NO for name in SWITCHES}
    for key in line_keys(as_read):
        if flat_name(key, REMOVE) not in form:
            typed |= _typed_line(form, key)
    new_line = _typed_line(form, NEW_LINE)
    if any(new_line[flat_name(NEW_LINE, name)].strip() for name in TYPED_OF_NEW_LINE):
        typed |= new_line
    return typed


def _typed_line(form: Mapping[str, str], key: str) -> TextCard:
    line = {name: form.get(flat_name(key, name), "")[:TYPED_MAX] for name in LINE_CAPTIONS}
    allows_gaps = flat_name(key, "allow_gaps") in form
    return flat_line(key, line | {"allow_gaps": YES if allows_gaps else NO})


def _of_line(texts: dict[str, T], key: str) -> dict[str, T]:
    start = f"{key}."
    return {
        name.removeprefix(start): text for name, text in texts.items() if name.startswith(start)
    }
