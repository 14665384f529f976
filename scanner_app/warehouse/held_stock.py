"""Held stock: what lies in the bins of a location, read as it stands (docs/domain.md 4.4).

This module must never decide what may be picked: `pickable_stock` does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVarTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.location import Location
from scanner_app.many_keys import holding_one_of
from scanner_app.warehouse.bin import Bin, BinType
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.pickable_stock import Goods, StockInBin, Wanted

HeldOfGoods = Mapping[Goods, Sequence[StockInBin]]
AnySelect = Select[*tuple[Any, ...]]

Columns = TypeVarTuple("Columns")

_OF_BALANCE = BinBalance
# The goods and their numbers, then the rest of `StockInBin` in its order.
_COLUMNS = (
    *(_OF_BALANCE.item_id, _OF_BALANCE.variant_id),
    *(_OF_BALANCE.serial_no, _OF_BALANCE.lot_no, _OF_BALANCE.package_no),
    *(_OF_BALANCE.id, _OF_BALANCE.bin_id, Bin.code, Bin.bin_ranking, Bin.block_movement),
    *(Bin.dedicated, BinType.pick, _OF_BALANCE.unit_of_measure_id),
    *(_OF_BALANCE.expiration_date, _OF_BALANCE.warranty_date, _OF_BALANCE.quantity_base),
)


def all_held(session: Session, location: Location, goods: Collection[Goods]) -> HeldOfGoods:
    """All that lies in the real bins, by item and variant."""
    columns = (BinBalance.item_id, BinBalance.variant_id)
    return by_goods(session, holding_one_of(session, _stock_at(location), columns, goods))


def held_of_named_numbers(
    session: Session, location: Location, wants: Iterable[Wanted]
) -> dict[tuple[Goods, TrackingNumbers], list[StockInBin]]:
    """What lies there of numbers that were named, one look-up for each set of kinds named."""
    keys: dict[tuple[str, ...], set[tuple[int | str, ...]]] = defaultdict(set)
    for wanted in wants:
        named = {name: number for name, number in vars(wanted.named).items() if number}
        keys["item_id", "variant_id", *named].add((*wanted.goods, *named.values()))
    held: dict[tuple[Goods, TrackingNumbers], list[StockInBin]] = defaultdict(list)
    for names, values in keys.items():
        columns = [getattr(BinBalance, name) for name in names]
        found = by_goods(session, holding_one_of(session, _stock_at(location), columns, values))
        for goods, parts in found.items():
            for part in parts:
                named = {name: getattr(part.numbers, name) for name in names[2:]}
                held[goods, TrackingNumbers(**named)].append(part)
    return held


def held_in_bins(
    session: Session, location: Location, keys: Collection[tuple[int, int, int]]
) -> HeldOfGoods:
    """All that lies in some bins of some goods, by item and variant; a key ends with the bin."""
    columns = (BinBalance.item_id, BinBalance.variant_id, BinBalance.bin_id)
    return by_goods(session, holding_one_of(session, _stock_at(location), columns, keys))


def stock_in_bins() -> AnySelect:
    """What `by_goods` reads, of every balance that there is."""
    return with_bins(select(*_COLUMNS).select_from(BinBalance))


def with_bins(statement: Select[*Columns]) -> Select[*Columns]:
    """Join the bins of the balances that are read, and their types."""
    in_bins = statement.join(Bin, Bin.id == BinBalance.bin_id)
    return in_bins.outerjoin(BinType, BinType.id == Bin.bin_type_id)


def by_goods(session: Session, stock: AnySelect) -> HeldOfGoods:
    """Read stock by item and variant."""
    held: dict[Goods, list[StockInBin]] = defaultdict(list)
    for item_id, variant_id, serial_no, lot_no, package_no, *rest in session.execute(stock):
        numbers = TrackingNumbers(serial_no, lot_no, package_no)
        held[item_id, variant_id].append(StockInBin(numbers, *rest))
    return held


def _stock_at(location: Location) -> AnySelect:
    row = BinBalance
    return stock_in_bins().where(
        row.location_id == location.id, row.is_adjustment_bin.is_(False), HAS_STOCK
    )
