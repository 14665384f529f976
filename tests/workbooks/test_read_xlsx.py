"""Reading an .xlsx: what stands in its cells is read exactly, or refused at the cell."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from scanner_app.errors import RuleRefused
from scanner_app.workbooks.read import ReadTable, read_table
from tests.workbooks.foreign import (
    CAPTIONS,
    COLUMNS,
    DATE,
    DATE_AND_TIME,
    DURATION,
    TIME,
    cell,
    parts_of,
    row,
    sheet,
    text_cell,
    workbook_of,
    zipped,
)

EMPTY = {"item_no": "", "lot_no": "", "expiration_date": "", "quantity": ""}


def read(content: bytes, rows_max: int = 100) -> ReadTable:
    return read_table(content, "lines.xlsx", COLUMNS, rows_max=rows_max)


def read_one(*cells: str) -> dict[str, str]:
    [found] = read(workbook_of(row(2, *cells))).rows
    assert found.faults == ()
    return found.values


def fault_of(*cells: str, shared: str = "") -> RuleRefused:
    [found] = read(workbook_of(row(2, *cells), shared=shared)).rows
    [fault] = found.faults
    assert found.values == EMPTY
    assert fault.__traceback__ is None
    return fault


def test_each_kind_of_column_is_read_as_text() -> None:
    assert read_one(
        text_cell("A2", " 1001 "),
        text_cell("B2", "00042"),
        cell("C2", "46568", style=DATE),
        cell("D2", "12.5"),
    ) == {
        "item_no": " 1001 ",
        "lot_no": "00042",
        "expiration_date": "2027-06-30",
        "quantity": "12.5",
    }


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1", "1"),
        ("1.0", "1"),
        ("0.00001", "0.00001"),
        ("1E-5", "0.00001"),
        ("1E+20", "100000000000000000000"),
        ("999999999.99999", "999999999.99999"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("-0", "0"),
        ("-12.50", "-12.5"),
    ],
)
def test_a_quantity_is_read_as_plain_decimals(number: str, text: str) -> None:
    assert read_one(cell("D2", number))["quantity"] == text


@pytest.mark.parametrize("number", ["1001", "999999999999999", "-12", "0"])
def test_a_whole_number_in_a_column_of_text_is_read_as_its_digits(number: str) -> None:
    assert read_one(cell("A2", number))["item_no"] == number


@pytest.mark.parametrize("number", ["1000000000000000", "1234567890123456", "-1000000000000000"])
def test_a_whole_number_of_more_than_15_digits_is_at_fault_in_text(number: str) -> None:
    fault = fault_of(cell("A2", number))
    assert fault.code == "CellHoldsLongNumber"
    assert fault.parameters == {"cell": "A2", "caption": "Item No.", "shown": number}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (cell("A2", "12.5"), "CellHoldsDecimals"),
        (cell("A2", "NaN"), "CellHoldsError"),
        (cell("A2", "46568", style=DATE), "CellHoldsDay"),
        (cell("A2", "46568.5", style=DATE_AND_TIME), "CellHoldsDay"),
        (cell("A2", "0.5", style=TIME), "CellHoldsTime"),
        (cell("A2", "1.5", style=DURATION), "CellHoldsTime"),
        (cell("A2", "1", kind="b"), "CellHoldsTrueOrFalse"),
        (cell("A2", "#N/A", kind="e"), "CellHoldsError"),
        (cell("B2", "42"), "CellHoldsNumberForNumbers"),
        (cell("B2", "4.2"), "CellHoldsNumberForNumbers"),
        (cell("B2", "46568", style=DATE), "CellHoldsDay"),
        (cell("B2", "0.5", style=TIME), "CellHoldsTime"),
        (cell("B2", "1.5", style=DURATION), "CellHoldsTime"),
        (cell("B2", "0", kind="b"), "CellHoldsTrueOrFalse"),
        (cell("B2", "#REF!", kind="e"), "CellHoldsError"),
        (cell("C2", "46568"), "CellHoldsNumberForDay"),
        (cell("C2", "46568.25", style=DATE_AND_TIME), "CellHoldsTime"),
        (cell("C2", "0.5", style=TIME), "CellHoldsTime"),
        (cell("C2", "1.5", style=DURATION), "CellHoldsTime"),
        (cell("C2", "1", kind="b"), "CellHoldsTrueOrFalse"),
        (cell("C2", "#DIV/0!", kind="e"), "CellHoldsError"),
        (cell("D2", "46568", style=DATE), "CellHoldsDay"),
        (cell("D2", "0.5", style=TIME), "CellHoldsTime"),
        (cell("D2", "1.5", style=DURATION), "CellHoldsTime"),
        (cell("D2", "1", kind="b"), "CellHoldsTrueOrFalse"),
        (cell("D2", "#VALUE!", kind="e"), "CellHoldsError"),
        (cell("D2", "1E400"), "CellHoldsError"),
    ],
)
def test_what_a_spreadsheet_may_have_changed_is_at_fault(cells: str, code: str) -> None:
    fault = fault_of(cells)
    assert fault.code == code
    assert fault.parameters["cell"] == cells.split('"')[1]
    assert set(fault.parameters) == {"cell", "caption", "shown"}
    assert str(fault)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (cell("B2", "1234567890123"), "1234567890123"),
        (cell("A2", "1", kind="b"), "TRUE"),
        (cell("A2", "#N/A", kind="e"), "#N/A"),
        (cell("A2", "46568.25", style=DATE_AND_TIME), "2027-06-30 06:00:00"),
        (cell("A2", "46568", style=DATE), "2027-06-30"),
        (cell("A2", "0.5", style=TIME), "12:00:00"),
        (cell("B2", "1E300"), "1" + 39 * "0"),
    ],
)
def test_a_fault_shows_what_stands_in_the_cell(cells: str, shown: str) -> None:
    assert fault_of(cells).parameters["shown"] == shown


@pytest.mark.parametrize("column", ["A", "C", "D"])
def test_text_is_passed_on_from_any_column(column: str) -> None:
    assert "30.06.2027" in read_one(text_cell(f"{column}2", "30.06.2027")).values()


@pytest.mark.parametrize("day", ["2027-06-30", "2027-06-30T00:00:00"])
def test_a_day_that_is_kept_as_text_of_a_date_is_read(day: str) -> None:
    assert read_one(cell("C2", day, kind="d"))["expiration_date"] == "2027-06-30"


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    content = workbook_of(
        row(2, cell("C2", "45106", style=DATE)),
        workbook_properties='<workbookPr date1904="1"/>',
    )
    assert read(content).rows[0].values["expiration_date"] == "2027-06-30"


@pytest.mark.parametrize(
    ("cells", "name", "shown"),
    [
        ('<c r="A2"><f>1+1</f><v>2</v></c>', "A2", "2"),
        ('<c r="D2"><f>1+1</f></c>', "D2", ""),
        ('<c r="B2" t="str"><f>A1</f><v>Item No.</v></c>', "B2", "Item No."),
        ('<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "C2", "#DIV/0!"),
        ('<c r="D2"><f t="shared" si="0"/><v>2</v></c>', "D2", "2"),
    ],
)
def test_a_formula_is_at_fault_whatever_it_shows(cells: str, name: str, shown: str) -> None:
    fault = fault_of(cells)
    assert fault.code == "CellHoldsFormula"
    assert (fault.parameters["cell"], fault.parameters["shown"]) == (name, shown)


def test_a_formula_below_the_last_value_is_at_fault_too() -> None:
    table = read(workbook_of(row(2, text_cell("A2", "1")), row(9, '<c r="C9"><f>A1</f></c>')))
    assert [(found.row_no, len(found.faults)) for found in table.rows] == [(2, 0), (9, 1)]


def test_rows_keep_their_numbers_when_empty_ones_are_passed_over() -> None:
    content = workbook_of(
        row(2, '<c r="A2" s="1"/>'),
        row(3, text_cell("A3", "  ")),
        row(5, text_cell("A5", "1001")),
        row(8, text_cell("B8", "L1")),
    )
    assert [found.row_no for found in read(content).rows] == [5, 8]


def test_rows_and_cells_may_be_without_their_names() -> None:
    unnamed = "<row><c/><c><v>7</v></c><c/><c><v>5</v></c></row>"
    [found] = read(workbook_of(unnamed)).rows
    assert (found.row_no, found.values["quantity"]) == (2, "5")
    assert found.faults[0].parameters["cell"] == "B2"


def test_text_is_read_from_shared_strings() -> None:
    content = workbook_of(
        row(2, cell("A2", "2", kind="s"), cell("B2", "1", kind="s")),
        shared="\n<si><t/></si>\n<si><r><t>L</t></r><r><t>1</t></r></si><si><t>1001</t></si>",
    )
    assert read(content).rows[0].values == EMPTY | {"item_no": "1001", "lot_no": "L1"}


def test_an_empty_shared_string_does_not_move_the_others() -> None:
    content = workbook_of(row(2, cell("A2", "1", kind="s")), shared="<si/><si><t>1001</t></si>")
    assert read(content).rows[0].values["item_no"] == "1001"


def test_captions_may_stand_in_any_order_and_be_written_in_capitals() -> None:
    captions = ["QUANTITY ", "Lot no.", "", " item No.", "Expiration Date"]
    cells = [
        text_cell(f"{letter}1", caption) for letter, caption in zip("ABCDE", captions, strict=True)
    ]
    content = zipped(parts_of(sheet(row(1, *cells), row(2, cell("A2", "5"), cell("D2", "7")))))
    assert read(content).rows[0].values == EMPTY | {"quantity": "5", "item_no": "7"}


def test_captions_that_are_ignored_are_not_read() -> None:
    cells = row(2, text_cell("A2", "1001"), '<c r="E2"><f>A2</f><v>5</v></c>')
    lines = sheet(CAPTIONS.replace("</row>", text_cell("E1", "FAULT") + "</row>"), cells)
    table = read_table(zipped(parts_of(lines)), "", COLUMNS, rows_max=9, ignored=["Fault"])
    assert table.rows[0].values == EMPTY | {"item_no": "1001"}
    assert table.rows[0].faults == ()


def test_a_cell_without_a_caption_is_at_fault_with_its_row() -> None:
    fault = fault_of(text_cell("F2", "note"), text_cell("G2", "another"))
    assert fault.code == "CellWithoutCaption"
    assert fault.parameters == {"cell": "F2", "shown": "note"}


def test_the_only_sheet_holds_the_lines_whatever_it_is_called() -> None:
    parts = parts_of(sheet(CAPTIONS, row(2, cell("D2", "5"))), sheets={"Tabelle 1": "visible"})
    assert read(zipped(parts)).rows[0].values["quantity"] == "5"


def test_a_workbook_of_the_library_is_read_with_its_types() -> None:
    stream = BytesIO()
    with Workbook(stream) as book:
        lines = book.add_worksheet("Lines")
        lines.write_row(0, 0, [column.caption for column in COLUMNS])
        lines.write_row(1, 0, ["1001", "L1"])
        day = book.add_format({"num_format": "dd/mm/yy"})
        lines.write_datetime(1, 2, datetime(2027, 6, 30, tzinfo=UTC).replace(tzinfo=None), day)
        lines.write_number(1, 3, 0.1)
        book.add_worksheet("Instructions")
    table = read(stream.getvalue())
    assert list(table.rows[0].values.values()) == ["1001", "L1", "2027-06-30", "0.1"]
    assert table.facts == {}


def test_a_workbook_of_captions_has_no_rows() -> None:
    assert read(workbook_of()) == ReadTable((), {})
