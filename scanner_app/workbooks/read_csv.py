"""Reading CSV and pasted tables: text is decoded, divided into rows and these into cells.

This module must never guess how bytes are to be read as letters, nor take away a character.
"""

import codecs
import csv
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO, StringIO, TextIOWrapper
from itertools import chain
from typing import TextIO

from scanner_app.workbooks.cells import SHOWN_MAX
from scanner_app.workbooks.header import plain_caption
from scanner_app.workbooks.layout import EMPTY_ROWS_MAX
from scanner_app.workbooks.refusals import (
    TableFileNotReadable,
    TableHasTooManyRows,
    TableTextBroken,
)

_DELIMITERS = (",", ";", "\t")
_LINE_CHARACTERS_MAX = 131_072
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Row = tuple[int, list[str]]


def read_csv(
    content: bytes, file_name: str, captions: Collection[str], rows_max: int
) -> Iterator[Row]:
    """Yield number, counted from 1, and cells of each row of a file; an empty line has no cells.

    The file is in UTF-8, or in UTF-16 with the mark that says so. Its delimiter is the one that
    divides the first line into the most of the captions.

    Raises:
        TableFileNotReadable: for any other encoding, and for what is no text.
        TableTextBroken, TableHasTooManyRows: as `read_pasted_rows`.
    """
    encoding = "utf-16" if content.startswith(_UTF16_MARKS) else "utf-8-sig"
    # Decoded line by line, so the whole text is never in memory.
    lines = _lines(TextIOWrapper(BytesIO(content), encoding, newline=""))
    try:
        first = next(lines, "")
        every = _refuse_zeros(chain([first], lines))
        yield from _divide(every, _find_delimiter(first, captions), rows_max)
    except UnicodeError as fault:
        raise TableFileNotReadable(file_name=file_name[:SHOWN_MAX]) from fault


def read_pasted_rows(text: str, rows_max: int) -> Iterator[Row]:
    """Yield the rows of a text whose cells stand between tabs, as `read_csv`.

    Raises:
        TableTextBroken: for quotation marks that do not match, and for endless lines and cells.
        TableHasTooManyRows: when there are many more than `rows_max`, empty ones included.
    """
    return _divide(_lines(StringIO(text, newline="")), "\t", rows_max)


def _lines(text: TextIO) -> Iterator[str]:
    """Yield the lines with their ends, which may belong to a cell; an endless one in pieces."""
    while line := text.readline(_LINE_CHARACTERS_MAX + 1):
        yield line


def _refuse_zeros(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of what is a text: only other files hold the character number zero."""
    for line in lines:
        if "\0" in line:
            raise UnicodeError
        yield line


def _find_delimiter(line: str, captions: Collection[str]) -> str:
    def known(delimiter: str) -> int:
        cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
        return sum(plain_caption(cell) in captions for cell in cells)

    return max(_DELIMITERS, key=known)


def _divide(lines: Iterable[str], delimiter: str, rows_max: int) -> Iterator[Row]:
    row_no = 0
    try:
        for cells in csv.reader(_refuse_endless(lines), delimiter=delimiter, strict=True):
            row_no += 1
            if row_no > rows_max + 1 + EMPTY_ROWS_MAX:
                raise TableHasTooManyRows(maximum=rows_max)
            yield row_no, cells
    except csv.Error as fault:
        raise TableTextBroken(row_no=row_no + 1) from fault


def _refuse_endless(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if len(line) > _LINE_CHARACTERS_MAX:
            raise csv.Error
        yield line
