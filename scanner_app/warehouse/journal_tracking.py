"""Item tracking of a line: which numbers its quantity carries (docs/domain.md 6.7, 12.5).

A journal line whose quantity has one set of numbers says them itself; one with several names each
on an item tracking line. The first that is written there takes the numbers of the line along. The
numbers of a line of a receipt or shipment stand on item tracking lines only.

This module must never change a line or a number.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    ItemTrackingLine,
    TrackingNumbers,
    TrackingSource,
    check_serial_quantity,
    new_numbers_of,
    numbers_of,
    tracking_lines_of,
)
from scanner_app.inventory.item_tracking_code import EntryType, ItemTrackingCode
from scanner_app.quantities import ZERO
from scanner_app.warehouse.journal_tracking_refusals import (
    HandledTooMuch,
    NumbersTwiceOnLine,
    SerialTwiceOnLine,
    TrackedNothing,
    TrackedTooMuch,
    TrackingNumberNotGiven,
)
from scanner_app.warehouse.register_activity import items_with_codes


@dataclass(frozen=True)
class TrackedPart:
    """One set of numbers of a line, with its dates and its base quantity.

    `id` is 0 for numbers that stand on the line itself. The new ones are those of a transfer.

    Attributes:
        quantity_base: how much of it is still to be posted.
        to_handle_base: how much of that the next posting takes; None is all of it.
        handled_base: how much was posted already.
    """

    id: int
    numbers: TrackingNumbers
    quantity_base: Decimal
    warranty_date: date | None = None
    expiration_date: date | None = None
    new_numbers: TrackingNumbers = NO_NUMBERS
    new_expiration_date: date | None = None
    to_handle_base: Decimal | None = None
    handled_base: Decimal = ZERO

    @property
    def next_base(self) -> Decimal:
        """How much the next posting takes."""
        return self.quantity_base if self.to_handle_base is None else self.to_handle_base

    @property
    def every_number(self) -> tuple[TrackingNumbers, TrackingNumbers]:
        """What is told apart on a line: a lot may become two."""
        return (self.numbers, self.new_numbers)


@dataclass(frozen=True)
class LineTracking:
    """The numbers of a line; quantities are base units, whichever way the line moves them.

    Attributes:
        parts: all of them, or those that something is asked of.
        unread_base: how much has other numbers than those.
        unread_next_base: how much of that the next posting takes.
    """

    source_base: Decimal
    parts: Sequence[TrackedPart]
    unread_base: Decimal = ZERO
    unread_next_base: Decimal = ZERO

    @property
    def tracked_base(self) -> Decimal:
        """How much has its numbers."""
        return sum((part.quantity_base for part in self.parts), self.unread_base)

    @property
    def next_base(self) -> Decimal:
        """How much of that the next posting takes."""
        return sum((part.next_base for part in self.parts), self.unread_next_base)

    @property
    def undefined_base(self) -> Decimal:
        """How much has none yet; posting asks for 0."""
        return self.source_base - self.tracked_base

    def but(self, part_id: int) -> "LineTracking":
        """The same without one of the parts."""
        others = [part for part in self.parts if part.id != part_id]
        return replace(self, parts=others)


class LineOfItem(Protocol):
    """What every line has that numbers are named for."""

    id: int
    line_no: int
    item_id: int
    variant_id: int


@dataclass(frozen=True)
class TrackedLine:
    """A line with its item, the code of the item, and its numbers.

    Attributes:
        comes_in: whether it brings stock in.
        is_transfer: whether numbers leave and come in again, perhaps as others.
        location_id: where the stock is.
        was_shipped: whether it was shipped by its numbers, so that these stay.
    """

    source: TrackingSource
    line: LineOfItem
    item: Item
    code: ItemTrackingCode | None
    tracking: LineTracking
    location_id: int
    comes_in: bool
    is_transfer: bool = False
    was_shipped: bool = False


def tracked_line(session: Session, line: ItemJournalLine) -> TrackedLine:
    """A journal line as its item tracking lines are shown and entered.

    Its numbers stand on tracking lines or on itself.
    """
    item, code = items_with_codes(session, {line.item_id})[line.item_id]
    source = TrackingSource.ITEM_JOURNAL_LINE
    parts = parts_of(session, source, line.id) or own_parts(line)
    return TrackedLine(
        source,
        line,
        item,
        code,
        LineTracking(abs(line.quantity_base), parts),
        line.location_id,
        comes_in=line.comes_in,
        is_transfer=line.entry_type is EntryType.TRANSFER,
    )


def parts_of(session: Session, source: TrackingSource, line_id: int) -> list[TrackedPart]:
    """The numbers that stand on the item tracking lines of a line, in their order."""
    return parts_of_lines(session, source, [line_id])[line_id]


def parts_of_lines(
    session: Session, source: TrackingSource, line_ids: Collection[int]
) -> dict[int, list[TrackedPart]]:
    """The same of many lines, by the ids of these."""
    stored = tracking_lines_of(session, source, line_ids)
    return {line_id: [part_of(row) for row in stored.get(line_id, ())] for line_id in line_ids}


def own_parts(line: ItemJournalLine) -> list[TrackedPart]:
    """The numbers that stand on a line itself, for all of its quantity."""
    numbers, whole = numbers_of(line), abs(line.quantity_base)
    if not numbers:
        return []
    dates = (line.warranty_date, line.expiration_date)
    new = (new_numbers_of(line), line.new_expiration_date)
    return [TrackedPart(0, numbers, whole, *dates, *new)]


def check_parts(tracking: LineTracking, parts: Iterable[TrackedPart]) -> None:
    """Refuse parts that cannot stand beside those of their line, nor beside each other.

    Raises:
        TrackingNumberNotGiven: for one without any number.
        TrackedNothing: for none of it.
        SerialQuantityNotOne: for a serial no. with another quantity than 1.
        SerialTwiceOnLine, NumbersTwiceOnLine: for numbers that another part has.
        HandledTooMuch: for more to handle than there is of it.
        TrackedTooMuch: when all parts together are more than the line.
    """
    taken = TakenNumbers(tracking)
    for part in parts:
        taken.take(part)


class TakenNumbers:
    """The numbers that a line has, so that one part after the other is tested beside them."""

    def __init__(self, tracking: LineTracking) -> None:
        self._source_base = tracking.source_base
        self._tracked_base = tracking.tracked_base
        self._taken = {part.every_number for part in tracking.parts}
        self._serial_nos = {numbers.serial_no for numbers, _ in self._taken}
        self._new_serial_nos = {numbers.serial_no for _, numbers in self._taken}

    def take(self, part: TrackedPart) -> None:
        """Have a part beside the others; what is refused, as by `check_parts`, is not taken."""
        _check_part(part)
        serial_no, new_serial_no = (numbers.serial_no for numbers in part.every_number)
        if serial_no and serial_no in self._serial_nos:
            raise SerialTwiceOnLine(serial_no=serial_no)
        if new_serial_no and new_serial_no in self._new_serial_nos:
            raise SerialTwiceOnLine(serial_no=new_serial_no)
        if part.every_number in self._taken:
            raise NumbersTwiceOnLine(numbers=words_of(part.numbers))
        tracked_base = self._tracked_base + part.quantity_base
        if tracked_base > self._source_base:
            raise TrackedTooMuch(tracked=tracked_base, quantity=self._source_base)
        self._tracked_base = tracked_base
        self._taken.add(part.every_number)
        self._serial_nos.add(serial_no)
        self._new_serial_nos.add(new_serial_no)


def tracked_quantities(
    session: Session,
    line_ids: Collection[int],
    source: TrackingSource = TrackingSource.ITEM_JOURNAL_LINE,
) -> dict[int, Decimal]:
    """How many base units that are not posted have numbers on item tracking lines.

    Lines without any are left out.
    """
    row = ItemTrackingLine
    total = func.sum(row.quantity_base - row.qty_handled_base, type_=row.quantity_base.type)
    of_lines = (
        select(row.source_line_id, total)
        .where(row.source_type == source, row.source_line_id.in_(line_ids))
        .group_by(row.source_line_id)
    )
    return {line_id: tracked for line_id, tracked in session.execute(of_lines)}


def _check_part(part: TrackedPart) -> None:
    if not part.numbers:
        raise TrackingNumberNotGiven
    if part.quantity_base == 0:
        raise TrackedNothing(numbers=words_of(part.numbers))
    check_serial_quantity(part.numbers, part.quantity_base)
    check_serial_quantity(part.new_numbers, part.quantity_base)
    if part.next_base > part.quantity_base:
        raise HandledTooMuch(numbers=words_of(part.numbers), quantity=part.quantity_base)


def words_of(numbers: TrackingNumbers) -> str:
    """A set of numbers as a sentence names it."""
    return " ".join(filter(None, numbers.as_tuple()))


def part_of(row: ItemTrackingLine) -> TrackedPart:
    """The numbers of an item tracking line."""
    return TrackedPart(
        row.id,
        numbers_of(row),
        row.quantity_base - row.qty_handled_base,
        row.warranty_date,
        row.expiration_date,
        new_numbers_of(row),
        row.new_expiration_date,
        row.qty_to_handle_base,
        row.qty_handled_base,
    )
