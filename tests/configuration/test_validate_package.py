"""Validating a package: every error is told with its row, its field and what stands there."""

from datetime import date

import pytest

from scanner_app.configuration.package_errors import PackageError
from scanner_app.database import Database
from tests.configuration.go_live import (
    BATCHES,
    BIN_TYPES,
    BINS,
    CODES,
    GO_LIVE,
    ITEM_UNITS,
    ITEMS,
    LINES,
    LOCATIONS,
    LOTS,
    REASONS,
    REFERENCES,
    SERIES,
    SERIES_LINES,
    SETUP,
    UNITS,
    VARIANTS,
    WHSE_BATCHES,
    WHSE_LINES,
    ZONES,
    with_rows,
    without,
)
from tests.configuration.packages import (
    Rows,
    book,
    counts,
    errors,
    export,
    run,
    send,
    told,
)
from tests.spreadsheet import Cell, Spreadsheet

Told = tuple[str, str, str]
HEAD = ["Journal Batch Name", "Item No.", "Location Code", "Quantity"]


def validate(database: Database, admin: int, sheets: dict[int, Rows]) -> list[Told]:
    """Import and validate; returns field, value and refusal of each error."""
    send(database, book(sheets))
    before = export(database)
    run(database, admin, apply=False)
    assert export(database) == before
    return [error[2:] for error in told(database)]


@pytest.mark.parametrize(
    ("table_no", "captions", "row", "expected"),
    [
        (UNITS, ["Code", "Description"], ["A/B", ""], ("Code", "A/B", "UnitOfMeasureNotInAddress")),
        (
            UNITS,
            ["Code", "Description"],
            ["X", "x" * 101],
            ("Description", "", "DescriptionTooLong"),
        ),
        (REASONS, ["Code"], ["ELEVEN CHARS"], ("Code", "ELEVEN CHARS", "FieldTooLong")),
        (SERIES, ["Code", "Manual Nos."], ["X", "x"], ("Manual Nos.", "x", "SwitchNotReadable")),
        (
            SERIES_LINES,
            ["Series Code", "Starting Date", "Starting No."],
            ["OPEN", "2020-01-01", "ABC"],
            ("Starting No.", "ABC", "NumberCannotBeCounted"),
        ),
        (
            SERIES_LINES,
            ["Series Code", "Starting Date", "Starting No."],
            ["OPEN", "soon", "A1"],
            ("Starting Date", "soon", "DateNotReadable"),
        ),
        (
            SERIES_LINES,
            ["Series Code", "Starting Date", "Starting No."],
            ["NONE", "2020-01-01", "A1"],
            ("Series Code", "NONE", "NumberSeriesUnknown"),
        ),
        (SETUP, ["Package Nos."], ["NONE"], ("Package Nos.", "NONE", "PackageNosNotFound")),
        (
            CODES,
            ["Code", "Lot Specific Tracking", "Lot Transfer Tracking"],
            ["X", "Yes", "No"],
            ("Lot Transfer Tracking", "No", "FlowImplied"),
        ),
        (
            CODES,
            ["Code", "Warranty Date Formula"],
            ["X", "1Z"],
            ("Warranty Date Formula", "1Z", "DateFormulaNotReadable"),
        ),
        (BIN_TYPES, ["Code", "Pick"], ["X", "perhaps"], ("Pick", "perhaps", "SwitchNotReadable")),
        (LOCATIONS, ["Code", "Time Zone"], ["X", "Mars"], ("Time Zone", "Mars", "TimeZoneUnknown")),
        (
            LOCATIONS,
            ["Code", "Directed Put-away and Pick"],
            ["EAST", "Yes"],
            ("Directed Put-away and Pick", "Yes", "DirectedNeedsZone"),
        ),
        (
            LOCATIONS,
            ["Code", "Receipt Bin Code"],
            ["EAST", "NONE"],
            ("Receipt Bin Code", "NONE", "RecordNotFound"),
        ),
        (
            ZONES,
            ["Location Code", "Code", "Bin Type Code"],
            ["WEST", "X", "NONE"],
            ("Bin Type Code", "NONE", "RecordNotFound"),
        ),
        (
            ZONES,
            ["Location Code", "Code", "Bin Type Code"],
            ["NONE", "X", "STORE"],
            ("Location Code", "NONE", "RecordUnknown"),
        ),
        (
            BINS,
            ["Location Code", "Code", "Bin Ranking"],
            ["EAST", "X", -1],
            ("Bin Ranking", "-1", "WholeNumberNotReadable"),
        ),
        (
            BINS,
            ["Location Code", "Code", "Block Movement"],
            ["EAST", "X", "some"],
            ("Block Movement", "some", "ChoiceUnknown"),
        ),
        (ITEMS, ["No.", "GTIN"], ["LAMP", "4006381333932"], ("GTIN", "", "CheckDigitWrong")),
        (ITEMS, ["No.", "Blocked"], ["NEW", ""], ("Base Unit of Measure", "", "BaseUnitMissing")),
        (VARIANTS, ["Item No.", "Code"], ["NONE", "X"], ("Item No.", "NONE", "ItemUnknown")),
        (
            ITEM_UNITS,
            ["Item No.", "Code", "Qty. per Unit of Measure"],
            ["LAMP", "BOX", 0],
            ("Qty. per Unit of Measure", "0", "QtyPerUnitNotReadable"),
        ),
        (
            REFERENCES,
            ["Item No.", "Unit of Measure", "Reference Type", "Reference No."],
            ["LAMP", "BOX", "Barcode", "77"],
            ("Reference Type", "Barcode", "ReferenceTypeUnknown"),
        ),
        (
            LOTS,
            ["Item No.", "Lot No.", "Test Quality"],
            ["MILK", "L1", "So so"],
            ("Test Quality", "So so", "QualityUnknown"),
        ),
        (LOTS, ["Item No.", "Lot No."], ["MILK", "A\x01"], ("Lot No.", "", "FieldNotReadable")),
        (
            BATCHES,
            ["Name", "Journal Template Name"],
            ["X", "RECURRING"],
            ("Journal Template Name", "RECURRING", "OtherTemplate"),
        ),
        (
            WHSE_BATCHES,
            ["Journal Template Name", "Location Code", "Name"],
            ["Item", "NONE", "X"],
            ("Location Code", "NONE", "RecordUnknown"),
        ),
        (
            WHSE_BATCHES,
            ["Journal Template Name", "Location Code", "Name"],
            ["Reclass", "WEST", "X"],
            ("Journal Template Name", "Reclass", "ChoiceUnknown"),
        ),
    ],
)
def test_every_table_tells_the_field_at_fault(
    database: Database,
    admin: int,
    table_no: int,
    captions: list[Cell],
    row: list[Cell],
    expected: Told,
) -> None:
    send(database, book(without(LINES, WHSE_LINES, WHSE_BATCHES)))
    run(database, admin)
    [(name, error)] = refused_row(database, admin, table_no, captions, row)
    field, value, refusal = expected
    assert (error.row_no, error.caption, error.refusal.code) == (4, field, refusal), name
    assert not value or error.value == value
    assert str(error.refusal)


