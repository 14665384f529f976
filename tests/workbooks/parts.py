"""What the parts of a workbook of ours say: its text, and the drop-down lists of its cells."""

from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from scanner_app.workbooks.cells import column_number
from tests.spreadsheet import Cell, Spreadsheet

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CAPTIONS_ROW = 2

# What is offered, and in which cells.
DropDown = tuple[str, str]


def drop_downs(content: bytes) -> dict[str, dict[str, DropDown]]:
    """The lists of each sheet of a package, by the captions of their columns."""
    sheets = Spreadsheet(content).sheets
    return {
        name: _lists(part(content, f"xl/worksheets/sheet{number}.xml"), rows[CAPTIONS_ROW])
        for number, (name, rows) in enumerate(sheets.items(), start=1)
    }


def part(content: bytes, name: str) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def _lists(xml: str, captions: list[Cell]) -> dict[str, DropDown]:
    found: dict[str, DropDown] = {}
    root = ET.fromstring(xml)  # noqa: S314 - our own workbook
    for rule in root.iter(f"{NAMESPACE}dataValidation"):
        assert rule.get("type") == "list"
        formula, cells = rule.findtext(f"{NAMESPACE}formula1"), rule.get("sqref")
        assert formula is not None
        assert cells is not None
        letters = cells.split(":")[0].rstrip("0123456789")
        found[str(captions[column_number(letters) - 1])] = (formula, cells)
    return found
