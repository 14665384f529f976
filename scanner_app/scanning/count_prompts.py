"""What a count asks next, and what was found so far in the open bin (docs/domain.md 10.7).

This module must never change anything, and never tell a blind counter what is expected.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemUnit, UnitOfMeasure
from scanner_app.inventory.item_tracking import describe
from scanner_app.quantities import ZERO
from scanner_app.scanning.count_work import counted_item
from scanner_app.scanning.given import Given
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import BalanceKey
from scanner_app.warehouse.physical_inventory import counted_so_far, lines_of
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    CountEntry,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)

Kind = tuple[int, int]


class Words(NamedTuple):
    """How an item and its unit of measure are called."""

    item_no: str
    unit: str


@dataclass(frozen=True)
class Found:
    """One set of numbers that was seen in the open bin."""

    words: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True)
class CountPrompt:
    """What a count asks next.

    `question` is bin, unit, serial, lot, package, date, warranty, quantity or complete.
    """

    question: str
    closed: int
    total: int
    bin_code: str = ""
    found: tuple[Found, ...] = ()
    booked: tuple[Found, ...] = ()
    asked_for: str = ""
    unit: str = ""
    counted: Decimal = Decimal(0)
    next_bin_code: str = ""


def count_prompt(
    session: Session, batch: WarehouseJournalBatch, given: Given, user_id: int
) -> CountPrompt:
    """The next question of a count on one device."""
    closed, total = _progress(session, batch)
    opened = _open_count(session, batch, given, user_id)
    if opened is None:
        next_bin = _next_bin(session, batch)
        question = "bin" if next_bin or closed < total else "complete"
        return CountPrompt(question, closed, total, next_bin_code=next_bin)
    count, bin_code = opened
    entries = counted_so_far(session, count)
    asks = bool(given.asks and given.units)
    lines = [] if batch.blind and not asks else lines_of(session, count)
    shown = [] if batch.blind else [line for line in lines if line.phys_inventory]
    words = _words(session, [*entries, *shown])
    found, booked = _found(entries, words), _booked(shown, words)
    if not asks:
        return CountPrompt("unit", closed, total, bin_code, found, booked)
    unit = given.units[0]
    item = counted_item(session, unit, lines)
    seen = entries.get(item.seen(unit, ZERO).key(count.bin_id), [])
    return CountPrompt(
        question=given.asks,
        closed=closed,
        total=total,
        bin_code=bin_code,
        found=found,
        booked=booked,
        asked_for=item.words(unit),
        unit=item.unit,
        counted=sum((entry.quantity for entry in seen), ZERO),
    )


def _progress(session: Session, batch: WarehouseJournalBatch) -> tuple[int, int]:
    closed, total = session.execute(
        select(
            func.count().filter(BinCount.state == BinCountState.CLOSED),
            func.count(),
        ).where(BinCount.batch_id == batch.id, BinCount.state != BinCountState.REGISTERED)
    ).one()
    return closed, total


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


def _next_bin(session: Session, batch: WarehouseJournalBatch) -> str:
    statement = (
        select(Bin.code)
        .join(BinCount, BinCount.bin_id == Bin.id)
        .where(BinCount.batch_id == batch.id, BinCount.state == BinCountState.TO_COUNT)
        .order_by(Bin.code)
        .limit(1)
    )
    return session.scalar(statement) or ""


def _found(
    entries: Mapping[BalanceKey, Sequence[CountEntry]], words: Mapping[Kind, Words]
) -> tuple[Found, ...]:
    return tuple(
        Found(describe(words[_kind(key)].item_no, key.numbers), total, words[_kind(key)].unit)
        for key, part in entries.items()
        if (total := sum((entry.quantity for entry in part), ZERO)) > 0
    )


def _booked(
    lines: Sequence[WarehouseJournalLine], words: Mapping[Kind, Words]
) -> tuple[Found, ...]:
    """What a guided count shows; a blind one never asks for it."""
    return tuple(
        Found(
            " ".join(
                part
                for part in (words[_kind(x)].item_no, x.serial_no, x.lot_no, x.package_no)
                if part
            ),
            x.qty_calculated_base / x.qty_per_unit_of_measure,
            words[_kind(x)].unit,
        )
        for x in lines
    )


def _words(
    session: Session, rows: Collection[BalanceKey | WarehouseJournalLine]
) -> dict[Kind, Words]:
    """The item no. and the unit of measure of each item and unit, in one look-up."""
    if not rows:
        return {}
    kinds = {_kind(row) for row in rows}
    statement = (
        select(ItemUnit.item_id, ItemUnit.unit_of_measure_id, Item.no, UnitOfMeasure.code)
        .join(Item, Item.id == ItemUnit.item_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == ItemUnit.unit_of_measure_id)
        .where(ItemUnit.item_id.in_(sorted({item_id for item_id, _ in kinds})))
    )
    return {
        (item_id, unit_id): Words(no, unit)
        for item_id, unit_id, no, unit in session.execute(statement)
    }


def _kind(row: BalanceKey | WarehouseJournalLine) -> Kind:
    return row.item_id, row.unit_of_measure_id
