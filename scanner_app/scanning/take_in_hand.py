"""Take a scanned unit into the hand: which stock of its bin it means, and how much of it (5.5).

A serial no. is one unit. Of a lot or an item all that is free is taken, unless its label says how
much; where each unit is scanned, one scan is one unit. A package is taken with all that is in it.

This module must never take what lies elsewhere, nor what others take.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.inventory.item_tracking import describe, numbers_of
from scanner_app.quantities import ONE, ZERO, to_base
from scanner_app.scanning.asked_item import AskedItem
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.scanning.move_work import (
    LINES_IN_HAND_MAX,
    HandFull,
    MoveWork,
    has_numbers,
    taken_by,
)
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import Candidate
from scanner_app.scanning.unit_stock import UnitStock
from scanner_app.scanning.units_of_activity import NumberNotInBin
from scanner_app.warehouse.bin import Bin, bins_by_id
from scanner_app.warehouse.bin_balance import BinBalance
from scanner_app.warehouse.stock_to_move import PartToMove, StockToMove, check_move_from

ALREADY_IN_HAND = "AlreadyInHand"
BINS_TOLD_MAX = 3


class LiesInOtherBin(RuleRefused):
    """What is scanned is booked elsewhere than in the from bin."""

    message = N_("{what} is booked in bin {other}, not in {bin_code}.")
    way_out = N_(
        "Move or put back what is in your hand, then scan bin {other}; or have both counted."
    )
    field = "Bin Code"


class LiesInOtherUnit(RuleRefused):
    """A directed location keeps boxes and pieces apart."""

    message = N_("{what} is booked in bin {bin_code} in {booked}, not in {scanned}.")
    way_out = N_("Scan the number alone, or a label that says {booked}.")
    field = "Unit of Measure Code"


class StockUnclear(RuleRefused):
    """What is scanned lies in the bin more than once, and its label does not say which is meant."""

    message = N_("{what} lies in bin {bin_code} in several variants, units of measure or packages.")
    way_out = N_("Scan a label that names the one you hold, or a package to move all of it.")


def take_in_hand(work: MoveWork, unit: GivenUnit, bin_: Bin) -> Outcome:
    """Take a unit out of a bin into the hand; what is in it already changes nothing.

    Raises:
        RuleRefused: when it does not lie there, is not free, or the hand is full.
    """
    check_move_from(work.session, work.location, bin_)
    stock = work.stock_in(bin_, (*work.hand, unit))
    if unit.whole_package:
        return _take_package(work, unit, stock)
    item = work.item_of(unit)
    part = _part_meant(work, item, unit, stock)
    serial_no, lot_no, package_no = part.stock.numbers.as_tuple()
    meant = replace(
        unit,
        variant_id=part.goods[1],
        unit_of_measure_id=part.stock.unit_of_measure_id,
        serial_no=serial_no,
        lot_no=lot_no,
        package_no=package_no,
    )
    same = _in_hand(work.hand, meant)
    adds = work.location.scan_each_unit and not serial_no
    if same and (same.whole_package or not adds):
        return Outcome(ALREADY_IN_HAND, {"what": item.words(meant)})
    others = tuple(held for held in work.hand if held is not same)
    free = stock.free_base(part, taken_by(stock, others))
    base = _quantity_base(work, item, unit, part, free)
    if same:
        base += taken_by(stock, [same])[part.stock.id]
    quantity = stock.in_unit(part, base)
    _hold(work, stock, (*others, replace(meant, quantity=f"{quantity:f}")))
    what = describe(item.item.no, part.stock.numbers)
    return Outcome(
        "InHand",
        {"quantity": quantity, "unit": _unit_code(work, part), "what": what, "bin_code": bin_.code},
    )


def _take_package(work: MoveWork, unit: GivenUnit, stock: StockToMove) -> Outcome:
    """A package comes with what was scanned out of it before."""
    package_no = unit.package_no
    if unit in work.hand:
        return Outcome(ALREADY_IN_HAND, {"what": package_no})
    inside = [part for part in stock.parts if part.stock.numbers.package_no == package_no]
    if not inside:
        raise _not_there(work, unit, stock.bin, package_no)
    others = tuple(held for held in work.hand if held.package_no != package_no)
    _hold(work, stock, (*others, unit))
    return Outcome(
        "PackageInHand",
        {"package_no": package_no, "lines": len(inside), "bin_code": stock.bin.code},
    )


def _hold(work: MoveWork, stock: StockToMove, units: tuple[GivenUnit, ...]) -> None:
    """Have so much in the hand, if all of it is free."""
    if len(units) > LINES_IN_HAND_MAX:
        raise HandFull(most=LINES_IN_HAND_MAX)
    stock.check(work.parts_of(stock, units))
    found = work.given.bin_found if work.given.bin_id == stock.bin.id else not work.waiting
    work.given = Given(units=units, bin_id=stock.bin.id, bin_found=found)


def _part_meant(work: MoveWork, item: AskedItem, unit: GivenUnit, stock: StockToMove) -> PartToMove:
    """The one stock in the bin that a label means; its base unit where it names no unit."""
    numbers = unit.numbers
    found = [
        part
        for part in stock.parts
        if part.goods[0] == unit.item_id
        and unit.variant_id in (0, part.goods[1])
        and has_numbers(part.stock.numbers, numbers)
    ]
    wanted = unit.unit_of_measure_id if work.location.directed_put_away_and_pick else 0
    in_unit = [part for part in found if part.stock.unit_of_measure_id == wanted]
    in_base = [
        part for part in found if part.stock.unit_of_measure_id == item.item.base_unit_of_measure_id
    ]
    if found and wanted and not in_unit:
        raise LiesInOtherUnit(
            what=item.words(unit),
            bin_code=stock.bin.code,
            booked=_unit_code(work, found[0]),
            scanned=item.unit,
        )
    found = in_unit if wanted else in_base or found
    if not found:
        raise _not_there(work, unit, stock.bin, item.words(unit))
    if len(found) > 1:
        raise StockUnclear(what=item.words(unit), bin_code=stock.bin.code)
    return found[0]


def _in_hand(hand: Sequence[GivenUnit], unit: GivenUnit) -> GivenUnit | None:
    """The same in the hand, by itself or within its package."""
    for held in hand:
        inside = held.whole_package and held.package_no == unit.package_no
        if inside or replace(held, quantity="") == replace(unit, quantity=""):
            return held
    return None


def _quantity_base(
    work: MoveWork, item: AskedItem, unit: GivenUnit, part: PartToMove, free: Decimal
) -> Decimal:
    """How much one scan stands for: a unit, what its label says, or all that is free."""
    if unit.serial_no:
        return ONE
    if unit.typed_quantity is not None or work.location.scan_each_unit:
        return to_base(unit.typed_quantity or ONE, item.qty_per_unit_of_measure)
    return free if free > ZERO else part.quantity_base


def _unit_code(work: MoveWork, part: PartToMove) -> str:
    return work.session.get_one(UnitOfMeasure, part.stock.unit_of_measure_id).code


def rows_of_unit(stock: UnitStock, unit: GivenUnit | Candidate) -> list[BinBalance]:
    """The balances that have all the numbers of a unit."""
    return [
        row
        for row in stock.rows
        if unit.item_id in (0, row.item_id)
        and unit.variant_id in (0, row.variant_id)
        and has_numbers(numbers_of(row), unit.numbers)
    ]


def _not_there(work: MoveWork, unit: GivenUnit, bin_: Bin, what: str) -> RuleRefused:
    rows = [row for row in rows_of_unit(work.stock, unit) if row.bin_id != bin_.id]
    lies_in = bins_by_id(work.session, (row.bin_id for row in rows))
    if not lies_in:
        return NumberNotInBin(what=what, expected=bin_.code)
    other = ", ".join(sorted(each.code for each in lies_in.values())[:BINS_TOLD_MAX])
    return LiesInOtherBin(what=what, bin_code=bin_.code, other=other)
