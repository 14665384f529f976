"""A line that changes keeps the numbers on its item tracking lines (docs/domain.md 12.5).

This module must never change a line or a number.
"""

from decimal import Decimal
from typing import Protocol

from scanner_app.inventory.text_card import Changes
from scanner_app.warehouse.item_journal_fields import TRACKING_FIELDS
from scanner_app.warehouse.journal_records import CAPTIONS
from scanner_app.warehouse.journal_tracking_refusals import (
    NumbersOnTrackingLines,
    TrackedLineChanged,
    TrackedQuantityLower,
)


class ChangedLine(Protocol):
    """A line as it is written, signed as it moves stock."""

    line_no: int
    quantity_base: Decimal


def check_tracking_kept(line: ChangedLine, tracked_base: Decimal | None, changes: Changes) -> None:
    """Refuse changes of a line that its item tracking lines do not fit; it is written already.

    `tracked_base` is how much has numbers there, None where there are none.

    Raises:
        NumbersOnTrackingLines: for numbers or dates of its own beside them.
        TrackedLineChanged: for another item or variant.
        TrackedQuantityLower: for less than has numbers.
    """
    if tracked_base is None:
        return
    if any(name in changes for name in TRACKING_FIELDS):
        raise NumbersOnTrackingLines(line_no=line.line_no)
    for name in ("item_no", "variant"):
        if name in changes:
            raise TrackedLineChanged(line_no=line.line_no, field=CAPTIONS[name])
    quantity = abs(line.quantity_base)
    if quantity < tracked_base:
        raise TrackedQuantityLower(line_no=line.line_no, tracked=tracked_base, quantity=quantity)
