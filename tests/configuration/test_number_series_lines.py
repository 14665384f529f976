"""Lines of number series: numbered for Business Central, known here by their Starting Date."""

import pytest

from scanner_app.database import Database
from tests.configuration.go_live import SERIES, SERIES_LINES
from tests.configuration.packages import (
    Rows,
    add_package,
    book,
    counts,
    export,
    run,
    send,
    validate,
)
from tests.spreadsheet import Cell, Spreadsheet

NAME = "No. Series Line"
CAPTIONS = ["Series Code", "Line No.", "Starting Date", "Starting No."]
SHEETS: dict[int, Rows] = {
    SERIES: [["Code"], ["LOTS"], ["TAGS"]],
    SERIES_LINES: [
        CAPTIONS,
        ["LOTS", 30_000, "2027-01-01", "L27001"],
        ["LOTS", 20_000, "2026-01-01", "L26001"],
        ["TAGS", "", "2026-01-01", "T1"],
    ],
}


def apply(database: Database, admin: int, content: bytes) -> dict[str, int]:
    send(database, content)
    return counts(run(database, admin))[NAME]


def exported(database: Database, code: str = "LINES") -> list[list[Cell]]:
    """Series, number, date and first number of each line."""
    rows = Spreadsheet(export(database, code)).sheets[NAME]
    assert rows[2][:4] == CAPTIONS
    return [row[:4] for row in rows[3:]]


def lines_sheet(*rows: list[Cell]) -> bytes:
    return book({SERIES_LINES: [CAPTIONS, *rows]})


def test_lines_are_numbered_in_each_series_in_the_order_of_their_dates(
    database: Database, admin: int
) -> None:
    assert apply(database, admin, book(SHEETS)) == {"created": 3}
    add_package(database, SERIES_LINES, code="LINES")
    lines = [[series, no, str(day), first] for series, no, day, first in exported(database)]
    assert lines == [
        ["LOTS", "10000", "2026-01-01", "L26001"],
        ["LOTS", "20000", "2027-01-01", "L27001"],
        ["TAGS", "10000", "2026-01-01", "T1"],
    ]


def test_a_file_comes_again_after_a_line_came_between_and_moves_no_date(
    database: Database, admin: int
) -> None:
    apply(database, admin, book(SHEETS))
    sent = export(database)
    between: list[Cell] = ["LOTS", "", "2026-07-01", "L26501"]
    assert apply(database, admin, lines_sheet(between)) == {"created": 1}
    add_package(database, SERIES_LINES, code="LINES")
    now = exported(database)
    assert [line[1] for line in now] == ["10000", "20000", "30000", "10000"]
    assert apply(database, admin, sent) == {"unchanged": 3}
    assert exported(database) == now
    assert apply(database, admin, export(database)) == {"unchanged": 4}


def test_a_file_without_the_numbers_comes_in(database: Database, admin: int) -> None:
    apply(database, admin, book(SHEETS))
    rows: Rows = [["Series Code", "Starting Date", "Starting No."], ["TAGS", "2027-01-01", "T900"]]
    assert apply(database, admin, book({SERIES_LINES: rows})) == {"created": 1}


def test_two_lines_of_one_date_are_told_though_their_numbers_differ(
    database: Database, admin: int
) -> None:
    rows: Rows = [*SHEETS[SERIES_LINES], ["LOTS", 40_000, "2026-01-01", "L1"]]
    twice = ("Series Code", "LOTS", "PackageRecordTwice")
    assert validate(database, admin, SHEETS | {SERIES_LINES: rows}) == [twice]


@pytest.mark.parametrize("no", ["second", "0", "-1", "1" * 16])
def test_what_is_no_number_is_told_of_a_line_that_is_there_and_of_a_new_one(
    database: Database, admin: int, no: str
) -> None:
    apply(database, admin, book(SHEETS))
    fault = ("Line No.", no, "LineNoNotReadable")
    there: list[Cell] = ["LOTS", no, "2026-01-01", "L26001"]
    new: list[Cell] = ["LOTS", no, "2028-01-01", "ABC"]
    sheets: dict[int, Rows] = {SERIES_LINES: [CAPTIONS, there, new]}
    told = validate(database, admin, sheets)
    assert told == [fault, fault, ("Starting No.", "ABC", "NumberCannotBeCounted")]
