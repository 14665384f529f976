"""GS1 element strings: application identifiers and their values (GS1 General Specifications 3).

The rules of each identifier (length, characters, whether a separator must follow) are biip's,
and this is the only module that imports it, on the first GS1 message: the import takes longer
than a hundred scans without GS1.

This module must never accept a GTIN, SSCC or date that cannot be right, and never split a
message at a guess.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from scanner_app.barcodes.clean_text import GROUP_SEPARATOR, printable
from scanner_app.barcodes.plain_codes import CheckDigitWrong, has_right_check_digit, is_digits
from scanner_app.errors import N_, RuleRefused

if TYPE_CHECKING:
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier

SSCC = "00"
GTIN = "01"
CONTENT = "02"
LOT = "10"
PRODUCTION_DATE = "11"
BEST_BEFORE_DATE = "15"
EXPIRATION_DATE = "17"
SERIAL = "21"
COUNT = "30"
COUNT_OF_CONTENT = "37"

_WITH_CHECK_DIGIT = frozenset({SSCC, GTIN, CONTENT, "03"})
_DATES = frozenset({PRODUCTION_DATE, "12", "13", BEST_BEFORE_DATE, "16", EXPIRATION_DATE})
_BRACKET = re.compile(r"\(([0-9]{2,4})\)", re.ASCII)


class GS1NotReadable(RuleRefused):
    """A message that is GS1 by its symbol or brackets breaks off at a place."""

    message = N_("The GS1 label cannot be read from “{rest}” on.")
    way_out = N_("Scan another code on the label, or type the numbers printed on it.")


class GS1DateWrong(RuleRefused):
    """A date of a GS1 label is no day of the calendar."""

    message = N_("“{value}” in ({ai}) of the GS1 label is not a date.")
    way_out = N_("Read the date printed on the label and type it.")
    field = "Expiration Date"


class GS1ValuesContradict(RuleRefused):
    """A GS1 label names two values for the same thing."""

    message = N_("The GS1 label holds both “{first}” and “{second}” for ({ai}).")
    way_out = N_("Scan another code on the label, or type the number.")


@dataclass(frozen=True)
class ElementString:
    """One application identifier with its value; `ai` is "" for what no identifier starts."""

    ai: str
    value: str


def split_message(message: str) -> tuple[ElementString, ...]:
    """Return the element strings of a message with U+001D as separator.

    What starts with no known identifier is kept up to the next separator, with a blank `ai`.

    Raises:
        GS1NotReadable: for a value too long, too short or of wrong characters.
        CheckDigitWrong: for a GTIN or SSCC.
    """
    elements = []
    rest = message.strip(GROUP_SEPARATOR)
    while rest:
        element, rest = _take_element(rest)
        elements.append(element)
        rest = rest.lstrip(GROUP_SEPARATOR)
    return _without_repetition(elements)


def is_bracketed(text: str) -> bool:
    """Say whether the text starts with a GS1 application identifier in brackets."""
    opening = _BRACKET.match(text)
    return opening is not None and is_identifier(opening[1])


def split_bracketed(text: str) -> tuple[ElementString, ...]:
    """Return the element strings of a text such as `(01)09521234019008(10)LOT0001`.

    Raises:
        GS1NotReadable, CheckDigitWrong: as `split_message`.
    """
    openings = [m for m in _BRACKET.finditer(text) if is_identifier(m[1])]
    ends = [opening.start() for opening in openings[1:]] + [len(text)]
    return split_pairs(
        (opening[1], text[opening.end() : end].strip(f" {GROUP_SEPARATOR}"))
        for opening, end in zip(openings, ends, strict=True)
    )


def split_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[ElementString, ...]:
    """Return known application identifiers and their values as checked element strings.

    Raises:
        GS1NotReadable, CheckDigitWrong: as `split_message`.
    """
    return _without_repetition([_check_element(ai, value) for ai, value in pairs])


def is_identifier(ai: str) -> bool:
    """Say whether the standard knows exactly this application identifier."""
    identifier = _identifier_at(ai)
    return identifier is not None and identifier.ai == ai


def to_date(element: ElementString, today: date) -> date:
    """Return the day of a GS1 date YYMMDD: day 00 is the last day of the month.

    The century is the one that puts the year within 49 years before and 50 years after today
    (GS1 General Specifications 7.12).

    Raises:
        GS1DateWrong: when it is no day of the calendar.
    """
    short_year, month, day = (int(element.value[at : at + 2]) for at in (0, 2, 4))
    year = today.year - 49 + (short_year - (today.year - 49)) % 100
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError as fault:
        raise GS1DateWrong(ai=element.ai, value=element.value) from fault


def is_date(element: ElementString) -> bool:
    """Say whether the value of the element string is a date YYMMDD."""
    return element.ai in _DATES


def join_message(elements: Iterable[ElementString]) -> str:
    """Return the message that a symbol carries, U+001D after each value that needs it."""
    message = ""
    for element in elements:
        identifier = _identifier_at(element.ai)
        separated = identifier is not None and identifier.separator_required
        message += f"{element.ai}{element.value}{GROUP_SEPARATOR if separated else ''}"
    return message.removesuffix(GROUP_SEPARATOR)


def to_bracketed(elements: Iterable[ElementString]) -> str:
    """Return the element strings as they are printed for people."""
    return "".join(f"({element.ai}){element.value}" for element in elements)


@lru_cache(maxsize=1024)
def _identifier_at(start: str) -> "GS1ApplicationIdentifier | None":
    """Return the identifier that the first four characters of a message start with."""
    from biip import ParseError  # noqa: PLC0415 - see the module docstring
    from biip.gs1_application_identifiers import (  # noqa: PLC0415 - the same
        GS1ApplicationIdentifier,
    )

    try:
        return GS1ApplicationIdentifier.extract(start)
    except ParseError:
        return None


def _take_element(rest: str) -> tuple[ElementString, str]:
    """Return the first element string and what follows it."""
    until_separator, _, after = rest.partition(GROUP_SEPARATOR)
    identifier = _identifier_at(rest[:4])
    if identifier is None:
        return ElementString("", until_separator), after
    found = re.match(identifier.pattern.removesuffix("$"), until_separator, re.ASCII)
    if found is None:
        raise _not_readable(identifier.ai, until_separator[len(identifier.ai) :])
    if identifier.separator_required and found.end() != len(until_separator):
        raise GS1NotReadable(rest=printable(rest[:40]))
    element = _check_element(identifier.ai, until_separator[len(identifier.ai) : found.end()])
    return element, rest[found.end() :]


def _check_element(ai: str, value: str) -> ElementString:
    identifier = _identifier_at(ai)
    if identifier is None or not re.fullmatch(identifier.pattern, f"{ai}{value}", re.ASCII):
        raise _not_readable(ai, value)
    if ai in _WITH_CHECK_DIGIT and not has_right_check_digit(value):
        raise CheckDigitWrong(number=value)
    return ElementString(ai, value)


def _not_readable(ai: str, value: str) -> RuleRefused:
    """Return the refusal of a value that breaks the pattern of its identifier."""
    if ai in _DATES and is_digits(value[:6]):
        return GS1DateWrong(ai=ai, value=value[:6])
    return GS1NotReadable(rest=printable(f"({ai}){value}"[:40]))


def _without_repetition(elements: list[ElementString]) -> tuple[ElementString, ...]:
    values: dict[str, str] = {}
    for element in elements:
        if element.ai and values.setdefault(element.ai, element.value) != element.value:
            raise GS1ValuesContradict(ai=element.ai, first=values[element.ai], second=element.value)
    return tuple(dict.fromkeys(elements))
