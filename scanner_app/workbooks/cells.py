"""Cells: their names as a person reads them, and what may stand in one.

This module must never turn one kind of value into another: `cell_text.py` decides that.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

SHOWN_MAX = 40
_LETTERS = 26


@dataclass(frozen=True)
class FormulaCell:
    """A cell whose content is calculated, with the text of its last result."""

    shown: str


@dataclass(frozen=True)
class ErrorCell:
    """A cell that holds an error of the spreadsheet, such as #N/A."""

    shown: str


# A datetime is a date and a bool an int: whoever distinguishes asks for the narrower one first.
CellValue = str | bool | int | float | datetime | date | time | timedelta | FormulaCell | ErrorCell


def cell_name(row_no: int, column_no: int) -> str:
    """Return the name of a cell, both numbers counted from 1 (12 and 6 are F12)."""
    return f"{column_letters(column_no)}{row_no}"


def column_letters(column_no: int) -> str:
    """Return the letters above a column, counted from 1 (28 is AB)."""
    letters = ""
    while column_no:
        column_no, place = divmod(column_no - 1, _LETTERS)
        letters = chr(ord("A") + place) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column from its capital letters (AB is 28)."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def shown(value: CellValue) -> str:
    """Return what a person sees in the cell, cut to 40 characters."""
    return _whole_text(value)[:SHOWN_MAX]


def _whole_text(value: CellValue) -> str:
    if isinstance(value, FormulaCell | ErrorCell):
        return value.shown
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return plain_number(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return str(value)


def plain_number(number: float) -> str:
    """Return a number as decimal digits without an exponent or trailing zeros (12.5, not 1.25E+1).

    What is no number at all (infinity) is returned by its name.
    """
    exact = Decimal(repr(number))
    if not exact.is_finite():
        return str(exact)
    text = format(exact, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
