"""Importing into a package: rows wait there once each, or the file is refused as a whole."""

import csv
import io

import pytest
from sqlalchemy import func, select

from scanner_app.configuration import import_package as importing
from scanner_app.configuration.configuration_package import ConfigurationPackageRecord
from scanner_app.configuration.export_package import table_of_errors
from scanner_app.configuration.import_package import read_package
from scanner_app.configuration.package_errors import count_errors
from scanner_app.configuration.package_tables import TABLES
from scanner_app.configuration.set_up_package import find_package, tables_of
from scanner_app.database import Database
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.workbooks.write_tables import write_tables
from tests.configuration.go_live import GO_LIVE, LINES, UNITS
from tests.configuration.packages import CODE, Rows, add_package, book, counts, run, send, told
from tests.spreadsheet import Cell, Spreadsheet


def refusal_of(content: bytes, file_name: str = "book.xlsx") -> RuleRefused:
    with pytest.raises(RuleRefused) as caught:
        read_package(content, file_name, CODE)
    assert str(caught.value)
    return caught.value


def raw_book(*head: Cell, rows: Rows = (["Code"], ["PCS"])) -> bytes:
    """A workbook of one sheet with another first row."""
    sheet = Spreadsheet(book({UNITS: rows}))
    sheet.sheets["Unit of Measure"][0] = list(head)
    return sheet.save()


@pytest.mark.parametrize(
    ("content", "expected", "parameters"),
    [
        (b"", "TableFileEmpty", {}),
        (b"PK\x03\x04nonsense", "WorkbookDamaged", {"part": "zip"}),
        (b"\xd0\xcf\x11\xe0", "WorkbookOldOrProtected", {"file_name": "book.xlsx"}),
        (
            book({32: [["Entry No."], ["1"]]}),
            "SheetOfLedger",
            {"sheet": "Table 32", "table": "Item Ledger Entry"},
        ),
        (
            book({7312: [["Entry No."], ["1"]]}),
            "SheetOfLedger",
            {"sheet": "Table 7312", "table": "Warehouse Entry"},
        ),
        (
            book({18: [["No."], ["1"]]}),
            "SheetOfUnknownTable",
            {"sheet": "Table 18", "number": "18"},
        ),
        (
            raw_book("Code", "Description"),
            "SheetOfUnknownTable",
            {"sheet": "Unit of Measure", "number": ""},
        ),
        (
            book({UNITS: [["Code"], ["PCS"]]}, "OTHER"),
            "SheetOfOtherPackage",
            {"sheet": "Unit of Measure", "other": "OTHER", "code": CODE},
        ),
        (
            book({UNITS: [["Code", "Colour"], ["PCS", "red"]]}),
            "CaptionUnknown",
            {"cell": "B3", "shown": "Colour"},
        ),
        (
            book({UNITS: [["Code", "code"], ["PCS", ""]]}),
            "CaptionTwice",
            {"cell": "B3", "caption": "code"},
        ),
        (book({UNITS: [["Description"], ["Piece"]]}), "CaptionMissing", {"caption": "Code"}),
        (book({UNITS: []}), "CaptionMissing", {"caption": "Code"}),
    ],
)
def test_what_cannot_be_imported_is_refused_by_name(
    content: bytes, expected: str, parameters: dict[str, object]
) -> None:
    refusal = refusal_of(content)
    assert (refusal.code, refusal.parameters) == (expected, parameters)


def test_two_sheets_of_a_table_are_refused() -> None:
    sheet = Spreadsheet(book({UNITS: [["Code"], ["PCS"]]}))
    sheet.sheets["Units again"] = sheet.sheets["Unit of Measure"]
    refusal = refusal_of(sheet.save())
    assert (refusal.code, refusal.parameters["sheet"]) == ("SheetTwice", "Units again")


def test_a_file_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [["Code"], ["A"], ["B"], ["C"]]
    monkeypatch.setattr(importing, "ROWS_MAX", 2)
    assert refusal_of(book({UNITS: rows})).code == "TableHasTooManyRows"
    monkeypatch.setattr(importing, "ROWS_MAX", 3)
    monkeypatch.setattr(importing, "RECORDS_MAX", 2)
    assert refusal_of(book({UNITS: rows})).code == "PackageHasTooManyRecords"


def test_a_sheet_may_come_as_csv(database: Database, admin: int) -> None:
    text = io.StringIO()
    rows = [[CODE, "Unit of Measure", "204"], [], ["Code", "Description"], ["PCS", "Stück; rot"]]
    csv.writer(text, delimiter=";").writerows(rows)
    assert send(database, text.getvalue().encode()) == {"Unit of Measure": (1, 0, 0, 0)}
    run(database, admin)
    with database.read() as session:
        assert session.scalars(select(UnitOfMeasure.description)).all() == ["Stück; rot"]
    assert refusal_of(b"").code == "TableFileEmpty"
    assert refusal_of(b"one line", "a.csv").code == "SheetOfUnknownTable"


