"""Validating lines: as lightly as lines that are typed, beside what the package brings."""

from datetime import date

import pytest

from scanner_app.database import Database
from tests.configuration.go_live import (
    BATCHES,
    GO_LIVE,
    ITEM_UNITS,
    ITEMS,
    LINES,
    LOCATIONS,
    SERIES_LINES,
    WHSE_LINES,
    with_rows,
    without,
)
from tests.configuration.packages import (
    Rows,
    Told,
    book,
    run,
    send,
    validate,
)
from tests.spreadsheet import Cell

HEAD = ["Journal Batch Name", "Item No.", "Location Code", "Quantity"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"Item No.": "NONE"}, ("Item No.", "NONE", "RecordNotFound")),
        ({"Item No.": ""}, ("Item No.", "", "NameMissing")),
        ({"Variant Code": "BLUE"}, ("Variant Code", "BLUE", "RecordNotFound")),
        ({"Unit of Measure Code": "CRATE"}, ("Unit of Measure Code", "CRATE", "RecordNotFound")),
        ({"Location Code": "WEST"}, ("Location Code", "WEST", "DirectedLocation")),
        ({"Bin Code": "W-1"}, ("Bin Code", "W-1", "RecordNotFound")),
        ({"Quantity": 0}, ("Quantity", "0", "QuantityZero")),
        ({"Quantity": "many"}, ("Quantity", "many", "QuantityNotReadable")),
        ({"Posting Date": "soon"}, ("Posting Date", "soon", "DateNotReadable")),
        ({"Entry Type": "Gift"}, ("Entry Type", "Gift", "ChoiceUnknown")),
        ({"Reason Code": "NONE"}, ("Reason Code", "NONE", "RecordNotFound")),
        ({"Journal Batch Name": "NONE"}, ("Journal Batch Name", "NONE", "RecordNotFound")),
        ({"Journal Batch Name": ""}, ("Journal Batch Name", "", "NameMissing")),
        ({"Journal Template Name": "X"}, ("Journal Template Name", "X", "OtherTemplate")),
        ({"Line No.": "first"}, ("Line No.", "first", "LineNoNotReadable")),
        ({"Serial No.": "S1", "Quantity": 2}, ("Quantity", "2", "SerialQuantityNotOne")),
        ({"Lot No.": 12}, ("Lot No.", "", "CellHoldsNumberForNumbers")),
        ({"Expiration Date": 5}, ("Expiration Date", "", "CellHoldsNumberForDay")),
    ],
)
def test_a_line_is_tested_as_lightly_as_one_that_is_typed(
    database: Database, admin: int, line: dict[str, Cell], expected: Told
) -> None:
    typed: dict[str, Cell] = {
        "Journal Batch Name": "OPENING",
        "Item No.": "LAMP",
        "Location Code": "EAST",
        "Quantity": 1,
    }
    typed |= line
    sheets = without(WHSE_LINES) | {LINES: [list(typed), list(typed.values())]}
    found = validate(database, admin, sheets)
    field, value, refusal = expected
    assert [(each[0], each[2]) for each in found] == [(field, refusal)]
    assert found[0][1] == value


def test_a_line_of_a_warehouse_journal_is_tested_too(database: Database, admin: int) -> None:
    captions = GO_LIVE[WHSE_LINES][0]
    rows: list[list[Cell]] = [
        ["Item", "FOUND", "WEST", "LAMP", "W-ADJ", 3, "BOX"],
        ["Item", "FOUND", "NONE", "LAMP", "", 3, ""],
        ["Item", "NONE", "WEST", "LAMP", "", 3, ""],
        ["Gift", "FOUND", "WEST", "LAMP", "", 3, ""],
    ]
    assert validate(database, admin, GO_LIVE | {WHSE_LINES: [captions, *rows]}) == [
        ("Bin Code", "W-ADJ", "AdjustmentBinTyped"),
        ("Journal Batch Name", "FOUND", "RecordNotFound"),
        ("Journal Batch Name", "NONE", "RecordNotFound"),
        ("Journal Template Name", "Gift", "ChoiceUnknown"),
    ]


def test_numbers_need_a_batch_that_has_them_on_its_lines(database: Database, admin: int) -> None:
    batch: Rows = [["Name", "No. Series"], ["OPENING", "OPEN"]]
    assert validate(database, admin, GO_LIVE | {BATCHES: batch}) == [
        ("Lot No.", "0012", "BatchWithoutTracking")
    ]


def test_the_first_line_of_a_batch_without_a_series_says_its_document(
    database: Database, admin: int
) -> None:
    sheets = with_rows(BATCHES, ["OPENING", "", "", "Yes"])
    assert validate(database, admin, sheets) == [("Document No.", "", "DocumentNoMissing")]
    lines: Rows = [
        [*HEAD, "Document No."],
        ["OPENING", "LAMP", "EAST", 1, "D1"],
        ["OPENING", "LAMP", "EAST", 2, ""],
    ]
    assert validate(database, admin, sheets | {LINES: lines}) == []


def test_a_series_that_gives_no_number_is_told(database: Database, admin: int) -> None:
    lines = with_rows(SERIES_LINES, ["WHITEM", "2020-01-01", "WI0001", 1])
    assert validate(database, admin, lines) == [("Document No.", "", "NumberSeriesExhausted")]


def test_a_record_that_is_there_counts_beside_what_the_package_says_of_it(
    database: Database, admin: int
) -> None:
    send(database, book(GO_LIVE))
    run(database, admin)
    sheets: dict[int, Rows] = {
        ITEMS: [["No.", "Qty. Rounding Precision"], ["LAMP", 1]],
        ITEM_UNITS: [["Item No.", "Code", "Qty. per Unit of Measure"], ["MILK", "BOX", 6]],
        LOCATIONS: [["Code", "Name"], ["EAST", "East"]],
        LINES: [
            [*HEAD, "Unit of Measure Code"],
            ["OPENING", "LAMP", "EAST", 0.5, ""],
            ["OPENING", "MILK", "EAST", 2, "BOX"],
        ],
    }
    assert validate(database, admin, sheets) == [("Quantity", "0.5", "QuantityTooFine")]


def test_what_a_record_with_a_broken_cell_would_bring_is_not_there(
    database: Database, admin: int
) -> None:
    west: list[Cell] = ["WEST", date(2026, 1, 1), "Yes", "Yes", "W-ADJ"]
    sheets = with_rows(LOCATIONS, ["EAST", "East hall", "Yes", "No", ""], west)
    found = validate(database, admin, sheets)
    assert ("Name", "", "CellHoldsDay") in found
    assert ("Location Code", "WEST", "RecordUnknown") in found
    assert found[-1] == ("Journal Batch Name", "FOUND", "RecordNotFound")
