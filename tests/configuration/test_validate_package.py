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
    CONTENTS,
    EMPLOYEES,
    ITEM_UNITS,
    ITEMS,
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
    ZONES,
    with_rows,
)
from tests.configuration.packages import (
    Rows,
    Told,
    book,
    counts,
    errors,
    export,
    run,
    send,
    validate,
)
from tests.spreadsheet import Cell, Spreadsheet


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
        (
            EMPLOYEES,
            ["User ID", "Location Code"],
            ["NOBODY", "EAST"],
            ("User ID", "NOBODY", "EmployeeWithoutUser"),
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
            CONTENTS,
            ["Location Code", "Bin Code", "Item No.", "Unit of Measure Code"],
            ["EAST", "E-1", "LAMP", "BOX"],
            ("Unit of Measure Code", "BOX", "BaseUnitOnly"),
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
    gone_live: int,
    table_no: int,
    captions: list[Cell],
    row: list[Cell],
    expected: Told,
) -> None:
    [(name, error)] = refused_row(database, gone_live, table_no, captions, row)
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


def test_all_errors_of_a_record_are_told_at_once(database: Database, admin: int) -> None:
    captions: list[Cell] = ["No.", "Base Unit of Measure", "GTIN", "Item Tracking Code", "Blocked"]
    row: list[Cell] = ["NEW", "CRATE", "123", "NONE", "maybe"]
    assert validate(database, admin, {ITEMS: [captions, row]}) == [
        ("GTIN", "123", "GtinNotReadable"),
        ("Blocked", "maybe", "SwitchNotReadable"),
        ("Base Unit of Measure", "CRATE", "BaseUnitUnknown"),
    ]


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
