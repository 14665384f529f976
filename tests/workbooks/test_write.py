"""Writing a workbook: what comes out of it is what went in, and nothing is ever calculated."""

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.errors import InvariantBroken
from scanner_app.workbooks.column import Column, ColumnKind
from scanner_app.workbooks.instructions import Instructions
from scanner_app.workbooks.read import ReadTable, read_table
from scanner_app.workbooks.refusals import CaptionMissing
from scanner_app.workbooks.write import write_workbook
from tests.workbooks.foreign import COLUMNS, ITEM, LOT, QUANTITY
from tests.workbooks.parts import part

INSTRUCTIONS = Instructions(
    title="Lots",
    sentences=("One row is one lot.", "=1+1"),
    facts={"Location": "MAIN", "Exported": "2027-06-30 08:00", "=1+1": "@SUM(A1)", "Note": ""},
)
FORMULA = re.compile("<f[ />]")
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "'0012",
    "0012",
    "12345678901234567890",
    "http://example.com/",
    "mailto:a@example.com",
    "\t=1+1",
    "two\tcells",
    "two\nlines",
    "two\r\nlines",
    " blanks ",
    "{=1+1}",
    "1E5",
    "2027-06-30",
    "TRUE",
    "#N/A",
    "<r><t>L1</t></r>",
    "</t></is></c>",
    "_x0041_",
    "_x005F_x0041_",
    "_x0041_x0042_",
    "\x01",
]
# What XML cannot hold, and no code of the warehouse may hold either.
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1
).filter(str.strip)
DAYS = st.dates().map(str)
QUANTITIES = st.decimals(
    min_value=-999_999_999, max_value=999_999_999, places=5, allow_nan=False
).map(lambda number: format(number, "f").rstrip("0").rstrip("."))


def written(
    rows: list[dict[str, str]], columns: tuple[Column, ...] = COLUMNS, blank_rows: int = 100
) -> bytes:
    stream = BytesIO()
    write_workbook(stream, columns, rows, INSTRUCTIONS, blank_rows=blank_rows)
    return stream.getvalue()


def read(content: bytes, columns: tuple[Column, ...] = COLUMNS) -> ReadTable:
    return read_table(content, "lines.xlsx", columns, rows_max=100)


def line(**values: str) -> dict[str, str]:
    return dict.fromkeys([column.name for column in COLUMNS], "") | values


def lines_of(content: bytes) -> str:
    return part(content, "xl/worksheets/sheet1.xml")


def test_what_is_written_is_read_back_with_the_facts() -> None:
    rows = [
        line(item_no="1001", lot_no="0012", expiration_date="2027-06-30", quantity="12.5"),
        line(item_no="1002", quantity="3"),
    ]
    table = read(written(rows))
    assert [(row.row_no, row.values, row.faults) for row in table.rows] == [
        (2, rows[0], ()),
        (3, rows[1], ()),
    ]
    assert table.facts == INSTRUCTIONS.facts


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_exactly_and_is_never_calculated(text: str) -> None:
    content = written([line(item_no=text, lot_no=text, expiration_date=text, quantity=text)])
    assert list(read(content).rows[0].values.values()) == [text] * 4
    assert not FORMULA.search(lines_of(content))
    assert "hyperlink" not in lines_of(content)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.fixed_dictionaries({column.name: TEXTS for column in COLUMNS}), max_size=3))
def test_any_text_comes_back_exactly(rows: list[dict[str, str]]) -> None:
    content = written(rows)
    assert [row.values for row in read(content).rows] == rows
    assert not FORMULA.search(lines_of(content))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(DAYS, QUANTITIES), max_size=20))
def test_any_day_and_quantity_come_back_exactly(pairs: list[tuple[str, str]]) -> None:
    rows = [line(expiration_date=day, quantity=quantity) for day, quantity in pairs]
    assert [row.values for row in read(written(rows)).rows] == rows


@pytest.mark.parametrize(
    "quantity", ["1.50", "+1", "1e3", "NaN", "sNaN", "Infinity", "1E400", "0.1234567890123456789"]
)
def test_a_quantity_that_would_come_back_otherwise_is_written_as_text(quantity: str) -> None:
    assert read(written([line(quantity=quantity)])).rows[0].values["quantity"] == quantity


@pytest.mark.parametrize("day", ["20270630", "1899-12-31", "2027-W26-3", "soon"])
def test_a_day_that_would_come_back_otherwise_is_written_as_text(day: str) -> None:
    assert read(written([line(expiration_date=day)])).rows[0].values["expiration_date"] == day


def test_days_and_quantities_are_such_in_the_sheet() -> None:
    xml = lines_of(written([line(expiration_date="2027-06-30", quantity="12.5")]))
    assert re.search(r'<c r="C2" s="\d+"><v>46568</v></c>', xml)
    assert re.search(r'<c r="D2" s="\d+"><v>12.5</v></c>', xml)


