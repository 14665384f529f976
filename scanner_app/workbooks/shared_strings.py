"""Shared strings: the texts that cells of a workbook refer to by number, and how long each is.

A cell of five characters may stand for a text of a million, and the library that reads the values
makes room for as many texts as the part claims to have. Both are looked at here beforehand.

This module must never keep a text: it counts.
"""

import re
from array import array
from collections.abc import Sequence

from scanner_app.workbooks.package import Package
from scanner_app.workbooks.refusals import WorkbookDamaged
from scanner_app.workbooks.xml_part import PartReader, read_part

SHARED_STRINGS = "xl/sharedStrings.xml"
STRINGS_MAX = 2_000_000
_COUNT = re.compile(r"[0-9]{1,7}", re.ASCII)


def measure_strings(package: Package) -> Sequence[int]:
    """Return the number of characters of each shared string, in their order.

    Raises:
        WorkbookDamaged: when there are, or are claimed to be, more than two million.
    """
    lengths = _Lengths()
    if SHARED_STRINGS in package:
        read_part(SHARED_STRINGS, package.chunks(SHARED_STRINGS), lengths)
    return lengths.found


class _Lengths(PartReader):
    def __init__(self) -> None:
        self.found = array("L")
        self._is_inside = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sst":
            _check_claim(attributes.get("count", "0"))
            _check_claim(attributes.get("uniqueCount", "0"))
        elif name == "si":
            # One within another would be counted here and not by the library.
            if self._is_inside or len(self.found) == STRINGS_MAX:
                raise WorkbookDamaged(part=SHARED_STRINGS)
            self._is_inside = True
            self.found.append(0)

    def text(self, text: str) -> None:
        if self._is_inside:
            self.found[-1] += len(text)

    def end(self, name: str) -> None:
        if name == "si":
            self._is_inside = False


def _check_claim(count: str) -> None:
    if not _COUNT.fullmatch(count) or int(count) > STRINGS_MAX:
        raise WorkbookDamaged(part=SHARED_STRINGS)
