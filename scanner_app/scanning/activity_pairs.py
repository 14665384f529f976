"""The pairs of Take and Place that a scan can mean, loaded by item and bin (docs/domain.md 5.2).

This module must never decide what a scan does: it loads, matches, fills and splits pairs.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Executable, bindparam, func, or_, select
from sqlalchemy.orm import Session

from scanner_app.errors import InvariantBroken
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_picture import ItemPicture
from scanner_app.inventory.item_tracking import TrackingNumbers, describe, numbers_of
from scanner_app.inventory.item_tracking_code import (
    ItemTrackingCode,
    NumbersAsked,
    numbers_in_warehouse,
)
from scanner_app.quantities import to_base
from scanner_app.warehouse.activity import (
    IS_OPEN,
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
    set_qty_to_handle,
)
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.new_activity import NewPair, add_pairs

# Built once: a scan asks these twice, and building them takes longer than their answers.
LINE = WarehouseActivityLine
OF_ACTIVITY = LINE.activity_id == bindparam("activity_id")
LINES_WITH_ITEMS = (
    select(LINE, Item, ItemTrackingCode, UnitOfMeasure.code, Bin, ItemPicture.sha256)
    .join(Item, Item.id == LINE.item_id)
    .join(UnitOfMeasure, UnitOfMeasure.id == LINE.unit_of_measure_id)
    .outerjoin(ItemTrackingCode, ItemTrackingCode.id == Item.item_tracking_code_id)
    .outerjoin(Bin, Bin.id == LINE.bin_id)
    .outerjoin(ItemPicture, ItemPicture.item_id == LINE.item_id)
    .where(OF_ACTIVITY)
    .order_by(LINE.line_no)
)
CONCERNED = select(LINE.pair_no).where(
    OF_ACTIVITY,
    or_(
        LINE.item_id.in_(bindparam("item_ids", expanding=True)),
        LINE.bin_id.in_(bindparam("bin_ids", expanding=True)),
    ),
)
FIRST_OPEN = (
    select(LINE.pair_no)
    .where(
        OF_ACTIVITY,
        LINE.action_type == ActionType.TAKE,
        IS_OPEN,
    )
    .order_by(LINE.pair_no.in_(bindparam("skipped", expanding=True)), LINE.line_no)
    .limit(bindparam("first_open"))
)
IN_VIEW = select(LINE.pair_no).where(
    OF_ACTIVITY,
    or_(
        LINE.pair_no.in_(FIRST_OPEN.scalar_subquery()),
        LINE.pair_no == bindparam("pair_no"),
        LINE.item_id == bindparam("item_id"),
        LINE.package_no.in_(bindparam("package_nos", expanding=True)),
    ),
)
LINES_CONCERNED = LINES_WITH_ITEMS.where(LINE.pair_no.in_(CONCERNED.scalar_subquery()))
LINES_OF_PAIR = LINES_WITH_ITEMS.where(LINE.pair_no == bindparam("pair_no"))
LINES_IN_VIEW = LINES_WITH_ITEMS.where(LINE.pair_no.in_(IN_VIEW.scalar_subquery()))


@dataclass
class Pair:
    """A Take and a Place of one quantity, with what is known of the item.

    Attributes:
        picture: the digest of the item's picture, '' where it has none.
    """

    take: WarehouseActivityLine
    place: WarehouseActivityLine
    item: Item
    tracking_code: ItemTrackingCode | None
    unit: str
    take_bin: Bin | None
    place_bin: Bin | None
    picture: str

    @property
    def remaining(self) -> Decimal:
        """What is neither registered, scanned nor noted as missing, in the unit of the line."""
        return self.take.qty_outstanding - self.take.qty_to_handle - self.take.qty_missing

    @property
    def numbers(self) -> TrackingNumbers:
        """The numbers asked for; a blank one is the worker's to choose."""
        return numbers_of(self.take)

    @property
    def asked(self) -> NumbersAsked:
        """Which numbers the warehouse keeps of this item."""
        return numbers_in_warehouse(self.tracking_code)

    @property
    def state(self) -> dict[str, Any]:
        """What a scan can change of it, for the scan's effect."""
        return state_of_pair(self.take, self.place)

    @property
    def words(self) -> str:
        """Item and numbers in one breath."""
        return describe(self.item.no, self.numbers)

    def bin_to_scan(self, type_: ActivityType) -> int | None:
        """A pick is checked where it takes, everything else where it places."""
        return self.take.bin_id if type_ is ActivityType.PICK else self.place.bin_id

    def code_of_bin_to_scan(self, type_: ActivityType) -> str:
        """The label of that bin, blank where the worker chooses it."""
        bin_ = self.take_bin if type_ is ActivityType.PICK else self.place_bin
        return bin_.code if bin_ else ""


def load_pairs(
    session: Session,
    activity: WarehouseActivity,
    *,
    item_ids: Collection[int] = (),
    bin_ids: Collection[int] = (),
) -> list[Pair]:
    """The pairs of a document that concern any of the items or bins, in line order."""
    concerned = {"item_ids": sorted(item_ids), "bin_ids": sorted(bin_ids)}
    return _pairs(session, LINES_CONCERNED, {"activity_id": activity.id} | concerned)


