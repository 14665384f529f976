"""What a person typed into one field of several, and at which of them a reading was refused.

This module must never read a quantity: those have decimals and a precision.
"""

from collections.abc import Callable
from typing import TypeVar

from scanner_app.errors import RuleRefused
from scanner_app.quantities import QuantityNotReadable, parse_quantity

Read = TypeVar("Read")


def at_field(at: str, read: Callable[[str], Read], typed: str) -> Read:
    """Read a field; where that is refused, the refusal names the field in the parameter `at`."""
    try:
        return read(typed)
    except RuleRefused as refusal:
        refusal.parameters["at"] = at
        raise


def read_whole_number(typed: str, maximum: int) -> int | None:
    """Return a whole number from 1 to the maximum, None for anything else."""
    try:
        number = parse_quantity(typed)
    except QuantityNotReadable:
        return None
    is_whole = number == number.to_integral_value()
    return int(number) if is_whole and 1 <= number <= maximum else None
