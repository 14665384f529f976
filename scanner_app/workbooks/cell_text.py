"""Cell text: what a cell of some column says as text, or why that cannot be told.

Every combination of the column's kind and the cell's type is decided here.

This module must never guess: what a spreadsheet may have changed is refused.
"""

import math
from datetime import date, datetime, time, timedelta

from scanner_app.errors import RuleRefused
from scanner_app.workbooks.cell_refusals import (
    CellHoldsDay,
    CellHoldsDecimals,
    CellHoldsError,
    CellHoldsFormula,
    CellHoldsLongNumber,
    CellHoldsNumberForDay,
    CellHoldsNumberForNumbers,
    CellHoldsTime,
    CellHoldsTrueOrFalse,
)
from scanner_app.workbooks.cells import CellValue, ErrorCell, FormulaCell, plain_number, shown
from scanner_app.workbooks.column import Column, ColumnKind

DIGITS_MAX = 15  # A spreadsheet keeps no more of a number.
_MIDNIGHT = time()


def read_cell(value: CellValue, column: Column, cell: str) -> str:
    """Return the text of a cell: as typed, a day as 2027-06-30, a quantity as 12.5.

    Raises:
        RuleRefused: one of `cell_refusals.py`, with the name of the cell.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool | FormulaCell | ErrorCell | time | timedelta):
        raise _refuse_always(value, column, cell)
    if isinstance(value, date):
        return _read_day(value, column, cell)
    return _read_number(value, column, cell)


def _refuse_always(
    value: bool | FormulaCell | ErrorCell | time | timedelta,  # noqa: FBT001 - a cell's content
    column: Column,
    cell: str,
) -> RuleRefused:
    """Return the refusal of what no column takes."""
    refusal: type[RuleRefused] = CellHoldsTime
    if isinstance(value, FormulaCell):
        refusal = CellHoldsFormula
    elif isinstance(value, ErrorCell):
        refusal = CellHoldsError
    elif isinstance(value, bool):
        refusal = CellHoldsTrueOrFalse
    return refusal(cell=cell, caption=column.caption, shown=shown(value))


def _read_day(value: date, column: Column, cell: str) -> str:
    if column.kind is not ColumnKind.DAY:
        raise CellHoldsDay(cell=cell, caption=column.caption, shown=shown(value))
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.time() != _MIDNIGHT:
        raise CellHoldsTime(cell=cell, caption=column.caption, shown=shown(value))
    return value.date().isoformat()


def _read_number(value: float, column: Column, cell: str) -> str:
    place = {"cell": cell, "caption": column.caption, "shown": shown(value)}
    if not math.isfinite(value):
        raise CellHoldsError(**place)
    if column.kind is ColumnKind.NUMBER_TEXT:
        raise CellHoldsNumberForNumbers(**place)
    if column.kind is ColumnKind.DAY:
        raise CellHoldsNumberForDay(**place)
    text = plain_number(value)
    if column.kind is ColumnKind.TEXT and "." in text:
        raise CellHoldsDecimals(**place)
    if column.kind is ColumnKind.TEXT and len(text.lstrip("-")) > DIGITS_MAX:
        raise CellHoldsLongNumber(**place, maximum=DIGITS_MAX)
    return text
