"""The sheets of a workbook: which there are, in which parts, and which one holds the lines.

This module must never choose a sheet that a person cannot see, and never one of several.
"""

from dataclasses import dataclass

from scanner_app.workbooks.cells import SHOWN_MAX
from scanner_app.workbooks.layout import LINES_SHEET
from scanner_app.workbooks.package import PARTS_MAX, Package
from scanner_app.workbooks.refusals import (
    WorkbookDamaged,
    WorkbookHasTooManyParts,
    WorkbookHoldsMacros,
    WorkbookSheetHidden,
    WorkbookSheetNotFound,
)
from scanner_app.workbooks.xml_part import PartReader, read_part

CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK = "xl/workbook.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
_MACRO_KINDS = ("macroenabled", "macrosheet", "vbaproject")


@dataclass(frozen=True)
class Sheet:
    """A sheet as the workbook lists it, and the part that holds its cells."""

    name: str
    part: str


def is_workbook(package: Package) -> bool:
    """Return whether a zip holds the parts by which an .xlsx is known."""
    return all(part in package for part in (CONTENT_TYPES, WORKBOOK, RELATIONSHIPS))


def list_sheets(package: Package) -> list[Sheet]:
    """Return the sheets in the order of the workbook.

    Raises:
        WorkbookHoldsMacros, WorkbookSheetHidden, WorkbookHasTooManyParts, WorkbookDamaged: as
        they say.
    """
    read_part(CONTENT_TYPES, package.chunks(CONTENT_TYPES), _ContentTypes())
    targets = _Relationships()
    read_part(RELATIONSHIPS, package.chunks(RELATIONSHIPS), targets)
    listed = _SheetList()
    read_part(WORKBOOK, package.chunks(WORKBOOK), listed)
    return [Sheet(name, _part_of(targets.by_id.get(key, ""))) for name, key in listed.found]


def choose_lines(sheets: list[Sheet], package: Package) -> Sheet:
    """Return the sheet that is called as ours, or the only one there is.

    Raises:
        WorkbookSheetNotFound: when there are several, or none.
        WorkbookDamaged: when the sheet's part is not there.
    """
    named = [sheet for sheet in sheets if sheet.name == LINES_SHEET] or sheets
    if len(named) != 1:
        raise WorkbookSheetNotFound(count=len(sheets), sheet=LINES_SHEET)
    if named[0].part not in package:
        raise WorkbookDamaged(part=named[0].name[:SHOWN_MAX])
    return named[0]


def _part_of(target: str) -> str:
    """Return the name of a part from how the workbook refers to it, as the library does."""
    return target[1:] if target.startswith("/") else f"xl/{target}"


class _ContentTypes(PartReader):
    """Looks for programs among the kinds of content that a workbook declares."""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "").casefold()
        if any(word in kind for word in _MACRO_KINDS):
            raise WorkbookHoldsMacros


class _Relationships(PartReader):
    """Collects the targets of the workbook's relationships by their identity."""

    def __init__(self) -> None:
        self.by_id: dict[str, str] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            _check_count(len(self.by_id))
            self.by_id[attributes.get("Id", "")] = attributes.get("Target", "")


class _SheetList(PartReader):
    """Collects name and relationship of each sheet."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name != "sheet":
            return
        _check_count(len(self.found))
        sheet = attributes.get("name", "")
        if attributes.get("state", "visible") != "visible":
            raise WorkbookSheetHidden(sheet=sheet[:SHOWN_MAX])
        keys = [value for key, value in attributes.items() if key.endswith(":id")]
        self.found.append((sheet, keys[0] if keys else ""))


def _check_count(listed: int) -> None:
    """Refuse to list more than there can be: a million of them would fill the memory."""
    if listed == PARTS_MAX:
        raise WorkbookHasTooManyParts(maximum=PARTS_MAX)
