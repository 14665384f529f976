"""The guides of a workbook: its instructions, and the lists that its cells offer.

This module must never forbid what it does not offer: a new code may be typed.
"""

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname

from scanner_app.errors import InvariantBroken
from scanner_app.workbooks.cells import cell_name, column_letters
from scanner_app.workbooks.column import Column, ColumnKind
from scanner_app.workbooks.exact_worksheet import ExactWorksheet
from scanner_app.workbooks.instructions import Instructions
from scanner_app.workbooks.layout import FACTS_HEADING, INSTRUCTIONS_SHEET, LISTS_SHEET

_TEXT_FORMAT = 49  # The format @ by its number, which every program knows as text.
_CAPTIONS_WIDTH = 28
_SENTENCES_WIDTH = 90


class Formats:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self.text = book.add_format({"num_format": _TEXT_FORMAT})
        self.heading = book.add_format({"num_format": _TEXT_FORMAT, "bold": True})
        self.sentence = book.add_format(
            {"num_format": _TEXT_FORMAT, "text_wrap": True, "valign": "top"}
        )
        self.whole = book.add_format({"num_format": "0"})
        self.of_kind: dict[ColumnKind, Format] = {
            ColumnKind.TEXT: self.text,
            ColumnKind.NUMBER_TEXT: self.text,
            ColumnKind.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
            ColumnKind.SWITCH: self.text,
            ColumnKind.QUANTITY: book.add_format({"num_format": "0.#####"}),
        }


def write_text(sheet: ExactWorksheet, row: int, place: int, text: str, cell_format: Format) -> None:
    """Write a text as it is into the cell at row and place, both counted from 0.

    Raises:
        InvariantBroken: when the library did not write it, because it is too long for a cell.
    """
    if sheet.write_string(row, place, text, cell_format) != 0:
        raise InvariantBroken(f"cell {cell_name(row + 1, place + 1)} does not hold its text")


def write_lists(
    book: Workbook,
    lines: ExactWorksheet,
    columns: Sequence[Column],
    last_row: int,
    formats: Formats,
) -> None:
    """Offer the choices of each column in its cells, down to the last row, counted from 0.

    They stand on a sheet of their own, because within a cell they may have 255 characters only.
    """
    chosen = [column for column in columns if column.choices]
    if not chosen:
        return
    sheet = book.add_worksheet(LISTS_SHEET, ExactWorksheet)
    for place, column in enumerate(chosen):
        sheet.set_column(place, place, column.width, formats.text)
        write_text(sheet, 0, place, column.caption, formats.heading)
    # The library takes cells row by row only.
    for row in range(max(len(column.choices) for column in chosen)):
        for place, column in enumerate(chosen):
            if row < len(column.choices):
                write_text(sheet, row + 1, place, column.choices[row], formats.text)
    for place, column in enumerate(chosen):
        source = _cells(LISTS_SHEET, place + 1, 1, len(column.choices))
        _offer(lines, columns.index(column), 1, last_row, source)


def write_lists_of_table(
    sheet: ExactWorksheet, columns: Sequence[Column], first_row: int, last_row: int
) -> None:
    """Offer choices from the first to the last row, both counted from 0, without another sheet.

    They stand in the rule of the cells, or where another sheet holds them from the same row on.
    """
    for place, column in enumerate(columns):
        if column.choices:
            _offer(sheet, place, first_row, last_row, list(column.choices))
        elif column.choices_on is not None:
            on = column.choices_on
            source = _cells(on.sheet, on.column_no, first_row, last_row)
            _offer(sheet, place, first_row, last_row, source)


def _offer(
    sheet: ExactWorksheet, place: int, first_row: int, last_row: int, source: str | list[str]
) -> None:
    """Let cells have a list that tells, but lets something else be typed.

    Raises:
        InvariantBroken: when the library did not write it, because a rule cannot hold so much.
    """
    offered = {"validate": "list", "source": source, "error_type": "information"}
    if sheet.data_validation(first_row, place, last_row, place, offered) != 0:
        raise InvariantBroken(f"column {column_letters(place + 1)} does not offer {source}")


def _cells(sheet: str, column_no: int, first_row: int, last_row: int) -> str:
    """Return how a rule calls the cells of a column on another sheet, rows counted from 0."""
    letters = column_letters(column_no)
    return f"={quote_sheetname(sheet)}!${letters}${first_row + 1}:${letters}${last_row + 1}"


def write_instructions(
    book: Workbook, columns: Sequence[Column], instructions: Instructions, formats: Formats
) -> None:
    """Write the title, the sentences, what each column is for, and the facts if there are some."""
    sheet = book.add_worksheet(INSTRUCTIONS_SHEET, ExactWorksheet)
    sheet.set_column(0, 0, _CAPTIONS_WIDTH, formats.sentence)
    sheet.set_column(1, 1, _SENTENCES_WIDTH, formats.sentence)
    write_text(sheet, 0, 0, instructions.title, formats.heading)
    row = 2
    for sentence in instructions.sentences:
        write_text(sheet, row, 0, sentence, formats.text)
        row += 1
    explained = {column.caption: column.specifies for column in columns}
    row = _write_pairs(sheet, row + 1, explained, formats)
    if instructions.facts:
        write_text(sheet, row + 1, 0, FACTS_HEADING, formats.heading)
        _write_pairs(sheet, row + 2, instructions.facts, formats)


def _write_pairs(sheet: ExactWorksheet, row: int, pairs: dict[str, str], formats: Formats) -> int:
    """Write captions and texts beside each other from a row on; return the row after the last."""
    for caption, text in pairs.items():
        write_text(sheet, row, 0, caption, formats.sentence)
        write_text(sheet, row, 1, text, formats.sentence)
        row += 1
    return row
