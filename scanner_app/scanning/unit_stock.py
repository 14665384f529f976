"""Where a scanned unit lies: the bin balances of its numbers (docs/domain.md 10.4).

A serial no. knows its lot and package, a package its contents. One look-up for all candidates.

This module must never count the adjustment bin as a place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, and_, bindparam, or_, select
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
    wanted = [_what_is_known(unit) for unit in units if unit.numbers]
    if not wanted:
        return NO_STOCK
    statement = _stock_of_units(tuple(tuple(known) for known in wanted))
    values = {
        f"{name}_{place}": value
        for place, known in enumerate(wanted)
        for name, value in known.items()
    }
    rows = session.scalars(statement, {"location_id": location_id} | values).all()
    return UnitStock(tuple(rows))


def _what_is_known(unit: Candidate | GivenUnit) -> dict[str, int | str]:
    """The columns of a balance that a unit names, with their values."""
    serial_no, lot_no, package_no = unit.numbers.as_tuple()
    columns: dict[str, int | str] = {
        "item_id": unit.item_id,
        "serial_no": serial_no,
        "lot_no": lot_no,
        "package_no": package_no,
    }
    return {name: value for name, value in columns.items() if value}


@lru_cache(maxsize=128)
def _stock_of_units(named: tuple[tuple[str, ...], ...]) -> Select[BinBalance]:
    """The look-up for units that name these columns; built once, because every scan asks it."""
    wanted = [
        and_(*(getattr(BinBalance, name) == bindparam(f"{name}_{place}") for name in columns))
        for place, columns in enumerate(named)
    ]
    return (
        select(BinBalance)
        .where(
            BinBalance.location_id == bindparam("location_id"),
            BinBalance.is_adjustment_bin.is_(False),
            HAS_STOCK,
            or_(*wanted),
        )
        .order_by(BinBalance.id)
        .limit(ROWS_MAX)
    )
