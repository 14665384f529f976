"""Rows of a file of receipts and shipments: what each says, and what stands against it.

A row is read field by field, so that all of its faults are told at once (docs/domain.md 6.8).

This module must never look anything up.
"""

from dataclasses import dataclass
from decimal import Decimal

from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.document_import_fields import FIELDS, OF_LINE, OF_ROW, OF_SOURCE
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind, Line
from scanner_app.warehouse.document_line_card import blank_line_card
from scanner_app.warehouse.journal_fields import TRACKING
from scanner_app.warehouse.record_card import read_each
from scanner_app.warehouse.record_refusals import NameMissing
from scanner_app.warehouse.source_document import ReceiptSource, ShipmentSource
from scanner_app.workbooks.read import ReadRow

KIND_OF_SOURCE: dict[str, DocumentKind] = {
    **dict.fromkeys(map(str, ReceiptSource), RECEIPTS),
    **dict.fromkeys(map(str, ShipmentSource), SHIPMENTS),
}


@dataclass(frozen=True)
class SourceOfRow:
    """The order that a row is of; all rows of one order at a location are one document."""

    source_document: str
    source_no: str

    @property
    def kind(self) -> DocumentKind:
        """Whether it is a receipt or a shipment."""
        return KIND_OF_SOURCE[self.source_document]


@dataclass
class ImportRow:
    """One row as its cards say it.

    Attributes:
        source: None where it cannot be told.
        is_readable: whether every cell says what its field may hold.
        faults: what stands against the row, as far as it is known.
        line: the line that the row would be by itself, once that is tested.
    """

    row_no: int
    source: SourceOfRow | None
    card: TextCard
    is_readable: bool
    faults: list[RuleRefused]
    line: Line = None

    @property
    def is_tracked(self) -> bool:
        """Whether it names a number, or the date of one."""
        return any(self.card[field.name] for field in TRACKING)

    @property
    def line_key(self) -> tuple[str, ...]:
        """What rows that follow each other have in common when they are one line."""
        if self.is_readable and self.is_tracked:
            return tuple(self.card[field.name] for field in OF_LINE)
        return (str(self.row_no),)

    def line_card(self, kind: DocumentKind, quantity: Decimal | None = None) -> TextCard:
        """What a line with the item of the row says; without a quantity, that of the row."""
        typed = self.card["quantity"] or ("1" if self.card["serial_no"] else "")
        says = self.card | {"quantity": typed if quantity is None else f"{quantity:f}", "bin": ""}
        blank = blank_line_card(kind)
        return {name: says.get(name, value) for name, value in blank.items()}


def read_import_row(row: ReadRow) -> ImportRow:
    """What a row says; a field that cannot be read stays as it was typed."""
    typed = {field.name: row.values.get(field.name, "") for field in FIELDS}
    source, unnamed = _read_source(typed)
    card, unread = read_each(OF_ROW, typed)
    # Of a cell that cannot be read it is said already why it says nothing.
    faults = [*row.faults, *(unnamed if source or not row.faults else ()), *unread]
    return ImportRow(row.row_no, source, card, not faults, faults)


def _read_source(typed: TextCard) -> tuple[SourceOfRow | None, list[RuleRefused]]:
    missing: list[RuleRefused] = [
        NameMissing(field=field.caption, length=field.length)
        for field in OF_SOURCE
        if not typed[field.name].strip()
    ]
    card, faults = read_each(OF_SOURCE, typed)
    if missing or faults:
        return None, missing or faults
    return SourceOfRow(card["source_document"], card["source_no"]), []
