"""The header: which column of the sheet is which of ours, by the captions above its rows.

This module must never place a column by anything but its caption.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scanner_app.workbooks.cells import CellValue, cell_name, shown
from scanner_app.workbooks.column import Column
from scanner_app.workbooks.refusals import CaptionMissing, CaptionTwice, CaptionUnknown


@dataclass(frozen=True)
class Header:
    """Columns by their number in the sheet, counted from 1, and the numbers of those not read."""

    columns: dict[int, Column]
    ignored: frozenset[int]


def match_captions(
    cells: Sequence[CellValue],
    columns: Sequence[Column],
    ignored: Collection[str],
    *,
    is_ours: bool,
    row_no: int = 1,
) -> Header:
    """Return which column is which; capitals and blanks around a caption make no difference.

    A column that is missing in a workbook of ours was deleted, and what it held with it. `row_no`
    is the row of the captions.

    Raises:
        CaptionUnknown, CaptionTwice, CaptionMissing: as they say.
    """
    by_caption = {plain_caption(column.caption): column for column in columns}
    not_read = {plain_caption(caption) for caption in ignored}
    placed: dict[int, Column] = {}
    passed_over: set[int] = set()
    for column_no, value in enumerate(cells, start=1):
        caption = plain_caption(value if isinstance(value, str) else shown(value))
        column = by_caption.get(caption)
        if column is None and caption and caption not in not_read:
            raise CaptionUnknown(cell=cell_name(row_no, column_no), shown=shown(value))
        if column in placed.values():
            raise CaptionTwice(cell=cell_name(row_no, column_no), caption=shown(value))
        if column is not None:
            placed[column_no] = column
        elif caption:
            passed_over.add(column_no)
    for column in columns:
        if column not in placed.values() and (column.is_required or is_ours):
            raise CaptionMissing(caption=column.caption)
    return Header(placed, frozenset(passed_over))


def plain_caption(caption: str) -> str:
    """Return a caption as it is compared."""
    return caption.strip().casefold()
