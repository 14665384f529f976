"""Workbooks of several tables: written by us, written by others, and written by nobody good."""

import io
import re

import pytest

from scanner_app.errors import InvariantBroken, RuleRefused
from scanner_app.workbooks.column import Column, ColumnKind, ColumnOfSheet
from scanner_app.workbooks.read import read_rows
from scanner_app.workbooks.read_tables import COLUMNS_MAX, read_tables
from scanner_app.workbooks.write_tables import TableToWrite, write_tables
from tests.workbooks.foreign import cell, parts_of, row, sheet, text_cell, zipped
from tests.workbooks.parts import drop_downs, part

CODE = Column("code", "Code", ColumnKind.TEXT)
ON = Column("on", "On", ColumnKind.SWITCH, is_required=False)
COLUMNS = (CODE, ON)
HEAD = row(1, text_cell("A1", "PKG"), text_cell("B1", "Bin"), cell("C1", "7354"))
CAPTIONS = row(3, text_cell("A3", "Code"), text_cell("B3", "On"))

Said = list[tuple[str, str, str, str, list[tuple[int, dict[str, str]]]]]


def read(content: bytes, rows_max: int = 100) -> Said:
    return [
        (
            each.name,
            each.package_code,
            each.table_name,
            each.number,
            [
                (line.row_no, line.values)
                for line in read_rows(each.rows, COLUMNS, (), rows_max, is_ours=False)
            ],
        )
        for each in read_tables(content, "book.xlsx", {"Bin"}, rows_max)
    ]


def refusal_of(content: bytes, rows_max: int = 100) -> str:
    with pytest.raises(RuleRefused) as caught:
        read(content, rows_max)
    assert str(caught.value)
    return caught.value.code


def foreign(*rows: str, after: str = "", state: str = "visible") -> bytes:
    return zipped(parts_of(sheet(*rows, after=after), sheets={"Bin": state}))


def test_what_is_written_is_read_again() -> None:
    stream = io.BytesIO()
    tables = [
        TableToWrite("PKG", name, number, COLUMNS, rows, rows_max=10)
        for name, number, rows in (
            ("Bin", 7354, [{"code": "0012", "on": "Yes"}, {"code": "=1", "on": ""}]),
            ("Zone", 7300, []),
        )
    ]
    write_tables(stream, tables)
    assert read(stream.getvalue()) == [
        (
            "Bin",
            "PKG",
            "Bin",
            "7354",
            [(4, {"code": "0012", "on": "Yes"}), (5, {"code": "=1", "on": ""})],
        ),
        ("Zone", "PKG", "Zone", "7300", []),
    ]


def written(*columns: Column, rows_max: int = 10) -> bytes:
    stream = io.BytesIO()
    write_tables(stream, [TableToWrite("PKG", "Bin", 7354, columns, (), rows_max)])
    return stream.getvalue()


def test_lists_reach_as_far_as_rows_may_and_need_no_sheet_of_their_own() -> None:
    zone = Column("zone", "Zone", ColumnKind.TEXT, choices_on=ColumnOfSheet("O'Hara's zones", 28))
    on = Column("on", "On", ColumnKind.SWITCH, choices=("Yes", "No"))
    book = written(CODE, zone, on)
    assert drop_downs(book)["Bin"] == {
        "Zone": ("'O''Hara''s zones'!$AB$4:$AB$13", "B4:B13"),
        "On": ('"Yes,No"', "C4:C13"),
    }
    assert part(book, "xl/worksheets/sheet1.xml").count('errorStyle="information"') == 2
    assert [each[0] for each in read_sheet_heads(book)] == ["Bin"]


def test_more_choices_than_a_rule_can_hold_are_never_left_out_silently() -> None:
    many = Column("on", "On", ColumnKind.TEXT, choices=("A long choice",) * 20)
    with pytest.raises(InvariantBroken), pytest.warns(UserWarning, match="255"):
        written(many)


def test_the_number_of_the_table_is_no_day_above_a_column_of_days() -> None:
    day = Column("day", "Day", ColumnKind.DAY)
    book = written(CODE, Column("on", "On", ColumnKind.SWITCH), day)
    xml = part(book, "xl/worksheets/sheet1.xml")
    [of_column] = re.findall(r'<col min="3" max="3"[^>]* style="(\d+)"', xml)
    [of_cell] = re.findall(r'<c r="C1" s="(\d+)"><v>7354<', xml)
    assert of_cell != of_column


def test_a_truth_value_is_a_switch() -> None:
    lines = [
        row(no, text_cell(f"A{no}", f"B{no}"), cell(f"B{no}", value, kind="b"))
        for no, value in ((4, "1"), (5, "0"))
    ]
    [(_, _, _, number, rows)] = read(foreign(HEAD, CAPTIONS, *lines))
    assert number == "7354"
    assert [values["on"] for _, values in rows] == ["Yes", "No"]


def test_a_sheet_with_less_than_its_head_says_nothing() -> None:
    [(_, package, table, number, rows)] = list(read_sheet_heads(foreign()))
    assert (package, table, number, rows) == ("", "", "", 0)
    [(_, package, table, number, rows)] = list(read_sheet_heads(foreign(HEAD)))
    assert (package, table, number, rows) == ("PKG", "Bin", "7354", 0)


def read_sheet_heads(content: bytes) -> list[tuple[str, str, str, str, int]]:
    return [
        (each.name, each.package_code, each.table_name, each.number, len(list(each.rows)))
        for each in read_tables(content, "book.xlsx", {"Bin"}, 100)
    ]


def test_a_cell_beyond_the_widest_table_is_refused() -> None:
    far = row(4, text_cell("A4", "X"), text_cell("BM4", "X"))
    assert COLUMNS_MAX == 64
    assert refusal_of(foreign(HEAD, CAPTIONS, far)) == "WorkbookCellTooFar"


def test_more_rows_than_there_may_be_are_refused() -> None:
    rows = [row(n, text_cell(f"A{n}", "X")) for n in range(4, 8)]
    assert refusal_of(foreign(HEAD, CAPTIONS, *rows), 3) == "TableHasTooManyRows"
    assert len(read(foreign(HEAD, CAPTIONS, *rows), 4)[0][4]) == 4


def test_a_sheet_whose_part_is_missing_is_refused() -> None:
    parts = parts_of(sheet(HEAD, CAPTIONS))
    del parts["xl/worksheets/sheet1.xml"]
    assert refusal_of(zipped(parts)) == "WorkbookDamaged"


def test_a_hidden_sheet_is_refused() -> None:
    assert refusal_of(foreign(HEAD, CAPTIONS, state="hidden")) == "WorkbookSheetHidden"


def test_merged_cells_are_refused() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A4:A5"/></mergeCells>'
    assert refusal_of(foreign(HEAD, CAPTIONS, after=merged)) == "WorkbookCellsMerged"
