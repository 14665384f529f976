"""Create put-away: where received stock should go (docs/domain.md 6.2).

Bins are tried in this order: the default bin and fixed bins up to their maximum, bins that hold
the item, empty bins; higher ranking first. What fits nowhere gets a line without a bin, when the
location says Always Create Put-away Line, and the worker scans one.

This module must never suggest the bin the goods are in, the receipt, shipment or adjustment bin,
a cross-dock bin, a dedicated bin, a bin closed to inbound movement, one of another warehouse
class, or one whose type is not for put-away.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO, from_base
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.bin import Bin, BinType, BlockMovement
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.new_activity import NewPair, insert_activity
from scanner_app.warehouse.register_activity import By

BINS_TRIED_MAX = 50
IN_ORDER = (Bin.bin_ranking.desc(), Bin.code)
UNLIMITED = Decimal(10) ** 12


@dataclass
class _Room:
    """What suggestions of this put-away already fill, by bin, item and unit of measure.

    `bins` keeps what was found for an item, so that a hundred serial nos. look once.
    """

    bins: dict[tuple[int, int, int, int | None], list[tuple[int, Decimal]]] = field(
        default_factory=dict
    )
    planned: defaultdict[tuple[int, int, int], Decimal] = field(
        default_factory=lambda: defaultdict(lambda: ZERO)
    )


def create_put_away(
    session: Session,
    location: Location,
    source_no: str,
    received: Sequence[NewPair],
    by: By,
) -> WarehouseActivity | None:
    """Make a put-away of received quantities; a pair that names its Place bin keeps it.

    Returns None when nothing fits anywhere and the location wants no line without a bin.
    """
    room = _Room()
    pairs = [pair for part in received for pair in _suggested(session, location, part, room)]
    if not pairs:
        return None
    header = WarehouseActivity(
        type=ActivityType.PUT_AWAY, location_id=location.id, source_no=source_no
    )
    return insert_activity(session, header, pairs, by)


def _suggested(
    session: Session, location: Location, part: NewPair, room: _Room
) -> Iterator[NewPair]:
    if part.place_bin_id is not None:
        yield part
        return
    rest = part.quantity
    for bin_id, fits in _bins_with_room(session, location, part, room):
        quantity = min(rest, fits)
        if quantity > 0:
            room.planned[(bin_id, part.item.id, part.unit_of_measure_id)] += quantity
            yield replace(part, place_bin_id=bin_id, quantity=quantity)
            rest -= quantity
        if rest <= 0:
            return
    if location.always_create_put_away_line:
        yield replace(part, quantity=rest)


def _bins_with_room(
    session: Session, location: Location, part: NewPair, room: _Room
) -> Iterator[tuple[int, Decimal]]:
    """Bins in the order of the put-away template, with what still fits."""
    key = (part.item.id, part.variant_id, part.unit_of_measure_id, part.take_bin_id)
    if key not in room.bins:
        room.bins[key] = _find_bins(session, location, part)
    for bin_id, fits in room.bins[key]:
        planned = room.planned[(bin_id, part.item.id, part.unit_of_measure_id)]
        yield bin_id, max(fits - planned, ZERO)


def _find_bins(session: Session, location: Location, part: NewPair) -> list[tuple[int, Decimal]]:
    """The default bin and fixed bins with their room, bins that hold the item, empty bins."""
    content = BinContent
    fixed = session.execute(
        _candidates(location, part)
        .join(content, content.bin_id == Bin.id)
        .where(
            content.item_id == part.item.id,
            content.variant_id == part.variant_id,
            content.unit_of_measure_id == part.unit_of_measure_id,
            or_(content.fixed, content.is_default),
        )
        .add_columns(content.max_qty)
        .order_by(None)
        .order_by(content.is_default.desc(), *IN_ORDER)
    ).all()
    used = _used_by_bin(session, part, [bin_.id for bin_, _ in fixed])
    found = {
        bin_.id: max(max_qty - used[bin_.id], ZERO) if max_qty else UNLIMITED
        for bin_, max_qty in fixed
    }
    for same_item in (True, False):
        stocked = exists().where(BinBalance.bin_id == Bin.id, HAS_STOCK)
        if same_item:
            stocked = stocked.where(
                BinBalance.item_id == part.item.id,
                BinBalance.unit_of_measure_id == part.unit_of_measure_id,
            )
        wanted = stocked if same_item else ~stocked
        for (bin_,) in session.execute(_candidates(location, part).where(wanted)):
            found.setdefault(bin_.id, UNLIMITED)
    return list(found.items())


def _candidates(location: Location, part: NewPair) -> Select[Bin]:
    """Bins of the location that may be suggested for put-away, highest ranking first."""
    docks = (part.take_bin_id, location.receipt_bin_id, location.shipment_bin_id)
    return (
        select(Bin)
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
        .order_by(*IN_ORDER)
        .limit(BINS_TRIED_MAX)
    )


def _used_by_bin(
    session: Session, part: NewPair, bin_ids: Sequence[int]
) -> defaultdict[int, Decimal]:
    """What lies in the bins and what other put-aways bring there, in the unit of the part."""
    used: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    there = select(BinBalance.bin_id, BinBalance.quantity_base).where(
        BinBalance.bin_id.in_(bin_ids),
        BinBalance.item_id == part.item.id,
        BinBalance.unit_of_measure_id == part.unit_of_measure_id,
        HAS_STOCK,
    )
    for bin_id, quantity_base in session.execute(there):
        used[bin_id] += from_base(quantity_base, part.qty_per_unit_of_measure)
    line = WarehouseActivityLine
    coming = select(line.bin_id, line.qty_outstanding).where(
        line.bin_id.in_(bin_ids),
        line.item_id == part.item.id,
        line.unit_of_measure_id == part.unit_of_measure_id,
        line.action_type == ActionType.PLACE,
    )
    for place_bin_id, quantity in session.execute(coming):
        used[place_bin_id or 0] += quantity
    return used