def refused_row(
    database: Database, admin: int, table_no: int, captions: list[Cell], row: list[Cell]
) -> list[tuple[str, PackageError]]:
    send(database, book({table_no: [captions, row]}))
    before = export(database)
    run(database, admin, apply=False)
    assert Spreadsheet(export(database)).sheets == Spreadsheet(before).sheets
    return errors(database)


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
        ({"Line No.": "first"}, ("Line No.", "first", "WholeNumberNotReadable")),
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


def test_all_errors_of_a_record_are_told_at_once(database: Database, admin: int) -> None:
    captions: list[Cell] = ["No.", "Base Unit of Measure", "GTIN", "Item Tracking Code", "Blocked"]
    row: list[Cell] = ["NEW", "CRATE", "123", "NONE", "maybe"]
    assert validate(database, admin, {ITEMS: [captions, row]}) == [
        ("GTIN", "123", "GtinNotReadable"),
        ("Blocked", "maybe", "SwitchNotReadable"),
        ("Base Unit of Measure", "CRATE", "BaseUnitUnknown"),
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


def test_a_gtin_that_stands_twice_is_told_at_the_second_item(
    database: Database, admin: int
) -> None:
    items = with_rows(
        ITEMS,
        ["LAMP", "Lamp", "PCS", "", "4006381333931"],
        ["MILK", "Milk", "PCS", "LOTS", "04006381333931"],
    )
    assert ("GTIN", "04006381333931", "GtinTaken") in validate(database, admin, items)


def test_two_rows_of_one_record_are_told(database: Database, admin: int) -> None:
    units = with_rows(UNITS, ["PCS", ""], ["BOX", ""], ["pcs ", "again"])
    [(name, error)] = [each for each in (validate(database, admin, units), errors(database))[1]]
    assert (name, error.row_no, error.refusal.code) == ("Unit of Measure", 6, "PackageRecordTwice")
    assert error.refusal.parameters == {"row_no": 6, "other_row_no": 4}


def test_a_cell_with_a_formula_is_told_and_never_applied(database: Database, admin: int) -> None:
    units: Rows = [["Code", "Description"], ["PCS", date(2026, 1, 1)]]
    assert validate(database, admin, {UNITS: units}) == [("Description", "", "CellHoldsDay")]
    job = run(database, admin, leave_out=True)
    assert counts(job) == {"Unit of Measure": {"refused": 1}}


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
