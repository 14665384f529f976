"""Receiving by scanning: what came is written on the lines of a receipt (docs/domain.md 6.9).

The first scan empties what the lines said before, so that only what is scanned has come. What is
not named comes on the first line of its item that still expects so much.

This module must never post, nor ask for anything.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.text_card import text_of_day
from scanner_app.quantities import ZERO, from_base, to_base
from scanner_app.warehouse.document_lines import delete_qty_to_receive
from scanner_app.warehouse.document_tracking import (
    expected_part,
    receive_expected_part,
    receive_more_of_part,
)
from scanner_app.warehouse.journal_fields import RECEIPT_TRACKING_LINE_FIELDS
from scanner_app.warehouse.journal_tracking import TrackedLine, TrackedPart
from scanner_app.warehouse.journal_tracking_lines import add_tracking_line
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.record_card import blank_card


class MoreThanExpected(RuleRefused):
    """The order asks for less."""

    message = N_("{quantity} of {what} are more than the {expected} that are still expected.")
    way_out = N_("Count again. Put what is too much aside, or ask a supervisor to raise the line.")
    field = "Qty. to Receive"


class NotWholeUnits(RuleRefused):
    """The line counts in a larger unit than came."""

    message = N_("{quantity} of {what} are no whole number of the unit of line {line_no}.")
    way_out = N_("Scan whole units, or ask a supervisor to change the unit of the line.")
    field = "Qty. to Receive"


@dataclass(frozen=True)
class ReceivedUnit:
    """So many base units that came, with their numbers and dates."""

    unit_of_measure_id: int
    numbers: TrackingNumbers
    quantity_base: Decimal
    expiration_date: date | None
    warranty_date: date | None


def begin_receiving(session: Session, receipt: WarehouseReceipt) -> None:
    """Let only what is scanned have come; done by the first scan, the receipt is locked."""
    if not receipt.received_by_scanning:
        delete_qty_to_receive(session, receipt.no)
        receipt.received_by_scanning = True
        session.flush()


def items_expected(
    session: Session, receipt: WarehouseReceipt, item_ids: Collection[int]
) -> set[int]:
    """Which of some items the receipt has lines of."""
    row = WarehouseReceiptLine
    of_receipt = (row.receipt_id == receipt.id, row.item_id.in_(sorted(item_ids)))
    return set(session.scalars(select(row.item_id).where(*of_receipt).distinct()))


def has_come(lines: Sequence[TrackedLine], serial_no: str) -> bool:
    """Whether a serial no. is among what came."""
    parts = (part for tracked in lines for part in tracked.tracking.parts)
    return any(part.numbers.serial_no == serial_no and part.next_base > 0 for part in parts)


def named_part(
    lines: Sequence[TrackedLine], numbers: TrackingNumbers
) -> tuple[TrackedLine, TrackedPart] | None:
    """A set of numbers that one of the lines expects, with its line."""
    for tracked in lines:
        if part := expected_part(tracked, numbers):
            return tracked, part
    return None


def receive_unit(
    session: Session, lines: Sequence[TrackedLine], unit: ReceivedUnit, what: str
) -> int:
    """Write what came on a line that expects it, and return the number of that line.

    Raises:
        MoreThanExpected: when no line still expects so much.
        NotWholeUnits: for a part of the unit of its line.
        RuleRefused: as `add_tracking_line` and its neighbours raise it.
    """
    quantity = f"{unit.quantity_base:f}"
    if unit.numbers and (found := named_part(lines, unit.numbers)):
        receive_expected_part(session, *found, quantity)
        return found[0].line.line_no
    tracked = _line_with_room(session, lines, unit, what)
    if not unit.numbers:
        _receive_quantity(session, tracked, unit, what)
        return tracked.line.line_no
    same = [part for part in tracked.tracking.parts if part.numbers == unit.numbers]
    if same and not unit.numbers.serial_no:
        receive_more_of_part(session, tracked, same[0], unit.quantity_base)
        return tracked.line.line_no
    serial_no, lot_no, package_no = unit.numbers.as_tuple()
    typed = blank_card(RECEIPT_TRACKING_LINE_FIELDS) | {
        "serial_no": serial_no,
        "lot_no": lot_no,
        "package_no": package_no,
        "expiration_date": text_of_day(unit.expiration_date),
        "warranty_date": text_of_day(unit.warranty_date),
        "quantity": quantity,
    }
    add_tracking_line(session, tracked, typed)
    return tracked.line.line_no


def _line_with_room(
    session: Session, lines: Sequence[TrackedLine], unit: ReceivedUnit, what: str
) -> TrackedLine:
    """The first line that still expects so much, one in the unit that was scanned before others."""
    rows = {tracked.line.id: _row_of(session, tracked) for tracked in lines}
    in_order = sorted(
        lines,
        key=lambda tracked: (
            rows[tracked.line.id].unit_of_measure_id != unit.unit_of_measure_id,
            tracked.line.line_no,
        ),
    )
    most = ZERO
    for tracked in in_order:
        row = rows[tracked.line.id]
        room = _base(row, row.outstanding) - _come_base(row, tracked)
        if room >= unit.quantity_base:
            return tracked
        most = max(most, room)
    raise MoreThanExpected(what=what, quantity=unit.quantity_base, expected=most)


def _come_base(row: WarehouseReceiptLine, tracked: TrackedLine) -> Decimal:
    """What has come of a line: what its numbers say, or more where some of it has none."""
    return max(tracked.tracking.next_base, _base(row, row.qty_to_receive))


def _receive_quantity(
    session: Session, tracked: TrackedLine, unit: ReceivedUnit, what: str
) -> None:
    row = _row_of(session, tracked)
    come = _base(row, row.qty_to_receive) + unit.quantity_base
    quantity = from_base(come, row.qty_per_unit_of_measure)
    if _base(row, quantity) != come:
        raise NotWholeUnits(what=what, quantity=unit.quantity_base, line_no=row.line_no)
    row.qty_to_receive = quantity
    session.flush()


def _row_of(session: Session, tracked: TrackedLine) -> WarehouseReceiptLine:
    return session.get_one(WarehouseReceiptLine, tracked.line.id)


def _base(row: WarehouseReceiptLine, quantity: Decimal) -> Decimal:
    return to_base(quantity, row.qty_per_unit_of_measure)
