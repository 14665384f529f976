"""Writing a workbook: rows of text become a sheet that people fill in, with its instructions.

Every text is written as text: whatever it begins with, it is no formula, address or number.

This module must never write a formula, nor a text that would be read back as another.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from xlsxwriter import Workbook

from scanner_app.workbooks.cells import cell_name, column_letters, plain_number
from scanner_app.workbooks.column import Column, ColumnKind
from scanner_app.workbooks.exact_worksheet import ExactWorksheet
from scanner_app.workbooks.instructions import Instructions
from scanner_app.workbooks.layout import LINES_SHEET
from scanner_app.workbooks.write_guides import (
    Formats,
    write_instructions,
    write_lists,
    write_text,
)

# Rows leave the memory as they are written: a whole sheet of 50,000 would stay in it otherwise.
OPTIONS = {"constant_memory": True}
# The library would ask the clock, and the same lines would give another file each time.
CREATED = datetime(1980, 1, 1, tzinfo=UTC)
_FIRST_DAY = date(1900, 1, 1)  # Of the spreadsheet's calendar; earlier ones are written as text.


def write_workbook(
    stream: BinaryIO,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, str]],
    instructions: Instructions,
    *,
    blank_rows: int,
) -> None:
    """Write rows of text by column name, with drop-down lists down to `blank_rows` below them.

    A day is given as 2027-06-30 and a quantity as 12.5; what is neither is written as the text it
    is, so that it comes back unchanged.

    Raises:
        InvariantBroken: for a text of more than 32,767 characters.
    """
    with Workbook(stream, OPTIONS) as book:
        book.set_properties({"created": CREATED})
        formats = Formats(book)
        lines = book.add_worksheet(LINES_SHEET, ExactWorksheet)
        # A range ends below its beginning, even when there is nothing to fill in.
        last_row = max(write_lines(lines, columns, rows, formats) + blank_rows, 1)
        keep_text(lines, columns, last_row)
        hide_points(lines, columns, last_row, formats)
        write_lists(book, lines, columns, last_row, formats)
        write_instructions(book, columns, instructions, formats)


def write_lines(
    sheet: ExactWorksheet,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, str]],
    formats: Formats,
    captions_row: int = 0,
) -> int:
    """Write captions and the rows below them; return the last row, both counted from 0."""
    for place, column in enumerate(columns):
        # On the whole column, so that what is typed in a new row is taken as its kind, too.
        sheet.set_column(place, place, column.width, formats.of_kind[column.kind])
        write_text(sheet, captions_row, place, column.caption, formats.heading)
    row_no = captions_row
    for row_no, row in enumerate(rows, start=captions_row + 1):
        for place, column in enumerate(columns):
            _write_cell(sheet, row_no, place, row[column.name], column, formats)
    sheet.freeze_panes(captions_row + 1, 0)
    sheet.autofilter(captions_row, 0, row_no, len(columns) - 1)
    return row_no


def _write_cell(
    sheet: ExactWorksheet, row_no: int, place: int, text: str, column: Column, formats: Formats
) -> None:
    cell_format = formats.of_kind[column.kind]
    day = _to_day(text) if column.kind is ColumnKind.DAY else None
    number = _to_number(text) if column.kind is ColumnKind.QUANTITY else None
    if day is not None:
        sheet.write_datetime(row_no, place, day, cell_format)
    elif number is not None:
        sheet.write_number(row_no, place, number, cell_format)
    elif text:
        write_text(sheet, row_no, place, text, formats.text)


def _to_day(text: str) -> date | None:
    """Return the day that the spreadsheet would show as this very text, None when there is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and day >= _FIRST_DAY else None


def _to_number(text: str) -> float | None:
    """Return the number that is read back as this very text, None when there is none."""
    try:
        number = float(Decimal(text))
    except (InvalidOperation, ValueError):
        return None
    return number if math.isfinite(number) and plain_number(number) == text else None


def keep_text(sheet: ExactWorksheet, columns: Sequence[Column], last_row: int) -> None:
    """Leave out the warning at text of digits, whose remedy is to make a number of 0012."""
    last_cell = cell_name(last_row + 1, len(columns))
    sheet.ignore_errors({"number_stored_as_text": f"A1:{last_cell}"})


def hide_points(
    sheet: ExactWorksheet,
    columns: Sequence[Column],
    last_row: int,
    formats: Formats,
    captions_row: int = 0,
) -> None:
    """Show whole quantities as 5 instead of the 5. that a format with decimals makes of them."""
    for place, column in enumerate(columns):
        if column.kind is ColumnKind.QUANTITY:
            condition = {
                "type": "formula",
                "criteria": f"=MOD({column_letters(place + 1)}{captions_row + 2},1)=0",
                "format": formats.whole,
            }
            sheet.conditional_format(captions_row + 1, place, last_row, place, condition)
