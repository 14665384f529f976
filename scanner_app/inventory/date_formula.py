"""Date formulas: `1W`, `CM+30D`, `-WD2`, as Business Central writes them (docs/domain.md 2.6).

A formula is one to three terms, added from left to right to a date: a number and a unit, a unit
and a number, or C and a unit for the end of the current one. Units are D, WD, W, M, Q, Y.

This module must never know a base calendar: working days play no part in warranty or expiration.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from scanner_app.errors import N_, RuleRefused

FORMULA_CHARS_MAX = 20
NUMBER_MAX = 9999
_TERM = re.compile(
    r"([+-]?)(?:C(?P<current>WD|D|W|M|Q|Y)"
    r"|(?P<count>[0-9]{1,4})(?P<unit>WD|D|W|M|Q|Y)"
    r"|(?P<named>WD|D)(?P<number>[0-9]{1,4}))",
    re.ASCII,
)


class DateFormulaNotReadable(RuleRefused):
    """The text is no date formula."""

    message = N_("“{formula}” is not a date formula; it stops making sense at character {place}.")
    way_out = N_("Write it like 1Y, 2W, 30D, CM or CM+1M-10D.")
    field = "Date Formula"


class DateOutOfRange(RuleRefused):
    """The formula leads out of the calendar."""

    message = N_("“{formula}” leads beyond the years 1 to 9999.")
    way_out = N_("Use a smaller number.")
    field = "Date Formula"


def apply_date_formula(formula: str, reference: date) -> date:
    """Return the date that the formula makes of a reference date.

    Raises:
        DateFormulaNotReadable: with the place where reading stopped.
        DateOutOfRange: when no such date exists.
    """
    day = reference
    try:
        for step in read_date_formula(formula):
            day = step(day)
    except (OverflowError, ValueError) as fault:
        raise DateOutOfRange(formula=formula) from fault
    return day


def neutral_formula(typed: str) -> str:
    """A formula as records keep it: in capitals, without the brackets around its stored form."""
    return typed.strip().upper().removeprefix("<").removesuffix(">")


def read_date_formula(formula: str) -> list[Callable[[date], date]]:
    """Return the steps of a formula, in order.

    Raises:
        DateFormulaNotReadable: with the place where reading stopped.
    """
    text = neutral_formula(formula)
    place = 0
    steps: list[Callable[[date], date]] = []
    while place < len(text):
        term = _TERM.match(text, place)
        missing_sign = bool(steps) and (term is None or not term.group(1))
        if term is None or missing_sign or len(steps) == 3 or len(text) > FORMULA_CHARS_MAX:
            raise DateFormulaNotReadable(formula=formula[:40], place=place + 1)
        step = _step(term)
        if step is None:
            raise DateFormulaNotReadable(formula=formula[:40], place=place + 1)
        steps.append(step)
        place = term.end()
    return steps


def _step(term: re.Match[str]) -> Callable[[date], date] | None:
    sign = -1 if term.group(1) == "-" else 1
    if unit := term["current"]:
        return None if unit == "WD" else lambda day: _edge_of_current(day, unit, sign)
    if unit := term["unit"]:
        count = sign * int(term["count"])
        return lambda day: _add(day, count, unit)
    number = int(term["number"])
    if term["named"] == "WD":
        return (lambda day: _weekday(day, number, sign)) if 1 <= number <= 7 else None
    return (lambda day: _day_of_month(day, number, sign)) if 1 <= number <= 31 else None


def _add(day: date, count: int, unit: str) -> date:
    if unit in ("D", "WD"):
        return day + timedelta(days=count)
    if unit == "W":
        return day + timedelta(weeks=count)
    return _add_months(day, count * {"M": 1, "Q": 3, "Y": 12}[unit])


def _add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _edge_of_current(day: date, unit: str, sign: int) -> date:
    """CM is the last day of the month, -CM its first; likewise week, quarter and year."""
    if unit == "D":
        return day
    if unit == "W":
        return day + timedelta(days=7 - day.isoweekday() if sign > 0 else 1 - day.isoweekday())
    months = {"M": 1, "Q": 3, "Y": 12}[unit]
    first_month = (day.month - 1) // months * months + 1
    if sign < 0:
        return date(day.year, first_month, 1)
    last_month = first_month + months - 1
    return date(day.year, last_month, calendar.monthrange(day.year, last_month)[1])


def _weekday(day: date, weekday: int, sign: int) -> date:
    """The next (or former) such weekday; today never counts."""
    distance = sign * (weekday - day.isoweekday()) % 7 or 7
    return day + timedelta(days=sign * distance)


def _day_of_month(day: date, number: int, sign: int) -> date:
    """The next (or former) such day of a month, or the last day of a shorter month."""
    candidate = _in_month(day, number)
    while (candidate - day).days * sign <= 0:
        first_of_neighbour = _add_months(candidate.replace(day=1), sign)
        candidate = _in_month(first_of_neighbour, number)
    return candidate


def _in_month(day: date, number: int) -> date:
    return day.replace(day=min(number, calendar.monthrange(day.year, day.month)[1]))
