"""Create put-away: where received stock should go (docs/domain.md 6.2).

Bins are tried in this order: fixed bins up to their maximum, bins that hold the item, empty
bins; higher ranking first. What fits nowhere gets a line without a bin, when the location says
Always Create Put-away Line, and the worker scans one.

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
UNLIMITED = Decimal(10) ** 12


@dataclass
class _Room:
    """What suggestions of this put-away already fill, by bin, item and unit of measure."""

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
    content = BinContent
    fixed = session.execute(
        _candidates(location, part)
        .join(content, content.bin_id == Bin.id)
        .where(
            content.item_id == part.item.id,
            content.variant_id == part.variant_id,
            content.unit_of_measure_id == part.unit_of_measure_id,
            content.fixed.is_(True),
        )
        .add_columns(content.max_qty)
    ).all()
    for bin_, max_qty in fixed:
        yield bin_.id, _fits(session, part, bin_, max_qty, room)
    fixed_ids = {bin_.id for bin_, _ in fixed}
    for same_item in (True, False):
        stocked = exists().where(BinBalance.bin_id == Bin.id, HAS_STOCK)
        if same_item:
            stocked = stocked.where(
                BinBalance.item_id == part.item.id,
                BinBalance.unit_of_measure_id == part.unit_of_measure_id,
            )
        wanted = stocked if same_item else ~stocked
        for (bin_,) in session.execute(_candidates(location, part).where(wanted)):
            if bin_.id not in fixed_ids:
                yield bin_.id, UNLIMITED


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
        .order_by(Bin.bin_ranking.desc(), Bin.code)
        .limit(BINS_TRIED_MAX)
    )


def _fits(session: Session, part: NewPair, bin_: Bin, max_qty: Decimal, room: _Room) -> Decimal:
    """Max. Qty. less what lies there, what other put-aways bring and what this one planned."""
    if max_qty == 0:
        return UNLIMITED
    there = sum(
        session.scalars(
            select(BinBalance.quantity_base).where(
                BinBalance.bin_id == bin_.id,
                BinBalance.item_id == part.item.id,
                BinBalance.unit_of_measure_id == part.unit_of_measure_id,
                HAS_STOCK,
            )
        ),
        ZERO,
    )
    line = WarehouseActivityLine
    coming = sum(
        session.scalars(
            select(line.qty_outstanding).where(
                line.bin_id == bin_.id,
                line.item_id == part.item.id,
                line.unit_of_measure_id == part.unit_of_measure_id,
                line.action_type == ActionType.PLACE,
            )
        ),
        ZERO,
    )
    planned = room.planned[(bin_.id, part.item.id, part.unit_of_measure_id)]
    used = from_base(there, part.qty_per_unit_of_measure) + coming + planned
    return max(max_qty - used, ZERO)
