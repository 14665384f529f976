"""A spreadsheet program without a screen: opens a workbook, edits its cells, and saves all of it.

What it saves was written by another program than the one that wrote the workbook: only the values
of the cells come along, and the sheets they stand on.
"""

import io
from datetime import date

import xlsxwriter
from python_calamine import CalamineWorkbook

Cell = str | float | bool | date | None


class Spreadsheet:
    """The sheets of a workbook, each a list of rows of cells."""

    def __init__(self, content: bytes) -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        self.sheets: dict[str, list[list[Cell]]] = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[misc]
            for name in book.sheet_names
        }

    @property
    def lines(self) -> list[list[Cell]]:
        """The rows of the sheet Lines, the captions first."""
        return self.sheets["Lines"]

    def read(self, row: int) -> dict[str, Cell]:
        """The cells of a row by their captions; row 0 is the first below the captions."""
        return dict(zip(map(str, self.lines[0]), self.lines[row + 1], strict=True))

    def fill_in(self, row: int, **cells: Cell) -> None:
        """Write into cells, named by their captions in lower case with underscores."""
        while len(self.lines) < row + 2:
            self.lines.append([""] * len(self.lines[0]))
        names = [str(caption).lower().replace(" ", "_").rstrip(".") for caption in self.lines[0]]
        for name, value in cells.items():
            self.lines[row + 1][names.index(name)] = value

    def delete(self, row: int) -> None:
        """Delete a row."""
        del self.lines[row + 1]

    def save(self) -> bytes:
        """The workbook as the program saves it."""
        stream = io.BytesIO()
        plain = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        }
        with xlsxwriter.Workbook(stream, plain) as book:
            for name, rows in self.sheets.items():
                sheet = book.add_worksheet(name)
                for row_no, cells in enumerate(rows):
                    sheet.write_row(row_no, 0, cells)
        return stream.getvalue()
