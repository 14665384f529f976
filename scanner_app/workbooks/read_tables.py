"""Reading a package of tables: each sheet says which table it is, and holds its rows.

A CSV file is one such sheet, as a spreadsheet program saves it.

This module must never know which tables there are, nor what their columns are for.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from scanner_app.workbooks.cells import CellValue, shown
from scanner_app.workbooks.header import plain_caption
from scanner_app.workbooks.layout import CAPTIONS_ROW_OF_PACKAGE
from scanner_app.workbooks.read import open_workbook
from scanner_app.workbooks.read_csv import read_csv
from scanner_app.workbooks.read_xlsx import read_sheet
from scanner_app.workbooks.shared_strings import measure_strings
from scanner_app.workbooks.sheets import list_sheets

COLUMNS_MAX = 64

Row = tuple[int, Sequence[CellValue]]


@dataclass(frozen=True)
class TableSheet:
    """One sheet.

    Attributes:
        name: as its tab says it, or the name of the file.
        package_code, table_name, number: what its first row says.
        rows: from the captions on, each with its number; they can be read once.
    """

    name: str
    package_code: str
    table_name: str
    number: str
    rows: Iterator[Row]


def read_tables(
    content: bytes, file_name: str, table_names: Collection[str], rows_max: int
) -> Iterator[TableSheet]:
    """Yield the sheets of a file in their order; only one is in memory at a time.

    `table_names` tell the delimiter of a CSV file by its first row.

    Raises:
        RuleRefused: one of `refusals.py`, when nothing can be read.
    """
    more_rows = CAPTIONS_ROW_OF_PACKAGE - 1
    package = open_workbook(content, file_name)
    if package is None:
        words = {plain_caption(name) for name in table_names}
        yield _to_sheet(file_name, read_csv(content, file_name, words, rows_max + more_rows))
        return
    string_lengths = measure_strings(package)
    for sheet in list_sheets(package):
        rows = read_sheet(package, sheet, string_lengths, rows_max + more_rows, COLUMNS_MAX)
        yield _to_sheet(sheet.name, rows)


def _to_sheet(name: str, rows: Iterator[Row]) -> TableSheet:
    """Take the rows before the captions off; what is missing there is empty."""
    _, first = next(rows, (1, ()))
    for _ in range(CAPTIONS_ROW_OF_PACKAGE - 2):
        next(rows, None)
    said = [shown(cell).strip() for cell in first[:3]]
    said += [""] * (3 - len(said))
    return TableSheet(name, said[0], said[1], said[2], rows)
