"""Refusals of one cell: its row is read with the fault, the others are not touched by it.

Each names the cell, the caption above it and what is shown in it.

This module must never refuse a text for what it says: whoever knows the column does that.
"""

from scanner_app.errors import N_, RuleRefused


class CellHoldsFormula(RuleRefused):
    """The content is calculated, so it may change after it was seen."""

    message = N_("{cell}, {caption}: “{shown}” is calculated by a formula.")
    way_out = N_("Copy the cell and paste it as a value.")


class CellHoldsError(RuleRefused):
    """The spreadsheet shows an error."""

    message = N_("{cell}, {caption}: the cell shows the error {shown}.")
    way_out = N_("Type the value itself.")


class CellHoldsTrueOrFalse(RuleRefused):
    """The spreadsheet took a word for a truth value."""

    message = N_("{cell}, {caption}: “{shown}” is a truth value, not a text.")
    way_out = N_("Format the cell as text, and type it again.")


class CellHoldsDay(RuleRefused):
    """The spreadsheet took a code or a quantity for a date."""

    message = N_("{cell}, {caption}: “{shown}” is a date.")
    way_out = N_("Format the cell as the others of its column, and type it again.")


class CellHoldsTime(RuleRefused):
    """The cell holds a time of day or a duration."""

    message = N_("{cell}, {caption}: “{shown}” is or holds a time.")
    way_out = N_(
        "Type a day without a time, such as 2026-12-31, and a code in a cell formatted as text."
    )


class CellHoldsNumberForNumbers(RuleRefused):
    """The spreadsheet keeps a serial, lot or package number as a number."""

    message = N_("{cell}, {caption}: “{shown}” is a number, and zeros or digits of it may be lost.")
    way_out = N_("Format the cell as text, and type it again as the label shows it.")


class CellHoldsLongNumber(RuleRefused):
    """The spreadsheet keeps no more than 15 digits of a number."""

    message = N_("{cell}, {caption}: “{shown}” is a number of more than 15 digits.")
    way_out = N_("Format the cell as text, and type it again: the last digits may be lost.")


class CellHoldsDecimals(RuleRefused):
    """A code or a word was taken for a number with decimals."""

    message = N_("{cell}, {caption}: “{shown}” is a number with decimals, not a text.")
    way_out = N_("Format the cell as text, and type it again.")


class CellHoldsNumberForDay(RuleRefused):
    """A day is kept as a number, which programs count from different days."""

    message = N_("{cell}, {caption}: “{shown}” is a number, not a date.")
    way_out = N_("Format the cell as a date and type the day again, such as 2026-12-31.")


class CellWithoutCaption(RuleRefused):
    """Something stands in a column that has no caption."""

    message = N_("{cell}: “{shown}” stands in a column without a caption.")
    way_out = N_("Delete it, or move it below the caption it belongs to.")
