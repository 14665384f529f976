"""The list of bins of a location: those that are looked for, in the order of their codes.

A part begins after the code that the one before ended with, so that it takes no longer at the end
than at the beginning, and nothing is counted (docs/decisions.md, "The list of items is read by
keyset"). What lies in a bin is its balance.

This module must never change anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, literal_column, select
from sqlalchemy.orm import Session

from scanner_app.beginnings import LAST_CHARACTER, begins_with
from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.warehouse.bin import Bin, BinType, Zone
from scanner_app.warehouse.bin_balance import HAS_STOCK, KEY_COLUMNS, BinBalance

# SQLite uses a partial index only for its very condition.
IS_BLOCKED: ColumnElement[bool] = literal_column("bin.block_movement <> ''")


@dataclass(frozen=True)
class WantedBins:
    """Which bins are looked for.

    Attributes:
        after_code: the code that the part before ended with.
        zone_id: the zone, None for any; 0 for those in none.
        bin_type_id: the type, None for any; 0 for those without.
        blocked: whether a movement is blocked, None for both.
        empty: whether nothing lies there, None for both.
    """

    beginning: str = ""
    after_code: str = ""
    zone_id: int | None = None
    bin_type_id: int | None = None
    blocked: bool | None = None
    empty: bool | None = None


@dataclass(frozen=True)
class BinRow:
    """One bin of the list."""

    code: str
    description: str
    zone: str | None
    bin_type: str | None
    block_movement: str
    dedicated: bool
    is_adjustment_bin: bool
    empty: bool


@dataclass(frozen=True)
class BinPart:
    """Bins in the order of their codes, and whether more follow."""

    rows: Sequence[BinRow]
    more: bool


@dataclass(frozen=True)
class StockPart:
    """What lies in a bin, and whether there is more of it."""

    rows: Sequence[Any]
    more: bool


def list_bins(session: Session, location_id: int, wanted: WantedBins, rows_max: int) -> BinPart:
    """The next bins of a location that are looked for."""
    statement = (
        select(
            Bin.code,
            Bin.description,
            Zone.code,
            BinType.code,
            Bin.block_movement,
            Bin.dedicated,
            Bin.is_adjustment_bin,
            ~_holds_stock(),
        )
        .outerjoin(Zone, Zone.id == Bin.zone_id)
        .outerjoin(BinType, BinType.id == Bin.bin_type_id)
        .where(Bin.location_id == location_id, *_codes(wanted), *_conditions(wanted))
        .order_by(Bin.code)
        .limit(rows_max + 1)
    )
    rows = [BinRow(*row) for row in session.execute(statement)]
    return BinPart(rows[:rows_max], more=len(rows) > rows_max)


def stock_of_bin(session: Session, bin_id: int, rows_max: int) -> StockPart:
    """What lies in a bin, in the order in which balances are kept."""
    row = BinBalance
    statement = (
        select(row, Item.no, Item.description, ItemVariant.code, UnitOfMeasure.code)
        .join(Item, Item.id == row.item_id)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == Item.base_unit_of_measure_id)
        .where(row.bin_id == bin_id, HAS_STOCK)
        .order_by(*KEY_COLUMNS)
        .limit(rows_max + 1)
    )
    rows = session.execute(statement).all()
    return StockPart(rows[:rows_max], more=len(rows) > rows_max)


def _holds_stock() -> ColumnElement[bool]:
    return exists().where(BinBalance.bin_id == Bin.id, HAS_STOCK)


def _codes(wanted: WantedBins) -> list[ColumnElement[bool]]:
    """One lower end, or the index would be read from the lower one of two."""
    if wanted.beginning >= wanted.after_code:
        return [begins_with(Bin.code, wanted.beginning)]
    return [Bin.code > wanted.after_code, Bin.code < wanted.beginning + LAST_CHARACTER]


def _conditions(wanted: WantedBins) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for column, key in ((Bin.zone_id, wanted.zone_id), (Bin.bin_type_id, wanted.bin_type_id)):
        if key is not None:
            conditions.append(column == key if key else column.is_(None))
    if wanted.blocked is not None:
        conditions.append(IS_BLOCKED if wanted.blocked else ~IS_BLOCKED)
    if wanted.empty is not None:
        conditions.append(~_holds_stock() if wanted.empty else _holds_stock())
    return conditions
