"""Put-away templates in a package: lines are known by their numbers, and asked as on their page."""

import pytest

from scanner_app.database import Database
from tests.configuration.go_live import LOCATIONS
from tests.configuration.packages import Rows, add_package, book, counts, export, run, send, told
from tests.spreadsheet import Cell, Spreadsheet

TEMPLATES, LINES = 7307, 7308
NAME = "Put-away Template Line"
HEAD: list[Cell] = [
    "Put-away Template Code",
    "Line No.",
    "Find Fixed Bin",
    "Find Floating Bin",
    "Find Empty Bin",
]


@pytest.fixture
def sue(database: Database, gone_live: int) -> int:
    add_package(database, TEMPLATES, LINES, LOCATIONS, code="PLACES")
    return gone_live


def sheets(*lines: list[Cell]) -> dict[int, Rows]:
    return {TEMPLATES: [["Code", "Description"], ["STD", "Usual"]], LINES: [HEAD, *lines]}


def lines(database: Database) -> list[list[Cell]]:
    rows = Spreadsheet(export(database, "PLACES")).sheets[NAME]
    wanted = [rows[2].index(caption) for caption in HEAD]
    return [[row[place] for place in wanted] for row in rows[3:]]


def apply(database: Database, user_id: int, sent: dict[int, Rows]) -> dict[str, dict[str, int]]:
    send(database, book(sent))
    return counts(run(database, user_id))


def test_lines_come_and_change_by_their_numbers(database: Database, sue: int) -> None:
    sent = sheets(["STD", "20", "", "", "Yes"], ["std", "10", "Yes", "", ""])
    sent[LOCATIONS] = [["Code", "Put-away Template Code"], ["WEST", "STD"]]
    assert apply(database, sue, sent)[NAME] == {"created": 2}
    assert lines(database) == [["STD", 10, "Yes", "No", "No"], ["STD", 20, "No", "Yes", "Yes"]]
    again = sheets(["STD", "20", "Yes", "No", "No"], ["STD", "10", "Yes", "No", "No"])
    assert apply(database, sue, again)[NAME] == {"changed": 1, "unchanged": 1}
    assert lines(database) == [["STD", 10, "Yes", "No", "No"], ["STD", 20, "Yes", "No", "No"]]


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        (["NONE", "10", "Yes", "No", "No"], "RecordUnknown"),
        (["STD", "first", "Yes", "No", "No"], "WholeNumberNotReadable"),
        (["STD", "10", "Yes", "Yes", "No"], "TemplateLineContradicts"),
    ],
)
def test_what_cannot_be_is_told(
    database: Database, sue: int, line: list[Cell], refusal: str
) -> None:
    apply(database, sue, sheets(line))
    assert refusal in {error[-1] for error in told(database)}
