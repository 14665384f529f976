"""Reading CSV and pasted tables: text is decoded, divided into rows and these into cells.

This module must never guess how bytes are to be read as letters, nor take away a character.
"""

import codecs
import csv
from collections.abc import Collection, Iterator
from io import StringIO

from scanner_app.workbooks.header import plain_caption
from scanner_app.workbooks.refusals import (
    TableFileNotReadable,
    TableHasTooManyRows,
    TableTextBroken,
)

DELIMITERS = (",", ";", "\t")
LINE_CHARACTERS_MAX = 131_072
EMPTY_ROWS_MAX = 1_000

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(content: bytes, file_name: str) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with the mark that says so.

    Raises:
        TableFileNotReadable: for any other encoding, and for what is no text.
    """
    encoding = "utf-16" if content.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise TableFileNotReadable(file_name=file_name[:40]) from fault
    if "\0" in text:
        raise TableFileNotReadable(file_name=file_name[:40])
    return text


def find_delimiter(text: str, captions: Collection[str]) -> str:
    """Return by what the first line is divided into the most captions that are known."""
    line = next(iter(text[:LINE_CHARACTERS_MAX].splitlines()), "")

    def known(delimiter: str) -> int:
        cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
        return sum(plain_caption(cell) in captions for cell in cells)

    return max(DELIMITERS, key=known)


def read_rows(text: str, delimiter: str, rows_max: int) -> Iterator[tuple[int, list[str]]]:
    """Yield number, counted from 1, and cells of each row; an empty line has no cells.

    Raises:
        TableTextBroken: for quotation marks that do not match, and for endless lines and cells.
        TableHasTooManyRows: when there are many more than `rows_max`, empty ones included.
    """
    row_no = 0
    try:
        for row_no, cells in enumerate(
            csv.reader(_lines(text), delimiter=delimiter, strict=True), start=1
        ):
            if row_no > rows_max + 1 + EMPTY_ROWS_MAX:
                raise TableHasTooManyRows(maximum=rows_max)
            yield row_no, cells
    except csv.Error as fault:
        raise TableTextBroken(row_no=row_no + 1) from fault


def _lines(text: str) -> Iterator[str]:
    """Yield the lines with their ends, which may belong to a cell."""
    for line in StringIO(text, newline=""):
        if len(line) > LINE_CHARACTERS_MAX:
            raise csv.Error(LINE_CHARACTERS_MAX)
        yield line