def pair_by_number(session: Session, activity: WarehouseActivity, pair_no: int) -> Pair | None:
    """One pair of a document, None where it is not there any more."""
    found = _pairs(session, LINES_OF_PAIR, {"activity_id": activity.id, "pair_no": pair_no})
    return found[0] if found else None


def pairs_in_view(
    session: Session,
    activity: WarehouseActivity,
    *,
    first_open: int,
    skipped: Collection[int] = (),
    pair_no: int = 0,
    item_id: int = 0,
    package_no: str = "",
) -> list[Pair]:
    """The first pairs with something left, and those in the hand or just applied, in one look-up.

    A package in the hand may fill each pair that names it or leaves the package free.
    """
    wanted = {
        "activity_id": activity.id,
        "first_open": first_open,
        "skipped": sorted(skipped),
        "pair_no": pair_no,
        "item_id": item_id,
        "package_nos": ["", package_no] if package_no else [],
    }
    return _pairs(session, LINES_IN_VIEW, wanted)


def _pairs(session: Session, lines: Executable, wanted: dict[str, Any]) -> list[Pair]:
    halves: dict[int, dict[ActionType, Any]] = {}
    for row in session.execute(lines, wanted):
        halves.setdefault(row[0].pair_no, {})[row[0].action_type] = row
    return [_pair(both) for both in halves.values()]


def _pair(both: dict[ActionType, Any]) -> Pair:
    if len(both) != 2:
        raise InvariantBroken("a Take without its Place")
    take, item, code, unit, take_bin, picture = both[ActionType.TAKE]
    place, _, _, _, place_bin, _ = both[ActionType.PLACE]
    return Pair(take, place, item, code, unit, take_bin, place_bin, picture or "")


def add_to_pair(
    session: Session,
    activity: WarehouseActivity,
    pair: Pair,
    numbers: TrackingNumbers,
    quantity: Decimal,
) -> int:
    """Add a quantity to what a pair handles, filling the numbers that were free.

    Returns the number of the pair that was split off with the rest, 0 where none was.
    """
    filled = pair.numbers.completed_by(numbers)
    split_off = 0
    if filled != pair.numbers and quantity < pair.remaining:
        split_off = _split(session, activity, pair, pair.remaining - quantity)
    for line in (pair.take, pair.place):
        line.serial_no, line.lot_no, line.package_no = filled.as_tuple()
        set_qty_to_handle(line, line.qty_to_handle + quantity, pair.unit)
    return split_off


def state_of_pair(take: WarehouseActivityLine, place: WarehouseActivityLine) -> dict[str, Any]:
    """What a scan can change of a pair, and what is handled, for the scan's effect."""
    state = {
        "pair_no": take.pair_no,
        "qty_handled": _plain(take.qty_handled),
        "qty_to_handle": _plain(take.qty_to_handle),
        "numbers": list(numbers_of(take).as_tuple()),
        "place_bin_id": place.bin_id,
    }
    if take.qty_missing:
        state |= {"qty_missing": _plain(take.qty_missing), "reason_id": take.missing_reason_id}
    return state


def _plain(quantity: Decimal) -> str:
    """The same text for the same quantity, however many zeros a database adds."""
    return f"{quantity.normalize():f}"


def _split(session: Session, activity: WarehouseActivity, pair: Pair, rest: Decimal) -> int:
    """Leave the rest, whose number stays free, as a pair of its own (docs/domain.md 5.2)."""
    line = pair.take
    factor = line.qty_per_unit_of_measure
    last = session.scalar(
        select(func.max(WarehouseActivityLine.pair_no)).where(
            WarehouseActivityLine.activity_id == activity.id
        )
    )
    new = NewPair(
        item=pair.item,
        variant_id=line.variant_id,
        unit_of_measure_id=line.unit_of_measure_id,
        qty_per_unit_of_measure=factor,
        quantity=rest,
        numbers=pair.numbers,
        take_bin_id=pair.take.bin_id,
        place_bin_id=pair.place.bin_id,
        warranty_date=line.warranty_date,
        expiration_date=line.expiration_date,
        source_document_line_id=line.source_document_line_id,
    )
    for half in (pair.take, pair.place):
        half.quantity -= rest
        half.quantity_base -= to_base(rest, factor)
        half.qty_outstanding -= rest
        half.qty_outstanding_base -= to_base(rest, factor)
    session.flush()
    split_off = (last or 0) + 1
    add_pairs(session, activity, [new], first_pair_no=split_off)
    return split_off


def split_off(session: Session, activity: WarehouseActivity, pair: Pair, quantity: Decimal) -> Pair:
    """Make a part of what remains of a pair a pair of its own."""
    pair_no = _split(session, activity, pair, quantity)
    pairs = load_pairs(session, activity, item_ids={pair.item.id})
    return next(other for other in pairs if other.take.pair_no == pair_no)


def open_pairs(pairs: Sequence[Pair]) -> list[Pair]:
    """Those with something left to scan."""
    return [pair for pair in pairs if pair.remaining > 0]
