"""Counted number: a number whose last run of digits is counted up (docs/domain.md 2.8).

The text before and after these digits is the shape of the number. Numbers of one shape compare by
their digits, so that L10 comes after L9 and A-10-B after A-9-B.

This module must never know where a number comes from.
"""

import re
from dataclasses import dataclass

from scanner_app.errors import N_, RuleRefused

_LAST_DIGITS = re.compile(r"(.*?)([0-9]+)([^0-9]*)", re.ASCII)


class NumberCannotBeCounted(RuleRefused):
    """A number without digits cannot be counted up."""

    message = N_("“{number}” holds no digits, so no number follows it.")
    way_out = N_("Start from a number that ends in digits, such as {number}1.")
    field = "No. Series"


@dataclass(frozen=True)
class CountedNumber:
    """A number in its parts.

    Attributes:
        head: the text before the counted digits.
        count: what the digits say.
        width: how many digits are written at least; leading zeros fill them up.
        tail: the text after the counted digits.
    """

    head: str
    count: int
    width: int
    tail: str

    @property
    def shape(self) -> tuple[str, str]:
        """What numbers that follow each other have in common."""
        return (self.head, self.tail)

    def at(self, count: int) -> str:
        """The number of this shape that says so much."""
        return f"{self.head}{count:0{self.width}d}{self.tail}"


def read_counted(number: str) -> CountedNumber:
    """Return the parts of a number.

    Raises:
        NumberCannotBeCounted: when it holds no digits.
    """
    parts = _LAST_DIGITS.fullmatch(number)
    if parts is None:
        raise NumberCannotBeCounted(number=number)
    head, digits, tail = parts.groups()
    return CountedNumber(head, int(digits), len(digits), tail)


def following_number(number: str, increment_by: int = 1) -> str:
    """Count up the last run of digits in a number, keeping its leading zeros.

    Raises:
        NumberCannotBeCounted: when it holds no digits.
    """
    counted = read_counted(number)
    return counted.at(counted.count + increment_by)


def counted_numbers(first: str, increment_by: int, quantity: int) -> list[str]:
    """So many numbers from the first on, that one included.

    Raises:
        NumberCannotBeCounted: when the first holds no digits.
    """
    counted = read_counted(first)
    return [counted.at(counted.count + step * increment_by) for step in range(quantity)]
