"""A sheet that keeps every text exactly: what the library would change or take apart is escaped.

In a workbook `_x0041_` stands for the letter A, so a text that looks like that must be escaped.
The library misses it where one follows another, and it writes a text between <r> and </r> as markup
of its own, unescaped.

This module must never change how a text without these signs is written.
"""

import re

from xlsxwriter.worksheet import Worksheet

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_RICH_BEGIN = "<r>"
_LESS_THAN = "_x003C_"


class ExactWorksheet(Worksheet):  # type: ignore[misc] # the library declares no types
    """The library's sheet, with an escape of its own for text."""

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        """Return a text as it stands in the workbook; the library calls this for every text."""
        escaped = _LOOKS_ESCAPED.sub("_x005F_", data)
        escaped = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", escaped)
        if escaped.startswith(_RICH_BEGIN):
            return _LESS_THAN + escaped[1:]
        return escaped
