"""The scan of a sheet: what is looked for in its cells before the library reads their values.

The library makes room for every cell between the first and the last, and ends the whole process
when there is not enough; so cells far outside never reach it. It reads neither formulas nor errors
as what they are; so their places are kept here.

This module must never hold the values of cells.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from scanner_app.workbooks.cells import SHOWN_MAX, cell_name, column_number
from scanner_app.workbooks.layout import EMPTY_ROWS_MAX, FAULTS_MAX
from scanner_app.workbooks.package import Package
from scanner_app.workbooks.refusals import (
    TableFileUnpacksTooLarge,
    TableHasTooManyFaults,
    TableHasTooManyRows,
    WorkbookCellsMerged,
    WorkbookCellTooFar,
    WorkbookDamaged,
    WorkbookErrorCell,
)
from scanner_app.workbooks.sheets import Sheet
from scanner_app.workbooks.xml_part import PartReader, read_part

COLUMNS_MAX = 40
TEXT_MEBICHARACTERS_MAX = 32

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_ROW = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_STRING_NO = re.compile(r"[0-9]{1,7}", re.ASCII)
_SHARED_STRING = "s"
_ERROR = "e"
_TYPES_READ_AS_THEY_STAND = frozenset({"n", "b", _SHARED_STRING, _ERROR})
# The library gives up over a sheet that holds any other.
_ERRORS_READ = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_PARENTS = {"sheetData": "", "row": "sheetData", "c": "row"}

Place = tuple[int, int]


@dataclass(frozen=True)
class ScannedSheet:
    """What the library would not tell, by row and column counted from 1."""

    formulas: frozenset[Place]
    errors: dict[Place, str]


def scan_sheet(
    package: Package,
    sheet: Sheet,
    string_lengths: Sequence[int],
    rows_max: int,
    columns_max: int = COLUMNS_MAX,
) -> ScannedSheet:
    """Return where formulas and errors stand, when the sheet is harmless.

    `rows_max` is the number of lines that are accepted below the captions. Rows without any
    content do not count: programs keep rows that are only formatted.

    Raises:
        TableHasTooManyRows, TableHasTooManyFaults, WorkbookCellTooFar, WorkbookCellsMerged,
        WorkbookErrorCell, TableFileUnpacksTooLarge, WorkbookDamaged: as they say.
    """
    scan = _Scan(sheet, string_lengths, rows_max, columns_max)
    read_part(sheet.part, package.chunks(sheet.part), scan)
    return ScannedSheet(frozenset(scan.formulas), scan.errors)


@dataclass
class _Scan(PartReader):
    """The place in the sheet that the reading has reached, and what was found up to there."""

    sheet: Sheet
    string_lengths: Sequence[int]
    rows_max: int
    columns_max: int
    formulas: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    inside: str = ""
    row_no: int = 0
    column_no: int = 0
    cell_type: str = ""
    value: list[str] | None = None
    value_begin: int = 0
    filled_rows: int = 0
    last_filled_row_no: int = 0
    text_left: int = TEXT_MEBICHARACTERS_MAX * 1024 * 1024

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if self.inside == "c" and name in {"v", "is", "f"}:
            self._enter_content(name)
        elif name in _PARENTS:
            self._enter_level(name, attributes)
        elif name == "mergeCell":
            raise WorkbookCellsMerged(reference=attributes.get("ref", "")[:SHOWN_MAX])

    def text(self, text: str) -> None:
        if self.value is not None:
            if not self.value:
                self.value_begin = self.byte_position()
            self.value.append(text)

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = _PARENTS[name]
        elif name == "v" and self.value:
            self._leave_value("".join(self.value))

    def _enter_level(self, name: str, attributes: dict[str, str]) -> None:
        """Go from sheet to row to cell; elements of these names elsewhere are other things."""
        if self.inside == _PARENTS[name]:
            self.inside = name
            if name == "row":
                self._enter_row(attributes)
            elif name == "c":
                self._enter_cell(attributes)
        elif self.inside:
            raise self._broken()

    def _enter_row(self, attributes: dict[str, str]) -> None:
        named = attributes.get("r", str(self.row_no + 1))
        # Rows and cells out of order could be read elsewhere than they are scanned.
        if not _ROW.fullmatch(named) or int(named) <= self.row_no:
            raise self._broken()
        self.row_no = int(named)
        self.column_no = 0

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        self.cell_type = attributes.get("t", "n")
        self.value = None
        if "r" not in attributes:
            self.column_no += 1
            return
        named = _CELL.fullmatch(attributes["r"])
        if not named or int(named[2]) != self.row_no:
            raise self._broken()
        column_no = column_number(named[1])
        if column_no <= self.column_no:
            raise self._broken()
        self.column_no = column_no

    def _enter_content(self, name: str) -> None:
        """Count the row, and begin to collect a value of which more than its place matters."""
        if self.row_no != self.last_filled_row_no:
            self.last_filled_row_no = self.row_no
            self.filled_rows += 1
        if self.filled_rows > self.rows_max + 1:
            raise TableHasTooManyRows(maximum=self.rows_max)
        last_row_no = self.rows_max + 1 + EMPTY_ROWS_MAX
        if self.row_no > last_row_no or self.column_no > self.columns_max:
            raise WorkbookCellTooFar(
                cell=cell_name(self.row_no, self.column_no),
                last_cell=cell_name(last_row_no, self.columns_max),
            )
        if name == "f":
            self.formulas.add((self.row_no, self.column_no))
            self._count_faults()
        elif name == "v" and self.cell_type in _TYPES_READ_AS_THEY_STAND:
            self.value = []

    def _leave_value(self, value: str) -> None:
        # A comment or a character by its number within a value is not read by the library.
        if self.byte_position() - self.value_begin != len(value.encode()):
            raise self._broken()
        self.value = None
        if self.cell_type == _ERROR:
            self._keep_error(value)
        elif self.cell_type == _SHARED_STRING:
            self._count_text(value)

    def _keep_error(self, value: str) -> None:
        if value not in _ERRORS_READ:
            raise WorkbookErrorCell(
                cell=cell_name(self.row_no, self.column_no), shown=value[:SHOWN_MAX]
            )
        self.errors[self.row_no, self.column_no] = value
        self._count_faults()

    def _count_faults(self) -> None:
        if len(self.formulas) + len(self.errors) > FAULTS_MAX:
            raise TableHasTooManyFaults(maximum=FAULTS_MAX, row_no=self.row_no)

    def _count_text(self, string_no: str) -> None:
        """Count the text that a shared string becomes: many cells may refer to one long text."""
        if not _STRING_NO.fullmatch(string_no) or int(string_no) >= len(self.string_lengths):
            raise self._broken()
        self.text_left -= self.string_lengths[int(string_no)]
        if self.text_left < 0:
            raise TableFileUnpacksTooLarge(maximum=TEXT_MEBICHARACTERS_MAX)

    def _broken(self) -> WorkbookDamaged:
        return WorkbookDamaged(part=self.sheet.name[:SHOWN_MAX])
