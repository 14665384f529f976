"""Workbooks as other programs write them, and as nobody should: put together part by part."""

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from scanner_app.errors import RuleRefused
from scanner_app.workbooks.column import Column, ColumnKind
from scanner_app.workbooks.read import read_table

ITEM = Column("item_no", "Item No.", ColumnKind.TEXT)
LOT = Column("lot_no", "Lot No.", ColumnKind.NUMBER_TEXT)
DAY = Column("expiration_date", "Expiration Date", ColumnKind.DAY)
QUANTITY = Column("quantity", "Quantity", ColumnKind.QUANTITY)
COLUMNS = (ITEM, LOT, DAY, QUANTITY)

# The formats of numbers in a foreign workbook, by their place in its styles.
PLAIN, DATE, DATE_AND_TIME, TIME, DURATION = range(5)
_FORMATS = (0, 14, 22, 20, 46)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LINES_PART = "xl/worksheets/sheet1.xml"


def text_cell(name: str, text: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def cell(name: str, value: str, *, style: int = PLAIN, kind: str = "n") -> str:
    return f'<c r="{name}" s="{style}" t="{kind}"><v>{value}</v></c>'


def row(row_no: int, *cells: str) -> str:
    return f'<row r="{row_no}">{"".join(cells)}</row>'


CAPTIONS = row(
    1,
    *(
        text_cell(f"{letter}1", column.caption)
        for letter, column in zip("ABCD", COLUMNS, strict=True)
    ),
)


def sheet(*rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def parts_of(
    lines: str,
    *,
    sheets: Mapping[str, str] | None = None,
    workbook_properties: str = "",
    shared: str = "",
) -> dict[str, str]:
    """Return the parts of a workbook; the first of `sheets`, states by name, has the lines."""
    states = {"Lines": "visible"} if sheets is None else sheets
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" state="{state}" r:id="rId{number}"/>'
        for number, (name, state) in enumerate(states.items(), start=1)
    )
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(states) + 1)
    )
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in _FORMATS)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"{workbook_properties}<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{targets}</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>',
        LINES_PART: lines,
    }
    for number in range(2, len(states) + 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet()
    if shared:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{shared}</sst>'
    return parts


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def workbook_of(*rows: str, shared: str = "", workbook_properties: str = "") -> bytes:
    """Return a workbook of the four captions and these rows."""
    lines = sheet(CAPTIONS, *rows)
    return zipped(parts_of(lines, shared=shared, workbook_properties=workbook_properties))


GOOD = parts_of(
    sheet(CAPTIONS, row(2, cell("A2", "0", kind="s"), cell("D2", "5"))),
    shared="<si><t>1001</t></si>",
)


def refusal_of(content: bytes, rows_max: int = 100) -> RuleRefused:
    with pytest.raises(RuleRefused) as refused:
        read_table(content, "lines.xlsx", COLUMNS, rows_max=rows_max)
    assert str(refused.value)
    return refused.value


def code_of(content: bytes) -> str:
    return refusal_of(content).code


def changed(name: str, old: str, new: str) -> bytes:
    assert old in GOOD[name]
    return zipped(GOOD | {name: GOOD[name].replace(old, new)})
