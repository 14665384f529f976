"""Texts: the language of a request, and how dates, moments and quantities are written in it.

Every text is English in the code and goes through gettext. English only so far; the language
of a request will be chosen in `_locale`.

This module must never change a value: what it formats is what is stored.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import (  # type: ignore[import-untyped] # it ships no types; only this file asks it
    Babel,
    format_date,
    format_datetime,
    format_decimal,
    get_locale,
)
from flask_babel import gettext as translate

from scanner_app.errors import Parameter
from scanner_app.web.current import time_zone

# The English whose dates read 22 Nov 2026, which nobody takes for another day.
LOCALE = "en_GB"
QUANTITY_PATTERN = "#,##0.#####"
CODE_SEPARATORS = "-/.:_"
WHOLE_CODE_MAX = 12


def initialise_texts(app: Flask) -> None:
    """Give the templates gettext and the filters of this module."""
    Babel(app, default_locale=LOCALE, locale_selector=_locale)
    app.jinja_env.filters.update(
        quantity=format_quantity,
        day=format_day,
        moment=format_moment,
        code_parts=code_parts,
        stays_whole=stays_whole,
    )
    app.jinja_env.globals.update(
        language=lambda: str(get_locale()).replace("_", "-"), decimal_separator=decimal_separator
    )


def gettext(text: str) -> str:
    """The text in the reader's language."""
    return str(translate(text))


def format_quantity(quantity: Decimal | int) -> str:
    """The quantity as the reader writes numbers, with no zeros that say nothing."""
    return _quantity_in(quantity, str(get_locale()))


@lru_cache(maxsize=4096)
def _quantity_in(quantity: Decimal | int, _reader: str) -> str:
    """The same few numbers stand on every page, and writing one takes as long as a query."""
    return str(format_decimal(quantity, QUANTITY_PATTERN))


def decimal_separator() -> str:
    """The key between units and decimals on the keypad of this reader."""
    return format_quantity(Decimal("0.5"))[1]


def format_day(day: date) -> str:
    """The date as the reader writes dates."""
    return str(format_date(day, "medium", rebase=False))


def format_moment(moment: datetime, time_zone: str) -> str:
    """The moment as the clock on the wall of the location shows it."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return str(format_datetime(local, "medium", rebase=False))


def format_parameter(value: Parameter) -> str:
    """A value inside a sentence. Whole numbers may be line numbers and stay as they are.

    What cannot be printed or seen is left out: it was typed, and no page may hold it.
    """
    if isinstance(value, Decimal):
        return format_quantity(value)
    if isinstance(value, datetime):
        return format_moment(value, time_zone())
    if isinstance(value, date):
        return format_day(value)
    return printable(str(value))


def printable(text: str) -> str:
    """What can be shown of a text again: no page may hold a control character."""
    return "".join(character for character in text if character.isprintable())


def stays_whole(code: str) -> bool:
    """Whether a code is so short that a table never wraps it, as a bin: W-02-0401."""
    return len(code) <= WHOLE_CODE_MAX


def code_parts(code: str) -> list[str]:
    """Split a code after its separators, where it may wrap: W-02-0401 is W-, 02-, 0401."""
    parts = [""]
    for character in code:
        parts[-1] += character
        if character in CODE_SEPARATORS:
            parts.append("")
    return [part for part in parts if part]


def _locale() -> str:
    return LOCALE
