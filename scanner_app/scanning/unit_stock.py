"""Where a scanned unit lies: the bin balances of its numbers (docs/domain.md 10.4).

A serial no. knows its lot and package, a package its contents. One look-up for all candidates.

This module must never count the adjustment bin as a place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.scanning.given import GivenUnit
from scanner_app.scanning.resolve import Candidate
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance

ROWS_MAX = 2000


@dataclass(frozen=True)
class UnitStock:
    """The balances in real bins that carry the numbers looked for."""

    rows: tuple[BinBalance, ...] = ()

    @property
    def item_ids(self) -> set[int]:
        """The items found, such as those in a package."""
        return {row.item_id for row in self.rows}

    def of(self, item_id: int, variant_id: int, numbers: TrackingNumbers) -> list[BinBalance]:
        """The balances of one item and variant (0: any) that agree with the numbers."""
        return [
            row
            for row in self.rows
            if (not item_id or row.item_id == item_id)
            and (not variant_id or row.variant_id == variant_id)
            and numbers_of(row).agree_with(numbers)
        ]


NO_STOCK = UnitStock()


def stock_of_unit(
    session: Session, location_id: int, units: Iterable[Candidate | GivenUnit]
) -> UnitStock:
    """The stock of the units' numbers at a location; units without numbers have none here."""
    wanted = [_has_numbers(unit) for unit in units if unit.numbers]
    if not wanted:
        return NO_STOCK
    statement = select(BinBalance).where(
        BinBalance.location_id == location_id,
        BinBalance.is_adjustment_bin.is_(False),
        HAS_STOCK,
        or_(*wanted),
    )
    rows: Sequence[BinBalance] = session.scalars(
        statement.order_by(BinBalance.id).limit(ROWS_MAX)
    ).all()
    return UnitStock(tuple(rows))


def _has_numbers(unit: Candidate | GivenUnit) -> ColumnElement[bool]:
    row = BinBalance
    conditions = [
        column == number
        for column, number in zip(
            (row.serial_no, row.lot_no, row.package_no), unit.numbers.as_tuple(), strict=True
        )
        if number
    ]
    if unit.item_id:
        conditions.append(row.item_id == unit.item_id)
    return and_(*conditions)
