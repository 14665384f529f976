"""First held stock: what comes first in the order of a pick, as far as it is needed.

An item may lie in thousands of bins of which a pick needs ten. So the database adds the stock up in
the order of docs/domain.md 6.3 and 6.4, and gives what stands before the sum that is needed.

This module must never leave a gap: what `pickable_stock` counts is given from the first on. It may
give too little, or what does not count; then all of the item is read.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    Subquery,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from scanner_app.inventory.location import Location
from scanner_app.inventory.tracking_information import CARD_TABLES, NumberKind
from scanner_app.many_keys import rows_of_values
from scanner_app.quantities import to_units
from scanner_app.warehouse.bin import Bin, BinType, BlockMovement
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.held_stock import (
    AnySelect,
    HeldOfGoods,
    by_goods,
    stock_in_bins,
    with_bins,
)
from scanner_app.warehouse.pickable_stock import Wanted

# A line ends in so many contents or fewer, most of the time; else all of its item is added up.
CONTENTS_OF_A_LINE = 3
FIRST_CONTENTS_MAX = 1000
# The bins are gone through in their order for an item with more than a content for so many bins.
BINS_TO_A_CONTENT = 4

_COLUMNS_OF_SOUGHT: dict[str, TypeEngine[Any]] = {
    "item_id": BigInteger(),
    "variant_id": BigInteger(),
    "unit_of_measure_id": BigInteger(),
    "needed_units": BigInteger(),
    "first_day": Date(),
}


@dataclass(frozen=True)
class Sought:
    """What is looked for, and how much of it is needed at most, in base units.

    Attributes:
        lines: how many lines look for it.
        claims: how many claims there are on it; they take the first contents before the pick does.
    """

    wanted: Wanted
    needed_base: Decimal
    lines: int
    claims: int

    @property
    def contents(self) -> int:
        """In how many contents it is looked for first; few hold less than a base unit."""
        usual = self.lines * CONTENTS_OF_A_LINE + self.claims
        return min(int(self.needed_base) + 1, usual, FIRST_CONTENTS_MAX)

    @property
    def values(self) -> tuple[int | str, ...]:
        """What the database is told: where posting is strict, from which day on stock is good."""
        first_day = self.wanted.work_date if self.wanted.strict else date.min
        needed_units = to_units(self.needed_base)
        return (*self.wanted.goods_in_unit, needed_units, first_day.isoformat())


@dataclass(frozen=True)
class FirstHeldStock:
    """Where stock is looked for, and the kinds of number of which there are blocked cards."""

    session: Session
    location: Location
    blocked: Collection[NumberKind]

    def read_first_contents(self, sought: Sequence[Sought]) -> HeldOfGoods:
        """What indexes find in the order of the pick, without looking at the rest of an item."""
        return {
            **self._read(sought, self._first_dates, by_date=True),
            **self._read(sought, self._first_bins, by_date=False),
        }

    def add_up_contents(self, sought: Sequence[Sought]) -> HeldOfGoods:
        """What comes first of all that lies at the location."""
        return {
            **self._read(sought, self._contents, by_date=True),
            **self._read(sought, self._contents, by_date=False),
        }

    def _read(
        self,
        sought: Sequence[Sought],
        narrow: Callable[[AnySelect, Subquery, int], AnySelect],
        *,
        by_date: bool,
    ) -> HeldOfGoods:
        """What stands before the sum that is needed, of the items that are picked in this order."""
        mine = [one for one in sought if one.wanted.first_expired_first_out is by_date]
        if not mine:
            return {}
        values = [one.values for one in mine]
        goods = rows_of_values(self.session, "goods", values, _COLUMNS_OF_SOUGHT)
        quantity = BinBalance.quantity_base
        sum_to_here = func.sum(quantity).over(
            partition_by=(goods.c.item_id, goods.c.variant_id, goods.c.unit_of_measure_id),
            order_by=_order(by_date=by_date),
            rows=(None, 0),
        )
        before = (sum_to_here - quantity).label("before")
        added_up = select(BinBalance.id, before, goods.c.needed_units).select_from(goods)
        first = narrow(added_up, goods, max(one.contents for one in mine)).subquery()
        stock = stock_in_bins().join(first, first.c.id == BinBalance.id)
        return by_goods(self.session, stock.where(first.c.before <= first.c.needed_units))

    def _first_dates(self, added_up: AnySelect, goods: Subquery, limit: int) -> AnySelect:
        """The contents that expire first; those without a date come after all of them."""
        dated = BinBalance.expiration_date >= goods.c.first_day
        at_location = BinBalance.location_id == self.location.id
        contents = self._ids(goods).where(at_location, dated).order_by(*_order(by_date=True))
        return self._join(added_up, goods, contents.limit(limit), true())

    def _first_bins(self, added_up: AnySelect, goods: Subquery, limit: int) -> AnySelect:
        """The contents of the first bins, of an item that lies in many of them.

        For an item in few bins it would be a long way through all of them. The location is asked of
        the bins alone, or they would be found by the item and not in their order.
        """
        bins = select(func.count()).where(Bin.location_id == self.location.id)
        few = (self.session.scalar(bins) or 0) // BINS_TO_A_CONTENT
        at_location = BinBalance.location_id == self.location.id
        contents_of_item = select(literal(1)).where(at_location, *_is_of_item(goods))
        more = contents_of_item.limit(1).offset(few).correlate(goods)
        in_bins = self._ids(goods).where(Bin.location_id == self.location.id)
        contents = in_bins.order_by(*_order(by_date=False))
        return self._join(added_up, goods, contents.limit(limit), exists(more))

    def _contents(self, added_up: AnySelect, goods: Subquery, _: int) -> AnySelect:
        """All contents of the items."""
        of_goods = and_(BinBalance.location_id == self.location.id, *_is_of(goods))
        contents = with_bins(added_up.join(BinBalance, of_goods))
        return contents.where(*self._may_count(goods))

    def _ids(self, goods: Subquery) -> Select[int]:
        contents = with_bins(select(BinBalance.id)).where(*_is_of(goods), *self._may_count(goods))
        return contents.correlate(goods)

    def _join(
        self,
        added_up: AnySelect,
        goods: Subquery,
        contents: Select[int],
        is_worth_while: ColumnElement[bool],
    ) -> AnySelect:
        """Look the contents up for each of the goods: SQLite knows no LATERAL, and needs none."""
        if self.session.get_bind().dialect.name == "sqlite":
            held = added_up.join(BinBalance, and_(is_worth_while, BinBalance.id.in_(contents)))
        else:
            ids = contents.lateral("first_contents")
            held = added_up.join(ids, is_worth_while).join(BinBalance, BinBalance.id == ids.c.id)
        return held.join(Bin, Bin.id == BinBalance.bin_id)

    def _may_count(self, goods: Subquery) -> list[ColumnElement[bool]]:
        """What `pickable_stock` asks of bin, number and date, as far as a query can ask it."""
        row = BinBalance
        docks = {self.location.receipt_bin_id, self.location.shipment_bin_id} - {None}
        blocked = (
            exists().where(
                *(card.item_id == row.item_id, card.variant_id == row.variant_id),
                *(getattr(card, field) == getattr(row, field), card.blocked),
            )
            for kind, (card, field) in CARD_TABLES.items()
            if kind in self.blocked
        )
        return [
            row.is_adjustment_bin.is_(False),
            row.bin_id.not_in(sorted(docks)),
            or_(Bin.bin_type_id.is_(None), BinType.pick),
            Bin.block_movement.in_((BlockMovement.BLANK, BlockMovement.INBOUND)),
            Bin.dedicated.is_(False),
            or_(row.expiration_date.is_(None), row.expiration_date >= goods.c.first_day),
            *(~card_is_blocked for card_is_blocked in blocked),
        ]


def _is_of(goods: Subquery) -> tuple[ColumnElement[bool], ...]:
    in_unit = BinBalance.unit_of_measure_id == goods.c.unit_of_measure_id
    return (*_is_of_item(goods), in_unit)


def _is_of_item(goods: Subquery) -> tuple[ColumnElement[bool], ...]:
    row = BinBalance
    return (row.item_id == goods.c.item_id, row.variant_id == goods.c.variant_id, HAS_STOCK)


def _order(*, by_date: bool) -> tuple[Any, ...]:
    """The order of `pickable_stock`."""
    row = BinBalance
    numbers = (row.serial_no, row.lot_no, row.package_no, row.id)
    if by_date:
        return (row.expiration_date.nulls_last(), *numbers)
    return (Bin.bin_ranking.desc(), Bin.code, *numbers)
