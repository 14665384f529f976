"""What a count asks next, and what was found so far in the open bin (docs/domain.md 10.7).

This module must never change anything, and never tell a blind counter what is expected.
"""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import describe
from scanner_app.quantities import ZERO
from scanner_app.scanning.count_work import counted_item
from scanner_app.scanning.given import Given
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.physical_inventory import counted_so_far, lines_of
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
)


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
    count = _open_count(session, batch, given, user_id)
    if count is None:
        next_bin = _next_bin(session, batch)
        question = "bin" if next_bin or closed < total else "complete"
        return CountPrompt(question, closed, total, next_bin_code=next_bin)
    bin_code = session.get_one(Bin, count.bin_id).code
    found = _found(session, count)
    booked = () if batch.blind else _booked(session, count)
    if not (given.asks and given.units):
        return CountPrompt("unit", closed, total, bin_code, found, booked)
    unit = given.units[0]
    item = counted_item(session, unit, lines_of(session, count))
    seen = counted_so_far(session, count).get(item.seen(unit, ZERO).key(count.bin_id), [])
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
) -> BinCount | None:
    if not given.bin_id:
        return None
    return session.scalars(
        select(BinCount).where(
            BinCount.batch_id == batch.id,
            BinCount.bin_id == given.bin_id,
            BinCount.state == BinCountState.OPEN,
            BinCount.opened_by_id == user_id,
        )
    ).one_or_none()


def _next_bin(session: Session, batch: WarehouseJournalBatch) -> str:
    statement = (
        select(Bin.code)
        .join(BinCount, BinCount.bin_id == Bin.id)
        .where(BinCount.batch_id == batch.id, BinCount.state == BinCountState.TO_COUNT)
        .order_by(Bin.code)
        .limit(1)
    )
    return session.scalar(statement) or ""


def _found(session: Session, count: BinCount) -> tuple[Found, ...]:
    entries = counted_so_far(session, count)
    names = _names(session, {key.item_id for key in entries})
    units = _units(session, {key.unit_of_measure_id for key in entries})
    return tuple(
        Found(describe(names[key.item_id], key.numbers), total, units[key.unit_of_measure_id])
        for key, part in entries.items()
        if (total := sum((entry.quantity for entry in part), ZERO)) > 0
    )


def _booked(session: Session, count: BinCount) -> tuple[Found, ...]:
    """What a guided count shows; a blind one never asks for it."""
    lines = [line for line in lines_of(session, count) if line.phys_inventory]
    names = _names(session, {line.item_id for line in lines})
    units = _units(session, {line.unit_of_measure_id for line in lines})
    return tuple(
        Found(
            " ".join(
                part for part in (names[x.item_id], x.serial_no, x.lot_no, x.package_no) if part
            ),
            x.qty_calculated_base / x.qty_per_unit_of_measure,
            units[x.unit_of_measure_id],
        )
        for x in lines
    )


def _names(session: Session, item_ids: set[int]) -> dict[int, str]:
    rows = session.execute(select(Item.id, Item.no).where(Item.id.in_(sorted(item_ids))))
    return {item_id: no for item_id, no in rows}


def _units(session: Session, unit_ids: set[int]) -> dict[int, str]:
    unit = UnitOfMeasure
    rows = session.execute(select(unit.id, unit.code).where(unit.id.in_(sorted(unit_ids))))
    return {unit_id: code for unit_id, code in rows}
