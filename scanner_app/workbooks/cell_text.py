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
from scanner_app.workbooks.cells import (
    CellValue,
    ErrorCell,
    FormulaCell,
    cell_name,
    plain_number,
    shown,
)
from scanner_app.workbooks.column import Column, ColumnKind

_KEPT_EXACTLY_MAX = 10**15 - 1  # A spreadsheet keeps 15 digits of a number.
_DAY_LENGTH = len("2027-06-30")
_MIDNIGHT = time()


def read_cell(value: CellValue, column: Column, row_no: int, column_no: int) -> str:
    """Return the text of a cell: as typed, a day as 2027-06-30, a quantity as 12.5.

    Raises:
        RuleRefused: one of `cell_refusals.py`, with the name of the cell.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) and column.kind is ColumnKind.SWITCH:
        return "Yes" if value else "No"
    if isinstance(value, date):
        refusal = _refusal_of_day(value, column)
        text = value.isoformat()[:_DAY_LENGTH]
    elif isinstance(value, bool | FormulaCell | ErrorCell | time | timedelta):
        refusal = _refusal_of_no_text(value)
        text = ""
    else:
        refusal = _refusal_of_number(value, column)
        text = plain_number(value)
    if refusal is None:
        return text
    raise refusal(cell=cell_name(row_no, column_no), caption=column.caption, shown=shown(value))


def _refusal_of_no_text(
    value: bool | FormulaCell | ErrorCell | time | timedelta,  # noqa: FBT001 - what a cell holds
) -> type[RuleRefused]:
    """Return why no column takes such a value."""
    if isinstance(value, FormulaCell):
        return CellHoldsFormula
    if isinstance(value, ErrorCell):
        return CellHoldsError
    if isinstance(value, bool):
        return CellHoldsTrueOrFalse
    return CellHoldsTime


def _refusal_of_day(value: date, column: Column) -> type[RuleRefused] | None:
    if column.kind is not ColumnKind.DAY:
        return CellHoldsDay
    if isinstance(value, datetime) and value.time() != _MIDNIGHT:
        return CellHoldsTime
    return None


def _refusal_of_number(value: float, column: Column) -> type[RuleRefused] | None:
    if not math.isfinite(value):
        return CellHoldsError
    if column.kind is ColumnKind.NUMBER_TEXT:
        return CellHoldsNumberForNumbers
    if column.kind is ColumnKind.DAY:
        return CellHoldsNumberForDay
    if column.kind is ColumnKind.TEXT and value != int(value):
        return CellHoldsDecimals
    if column.kind is ColumnKind.TEXT and abs(value) > _KEPT_EXACTLY_MAX:
        return CellHoldsLongNumber
    return None
