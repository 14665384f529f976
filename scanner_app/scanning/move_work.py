"""One scan while goods are moved: what is in the hand, and what it stands for (docs/domain.md 5.5).

What is in the hand lies in one bin, the from bin. A lot or an item is in it with its quantity, a
package with all that lies under it there.

This module must never resolve a code, nor move anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.item_tracking_code import numbers_in_warehouse
from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO, to_base
from scanner_app.scanning.asked_item import AskedItem, asked_item
from scanner_app.scanning.document_work import Scanned
from scanner_app.scanning.given import NOTHING_GIVEN, Given, GivenUnit
from scanner_app.scanning.unit_stock import NO_STOCK, UnitStock
from scanner_app.scanning.units_of_activity import NumberNotInBin
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.stock_to_move import PartToMove, StockToMove, items_in_packages

LINES_IN_HAND_MAX = 50


class HandEmpty(RuleRefused):
    """Nothing can be put back, and of nothing a quantity can be typed."""

    message = N_("Nothing is in your hand.")
    way_out = N_("Scan what you move, then the bin it goes to.")


class HandFull(RuleRefused):
    """So much at once is hard to count, and long to do again."""

    message = N_("{most} lines are in your hand already.")
    way_out = N_("Scan the bin they go to, then go on with the rest.")


@dataclass
class MoveWork:
    """One scan at one location, with what is half given before and after it.

    `from_bin` is the bin of `given.bin_id`; while `given.asks` is “bin”, the one unit waits for it.
    """

    session: Session
    location: Location
    scanned: Scanned
    given: Given
    from_bin: Bin | None
    effects: list[dict[str, Any]] = field(default_factory=list)
    stock: UnitStock = NO_STOCK
    _items: dict[tuple[int, int, int], AskedItem] = field(default_factory=dict)

    @property
    def waiting(self) -> GivenUnit | None:
        """The unit that lies in several bins and waits for the one it is taken from."""
        return self.given.units[0] if self.given.asks else None

    @property
    def hand(self) -> tuple[GivenUnit, ...]:
        """What is in the hand, in the order in which it was scanned."""
        return () if self.given.asks else self.given.units

    def stock_in(self, bin_: Bin, units: Sequence[GivenUnit]) -> StockToMove:
        """What lies in a bin of the items of some units, with all that lies in their packages."""
        packages = {unit.package_no for unit in units if unit.whole_package}
        items = items_in_packages(self.session, bin_, packages)
        items |= {unit.item_id for unit in units if unit.item_id}
        return StockToMove(self.session, self.location, [bin_], items)

    def parts_of(self, stock: StockToMove, units: Sequence[GivenUnit]) -> list[PartToMove]:
        """What units in the hand stand for in their bin.

        Raises:
            NumberNotInBin: when something has left the bin meanwhile.
        """
        parts: list[PartToMove] = []
        for unit in units:
            found = _parts_of_unit(stock, unit)
            if not found:
                raise NumberNotInBin(what=self.words(unit), expected=stock.bin.code)
            parts += found
        return parts

    def words(self, unit: GivenUnit) -> str:
        """Item and numbers in one breath; a package by its number."""
        return unit.package_no if unit.whole_package else self.item_of(unit).words(unit)

    def item_of(self, unit: GivenUnit) -> AskedItem:
        """The item of a unit, read once."""
        key = (unit.item_id, unit.variant_id, unit.unit_of_measure_id)
        if key not in self._items:
            self._items[key] = moved_item(self.session, unit)
        return self._items[key]


def moved_item(session: Session, unit: GivenUnit) -> AskedItem:
    """The item of a unit, with the numbers by which bins are kept."""
    return asked_item(session, unit, numbers_in_warehouse)


def given_there(session: Session, given: Given) -> tuple[Given, Bin | None]:
    """What is half given with its from bin, unless that is there no more."""
    bin_ = session.get(Bin, given.bin_id) if given.bin_id else None
    gone = given.bin_id and bin_ is None
    return (NOTHING_GIVEN if gone else given), bin_


def has_numbers(numbers: TrackingNumbers, wanted: TrackingNumbers) -> bool:
    """Whether all the numbers that are wanted are there, and the same."""
    return wanted.completed_by(numbers) == numbers


def taken_by(stock: StockToMove, units: Sequence[GivenUnit]) -> dict[int, Decimal]:
    """How much units in the hand take of what lies in their bin; what has left it takes nothing."""
    return {
        part.stock.id: part.quantity_base for unit in units for part in _parts_of_unit(stock, unit)
    }


def _parts_of_unit(stock: StockToMove, unit: GivenUnit) -> list[PartToMove]:
    if unit.whole_package:
        return [part for part in stock.parts if part.stock.numbers.package_no == unit.package_no]
    return [
        PartToMove(part.goods, part.stock, _base_of(stock, part, unit))
        for part in stock.parts
        if part.stock.numbers == unit.numbers
        and part.goods_in_unit == (unit.item_id, unit.variant_id, unit.unit_of_measure_id)
    ]


def _base_of(stock: StockToMove, part: PartToMove, unit: GivenUnit) -> Decimal:
    per_unit = stock.per_unit[unit.item_id, unit.unit_of_measure_id]
    return to_base(unit.typed_quantity or ZERO, per_unit)
