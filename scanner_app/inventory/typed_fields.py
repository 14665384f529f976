"""What a person typed into one field of several, and at which of them a reading was refused.

The refusals name the field in a parameter, because many cards and lines share them.

This module must never read a quantity: those have decimals and a precision.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from scanner_app.errors import N_, RuleRefused
from scanner_app.quantities import QuantityNotReadable, parse_quantity
from scanner_app.records import CodeNotReadable, CodeTooLong, to_code

VALUE_SHOWN_MAX = 40

Read = TypeVar("Read")


class FieldTooLong(RuleRefused):
    """What was typed does not fit its field."""

    message = N_("{field} has more than {length} characters.")
    way_out = N_("Shorten what you typed.")


class FieldNotReadable(RuleRefused):
    """What was typed holds characters that nobody sees."""

    message = N_("{field} holds a character that cannot be printed or seen.")
    way_out = N_("Type it again.")


class DateNotReadable(RuleRefused):
    """What was typed as a date is not one."""

    message = N_("{field}: “{typed}” is not a date.")
    way_out = N_("Choose the day, or type it as year, month and day, such as 2026-12-31.")


def at_field(at: str, read: Callable[[str], Read], typed: str) -> Read:
    """Read a field; where that is refused, the refusal names the field in the parameter `at`."""
    try:
        return read(typed)
    except RuleRefused as refusal:
        refusal.parameters["at"] = at
        raise


def read_code(field: str, typed: str, length: int) -> str:
    """Return what was typed as codes are kept.

    Raises:
        FieldTooLong, FieldNotReadable: with the caption of the field.
    """
    try:
        return to_code(typed, length)
    except CodeTooLong as fault:
        raise FieldTooLong(field=field, length=length) from fault
    except CodeNotReadable as fault:
        raise FieldNotReadable(field=field) from fault


def read_text(field: str, typed: str, length: int) -> str:
    """Return words without blanks around them.

    Raises:
        FieldTooLong, FieldNotReadable: with the caption of the field.
    """
    text = typed.strip()
    if not text.isprintable():
        raise FieldNotReadable(field=field)
    if len(text) > length:
        raise FieldTooLong(field=field, length=length)
    return text


def read_day(field: str, typed: str) -> date:
    """Return the day that was typed.

    Raises:
        DateNotReadable: for what is no day of the calendar, with the caption of the field.
    """
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise DateNotReadable(field=field, typed=typed[:VALUE_SHOWN_MAX]) from None


def read_day_or_none(field: str, typed: str) -> date | None:
    """Return the day that was typed, None for nothing; refusals as `read_day`."""
    return read_day(field, typed) if typed.strip() else None


def read_whole_number(typed: str, maximum: int) -> int | None:
    """Return a whole number from 1 to the maximum, None for anything else."""
    try:
        number = parse_quantity(typed)
    except QuantityNotReadable:
        return None
    is_whole = number == number.to_integral_value()
    return int(number) if is_whole and 1 <= number <= maximum else None
