"""Reading a table: a file or a paste becomes rows of text, each with what is wrong with its cells.

This module must never raise anything but a `RuleRefused` for what a person sends, and never leave
out a row or a cell without saying so.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from scanner_app.errors import RuleRefused
from scanner_app.workbooks.cell_refusals import CellWithoutCaption
from scanner_app.workbooks.cell_text import read_cell
from scanner_app.workbooks.cells import SHOWN_MAX, CellValue, cell_name, shown
from scanner_app.workbooks.column import Column
from scanner_app.workbooks.header import Header, match_captions, plain_caption
from scanner_app.workbooks.layout import FAULTS_MAX
from scanner_app.workbooks.package import MEBIBYTE, UNPACKED_MEBIBYTES_MAX, Package
from scanner_app.workbooks.read_csv import read_csv, read_pasted_rows
from scanner_app.workbooks.read_xlsx import read_xlsx
from scanner_app.workbooks.refusals import (
    TableFileEmpty,
    TableFileNotReadable,
    TableFileUnpacksTooLarge,
    TableHasTooManyFaults,
    TableHasTooManyRows,
    WorkbookOldOrProtected,
)
from scanner_app.workbooks.sheets import is_workbook

_ZIP_BEGINS = (b"PK\x03\x04", b"PK\x05\x06")  # A full one, and one without anything in it.
_OLE_BEGIN = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row that holds something.

    Attributes:
        row_no: as the sheet numbers it, where the captions are row 1.
        values: text by the name of each column that is there, "" for an empty cell and for one at
            fault.
        faults: what cannot be read in this row, in the order of its columns.
    """

    row_no: int
    values: dict[str, str]
    faults: tuple[RuleRefused, ...]


@dataclass(frozen=True)
class ReadTable:
    """The rows in their order, and the facts that the workbook carried, by caption."""

    rows: tuple[ReadRow, ...]
    facts: dict[str, str]


def read_table(
    content: bytes,
    file_name: str,
    columns: Sequence[Column],
    *,
    rows_max: int,
    ignored: Collection[str] = (),
) -> ReadTable:
    """Read an .xlsx or a CSV file; which of them is told by the content, whatever its name.

    `rows_max` counts the rows below the captions; `ignored` are captions of columns that may be
    there and are not read.

    Raises:
        RuleRefused: one of `refusals.py`, when nothing can be read.
    """
    package = open_workbook(content, file_name)
    if package is not None:
        book = read_xlsx(package, rows_max)
        found = read_rows(book.rows, columns, ignored, rows_max, is_ours=bool(book.facts))
        return ReadTable(tuple(found), book.facts)
    captions = {plain_caption(column.caption) for column in columns}
    rows = read_csv(content, file_name, captions, rows_max)
    return ReadTable(tuple(read_rows(rows, columns, ignored, rows_max, is_ours=False)), {})


def open_workbook(content: bytes, file_name: str) -> Package | None:
    """Return the parts of an .xlsx, None for a file that can only be CSV.

    Raises:
        TableFileEmpty, WorkbookOldOrProtected, TableFileNotReadable, TableFileUnpacksTooLarge: for
            what is neither; what `Package` raises for a hostile one.
    """
    if not content:
        raise TableFileEmpty
    if content.startswith(_OLE_BEGIN):
        raise WorkbookOldOrProtected(file_name=file_name[:SHOWN_MAX])
    if content.startswith(_ZIP_BEGINS):
        package = Package(content)
        if not is_workbook(package):
            raise TableFileNotReadable(file_name=file_name[:SHOWN_MAX])
        return package
    if len(content) > UNPACKED_MEBIBYTES_MAX * MEBIBYTE:
        raise TableFileUnpacksTooLarge(maximum=UNPACKED_MEBIBYTES_MAX)
    return None


def read_pasted(
    text: str, columns: Sequence[Column], *, rows_max: int, ignored: Collection[str] = ()
) -> ReadTable:
    """Read what was copied from a spreadsheet: cells between tabs, the captions in the first line.

    Raises:
        RuleRefused: as `read_table`.
    """
    if not text.strip():
        raise TableFileEmpty
    rows = read_pasted_rows(text, rows_max)
    return ReadTable(tuple(read_rows(rows, columns, ignored, rows_max, is_ours=False)), {})


def read_rows(
    rows: Iterable[tuple[int, Sequence[CellValue]]],
    columns: Sequence[Column],
    ignored: Collection[str],
    rows_max: int,
    *,
    is_ours: bool,
) -> Iterator[ReadRow]:
    """Yield the rows that hold something, by the captions in the first one.

    Raises:
        CaptionUnknown, CaptionTwice, CaptionMissing: for the captions.
        TableHasTooManyRows, TableHasTooManyFaults: as they say.
    """
    remaining = iter(rows)
    captions_row_no, captions = next(remaining, (1, ()))
    header = match_captions(captions, columns, ignored, is_ours=is_ours, row_no=captions_row_no)
    found = faults = 0
    for row_no, cells in remaining:
        row = _read_row(row_no, cells, header)
        if not row.faults and not any(text.strip() for text in row.values.values()):
            continue
        if found == rows_max:
            raise TableHasTooManyRows(maximum=rows_max)
        found += 1
        faults += len(row.faults)
        if faults > FAULTS_MAX:
            raise TableHasTooManyFaults(maximum=FAULTS_MAX, row_no=row_no)
        yield row


def _read_row(row_no: int, cells: Sequence[CellValue], header: Header) -> ReadRow:
    values: dict[str, str] = {}
    faults: list[RuleRefused] = []
    for column_no, column in header.columns.items():
        value = cells[column_no - 1] if column_no <= len(cells) else ""
        values[column.name] = ""
        try:
            values[column.name] = read_cell(value, column, row_no, column_no)
        except RuleRefused as fault:
            # The way to where it was raised would keep all that was at hand there in memory.
            faults.append(fault.with_traceback(None))
    faults += _find_stray(row_no, cells, header)
    return ReadRow(row_no, values, tuple(faults))


def _find_stray(row_no: int, cells: Sequence[CellValue], header: Header) -> list[RuleRefused]:
    """Return the fault of the first cell that no caption stands above; a row may have thousands."""
    for column_no, value in enumerate(cells, start=1):
        is_captioned = column_no in header.columns or column_no in header.ignored
        if value != "" and not is_captioned:
            return [CellWithoutCaption(cell=cell_name(row_no, column_no), shown=shown(value))]
    return []