def test_the_same_file_changes_nothing(database: Database, admin: int) -> None:
    first = send(database, book(GO_LIVE))
    assert all(kept == (len(GO_LIVE[number]) - 1, 0, 0, 0) for number, kept in by_no(first).items())
    again = send(database, book(GO_LIVE))
    assert all(kept == (0, 0, len(GO_LIVE[number]) - 1, 0) for number, kept in by_no(again).items())
    assert admin


def by_no(kept: dict[str, tuple[int, int, int, int]]) -> dict[int, tuple[int, int, int, int]]:
    return {number: kept[TABLES[number].name] for number in GO_LIVE}


def test_rows_are_replaced_or_kept_as_it_is_told(database: Database, admin: int) -> None:
    two: Rows = [["Code", "Description"], ["PCS", "Piece"], ["BOX", "Box"]]
    one: Rows = [["Code", "Description"], [" box", "Carton"]]
    send(database, book({UNITS: two}))
    assert send(database, book({UNITS: one}), replace=False) == {"Unit of Measure": (0, 1, 0, 0)}
    assert send(database, book({UNITS: two})) == {"Unit of Measure": (0, 1, 1, 0)}
    assert send(database, book({UNITS: one})) == {"Unit of Measure": (0, 1, 0, 1)}
    with database.read() as session:
        row = ConfigurationPackageRecord
        assert session.scalars(select(row.cells)).all() == [
            {"code": " box", "description": "Carton"}
        ]
    assert counts(run(database, admin)) == {"Unit of Measure": {"created": 1}}


def test_lines_that_say_the_same_are_as_many_as_there_are(database: Database, admin: int) -> None:
    captions = GO_LIVE[LINES][0]
    same: list[Cell] = [5, "LAMP", "OPENING", "EAST", "E-1", ""]
    send(database, book(GO_LIVE | {LINES: [captions, same, same, same]}))
    assert counts(run(database, admin))["Item Journal Line"] == {"created": 3}
    send(database, book({LINES: [captions, same, same, same, same]}))
    assert counts(run(database, admin))["Item Journal Line"] == {"created": 1, "unchanged": 3}


def test_importing_forgets_what_was_found_before(database: Database, admin: int) -> None:
    send(database, book({UNITS: [["Code"], ["A/B"], ["OK"]]}))
    run(database, admin, apply=False)
    assert len(told(database)) == 1
    send(database, book({UNITS: [["Code"], ["A/B"], ["OK"]]}))
    assert len(told(database)) == 1
    send(database, book({UNITS: [["Code"], ["AB"], ["OK"]]}))
    assert told(database) == []


def test_more_rows_than_one_statement_takes_may_leave(
    database: Database, admin: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "KEYS_AT_ONCE", 2)
    send(database, book({UNITS: [["Code"], *([f"U{n}"] for n in range(5))]}))
    assert send(database, book({UNITS: [["Code"]]})) == {"Unit of Measure": (0, 0, 0, 5)}
    with database.read() as session:
        row = ConfigurationPackageRecord
        assert session.scalar(select(func.count()).select_from(row)) == 0
    assert admin


def test_the_rows_go_out_again_with_their_errors(database: Database, admin: int) -> None:
    add_package(database, 204, code="EMPTY")
    send(database, book({UNITS: [["Code"], ["A/B"], ["OK"], ["C/D"]]}))
    run(database, admin, apply=False)
    assert errors_sheet(database, CODE)[2:] == [
        ["Code", "Error"],
        ["A/B", "UnitOfMeasureNotInAddress"],
        ["OK", ""],
        ["C/D", "UnitOfMeasureNotInAddress"],
    ]
    assert errors_sheet(database, "EMPTY")[2:] == [["Error", "", ""]]


def errors_sheet(database: Database, code: str) -> list[list[Cell]]:
    stream = io.BytesIO()
    with database.read() as session:
        package = find_package(session, code)
        assert package is not None
        [table] = tables_of(session, package.id)
        assert count_errors(session, table.id) == table.errors
        words = " ".join
        sheet = table_of_errors(
            session, package, table.id, UNITS, lambda faults: words(each.code for each in faults)
        )
        write_tables(stream, [sheet])
    rows = Spreadsheet(stream.getvalue()).sheets["Unit of Measure"]
    return [row[:2] if code == CODE else row for row in rows]
