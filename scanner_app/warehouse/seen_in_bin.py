"""What was seen in a bin so far, in its present round (docs/domain.md 7.3).

A count is a list of facts; these are its sums. A scan asks for one number or one package, and a
page for the newest, so that the thousandth scan in a bin costs what the first one did.

This module must never change anything, and never say what is booked.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.quantities import ZERO
from scanner_app.warehouse.bin_balance import BalanceKey
from scanner_app.warehouse.warehouse_journal import BinCount, CountEntry

ENTRY = CountEntry
KEY_COLUMNS = (
    ENTRY.item_id,
    ENTRY.variant_id,
    ENTRY.unit_of_measure_id,
    ENTRY.serial_no,
    ENTRY.lot_no,
    ENTRY.package_no,
)
QUANTITY = func.sum(ENTRY.quantity, type_=ENTRY.quantity.type)


class SeenQuantity(NamedTuple):
    """How much of one set of numbers was seen, in the unit of measure it was counted in."""

    item_no: str
    numbers: TrackingNumbers
    quantity: Decimal
    unit: str


def newest_seen(session: Session, count: BinCount, limit: int) -> tuple[list[SeenQuantity], int]:
    """The sets of numbers seen last, the newest first, and how many there are in all."""
    rows = session.execute(
        select(
            Item.no,
            UnitOfMeasure.code,
            *KEY_COLUMNS[3:],
            QUANTITY,
            func.count().over(),
        )
        .join(Item, Item.id == ENTRY.item_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == ENTRY.unit_of_measure_id)
        .where(_of(count))
        .group_by(Item.no, UnitOfMeasure.code, *KEY_COLUMNS)
        .having(func.sum(ENTRY.quantity_base, type_=ENTRY.quantity_base.type) > ZERO)
        .order_by(func.max(ENTRY.id).desc())
        .limit(limit)
    ).all()
    seen = [
        SeenQuantity(item_no, TrackingNumbers(*numbers), quantity, unit)
        for item_no, unit, *numbers, quantity, _ in rows
    ]
    return seen, rows[0][-1] if rows else 0


def quantity_seen(session: Session, count: BinCount, key: BalanceKey) -> Decimal:
    """How much of one key was seen, in its unit of measure."""
    same = (column == value for column, value in zip(KEY_COLUMNS, key[1:], strict=True))
    return session.scalar(select(QUANTITY).where(_of(count), *same)) or ZERO


def keys_in_package(session: Session, count: BinCount, package_no: str) -> set[BalanceKey]:
    """What of a package was seen at all, be it corrected to nothing since; not what was undone."""
    undo = aliased(ENTRY)
    is_undone = select(undo.id).where(undo.undoes_id == ENTRY.id).exists()
    rows = session.execute(
        select(*KEY_COLUMNS)
        .where(_of(count), ENTRY.package_no == package_no, ENTRY.undoes_id.is_(None), ~is_undone)
        .distinct()
    )
    return {BalanceKey(count.bin_id, *row) for row in rows}


def counted_so_far(session: Session, count: BinCount) -> dict[BalanceKey, list[CountEntry]]:
    """Every entry of the round by key, in the order in which they were seen."""
    found: defaultdict[BalanceKey, list[CountEntry]] = defaultdict(list)
    for entry in session.scalars(select(ENTRY).where(_of(count)).order_by(ENTRY.id)):
        numbers = (entry.serial_no, entry.lot_no, entry.package_no)
        key = BalanceKey(
            count.bin_id, entry.item_id, entry.variant_id, entry.unit_of_measure_id, *numbers
        )
        found[key].append(entry)
    return dict(found)


def total_base(entries: Sequence[CountEntry]) -> Decimal:
    """What entries of one key come to, in the base unit."""
    return sum((entry.quantity_base for entry in entries), ZERO)


def _of(count: BinCount) -> ColumnElement[bool]:
    return and_(ENTRY.bin_count_id == count.id, ENTRY.round == count.round)
