"""Files of other kinds, broken and invented ones: each is refused, and nothing else happens."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner_app.errors import RuleRefused
from scanner_app.workbooks import read_xlsx
from scanner_app.workbooks.read import read_table
from tests.workbooks.foreign import (
    COLUMNS,
    GOOD,
    code_of,
    zipped,
)

NOT_READABLE = "TableFileNotReadable"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_the_workbook_that_is_broken_below_is_good() -> None:
    table = read_table(zipped(GOOD), "lines.xlsx", COLUMNS, rows_max=1)
    assert [value for value in table.rows[0].values.values() if value] == ["1001", "5"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (OLE, "WorkbookOldOrProtected"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), NOT_READABLE),
        (zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}), NOT_READABLE),
        (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"}), NOT_READABLE),
        (zipped({"lines.csv": "Item No.,Lot No."}), NOT_READABLE),
        (zipped({"inner.zip": zipped({"inner.zip": zipped({})})}), NOT_READABLE),
        (zipped({}), NOT_READABLE),
        (b"PK\x03\x04", "WorkbookDamaged"),
        (zipped(GOOD)[:-40], "WorkbookDamaged"),
        (zipped(GOOD)[: len(zipped(GOOD)) // 2], "WorkbookDamaged"),
    ],
)
def test_files_of_other_kinds_are_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code


class Panic(BaseException):
    """What the library raises where its own code broke: no Exception at all."""


def test_a_panic_of_the_library_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_xlsx, "CalamineWorkbook", _Raising(Panic()))
    assert code_of(zipped(GOOD)) == "WorkbookDamaged"


def test_a_person_who_stops_the_program_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_xlsx, "CalamineWorkbook", _Raising(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        read_table(zipped(GOOD), "", COLUMNS, rows_max=9)


class _Raising:
    def __init__(self, fault: BaseException) -> None:
        self.fault = fault

    def from_filelike(self, file: BytesIO) -> None:
        raise self.fault


def said_of(content: bytes) -> str:
    try:
        return f"{len(read_table(content, 'lines.xlsx', COLUMNS, rows_max=9).rows)} rows"
    except RuleRefused as refusal:
        return str(refusal)


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    assert said_of(content)
    assert said_of(b"PK\x03\x04" + content)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=5),
    st.sampled_from([ZIP_STORED, ZIP_DEFLATED]),
)
def test_a_workbook_with_other_bytes_is_read_or_refused(
    flips: list[tuple[int, int]], packing: int
) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", packing) as archive:
        for name, text in GOOD.items():
            archive.writestr(name, text)
    content = bytearray(packed.getvalue())
    for place, byte in flips:
        content[place % len(content)] = byte
    assert said_of(bytes(content))


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(list(GOOD)),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(32, 126)), min_size=1, max_size=3),
)
def test_parts_with_other_letters_are_read_or_refused(
    name: str, flips: list[tuple[int, int]]
) -> None:
    part = bytearray(GOOD[name].encode())
    for place, byte in flips:
        part[place % len(part)] = byte
    assert said_of(zipped({**GOOD, name: bytes(part)}))
