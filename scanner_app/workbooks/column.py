"""A column of a table: what its cells hold, what it is called, and how it is explained.

This module must never know which table a column belongs to.
"""

import enum
from dataclasses import dataclass


class ColumnKind(enum.Enum):
    """What the cells of a column hold.

    Attributes:
        TEXT: codes and words; a whole number of at most 15 digits is read as its digits.
        NUMBER_TEXT: serial, lot and package numbers; a cell that holds a number is refused,
            because the spreadsheet may have dropped zeros before it or digits behind it.
        DAY: a day of the calendar, as text 2027-06-30.
        QUANTITY: a number, as plain decimal text 12.5.
        SWITCH: Yes or No, as text; a truth value of the spreadsheet is one of them.
    """

    TEXT = "text"
    NUMBER_TEXT = "number text"
    DAY = "day"
    QUANTITY = "quantity"
    SWITCH = "switch"


@dataclass(frozen=True)
class ColumnOfSheet:
    """A column of another sheet of the same workbook, whose cells hold what may be chosen.

    Attributes:
        sheet: as its tab says it.
        column_no: counted from 1.
    """

    sheet: str
    column_no: int


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: under which callers give and get its values.
        caption: its heading in the sheet.
        kind: what its cells hold.
        specifies: one sentence for the sheet of instructions.
        choices: what its drop-down list offers; something else may still be typed.
        choices_on: where it stands what the list offers, when that is filled in as well.
        width: in characters of the sheet's font.
        is_required: whether rows that come from elsewhere have it; a workbook of ours has all.
    """

    name: str
    caption: str
    kind: ColumnKind
    specifies: str = ""
    choices: tuple[str, ...] = ()
    width: int = 16
    is_required: bool = True
    choices_on: ColumnOfSheet | None = None
