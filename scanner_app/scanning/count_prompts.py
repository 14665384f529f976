"""What a count asks next, and what was found so far in the open bin (docs/domain.md 10.7).

This module must never change anything, and never tell a blind counter what is expected.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import describe, numbers_of
from scanner_app.quantities import ZERO, from_base
from scanner_app.scanning.count_work import counted_item, seen_unit
from scanner_app.scanning.given import Given
from scanner_app.scanning.open_count import CountOnDevice
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.seen_in_bin import newest_seen, quantity_seen
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)

FOUND_SHOWN_MAX = 50


@dataclass(frozen=True)
class Found:
    """One set of numbers that was seen in the open bin."""

    words: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True)
class CountPrompt:
    """What a count asks next.

    `question` is bin, unit, serial, lot, package, date, warranty, quantity or complete; `found`
    holds the newest of `found_total` sets of numbers. `item_no` is of what is asked about, with the
    digest of its picture.
    """

    question: str
    closed: int
    total: int
    bin_code: str = ""
    found: tuple[Found, ...] = ()
    found_total: int = 0
    booked: tuple[Found, ...] = ()
    asked_for: str = ""
    unit: str = ""
    item_no: str = ""
    description: str = ""
    picture: str = ""
    counted: Decimal = Decimal(0)
    next_bin_code: str = ""

    @property
    def is_between_bins(self) -> bool:
        """Whether no bin is open on this device."""
        return self.question in ("bin", "complete")


def count_prompt(session: Session, found: CountOnDevice, user_id: int) -> CountPrompt:
    """The next question of a count on one device."""
    batch, given, closed, total = found.batch, found.given, found.closed, found.total
    opened = _open_count(session, batch, given, user_id)
    if opened is None:
        question = "bin" if closed < total else "complete"
        return CountPrompt(question, closed, total, next_bin_code=found.next_bin_code)
    count, bin_code = opened
    seen, seen_total = newest_seen(session, count, FOUND_SHOWN_MAX)
    prompt = CountPrompt(
        question="unit",
        closed=closed,
        total=total,
        bin_code=bin_code,
        found=tuple(Found(describe(x.item_no, x.numbers), x.quantity, x.unit) for x in seen),
        found_total=seen_total,
        booked=() if batch.blind else _booked(session, count),
    )
    if not (given.asks and given.units):
        return prompt
    unit = given.units[0]
    item = counted_item(session, unit, count)
    return replace(
        prompt,
        question=given.asks,
        asked_for=item.words(unit),
        unit=item.unit,
        item_no=item.item.no,
        description=item.item.description,
        picture=item.picture,
        counted=quantity_seen(session, count, seen_unit(item, unit, ZERO).key(count.bin_id)),
    )


def _open_count(
    session: Session, batch: WarehouseJournalBatch, given: Given, user_id: int
) -> tuple[BinCount, str] | None:
    if not given.bin_id:
        return None
    row = session.execute(
        select(BinCount, Bin.code)
        .join(Bin, Bin.id == BinCount.bin_id)
        .where(
            BinCount.batch_id == batch.id,
            BinCount.bin_id == given.bin_id,
            BinCount.state == BinCountState.OPEN,
            BinCount.opened_by_id == user_id,
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def _booked(session: Session, count: BinCount) -> tuple[Found, ...]:
    """What a guided count shows of a bin; a blind one never asks for it."""
    row = WarehouseJournalLine
    lines = session.execute(
        select(row, Item.no, UnitOfMeasure.code)
        .join(Item, Item.id == row.item_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == row.unit_of_measure_id)
        .where(row.bin_count_id == count.id, row.phys_inventory)
        .order_by(row.line_no)
    )
    return tuple(
        Found(
            describe(item_no, numbers_of(line)),
            from_base(line.qty_calculated_base, line.qty_per_unit_of_measure),
            unit,
        )
        for line, item_no, unit in lines
    )
