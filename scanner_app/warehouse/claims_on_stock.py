"""Claims on stock: what open documents take, what is missing and what counts found.

See docs/domain.md 4.4.

All of it is read in as many look-ups for one item as for many. It grows with the work that is open
and not with what was ever done.

This module must never decide which stock a claim means: `pickable_stock` does.
"""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.many_keys import holding_one_of
from scanner_app.quantities import ZERO
from scanner_app.warehouse.activity import (
    ActionType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.pickable_stock import Claim, Goods, GoodsInUnit, LeftOut
from scanner_app.warehouse.short_pick import open_short_picks


def claims_on_stock(
    session: Session, location: Location, goods: set[Goods]
) -> defaultdict[GoodsInUnit, list[Claim]]:
    """The claims of each of the goods, in the order in which they take."""
    item_ids = {item_id for item_id, _ in goods}
    claims = claims_of_documents(session, location, item_ids)
    for short in open_short_picks(session, location, item_ids):
        missing = Claim(LeftOut.MISSING, short.quantity_base, short.bin_id, numbers_of(short))
        claims[short.item_id, short.variant_id, short.unit_of_measure_id].append(missing)
    for key, found in _claims_of_findings(session, location, goods).items():
        claims[key].extend(found)
    return claims


def claims_of_documents(
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
