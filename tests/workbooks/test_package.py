"""The package of a workbook: what is hidden in a zip or in its XML is refused unread."""

import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile

import pytest

from scanner_app.workbooks import package
from scanner_app.workbooks.read import read_table
from tests.workbooks.foreign import (
    CAPTIONS,
    COLUMNS,
    GOOD,
    LINES_PART,
    changed,
    code_of,
    refusal_of,
    sheet,
    zipped,
)

MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize("name", ["../../etc/passwd", "xl/../../x.xml", ".."])
def test_a_part_outside_of_the_package_is_refused(name: str) -> None:
    assert code_of(zipped(GOOD | {name: "x"})) == "WorkbookDamaged"


def test_two_parts_of_one_name_are_refused() -> None:
    refused = refusal_of(zipped(GOOD | {LINES_PART.upper(): sheet()}))
    assert refused.code == "WorkbookDamaged"


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "XL/VBAPROJECT.BIN", "a/b/vbaProject.bin"])
def test_macros_are_refused_by_their_part(name: str) -> None:
    assert code_of(zipped(GOOD | {name: "x"})) == "WorkbookHoldsMacros"


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-excel.template.MACROENABLED.main+xml",
        "application/vnd.ms-excel.macrosheet+xml",
        "application/vnd.ms-office.vbaProject",
    ],
)
def test_macros_are_refused_by_the_kinds_of_content(kind: str) -> None:
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    assert code_of(zipped(GOOD | {"[Content_Types].xml": types})) == "WorkbookHoldsMacros"


def test_more_parts_than_a_table_needs_are_refused() -> None:
    many = {f"{number}.xml": "" for number in range(201 - len(GOOD))}
    assert refusal_of(zipped(GOOD | many)).parameters == {"maximum": 200}


def test_what_unpacks_to_too_much_is_refused_by_what_it_declares() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for number in range(65):
            archive.writestr(f"{number}.xml", bytes(MEBIBYTE))
    assert refusal_of(packed.getvalue()).parameters == {"maximum": 64}


def test_a_bomb_is_refused_by_how_tightly_it_is_packed() -> None:
    bomb = refusal_of(zipped(GOOD | {"xl/media/bomb.xml": bytes(50 * MEBIBYTE)}))
    assert bomb.code == "WorkbookPackedTooTightly"
    assert bomb.parameters == {"part": "xl/media/bomb.xml", "maximum": 100}


def test_a_small_part_may_be_packed_tightly() -> None:
    content = zipped(GOOD | {"xl/media/white.bmp": bytes(MEBIBYTE)})
    assert len(read_table(content, "", COLUMNS, rows_max=9).rows) == 1


def test_a_bomb_that_declares_less_is_refused_when_that_much_is_unpacked() -> None:
    content = zipped(GOOD | {"xl/styles.xml": bytes(50 * MEBIBYTE)})
    declared = struct.pack("<I", 50 * MEBIBYTE)
    assert content.count(declared) == 2
    assert code_of(content.replace(declared, struct.pack("<I", 5000))) == "WorkbookDamaged"


def test_a_part_behind_a_password_is_refused() -> None:
    content = bytearray(zipped(GOOD | {"xl/media/unread.png": "x"}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert code_of(bytes(content)) == "WorkbookDamaged"


def test_a_part_that_is_packed_otherwise_is_refused() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_BZIP2) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert code_of(packed.getvalue()) == "WorkbookDamaged"


@pytest.mark.parametrize("name", list(GOOD))
@pytest.mark.parametrize(
    "begin",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<?xml version="1.0" encoding="ISO-8859-1"?>',
        '<?xml version="1.0" encoding="UTF-16"?>',
        "<a>",
    ],
)
def test_a_part_with_a_document_type_or_another_encoding_is_refused(name: str, begin: str) -> None:
    assert code_of(zipped(GOOD | {name: begin + GOOD[name]})) == "WorkbookDamaged"


@pytest.mark.parametrize("name", list(GOOD))
def test_a_part_in_utf_16_is_refused(name: str) -> None:
    assert code_of(zipped({**GOOD, name: GOOD[name].encode("utf-16")})) == "WorkbookDamaged"


@pytest.mark.parametrize("marks", ["<a " + "b" * 400_000 + '="1"/>', f"<!--{'a' * 400_000}-->"])
def test_a_mark_without_an_end_in_sight_is_refused(marks: str) -> None:
    refused = refusal_of(zipped(GOOD | {LINES_PART: sheet(CAPTIONS, after=marks)}))
    assert refused.parameters == {"part": LINES_PART}


def test_elements_within_elements_without_end_are_refused() -> None:
    nested = "<a>" * 98 + "</a>" * 98
    content = zipped(GOOD | {LINES_PART: sheet(CAPTIONS, after=f"{nested}<a>{nested}</a>")})
    assert read_table(content, "", COLUMNS, rows_max=9).rows == ()
    content = zipped(GOOD | {LINES_PART: sheet(CAPTIONS, after=f"<a><a>{nested}</a></a>")})
    assert refusal_of(content).parameters == {"part": LINES_PART}


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("xl/workbook.xml", '<sheet name="{number}" r:id="rId1"/>'),
        ("xl/_rels/workbook.xml.rels", '<Relationship Id="{number}" Target="a.xml"/>'),
    ],
)
def test_more_sheets_than_there_can_be_parts_are_not_listed(name: str, listed: str) -> None:
    first = listed.partition(" ")[0] + " "
    many = "".join(listed.format(number=number) for number in range(199))
    content = changed(name, first, f"{many}{first}")
    assert len(read_table(content, "", COLUMNS, rows_max=9).rows) == 1
    content = changed(name, first, f"{many}{listed}{first}")
    assert refusal_of(content).parameters == {"maximum": 200}


def test_a_workbook_needs_no_styles() -> None:
    parts = {name: content for name, content in GOOD.items() if name != "xl/styles.xml"}
    assert len(read_table(zipped(parts), "", COLUMNS, rows_max=9).rows) == 1


def test_a_package_that_does_not_say_what_it_holds_is_refused() -> None:
    parts = {name: content for name, content in GOOD.items() if name != "_rels/.rels"}
    assert code_of(zipped(parts)) == "WorkbookDamaged"


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8"])
def test_a_part_may_say_that_it_is_utf_8(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>' + GOOD[LINES_PART]
    table = read_table(zipped(GOOD | {LINES_PART: declared}), "", COLUMNS, rows_max=9)
    assert len(table.rows) == 1


def test_a_machine_without_memory_is_no_damaged_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_content: BytesIO) -> None:
        raise MemoryError

    monkeypatch.setattr(package, "ZipFile", fail)
    with pytest.raises(MemoryError):
        read_table(zipped(GOOD), "", COLUMNS, rows_max=9)
