"""Sheets that hide, move or multiply what is in them are refused before their values are read."""

import pytest

from scanner_app.workbooks import read_xlsx, shared_strings
from scanner_app.workbooks.read import read_table
from tests.workbooks.foreign import (
    CAPTIONS,
    COLUMNS,
    GOOD,
    LINES_PART,
    cell,
    changed,
    code_of,
    parts_of,
    refusal_of,
    row,
    sheet,
    text_cell,
    workbook_of,
    zipped,
)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_refused_by_its_name(state: str) -> None:
    parts = parts_of(GOOD[LINES_PART], sheets={"Lines": "visible", "Prices": state})
    refused = refusal_of(zipped(parts))
    assert (refused.code, refused.parameters) == ("WorkbookSheetHidden", {"sheet": "Prices"})


def test_no_sheet_is_chosen_out_of_several() -> None:
    parts = parts_of(GOOD[LINES_PART], sheets={"One": "visible", "Two": "visible"})
    assert refusal_of(zipped(parts)).parameters == {"count": 2, "sheet": "Lines"}


def test_a_workbook_without_sheets_is_refused() -> None:
    assert code_of(zipped(parts_of(sheet(), sheets={}))) == "WorkbookSheetNotFound"


@pytest.mark.parametrize("target", ["../secret.xml", "http://example.com/a.xml", "", "/etc/passwd"])
def test_a_sheet_that_is_not_in_the_package_is_refused(target: str) -> None:
    content = changed("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", target)
    assert code_of(content) == "WorkbookDamaged"


def test_a_sheet_may_be_named_from_the_root() -> None:
    content = changed("xl/_rels/workbook.xml.rels", "worksheets", "/xl/worksheets")
    assert len(read_table(content, "", COLUMNS, rows_max=9).rows) == 1


def test_a_sheet_without_a_relationship_is_refused() -> None:
    assert code_of(changed("xl/workbook.xml", 'r:id="rId1"', "")) == "WorkbookDamaged"


def test_merged_cells_are_refused_by_their_reference() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>'
    refused = refusal_of(zipped(GOOD | {LINES_PART: sheet(CAPTIONS, after=merged)}))
    assert (refused.code, refused.parameters) == ("WorkbookCellsMerged", {"reference": "A2:B3"})


def test_more_rows_than_permitted_are_refused() -> None:
    rows = [row(number, cell(f"D{number}", "1")) for number in range(2, 12)]
    assert len(read_table(workbook_of(*rows), "", COLUMNS, rows_max=10).rows) == 10
    refused = refusal_of(workbook_of(*rows), rows_max=9)
    assert (refused.code, refused.parameters) == ("TableHasTooManyRows", {"maximum": 9})


def test_rows_are_counted_before_the_library_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(read_xlsx, "CalamineWorkbook")
    rows = [row(number, cell(f"D{number}", "1")) for number in range(2, 12)]
    assert refusal_of(workbook_of(*rows), rows_max=9).code == "TableHasTooManyRows"


def test_rows_that_are_only_formatted_do_not_count() -> None:
    rows = [row(number, f'<c r="A{number}" s="1"/>') for number in range(3, 50_000)]
    content = workbook_of(row(2, cell("D2", "1")), *rows)
    assert len(read_table(content, "", COLUMNS, rows_max=1).rows) == 1


@pytest.mark.parametrize("name", ["A1003", "XFD2", "AO2", "A1048576"])
def test_a_cell_far_away_is_refused_by_its_name(name: str) -> None:
    row_no = int(name.lstrip("ADFOX"))
    refused = refusal_of(workbook_of(row(row_no, cell(name, "1"))), rows_max=1)
    assert refused.code == "WorkbookCellTooFar"
    assert refused.parameters == {"cell": name, "last_cell": "AN1002"}


def test_a_cell_far_away_in_the_instructions_is_refused_too() -> None:
    parts = parts_of(sheet(CAPTIONS), sheets={"Lines": "visible", "Instructions": "visible"})
    far = sheet(row(1_048_576, cell("XFD1048576", "1")))
    refused = refusal_of(zipped(parts | {"xl/worksheets/sheet2.xml": far}))
    assert refused.parameters == {"cell": "XFD1048576", "last_cell": "AN2001"}


def test_lines_on_a_sheet_called_instructions_are_counted_as_lines() -> None:
    rows = [row(number, cell(f"D{number}", "1")) for number in range(2, 1_004)]
    parts = parts_of(sheet(CAPTIONS, *rows), sheets={"Instructions": "visible"})
    assert len(read_table(zipped(parts), "", COLUMNS, rows_max=2_000).rows) == 1_002


