"""Stock To Pick: all that a location holds of the items that a pick asks for, read once.

A pick of 500 lines takes as many look-ups as a pick of one (docs/domain.md 6.3).

This module must never decide what may be picked: `pickable_stock` does.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import outerjoin, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.inventory.tracking_information import blocked_numbers_of
from scanner_app.many_keys import holding_one_of
from scanner_app.quantities import ZERO
from scanner_app.warehouse.activity import (
    ActionType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.bin import Bin, BinType
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.pickable_stock import (
    Claim,
    LeftOut,
    PickableStock,
    StockInBin,
    Wanted,
    pickable_stock,
)

Goods = tuple[int, int]  # item and variant
GoodsInUnit = tuple[int, int, int]


class StockToPick:
    """What may be picked for each thing that is wanted, less what was planned before."""

    def __init__(self, session: Session, location: Location, wants: Sequence[Wanted]) -> None:
        goods = {(wanted.item.id, wanted.variant_id) for wanted in wants}
        self._held = _held(session, location, wants)
        self._blocked = blocked_numbers_of(session, {item_id for item_id, _ in goods})
        self._claims = _claims_of_documents(session, location, {item_id for item_id, _ in goods})
        for key, claims in _claims_of_findings(session, location, goods).items():
            self._claims[key].extend(claims)
        self._found: dict[tuple[GoodsInUnit, TrackingNumbers], PickableStock] = {}
        self._planned: dict[tuple[GoodsInUnit, TrackingNumbers], int] = {}

    def find(self, wanted: Wanted) -> PickableStock:
        """What may be picked for it now."""
        unit = (wanted.item.id, wanted.variant_id, wanted.unit_of_measure_id)
        key, claims = (unit, wanted.named), self._claims[unit]
        if key not in self._found:
            held = self._held[unit[:2]]
            self._found[key] = pickable_stock(wanted, held, self._blocked, claims)
        else:
            self._found[key].leave_out(claims[self._planned[key] :])
        self._planned[key] = len(claims)
        return self._found[key]

    def plan(self, wanted: Wanted, claims: Sequence[Claim]) -> None:
        """What an earlier line takes is not there for later ones."""
        unit = (wanted.item.id, wanted.variant_id, wanted.unit_of_measure_id)
        self._claims[unit].extend(claims)


def _held(
    session: Session, location: Location, wants: Sequence[Wanted]
) -> defaultdict[Goods, list[StockInBin]]:
    """What lies in the bins, by item and variant; only named numbers where all are named."""
    row, found = BinBalance, defaultdict[Goods, dict[int, StockInBin]](dict)
    bins = _bins(session, location)
    columns = (
        *(row.id, row.bin_id, row.item_id, row.variant_id, row.unit_of_measure_id),
        *(row.serial_no, row.lot_no, row.package_no),
        *(row.expiration_date, row.warranty_date, row.quantity_base),
    )
    stock = select(*columns).where(
        row.location_id == location.id, row.is_adjustment_bin.is_(False), HAS_STOCK
    )
    for names, keys in _keys(wants).items():
        key_columns = [getattr(row, name) for name in names]
        for held in session.execute(holding_one_of(session, stock, key_columns, keys)):
            bin_, bin_type = bins[held.bin_id]
            found[held.item_id, held.variant_id][held.id] = StockInBin(
                bin_,
                bin_type,
                held.unit_of_measure_id,
                numbers_of(held),
                held.expiration_date,
                held.warranty_date,
                held.quantity_base,
            )
    in_order = {goods: [parts[id_] for id_ in sorted(parts)] for goods, parts in found.items()}
    return defaultdict(list, in_order)


def _bins(session: Session, location: Location) -> dict[int, tuple[Bin, BinType | None]]:
    """The bins of the location with their types; stock names each of them many times."""
    bin_type = outerjoin(Bin, BinType, BinType.id == Bin.bin_type_id)
    rows = select(Bin, BinType).select_from(bin_type).where(Bin.location_id == location.id)
    return {bin_.id: (bin_, type_) for bin_, type_ in session.execute(rows)}


def _keys(wants: Sequence[Wanted]) -> dict[tuple[str, ...], set[tuple[int | str, ...]]]:
    """The columns by which the stock is looked up, and their values: numbers where named."""
    keys: dict[tuple[str, ...], set[tuple[int | str, ...]]] = defaultdict(set)
    for wanted in wants:
        named = {name: number for name, number in vars(wanted.named).items() if number}
        columns = ("item_id", "variant_id", *named)
        keys[columns].add((wanted.item.id, wanted.variant_id, *named.values()))
    return keys


def _claims_of_documents(
    session: Session, location: Location, item_ids: Collection[int]
) -> defaultdict[GoodsInUnit, list[Claim]]:
    """What open documents take, by their numbers first, else from what the bin holds."""
    line, activity = WarehouseActivityLine, WarehouseActivity
    numbers = (line.serial_no, line.lot_no, line.package_no)
    rows = session.execute(
        select(
            line.item_id,
            line.variant_id,
            line.unit_of_measure_id,
            line.bin_id,
            line.qty_outstanding_base,
            *numbers,
        )
        .join(activity, activity.id == line.activity_id)
        .where(
            activity.location_id == location.id,
            line.action_type == ActionType.TAKE,
            line.item_id.in_(sorted(item_ids)),
        )
        .order_by(line.id)
    ).all()
    claims: defaultdict[GoodsInUnit, list[Claim]] = defaultdict(list)
    for *unit, bin_id, quantity, serial_no, lot_no, package_no in sorted(
        rows, key=lambda row: -sum(map(bool, row[5:]))
    ):
        named = TrackingNumbers(serial_no, lot_no, package_no)
        claim = Claim(LeftOut.ON_OTHER_DOCUMENTS, quantity, bin_id, named)
        claims[unit[0], unit[1], unit[2]].append(claim)
    return claims


def _claims_of_findings(
    session: Session, location: Location, goods: set[Goods]
) -> dict[GoodsInUnit, list[Claim]]:
    """What a count found counts only after the sync; what it missed is already gone."""
    row, claims = BinBalance, defaultdict[GoodsInUnit, list[Claim]](list)
    in_adjustment_bin = select(row).where(row.bin_id == location.adjustment_bin_id, HAS_STOCK)
    columns = (row.item_id, row.variant_id)
    found = session.scalars(holding_one_of(session, in_adjustment_bin, columns, goods))
    for balance in sorted(found, key=lambda balance: balance.id):
        if balance.quantity_base < ZERO:
            unit = (balance.item_id, balance.variant_id, balance.unit_of_measure_id)
            claims[unit].append(_finding(location, balance))
    return claims


def _finding(location: Location, balance: BinBalance) -> Claim:
    found_at, quantity = balance.unsettled_since, -balance.quantity_base
    since = work_date_of(location, found_at) if found_at else None
    return Claim(LeftOut.WAITING_FOR_SYNC, quantity, None, numbers_of(balance), since)
