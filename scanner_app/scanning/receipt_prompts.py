"""What a receipt asks next on a device, and how much of each line has come (docs/domain.md 6.9).

This module must never change anything.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO
from scanner_app.scanning.apply_receipt_scan import receipt_item
from scanner_app.scanning.open_receipt import ReceiptOnDevice
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine

OPEN_LINES_SHOWN_MAX = 6
RECEIPTS_SHOWN_MAX = 100


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


@dataclass(frozen=True)
class ReceiptPrompt:
    """What a receipt asks next.

    `question` is unit, serial, lot, package, date, warranty, quantity or complete. `item_no` is of
    what is asked about, with the digest of its picture; `goes_on` says that it is asked for the
    next of a run, so that anything else may follow. `done` and `total` are lines; `open_lines` are
    the first that something of is missing, `has_come` says whether anything would be posted.
    """

    question: str
    done: int
    total: int
    has_come: bool
    open_lines: tuple[ExpectedLine, ...]
    asked_for: str = ""
    unit: str = ""
    item_no: str = ""
    description: str = ""
    picture: str = ""
    goes_on: bool = False


@dataclass(frozen=True)
class ExpectedReceipt:
    """A receipt in a list: what it comes by, and how many of its lines have come whole."""

    no: str
    source: str
    source_no: str
    day: date | None
    done: int
    total: int


def list_expected_receipts(session: Session, location: Location) -> list[ExpectedReceipt]:
    """The receipts of a location that something is outstanding of, the first expected first."""
    receipt, row = WarehouseReceipt, WarehouseReceiptLine
    outstanding = row.quantity - row.qty_received
    is_done = and_(receipt.received_by_scanning, row.qty_to_receive == outstanding)
    rows = session.execute(
        select(receipt, func.count().filter(is_done), func.count())
        .join(row, row.receipt_id == receipt.id)
        .where(receipt.location_id == location.id, outstanding > ZERO)
        .group_by(receipt.id)
        .order_by(receipt.expected_receipt_date.nulls_last(), receipt.id)
        .limit(RECEIPTS_SHOWN_MAX)
    )
    return [
        ExpectedReceipt(
            found.no,
            found.source_document.value,
            found.source_no,
            found.expected_receipt_date,
            done,
            total,
        )
        for found, done, total in rows
    ]


def receipt_prompt(session: Session, found: ReceiptOnDevice) -> ReceiptPrompt:
    """The next question of a receipt on one device."""
    receipt, given = found.receipt, found.given
    done, total, come = _progress(session, receipt)
    question = given.asks or ("complete" if done == total else "unit")
    asked_item_id = given.units[0].item_id if given.units else 0
    lines = expected_lines(session, receipt, asked_item_id) if done < total else ()
    prompt = ReceiptPrompt(question, done, total, come > 0, lines)
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


def _progress(session: Session, receipt: WarehouseReceipt) -> tuple[int, int, int]:
    """How many lines have come whole, are expected, and have come at all; nothing before a scan."""
    row = WarehouseReceiptLine
    outstanding = row.quantity - row.qty_received
    done, total, come = session.execute(
        select(
            func.count().filter(row.qty_to_receive == outstanding),
            func.count(),
            func.count().filter(row.qty_to_receive > ZERO),
        ).where(row.receipt_id == receipt.id, outstanding > ZERO)
    ).one()
    return (done, total, come) if receipt.received_by_scanning else (0, total, 0)


def expected_lines(
    session: Session, receipt: WarehouseReceipt, asked_item_id: int = 0
) -> tuple[ExpectedLine, ...]:
    """The first lines of which something is missing, those of the item in the hand before others.

    A few do: over a radio that drops, an answer that is long is the first one lost.
    """
    row = WarehouseReceiptLine
    missing = row.quantity - row.qty_received
    if receipt.received_by_scanning:
        missing = missing - row.qty_to_receive
    rows = session.execute(
        select(row, Item.no, ItemVariant.code, UnitOfMeasure.code)
        .join(Item, Item.id == row.item_id)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == row.unit_of_measure_id)
        .where(row.receipt_id == receipt.id, missing > ZERO)
        .order_by(row.item_id != asked_item_id, row.line_no)
        .limit(OPEN_LINES_SHOWN_MAX)
    )
    return tuple(
        ExpectedLine(
            line.line_no,
            item_no,
            variant,
            line.description,
            line.qty_to_receive if receipt.received_by_scanning else ZERO,
            line.outstanding,
            unit,
        )
        for line, item_no, variant, unit in rows
    )
