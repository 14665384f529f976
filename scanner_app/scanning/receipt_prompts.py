"""What a receipt asks next on a device, and how much of each line has come (docs/domain.md 6.9).

This module must never change anything.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.scanning.apply_receipt_scan import receipt_item
from scanner_app.scanning.open_receipt import ReceiptOnDevice
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine

LINES_SHOWN_MAX = 200


@dataclass(frozen=True)
class ExpectedLine:
    """A line with what has come of it, in its unit."""

    line_no: int
    item_no: str
    variant: str
    description: str
    come: Decimal
    outstanding: Decimal
    unit: str

    @property
    def is_complete(self) -> bool:
        """Whether all that is outstanding has come."""
        return self.come >= self.outstanding


@dataclass(frozen=True)
class ReceiptPrompt:
    """What a receipt asks next.

    `question` is unit, serial, lot, package, date, warranty, quantity or complete. `item_no` is of
    what is asked about, with the digest of its picture; `goes_on` says that it is asked for the
    next of a run, so that anything else may follow. `has_begun` says that only what is scanned
    has come.
    """

    question: str
    lines: tuple[ExpectedLine, ...]
    has_begun: bool
    asked_for: str = ""
    unit: str = ""
    item_no: str = ""
    description: str = ""
    picture: str = ""
    goes_on: bool = False

    @property
    def complete_lines(self) -> int:
        """How many lines have come whole."""
        return sum(1 for line in self.lines if line.is_complete) if self.has_begun else 0

    @property
    def has_come(self) -> bool:
        """Whether anything would be posted."""
        return any(line.come for line in self.lines)


def receipt_prompt(session: Session, found: ReceiptOnDevice) -> ReceiptPrompt:
    """The next question of a receipt on one device."""
    receipt, given = found.receipt, found.given
    lines = expected_lines(session, receipt)
    is_whole = receipt.received_by_scanning and all(line.is_complete for line in lines)
    question = given.asks or ("complete" if is_whole else "unit")
    prompt = ReceiptPrompt(question, lines, has_begun=receipt.received_by_scanning)
    if not given.units:
        return prompt
    unit = given.units[0]
    item = receipt_item(session, receipt, unit)
    return replace(
        prompt,
        asked_for=item.words(unit),
        unit=item.unit,
        item_no=item.item.no,
        description=item.item.description,
        picture=item.picture,
        goes_on=given.goes_on,
    )


def expected_lines(session: Session, receipt: WarehouseReceipt) -> tuple[ExpectedLine, ...]:
    """The lines of which something is outstanding, in their order."""
    row = WarehouseReceiptLine
    rows = session.execute(
        select(row, Item.no, ItemVariant.code, UnitOfMeasure.code)
        .join(Item, Item.id == row.item_id)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == row.unit_of_measure_id)
        .where(row.receipt_id == receipt.id, row.qty_received < row.quantity)
        .order_by(row.line_no)
        .limit(LINES_SHOWN_MAX)
    )
    return tuple(
        ExpectedLine(
            line.line_no,
            item_no,
            variant,
            line.description,
            line.qty_to_receive if receipt.received_by_scanning else Decimal(0),
            line.outstanding,
            unit,
        )
        for line, item_no, variant, unit in rows
    )
