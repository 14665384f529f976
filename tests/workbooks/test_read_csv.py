"""Reading CSV and pasted tables: exact text, or one clear refusal."""

import codecs
import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.errors import RuleRefused
from scanner_app.workbooks.column import Column, ColumnKind
from scanner_app.workbooks.read import ReadRow, ReadTable, read_pasted, read_table
from scanner_app.workbooks.refusals import (
    CaptionMissing,
    CaptionTwice,
    CaptionUnknown,
    TableFileEmpty,
    TableFileNotReadable,
    TableFileUnpacksTooLarge,
    TableHasTooManyFaults,
    TableHasTooManyRows,
    TableTextBroken,
)

ITEM = Column("item_no", "Item No.", ColumnKind.TEXT)
LOT = Column("lot_no", "Lot No.", ColumnKind.NUMBER_TEXT)
COLUMNS = (ITEM, LOT)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


def read(content: bytes | str, rows_max: int = 100) -> ReadTable:
    data = content.encode() if isinstance(content, str) else content
    return read_table(data, "lines.csv", COLUMNS, rows_max=rows_max)


def pairs(table: ReadTable) -> list[tuple[str, str]]:
    return [(row.values["item_no"], row.values["lot_no"]) for row in table.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_cells_are_divided_as_the_first_line_shows(delimiter: str, end: str) -> None:
    lines = [("Item No.", "Lot No."), ("1001", "0012"), ("1002", "")]
    text = end.join(delimiter.join(cells) for cells in lines)
    assert pairs(read(text)) == [("1001", "0012"), ("1002", "")]


def test_one_column_needs_no_delimiter() -> None:
    table = read_table(b"Item No.\n1001\n", "lines.csv", (ITEM,), rows_max=9)
    assert table == ReadTable((ReadRow(2, {"item_no": "1001"}, ()),), {})


@pytest.mark.parametrize(
    "content",
    [
        "Item No.,Lot No.\n1,Ä".encode(),
        codecs.BOM_UTF8 + "Item No.,Lot No.\n1,Ä".encode(),
        codecs.BOM_UTF16_LE + "Item No.,Lot No.\n1,Ä".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Item No.,Lot No.\n1,Ä".encode("utf-16-be"),
    ],
)
def test_unicode_is_read_with_and_without_its_mark(content: bytes) -> None:
    assert pairs(read(content)) == [("1", "Ä")]


@pytest.mark.parametrize(
    "content",
    [
        "Item No.,Lot No.\n1,Ä".encode("cp1252"),
        "Item No.,Lot No.\n1,2".encode("utf-16-le"),
        codecs.BOM_UTF16_LE + b"\x00",
        codecs.BOM_UTF32_LE + "Item No.,Lot No.\n1,2".encode("utf-32-le"),
        b"Item No.,Lot No.\n1,\0",
        b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n",
        b"\x1f\x8b\x08\x00\x00",
        b"\x89PNG\r\n\x1a\n\0",
    ],
)
def test_what_is_no_unicode_text_is_refused_by_its_name(content: bytes) -> None:
    with pytest.raises(TableFileNotReadable) as refused:
        read(content)
    assert refused.value.parameters == {"file_name": "lines.csv"}


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(TableFileEmpty):
        read(b"")


@pytest.mark.parametrize("content", [codecs.BOM_UTF8, b"\n \n", codecs.BOM_UTF16_LE])
def test_a_file_of_nothing_but_blanks_has_no_captions(content: bytes) -> None:
    with pytest.raises(CaptionMissing):
        read(content)


def test_quotation_marks_hold_delimiters_lines_and_doubled_marks() -> None:
    text = 'Item No.,Lot No.\n"a,b","two\nlines"\n"5"" pipe",5" pipe\n'
    table = read(text)
    assert pairs(table) == [("a,b", "two\nlines"), ('5" pipe', '5" pipe')]
    assert [row.row_no for row in table.rows] == [2, 3]


def test_nothing_is_taken_away_from_a_cell() -> None:
    assert pairs(read("Item No.,Lot No.\n'0012, =1+1 \n")) == [("'0012", " =1+1 ")]


def test_empty_rows_are_passed_over_and_the_others_keep_their_numbers() -> None:
    table = read("Item No.,Lot No.\n\n,\n  ,\n1,\n")
    assert [row.row_no for row in table.rows] == [5]


def test_a_row_may_be_shorter_than_the_captions() -> None:
    assert pairs(read("Item No.,Lot No.\n1\n")) == [("1", "")]


def test_a_row_with_more_cells_than_captions_is_at_fault() -> None:
    [row] = read("Item No.,Lot No.\n1,2,,3,4\n").rows
    [fault] = row.faults
    assert fault.code == "CellWithoutCaption"
    assert fault.parameters == {"cell": "D2", "shown": "3"}
    assert row.values == {"item_no": "1", "lot_no": "2"}


def test_so_many_faults_that_nobody_reads_of_each_are_refused() -> None:
    text = "Item No.,Lot No.\n" + "1,2,3\n" * 10_001
    with pytest.raises(TableHasTooManyFaults) as refused:
        read(text, rows_max=20_000)
    assert refused.value.parameters == {"maximum": 10_000, "row_no": 10_002}


def test_a_fault_keeps_nothing_of_how_it_was_found() -> None:
    [fault] = read("Item No.,Lot No.\n1,2,3\n").rows[0].faults
    assert fault.__traceback__ is None


def test_a_caption_may_begin_as_a_zip_does() -> None:
    column = Column("pk", "PK No.", ColumnKind.TEXT)
    assert len(read_table(b"PK No.\n1\n", "", (column,), rows_max=9).rows) == 1


def test_empty_cells_beyond_the_captions_are_no_fault() -> None:
    assert read("Item No.,Lot No.,\n1,2,,\n").rows[0].faults == ()


@pytest.mark.parametrize(
    ("text", "row_no"),
    [
        ('Item No.,Lot No.\n"1"x,2\n', 2),
        ('Item No.,Lot No.\n1,2\n"3,4\n', 3),
        ("Item No.,Lot No.\n" + "x" * 131_073, 2),
        ('Item No.,Lot No.\n"' + "x\n" * 70_000 + '"', 2),
        ('"Item No.', 1),
    ],
)
def test_marks_that_do_not_match_and_endless_cells_are_refused(text: str, row_no: int) -> None:
    with pytest.raises(TableTextBroken) as refused:
        read(text)
    assert refused.value.parameters == {"row_no": row_no}


def test_as_many_rows_are_read_as_are_permitted() -> None:
    captions = "Item No.,Lot No.\n"
    assert len(read(captions + "1,2\n" * 3, rows_max=3).rows) == 3
    with pytest.raises(TableHasTooManyRows) as refused:
        read(captions + "1,2\n" * 4, rows_max=3)
    assert refused.value.parameters == {"maximum": 3}


def test_empty_rows_are_not_counted_without_an_end() -> None:
    captions = "Item No.,Lot No.\n"
    assert pairs(read(captions + "\n" * 1002 + "1,2\n", rows_max=3)) == [("1", "2")]
    with pytest.raises(TableHasTooManyRows):
        read(captions + "\n" * 1003 + "1,2\n", rows_max=3)


def test_text_is_not_longer_than_a_workbook_unpacks_to() -> None:
    with pytest.raises(TableFileUnpacksTooLarge):
        read(b"x" * (64 * 1024 * 1024 + 1))


@pytest.mark.parametrize(
    ("captions", "refusal", "parameters"),
    [
        ("Item No.,Lot", CaptionUnknown, {"cell": "B1", "shown": "Lot"}),
        ("Item No.", CaptionMissing, {"caption": "Lot No."}),
        ("\nItem No.,Lot No.", CaptionMissing, {"caption": "Item No."}),
        ("Item No.,Lot No.,item no. ", CaptionTwice, {"cell": "C1", "caption": "item no. "}),
        ("x" * 50, CaptionUnknown, {"cell": "A1", "shown": "x" * 40}),
    ],
)
def test_captions_that_do_not_match_are_refused(
    captions: str, refusal: type[RuleRefused], parameters: dict[str, str]
) -> None:
    with pytest.raises(refusal) as refused:
        read(f"{captions}\n1,2\n")
    assert refused.value.parameters == parameters


def test_a_long_caption_is_compared_as_a_whole() -> None:
    column = Column("long", "x" * 50, ColumnKind.TEXT)
    table = read_table(f"{'x' * 50}\n1\n".encode(), "", (column,), rows_max=9)
    assert table.rows[0].values == {"long": "1"}


def test_a_pasted_table_is_divided_by_tabs_only() -> None:
    table = read_pasted("Lot No.\tItem No.\r\n1,5;6\t\r\n", COLUMNS, rows_max=9)
    assert pairs(table) == [("", "1,5;6")]
    assert table.facts == {}


def test_a_pasted_table_is_refused_as_a_file_is() -> None:
    with pytest.raises(TableFileEmpty):
        read_pasted(" \n", COLUMNS, rows_max=9)
    with pytest.raises(CaptionUnknown):
        read_pasted("Item No.,Lot No.", COLUMNS, rows_max=9)
    assert read_pasted("Item No.\tLot No.\tNote", COLUMNS, rows_max=9, ignored=["note"]).rows == ()


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4), st.sampled_from([",", ";", "\t"]))
def test_what_the_standard_library_writes_is_read_back(
    lines: list[tuple[str, str]], delimiter: str
) -> None:
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("Item No.", "Lot No."), *lines])
    kept = [cells for cells in lines if any(cell.strip() for cell in cells)]
    assert pairs(read(text.getvalue())) == kept


@settings(deadline=None)
@given(st.text())
def test_any_pasted_text_is_read_or_refused(text: str) -> None:
    assert said_of(text)
    assert said_of(f"Item No.\tLot No.\n{text}")


def said_of(pasted: str) -> str:
    try:
        return f"{len(read_pasted(pasted, COLUMNS, rows_max=3).rows)} rows"
    except RuleRefused as refusal:
        return str(refusal)


def test_a_column_that_is_not_required_may_be_missing_in_rows_from_elsewhere() -> None:
    lot = Column("lot_no", "Lot No.", ColumnKind.NUMBER_TEXT, is_required=False)
    columns = (Column("item_no", "Item No.", ColumnKind.TEXT), lot)
    [row] = read_table(b"Item No.\n1000\n", "lines.csv", columns, rows_max=5).rows
    assert row.values == {"item_no": "1000"}
