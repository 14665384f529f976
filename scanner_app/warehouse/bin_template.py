"""Bin template: the codes that ranges of racks, sections and levels make (docs/domain.md 4.5).

A range counts its digits up and keeps its letters: A01 to A12, or 9 to 11. The codes of all three
are joined with the field separator, racks first.

This module must never ask which bins are there already, nor make one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from scanner_app.errors import N_
from scanner_app.inventory.typed_fields import read_code
from scanner_app.warehouse.bin_refusals import (
    BinCodeTooLong,
    RangeBackwards,
    RangeMissing,
    RangeNotReadable,
    SeparatorNotReadable,
    TooManyBins,
)
from scanner_app.warehouse.record_card import check_in_address

BINS_MAX = 5_000
CODE_LENGTH = 20
# ASCII digits only: others are letters to a person who types, and would not count up.
PARTS = re.compile(r"[0-9]+|[^0-9]+")
RACK, SECTION, LEVEL = N_("Rack"), N_("Section"), N_("Level")


@dataclass(frozen=True)
class Range:
    """The codes of one part from the first to the last, both included."""

    name: str
    first: str
    last: str


@dataclass(frozen=True)
class BinTemplate:
    """What new bins are called; Section and Level may be left out."""

    rack: Range
    section: Range
    level: Range
    separator: str = ""


@dataclass(frozen=True)
class _Counter:
    """A range that was read: what stands before and after the digits that count up."""

    before: str
    after: str
    width: int
    low: int
    high: int

    @property
    def size(self) -> int:
        return self.high - self.low + 1

    @property
    def longest(self) -> str:
        return f"{self.before}{self.high:0{self.width}d}{self.after}"

    def codes(self) -> Iterator[str]:
        for number in range(self.low, self.high + 1):
            yield f"{self.before}{number:0{self.width}d}{self.after}"


@dataclass(frozen=True)
class _Fixed:
    """A range of one code without digits, such as the rack A."""

    longest: str
    size: int = 1

    def codes(self) -> Iterator[str]:
        yield self.longest


def read_template(
    rack: tuple[str, str], section: tuple[str, str], level: tuple[str, str], separator: str
) -> BinTemplate:
    """Return the template as it was typed, in capitals.

    Raises:
        RangeMissing: for a range with one end only, and for no rack.
        SeparatorNotReadable: for more than one character, or one that cannot stand in a code.
        FieldTooLong, FieldNotReadable: for what is no code.
    """
    mark = separator.strip().upper()
    if len(mark) > 1 or mark == "/" or not mark.isprintable() or mark.isalnum():
        raise SeparatorNotReadable(typed=separator[:CODE_LENGTH])
    ranges = [
        Range(name, *(read_code(name, end, CODE_LENGTH) for end in ends))
        for name, ends in ((RACK, rack), (SECTION, section), (LEVEL, level))
    ]
    for each in ranges:
        needed = each.name == RACK or each.first or each.last
        if needed and not (each.first and each.last):
            raise RangeMissing(field=each.name)
    return BinTemplate(ranges[0], ranges[1], ranges[2], mark)


def codes_of(template: BinTemplate) -> list[str]:
    """Every code that the template makes, in order, each once.

    Raises:
        RangeNotReadable: when the ends of a range are not alike.
        RangeBackwards: when a range would count down.
        TooManyBins: for more than 5,000, with the number.
        BinCodeTooLong: when a code would have more than 20 characters.
        NameNotInAddress: for codes that no address can name.
    """
    ranges = [each for each in (template.rack, template.section, template.level) if each.first]
    counters = [_read(each) for each in ranges]
    count = 1
    for counter in counters:
        count *= counter.size
    if count > BINS_MAX:
        raise TooManyBins(count=count, most=BINS_MAX)
    longest = template.separator.join(counter.longest for counter in counters)
    if len(longest) > CODE_LENGTH:
        raise BinCodeTooLong(code=longest, length=len(longest), most=CODE_LENGTH)
    check_in_address(longest)
    parts = product(*(counter.codes() for counter in counters))
    return [template.separator.join(part) for part in parts]


def _read(each: Range) -> _Counter | _Fixed:
    """One run of digits counts up; all others, and the letters, are the same in both ends."""
    first, last = PARTS.findall(each.first), PARTS.findall(each.last)
    not_alike = RangeNotReadable(field=each.name, first=each.first, last=each.last)
    if len(first) != len(last):
        raise not_alike
    differing = [place for place, (a, b) in enumerate(zip(first, last, strict=True)) if a != b]
    if not differing:
        return _Fixed(each.first)
    [place, *more] = differing
    low, high = first[place], last[place]
    if more or not (low[0] in "0123456789" and high[0] in "0123456789"):
        raise not_alike
    # With leading zeros both ends have as many digits; without, 9 may count up to 11.
    padded = any(len(digits) > 1 and digits[0] == "0" for digits in (low, high))
    if padded and len(low) != len(high):
        raise not_alike
    if int(low) > int(high):
        raise RangeBackwards(field=each.name, first=each.first, last=each.last)
    before, after = "".join(first[:place]), "".join(first[place + 1 :])
    return _Counter(before, after, len(low) if padded else 1, int(low), int(high))