def test_a_formatted_cell_may_be_far_away() -> None:
    content = workbook_of(row(2, cell("D2", "1"), '<c r="XFD2" s="1"/>'))
    assert len(read_table(content, "", COLUMNS, rows_max=1).rows) == 1


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="0"/>',
        '<row r="x"/>',
        '<row r="3"/><row r="2"/>',
        '<row r="1"/>',
        '<row r="99999999"/>',
        '<row r="2"><c r="A3"/></row>',
        '<row r="2"><c r="B2"/><c r="A2"/></row>',
        '<row r="2"><c r="A2"/><c r="A2"/></row>',
        '<row r="2"><c r="ZZZZ2"/></row>',
        '<row r="2"><c r="a2"/></row>',
        '<row r="2"><c r="$A$2"/></row>',
        '<row r="2"><c r=""/></row>',
        '<row r="2"><row r="3"/></row>',
        '<row r="2"><c r="A2"><c r="B2"/></c></row>',
        "<c/>",
        "<sheetData/>",
        '<row r="2"><c r="A2" t="s"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>x</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>&#48;0</v></c></row>',
        '<row r="2"><c r="A2"><v>1<!-- 2 -->3</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v><![CDATA[1]]></v></c></row>',
        '<row r="2"><c r="A2" t="b"><v>x</v></c></row>',
        '<row r="2"><c r="A2" t="unheard"><v>x</v></c></row>',
    ],
)
def test_cells_that_could_be_read_elsewhere_or_otherwise_are_refused(rows: str) -> None:
    content = zipped(GOOD | {LINES_PART: sheet(CAPTIONS, rows)})
    refused = refusal_of(content)
    assert (refused.code, refused.parameters) == ("WorkbookDamaged", {"part": "Lines"}) or (
        "CDATA" in rows and refused.parameters == {"part": LINES_PART}
    )


@pytest.mark.parametrize(
    "error", ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]
)
def test_an_error_of_a_cell_is_a_fault_of_its_row(error: str) -> None:
    content = workbook_of(row(2, cell("A2", error, kind="e")), row(3, cell("D3", "1")))
    found = read_table(content, "", COLUMNS, rows_max=9).rows
    assert [len(read.faults) for read in found] == [1, 0]
    assert found[0].faults[0].parameters["shown"] == error


@pytest.mark.parametrize("content", ["<f>A1</f>", "<v>#N/A</v>"])
def test_so_many_formulas_or_errors_that_nobody_reads_of_each_are_refused(content: str) -> None:
    cells = [f'<c r="A{number}" t="e">{content}</c>' for number in range(2, 10_003)]
    rows = [row(number, text) for number, text in enumerate(cells, start=2)]
    refused = refusal_of(workbook_of(*rows), rows_max=20_000)
    assert refused.code == "TableHasTooManyFaults"
    assert refused.parameters == {"maximum": 10_000, "row_no": 10_002}
    assert len(read_table(workbook_of(*rows[:-1]), "", COLUMNS, rows_max=20_000).rows) == 10_000


def test_an_error_that_the_library_does_not_know_is_refused_by_its_cell() -> None:
    refused = refusal_of(workbook_of(row(2, cell("C2", "#SPILL!", kind="e"))))
    assert (refused.code, refused.parameters) == (
        "WorkbookErrorCell",
        {"cell": "C2", "shown": "#SPILL!"},
    )


def test_elements_beside_the_cells_are_not_taken_for_cells() -> None:
    after = "<extLst><row><c><f>Lists!A1</f><v>1</v></c></row></extLst>"
    lines = sheet(CAPTIONS, row(2, cell("D2", "1")), after=after)
    [found] = read_table(zipped(GOOD | {LINES_PART: lines}), "", COLUMNS, rows_max=9).rows
    assert (found.values["quantity"], found.faults) == ("1", ())


@pytest.mark.parametrize("claim", ["4000000000000", "2000001", "-1", "x", ""])
@pytest.mark.parametrize("attribute", ["count", "uniqueCount"])
def test_a_claim_of_more_texts_than_fit_is_refused(claim: str, attribute: str) -> None:
    content = changed("xl/sharedStrings.xml", "<sst ", f'<sst {attribute}="{claim}" ')
    assert refusal_of(content).parameters == {"part": "xl/sharedStrings.xml"}


def test_more_texts_than_fit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_strings, "STRINGS_MAX", 2)
    content = changed("xl/sharedStrings.xml", "<si>", "<si/><si>")
    assert len(read_table(content, "", COLUMNS, rows_max=9).rows) == 1
    content = changed("xl/sharedStrings.xml", "<si>", "<si/><si/><si>")
    assert refusal_of(content).parameters == {"part": "xl/sharedStrings.xml"}


def test_texts_within_texts_are_refused() -> None:
    content = changed("xl/sharedStrings.xml", "<si>", "<si><si/>")
    assert refusal_of(content).parameters == {"part": "xl/sharedStrings.xml"}


def test_a_long_text_that_many_cells_refer_to_is_refused() -> None:
    rows = [row(number, cell(f"A{number}", "0", kind="s")) for number in range(2, 42)]
    text = "".join(f"{number:07}" for number in range(125_000))
    content = workbook_of(*rows, shared=f"<si><t>{text}</t></si>")
    refused = refusal_of(content)
    assert (refused.code, refused.parameters) == ("TableFileUnpacksTooLarge", {"maximum": 32})


def test_a_formula_as_a_caption_is_refused_like_any_other_unknown_one() -> None:
    captions = CAPTIONS.replace("</row>", '<c r="E1"><f>A1</f><v>5</v></c></row>')
    refused = refusal_of(zipped(GOOD | {LINES_PART: sheet(captions)}))
    assert (refused.code, refused.parameters) == ("CaptionUnknown", {"cell": "E1", "shown": "5"})


@pytest.mark.parametrize("rows", ["", row(2, text_cell("A2", "1001"))])
def test_captions_must_stand_in_the_first_row(rows: str) -> None:
    refused = refusal_of(zipped(GOOD | {LINES_PART: sheet(rows)}))
    assert (refused.code, refused.parameters) == ("CaptionMissing", {"caption": "Item No."})
