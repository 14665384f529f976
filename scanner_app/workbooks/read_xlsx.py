"""Reading an .xlsx: the cells of its lines and the facts of its instructions.

This module must never give the library anything but parts that were checked here: a hostile one
ends the whole process, not only the reading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineWorkbook

from scanner_app.workbooks.cells import SHOWN_MAX, CellValue, ErrorCell, FormulaCell, shown
from scanner_app.workbooks.layout import FACTS_HEADING, INSTRUCTIONS_SHEET
from scanner_app.workbooks.package import Package
from scanner_app.workbooks.refusals import WorkbookDamaged
from scanner_app.workbooks.shared_strings import SHARED_STRINGS, measure_strings
from scanner_app.workbooks.sheet_scan import ScannedSheet, scan_sheet
from scanner_app.workbooks.sheets import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    WORKBOOK,
    Sheet,
    choose_lines,
    list_sheets,
)
from scanner_app.workbooks.xml_part import PartReader, read_part

INSTRUCTION_ROWS_MAX = 1_000
_STYLES = "xl/styles.xml"
_PACKAGE_RELATIONSHIPS = "_rels/.rels"

Row = tuple[int, list[CellValue]]


@dataclass(frozen=True)
class ReadWorkbook:
    """What was found.

    Attributes:
        rows: number of each row, counted from 1 without a gap, and its cells from column A on.
        facts: values by caption, empty when the workbook is not one of ours.
    """

    rows: list[Row]
    facts: dict[str, str]


def read_xlsx(package: Package, rows_max: int) -> ReadWorkbook:
    """Return the cells of a workbook of at most `rows_max` lines.

    Raises:
        RuleRefused: one of `refusals.py`; nothing else, whatever was uploaded.
    """
    sheets = list_sheets(package)
    lines = choose_lines(sheets, package)
    instructions = _find_instructions(sheets, lines, package)
    string_lengths = measure_strings(package)
    scanned = scan_sheet(package, lines, string_lengths, rows_max)
    if instructions:
        scan_sheet(package, instructions, string_lengths, INSTRUCTION_ROWS_MAX)
    values = _read_values(package, [sheet for sheet in (lines, instructions) if sheet])
    return ReadWorkbook(
        rows=list(_overlay(values[0], scanned)),
        facts=_find_facts(values[1]) if instructions else {},
    )


def read_sheet(
    package: Package,
    sheet: Sheet,
    string_lengths: Sequence[int],
    rows_max: int,
    columns_max: int,
) -> Iterator[Row]:
    """Yield the rows of one sheet of several, numbered from 1 without a gap.

    Raises:
        RuleRefused: as `read_xlsx`.
    """
    if sheet.part not in package:
        raise WorkbookDamaged(part=sheet.name[:SHOWN_MAX])
    scanned = scan_sheet(package, sheet, string_lengths, rows_max, columns_max)
    yield from _overlay(_read_values(package, [sheet])[0], scanned)


def _find_instructions(sheets: list[Sheet], lines: Sheet, package: Package) -> Sheet | None:
    for sheet in sheets:
        if sheet.name == INSTRUCTIONS_SHEET and sheet != lines and sheet.part in package:
            return sheet
    return None


def _read_values(package: Package, sheets: list[Sheet]) -> list[list[list[CellValue]]]:
    """Return the cells of each of the sheets, as the library understands them."""
    needed = [CONTENT_TYPES, _PACKAGE_RELATIONSHIPS, WORKBOOK, RELATIONSHIPS]
    needed += [SHARED_STRINGS, _STYLES, *dict.fromkeys(sheet.part for sheet in sheets)]
    present = [part for part in needed if part in package]
    for part in (_PACKAGE_RELATIONSHIPS, _STYLES):
        if part in package:
            read_part(part, package.chunks(part), PartReader())
    return _load(package.copy(present), [sheet.name for sheet in sheets])


def _load(content: BytesIO, names: list[str]) -> list[list[list[CellValue]]]:
    try:
        with CalamineWorkbook.from_filelike(content) as book:
            return [
                # Otherwise empty rows and columns before the first cell would be left out.
                [[*row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
                for name in names
            ]
    except (MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic of the library is no Exception
        raise WorkbookDamaged(part=names[0][:SHOWN_MAX]) from fault


def _overlay(values: list[list[CellValue]], scanned: ScannedSheet) -> Iterator[Row]:
    """Yield the rows with formulas and errors, for which the library gives plain values."""
    special: dict[int, dict[int, CellValue]] = {}
    for (row_no, column_no), error in scanned.errors.items():
        special.setdefault(row_no, {})[column_no] = ErrorCell(error)
    for row_no, column_no in scanned.formulas:
        placed = special.setdefault(row_no, {})
        result = placed.get(column_no) or _value_at(values, row_no, column_no)
        placed[column_no] = FormulaCell(shown(result))
    for row_no in range(1, max(len(values), *special, 0) + 1):
        cells = values[row_no - 1] if row_no <= len(values) else []
        for column_no, cell in special.get(row_no, {}).items():
            cells += [""] * (column_no - len(cells))
            cells[column_no - 1] = cell
        yield row_no, cells


def _value_at(values: list[list[CellValue]], row_no: int, column_no: int) -> CellValue:
    row = values[row_no - 1] if row_no <= len(values) else []
    return row[column_no - 1] if column_no <= len(row) else ""


def _find_facts(values: list[list[CellValue]]) -> dict[str, str]:
    """Return the values by the captions before them, below the heading of facts."""
    pairs = [(_text_at(row, 0), _text_at(row, 1)) for row in values]
    headings = [place for place, pair in enumerate(pairs) if pair == (FACTS_HEADING, "")]
    first = headings[-1] + 1 if headings else len(pairs)
    return {caption: value for caption, value in pairs[first:] if caption}


def _text_at(row: list[CellValue], place: int) -> str:
    value = row[place] if place < len(row) else ""
    return value if isinstance(value, str) else ""