def test_the_format_of_a_column_reaches_rows_that_are_empty_yet() -> None:
    content = written([])
    columns = re.findall(r'<col min="(.)" max="(.)"[^>]* style="(\d+)"', lines_of(content))
    styles = [style for first, last, style in columns for _ in range(int(first), int(last) + 1)]
    cells = part(content, "xl/styles.xml").partition("<cellXfs")[2].partition("</cellXfs")[0]
    formats = re.findall(r'<xf numFmtId="(\d+)"', cells)
    text, number_text, day, quantity = (formats[int(style)] for style in styles)
    assert text == number_text == "49"
    codes = dict(
        re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]+)"', part(content, "xl/styles.xml"))
    )
    assert (codes[day], codes[quantity]) == ("yyyy-mm-dd", "0.#####")


def test_whole_quantities_are_shown_without_a_point_in_every_row_to_fill_in() -> None:
    xml = lines_of(written([line(quantity="1")], blank_rows=10))
    assert '<conditionalFormatting sqref="D2:D12">' in xml
    assert "<formula>MOD(D2,1)=0</formula>" in xml


def test_nobody_is_offered_to_make_numbers_of_text() -> None:
    xml = lines_of(written([line(lot_no="0012")], blank_rows=10))
    assert '<ignoredError sqref="A1:D12" numberStoredAsText="1"/>' in xml


def test_the_captions_stay_in_sight_and_filter_the_rows() -> None:
    xml = lines_of(written([line(item_no="1"), line(item_no="2")]))
    assert '<pane ySplit="1" topLeftCell="A2"' in xml
    assert '<autoFilter ref="A1:D3"/>' in xml


def test_choices_are_offered_and_others_may_be_typed() -> None:
    many = Column("bin", "Bin Code", ColumnKind.TEXT, choices=tuple(f"=B{n}" for n in range(300)))
    few = Column("unit", "Unit", ColumnKind.TEXT, choices=("PCS", "BOX"))
    columns = (ITEM, few, many)
    rows = [{"item_no": "1", "unit": "PCS", "bin": "NEW"}]
    content = written(rows, columns, blank_rows=5)
    xml = lines_of(content)
    assert "Lists!$A$2:$A$3" in xml
    assert "Lists!$B$2:$B$301" in xml
    assert 'sqref="B2:B7"' in xml
    assert xml.count('errorStyle="information"') == 2
    lists = part(content, "xl/worksheets/sheet2.xml")
    assert "=B299" in lists
    assert not FORMULA.search(lists)
    assert read(content, columns).rows[0].values == rows[0]


def test_without_choices_there_is_no_sheet_of_lists() -> None:
    assert 'name="Lists"' not in part(written([]), "xl/workbook.xml")


def test_lists_reach_a_row_where_there_is_none_to_fill_in() -> None:
    column = Column("unit", "Unit", ColumnKind.TEXT, choices=("PCS",))
    assert 'sqref="A2"' in lines_of(written([], (column,), blank_rows=0))


def test_the_instructions_say_what_each_column_specifies() -> None:
    column = Column("lot_no", "Lot No.", ColumnKind.NUMBER_TEXT, "Specifies the lot.")
    xml = part(written([], (column,)), "xl/worksheets/sheet2.xml")
    texts = re.findall(r"<t[^>]*>([^<]+)</t>", xml)
    assert texts[:6] == ["Lots", *INSTRUCTIONS.sentences, "Lot No.", column.specifies, texts[5]]


def test_the_same_rows_make_the_same_file() -> None:
    rows = [line(item_no="1001", quantity="1")]
    assert written(rows) == written(rows)
    assert part(written(rows), "docProps/core.xml").count(">1980-01-01T00:00:00Z<") == 2


def test_a_text_that_no_cell_can_hold_is_not_cut() -> None:
    longest = line(item_no="x" * 32_767)
    assert read(written([longest])).rows[0].values == longest
    with pytest.raises(InvariantBroken):
        written([line(item_no="x" * 32_768)])


def test_columns_are_as_wide_as_they_say() -> None:
    wide = Column("lot_no", "Lot No.", ColumnKind.TEXT, width=40)
    xml = lines_of(written([], (wide, QUANTITY)))
    assert [round(float(width)) for width in re.findall(r'width="([\d.]+)"', xml)] == [41, 17]
    assert LOT.width == 16


def test_a_workbook_of_ours_that_lost_a_column_is_refused() -> None:
    lot = Column("lot_no", "Lot No.", ColumnKind.NUMBER_TEXT, is_required=False)
    content = written([{"item_no": "1000"}], (Column("item_no", "Item No.", ColumnKind.TEXT),))
    with pytest.raises(CaptionMissing):
        read(content, (Column("item_no", "Item No.", ColumnKind.TEXT), lot))
