"""Room in a bin: which goods it takes, and how much of them (docs/domain.md 4.6).

The warehouse class of the bin says which, the Max. Qty. of its contents how much.

This module must never say where goods should go: `create_put_away` does.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.location import BinCapacityPolicy, Location
from scanner_app.quantities import ZERO, from_base, to_base
from scanner_app.warehouse.activity import ActionType, WarehouseActivityLine
from scanner_app.warehouse.bin import Bin, BinType
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.bin_content import BinContent

GoodsInBin = tuple[int, int, int, int]


class WarehouseClassDiffers(RuleRefused):
    """Frozen goods do not belong on an open shelf."""

    message = N_("{item_no} is of warehouse class {expected}, bin {bin_code} of {found}.")
    way_out = N_("Scan a bin of class {expected}.")
    field = "Warehouse Class Code"


class BinWithoutClass(WarehouseClassDiffers):
    """An open shelf is not where goods of a class are kept."""

    message = N_("{item_no} is of warehouse class {expected}, bin {bin_code} has none.")


class BinKeptForClass(WarehouseClassDiffers):
    """The cold room is kept for goods that need it."""

    message = N_("Bin {bin_code} is for goods of warehouse class {found}, {item_no} has none.")
    way_out = N_("Scan a bin without a warehouse class.")


class MaxQtyExceeded(RuleRefused):
    """The bin would hold more than the Max. Qty. of its content."""

    message = N_(
        "Bin {bin_code} is for {most} {unit} of {item_no} at most: {held} are there,"
        " {quantity} more would be too many."
    )
    way_out = N_(
        "Room is for {room} more: scan it again, type how many you put here, and bring the rest"
        " to another bin."
    )
    field = "Max. Qty."


@dataclass(frozen=True)
class Change:
    """So much that comes into a bin, or less than 0 that leaves it, in base units."""

    bin: Bin
    item: Item
    variant_id: int
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    quantity_base: Decimal

    @property
    def goods(self) -> GoodsInBin:
        """What its bin content and its balances are found by."""
        return (self.bin.id, self.item.id, self.variant_id, self.unit_of_measure_id)


def has_class_of(location: Location, bin_: Bin, item: Item) -> bool:
    """Whether a bin takes an item, as far as the location checks warehouse classes."""
    same = bin_.warehouse_class_code == item.warehouse_class_code
    return same or not location.check_warehouse_class


def check_class(session: Session, location: Location, bin_: Bin, item: Item) -> None:
    """Refuse goods in a bin of another class; docks and quarantine take goods of every class.

    Raises:
        WarehouseClassDiffers: when goods of this class are not kept there; `BinWithoutClass` and
            `BinKeptForClass` where one of the two has no class.
    """
    if has_class_of(location, bin_, item) or not _keeps_goods(session, bin_):
        return
    expected, found = item.warehouse_class_code, bin_.warehouse_class_code
    refusal = WarehouseClassDiffers if expected and found else BinWithoutClass
    refusal = refusal if expected else BinKeptForClass
    raise refusal(item_no=item.no, expected=expected, bin_code=bin_.code, found=found)


def check_room(session: Session, location: Location, changes: Sequence[Change]) -> None:
    """Refuse what is about to be registered where its bins do not take it.

    Raises:
        WarehouseClassDiffers: for goods of another class.
        MaxQtyExceeded: for too many of them, where the location prohibits that.
    """
    for each in changes:
        if each.quantity_base > ZERO:
            check_class(session, location, each.bin, each.item)
    if location.bin_capacity_policy is BinCapacityPolicy.PROHIBIT_MORE:
        exceeded = _exceeded(session, changes, _lock_limits(session, changes))
        if exceeded is not None:
            raise exceeded


def exceeded_by_scan(
    session: Session, location: Location, changes: Sequence[Change]
) -> MaxQtyExceeded | None:
    """What a scan makes too many in a bin, with all else that is scanned there and not registered.

    None where the location never asks. `changes` are in the lines already.
    """
    if location.bin_capacity_policy is BinCapacityPolicy.NEVER_CHECK:
        return None
    limits = _lock_limits(session, changes)
    scanned = _scanned(session, limits) if limits else {}
    waiting = {goods: scanned.get(goods, ZERO) - _sum(changes, goods) for goods in limits}
    return _exceeded(session, changes, limits, waiting)


def _keeps_goods(session: Session, bin_: Bin) -> bool:
    if bin_.bin_type_id is None:
        return True
    type_ = session.get_one(BinType, bin_.bin_type_id)
    return type_.put_away or type_.pick


def _exceeded(
    session: Session,
    changes: Sequence[Change],
    limits: Mapping[GoodsInBin, Decimal],
    waiting: Mapping[GoodsInBin, Decimal] | None = None,
) -> MaxQtyExceeded | None:
    """The first of the goods of which there would be more than the maximum."""
    held = _held(session, limits) if limits else {}
    for each in changes:
        if each.goods not in limits:
            continue
        there = held.get(each.goods, ZERO) + (waiting or {}).get(each.goods, ZERO)
        comes = _sum(changes, each.goods)
        most = limits[each.goods]
        if comes > ZERO and there + comes > to_base(most, each.qty_per_unit_of_measure):
            return _refusal(session, each, most, there, comes)
    return None


def _refusal(
    session: Session, change: Change, most: Decimal, there: Decimal, comes: Decimal
) -> MaxQtyExceeded:
    factor = change.qty_per_unit_of_measure
    held = from_base(there, factor)
    return MaxQtyExceeded(
        bin_code=change.bin.code,
        item_no=change.item.no,
        unit=session.get_one(UnitOfMeasure, change.unit_of_measure_id).code,
        most=most,
        held=held,
        quantity=from_base(comes, factor),
        room=max(most - held, ZERO),
    )


def _sum(changes: Sequence[Change], goods: GoodsInBin) -> Decimal:
    return sum((each.quantity_base for each in changes if each.goods == goods), ZERO)


def _lock_limits(session: Session, changes: Sequence[Change]) -> dict[GoodsInBin, Decimal]:
    """Max. Qty. of the goods that have one, in their unit; locked, so that two cannot fill it."""
    row = BinContent
    contents = session.scalars(
        select(row)
        .where(
            row.bin_id.in_({each.bin.id for each in changes if each.quantity_base > ZERO}),
            row.item_id.in_({each.item.id for each in changes}),
            row.max_qty > ZERO,
        )
        .order_by(row.id)
        .with_for_update()
    )
    goods = {each.goods for each in changes}
    limits = {
        (row.bin_id, row.item_id, row.variant_id, row.unit_of_measure_id): row.max_qty
        for row in contents
    }
    return {key: most for key, most in limits.items() if key in goods}


def _held(session: Session, limits: Mapping[GoodsInBin, Decimal]) -> dict[GoodsInBin, Decimal]:
    """What lies in the bins, in base units."""
    row = BinBalance
    rows = session.execute(
        select(
            row.bin_id, row.item_id, row.variant_id, row.unit_of_measure_id, row.quantity_base
        ).where(
            row.bin_id.in_({goods[0] for goods in limits}),
            row.item_id.in_({goods[1] for goods in limits}),
            HAS_STOCK,
        )
    )
    held: defaultdict[GoodsInBin, Decimal] = defaultdict(lambda: ZERO)
    for bin_id, item_id, variant_id, unit_id, quantity_base in rows:
        held[bin_id, item_id, variant_id, unit_id] += quantity_base
    return held


def _scanned(session: Session, limits: Mapping[GoodsInBin, Decimal]) -> dict[GoodsInBin, Decimal]:
    """What was brought to the bins and waits to be registered, in base units."""
    row = WarehouseActivityLine
    key = (row.bin_id, row.item_id, row.variant_id, row.unit_of_measure_id)
    total = func.sum(row.qty_to_handle_base, type_=row.qty_to_handle_base.type)
    rows = session.execute(
        select(*key, total)
        .where(
            row.bin_id.in_({goods[0] for goods in limits}),
            row.item_id.in_({goods[1] for goods in limits}),
            row.action_type == ActionType.PLACE,
            row.qty_to_handle_base > ZERO,
        )
        .group_by(*key)
    )
    return {(bin_id or 0, item, variant, unit): sum_ for bin_id, item, variant, unit, sum_ in rows}
