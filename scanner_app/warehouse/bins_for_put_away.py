"""Bins for put-away: which may take goods, in the order of a template (docs/domain.md 6.2, 6.12).

This module must never suggest the bin the goods are in, the receipt, shipment or adjustment bin,
a cross-dock bin, a dedicated bin, a bin closed to inbound movement, one of another warehouse
class, or one whose type is not for put-away.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO, from_base
from scanner_app.warehouse.activity import ActionType, WarehouseActivityLine
from scanner_app.warehouse.bin import Bin, BinType, BlockMovement
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.new_activity import NewPair
from scanner_app.warehouse.put_away_template import Search, Searches

BINS_TRIED_MAX = 50
UNLIMITED = Decimal(10) ** 12

BinWithRoom = tuple[int, Decimal]  # id of the bin, and how much fits in the unit of the goods


def find_bins(
    session: Session, location: Location, part: NewPair, searches: Searches
) -> list[BinWithRoom]:
    """The bins that the searches find, the first one's first, each once."""
    found: dict[int, Decimal] = {}
    for search in searches:
        for bin_id, room in _search(session, location, part, search):
            found.setdefault(bin_id, room)
    return list(found.items())


def _search(
    session: Session, location: Location, part: NewPair, search: Search
) -> list[BinWithRoom]:
    """What one search finds, the higher ranking first."""
    own = BinContent  # what is said of the goods in a bin, in their unit
    of_goods = and_(
        own.bin_id == Bin.id,
        own.item_id == part.item.id,
        own.variant_id == part.variant_id,
        own.unit_of_measure_id == part.unit_of_measure_id,
    )
    rows = session.execute(
        _candidates(location, part)
        .outerjoin(own, of_goods)
        .add_columns(own.min_qty, own.max_qty)
        .where(*_asked(part, search))
        .order_by(Bin.bin_ranking.desc(), Bin.code)
        .limit(BINS_TRIED_MAX)
    ).all()
    limited = [bin_id for bin_id, min_qty, max_qty in rows if min_qty or max_qty]
    used = _used_by_bin(session, part, limited) if limited else defaultdict[int, Decimal](Decimal)
    return [
        (bin_id, max(max_qty - used[bin_id], ZERO) if max_qty else UNLIMITED)
        for bin_id, min_qty, max_qty in rows
        if not search.below_minimum or used[bin_id] < (min_qty or ZERO)
    ]


def _candidates(location: Location, part: NewPair) -> Select[int]:
    """Bins of the location that may be suggested for put-away."""
    docks = (part.take_bin_id, location.receipt_bin_id, location.shipment_bin_id)
    return (
        select(Bin.id)
        .outerjoin(BinType, BinType.id == Bin.bin_type_id)
        .where(
            Bin.location_id == location.id,
            Bin.id.not_in([bin_id for bin_id in docks if bin_id is not None]),
            or_(Bin.bin_type_id.is_(None), BinType.put_away.is_(True)),
            Bin.block_movement.in_([BlockMovement.BLANK, BlockMovement.OUTBOUND]),
            Bin.is_adjustment_bin.is_(False),
            Bin.cross_dock_bin.is_(False),
            Bin.dedicated.is_(False),
            Bin.warehouse_class_code == part.item.warehouse_class_code,
        )
    )


def _asked(part: NewPair, search: Search) -> list[ColumnElement[bool]]:
    """The conditions of one search."""
    content, balance = BinContent.__table__.alias("content"), BinBalance
    of_someone = or_(content.c.fixed, content.c.is_default)
    said = [content.c.bin_id == Bin.id]
    of_item = [content.c.item_id == part.item.id, content.c.variant_id == part.variant_id]
    lies = [
        balance.bin_id == Bin.id,
        balance.item_id == part.item.id,
        balance.variant_id == part.variant_id,
        HAS_STOCK,
    ]
    if search.unit_match:
        of_item.append(content.c.unit_of_measure_id == part.unit_of_measure_id)
        lies.append(balance.unit_of_measure_id == part.unit_of_measure_id)
    conditions: list[ColumnElement[bool]] = []
    if search.fixed:
        wanted = content.c.is_default if search.default else of_someone
        conditions.append(exists().where(*said, *of_item, wanted))
    else:
        conditions.append(~exists().where(*said, of_someone))
        if search.same_item:
            conditions.append(or_(exists().where(*lies), exists().where(*said, *of_item)))
    if search.empty:
        conditions.append(~exists().where(balance.bin_id == Bin.id, HAS_STOCK))
    return conditions


def _used_by_bin(
    session: Session, part: NewPair, bin_ids: Sequence[int]
) -> defaultdict[int, Decimal]:
    """What lies in the bins and what other put-aways bring there, in the unit of the part."""
    used: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    there = select(BinBalance.bin_id, BinBalance.quantity_base).where(
        BinBalance.bin_id.in_(bin_ids),
        BinBalance.item_id == part.item.id,
        BinBalance.variant_id == part.variant_id,
        BinBalance.unit_of_measure_id == part.unit_of_measure_id,
        HAS_STOCK,
    )
    for bin_id, quantity_base in session.execute(there):
        used[bin_id] += from_base(quantity_base, part.qty_per_unit_of_measure)
    line = WarehouseActivityLine
    coming = select(line.bin_id, line.qty_outstanding).where(
        line.bin_id.in_(bin_ids),
        line.item_id == part.item.id,
        line.variant_id == part.variant_id,
        line.unit_of_measure_id == part.unit_of_measure_id,
        line.action_type == ActionType.PLACE,
    )
    for place_bin_id, quantity in session.execute(coming):
        used[place_bin_id or 0] += quantity
    return used
