"""Writing a package of tables: one sheet for each, in the layout of Business Central's packages.

The first row names the package and the table, the third holds the captions, the records follow.

This module must never hold the rows of a table: they leave the memory as they are written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from xlsxwriter import Workbook

from scanner_app.workbooks.column import Column
from scanner_app.workbooks.exact_worksheet import ExactWorksheet
from scanner_app.workbooks.layout import CAPTIONS_ROW_OF_PACKAGE
from scanner_app.workbooks.write import CREATED, OPTIONS, hide_points, keep_text, write_lines
from scanner_app.workbooks.write_guides import Formats, write_lists_of_table, write_text

_CAPTIONS_ROW = CAPTIONS_ROW_OF_PACKAGE - 1  # The library counts from 0.


@dataclass(frozen=True)
class TableToWrite:
    """One table.

    Attributes:
        package_code: the package it belongs to.
        name, number, columns, rows: what it is called, and what it holds.
        rows_max: how many rows it may have once it is filled in.
    """

    package_code: str
    name: str
    number: int
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, str]]
    rows_max: int


def write_tables(stream: BinaryIO, tables: Iterable[TableToWrite]) -> None:
    """Write each table on a sheet of its own; there is at least one."""
    with Workbook(stream, OPTIONS) as book:
        book.set_properties({"created": CREATED})
        formats = Formats(book)
        for table in tables:
            _write_table(book.add_worksheet(table.name, ExactWorksheet), table, formats)


def _write_table(sheet: ExactWorksheet, table: TableToWrite, formats: Formats) -> None:
    write_text(sheet, 0, 0, table.package_code, formats.text)
    write_text(sheet, 0, 1, table.name, formats.text)
    # Without a format of its own LibreOffice gives it that of its column, which may be of days.
    sheet.write_number(0, 2, table.number, formats.whole)
    last_row = write_lines(sheet, table.columns, table.rows, formats, _CAPTIONS_ROW)
    keep_text(sheet, table.columns, last_row)
    last_row_max = _CAPTIONS_ROW + table.rows_max
    write_lists_of_table(sheet, table.columns, _CAPTIONS_ROW + 1, last_row_max)
    if last_row > _CAPTIONS_ROW:
        hide_points(sheet, table.columns, last_row, formats, _CAPTIONS_ROW)
