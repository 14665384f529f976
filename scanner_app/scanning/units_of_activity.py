"""Which lines of an activity a scanned unit fits, and why it fits none (docs/domain.md 5.2, 10.4).

This module must never change a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item, ItemUnit
from scanner_app.inventory.item_tracking import (
    NumberMissing,
    TrackingNumbers,
    describe,
    numbers_of,
)
from scanner_app.inventory.item_tracking_code import NumbersAsked
from scanner_app.inventory.location import Location
from scanner_app.inventory.posting_refusals import NumberBlocked
from scanner_app.inventory.tracking_information import find_cards, numbers_by_kind
from scanner_app.quantities import ONE, ZERO, from_base
from scanner_app.scanning.activity_pairs import Pair
from scanner_app.scanning.document_work import NotOnDocument
from scanner_app.scanning.given import GivenUnit
from scanner_app.scanning.resolve import Candidate
from scanner_app.scanning.unit_stock import UnitStock
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.register_activity import By


class NumberDiffers(RuleRefused):
    """The line asks for another number."""

    message = N_("{document_no} asks for {expected}, not {scanned}.")
    way_out = N_("Put it back and look for {expected}.")


class NumberExpired(RuleRefused):
    """Strict expiration posting keeps an expired number from being picked."""

    message = N_("{what} expired on {expired}.")
    way_out = N_("Take another one, and put this aside.")
    field = "Expiration Date"


class NumberNotInBin(RuleRefused):
    """The free number that was scanned does not lie in the bin of the line."""

    message = N_("{what} is not booked in bin {expected}.")
    way_out = N_("Take one that lies in bin {expected}, or have the bin counted.")
    field = "Bin Code"


def matching_pairs(candidate: Candidate, pairs: Sequence[Pair], stock: UnitStock) -> list[Pair]:
    """The pairs a candidate can fill, with something left or not."""
    if candidate.kind is CodeKind.PACKAGE:
        return [pair for pair in pairs if _is_of_package(pair, candidate.numbers, stock)]
    of_item = [pair for pair in pairs if pair.item.id == candidate.item_id]
    variants = {pair.take.variant_id for pair in of_item}
    any_variant = not candidate.variant_id and len(variants) == 1
    matching = [
        pair
        for pair in of_item
        if (any_variant or pair.take.variant_id == candidate.variant_id)
        and pair.numbers.agree_with(candidate.numbers)
        and has_deciding_number(candidate.numbers, pair.asked)
    ]
    # One unit is one line: that which names it, whatever other lines leave free.
    serial_no = candidate.numbers.serial_no
    own = [pair for pair in matching if serial_no and pair.numbers.serial_no == serial_no]
    return own or matching


def _is_of_package(pair: Pair, package: TrackingNumbers, stock: UnitStock) -> bool:
    """Lines that name the package, and free lines whose bin holds that package."""
    if pair.take.package_no:
        return pair.take.package_no == package.package_no
    if not pair.asked.package:
        return False
    rows = stock.of(pair.item.id, pair.take.variant_id, pair.numbers.completed_by(package))
    return any(row.bin_id == pair.take.bin_id for row in rows)


def has_deciding_number(numbers: TrackingNumbers, asked: NumbersAsked) -> bool:
    """The serial decides, else the lot, else the package; a bare item does not."""
    if asked.serial:
        return bool(numbers.serial_no)
    if asked.lot:
        return bool(numbers.lot_no)
    return bool(numbers.package_no) or not asked.package


@dataclass(frozen=True)
class Fit:
    """The question whether a scanned unit fits a document: what there is to know of both."""

    activity: WarehouseActivity
    candidate: Candidate
    fitting: Sequence[Pair]
    pairs: Sequence[Pair]
    stock: UnitStock


def check_fits(session: Session, fit: Fit, by: By) -> None:
    """Refuse by name a unit that fits no line, or that may not be picked.

    Raises:
        NumberExpired, NumberBlocked, NumberDiffers, NumberMissing, NumberNotInBin, NotOnDocument.
    """
    candidate = fit.candidate
    picks = fit.activity.type is ActivityType.PICK
    of_item = [pair for pair in fit.pairs if pair.item.id == candidate.item_id]
    if picks:
        # A package holds what its lines ask for; anything else is of one item.
        asked_for = {pair.item.id: pair for pair in of_item or fit.fitting}
        for pair in asked_for.values():
            _check_may_be_picked(session, candidate, pair, fit.stock, by)
    if not fit.fitting:
        raise _why_not(session, fit.activity, candidate, of_item)
    free = [pair for pair in fit.fitting if not _is_named(pair)]
    if picks and len(free) == len(fit.fitting):
        _check_in_bin(session, candidate, free, fit.stock)


def _check_may_be_picked(
    session: Session, candidate: Candidate, pair: Pair, stock: UnitStock, by: By
) -> None:
    numbers = candidate.numbers
    rows = stock.of(pair.item.id, candidate.variant_id, numbers)
    expires = next((row.expiration_date for row in rows if row.expiration_date), None)
    code = pair.tracking_code
    if code and code.strict_expiration_posting and expires and expires < by.work_date:
        raise NumberExpired(what=describe(pair.item.no, numbers), expired=expires)
    keys = {
        key for row in rows for key in numbers_by_kind(row.item_id, row.variant_id, numbers_of(row))
    }
    for (_, _, kind, number), card in sorted(find_cards(session, keys).items()):
        if card.blocked:
            raise NumberBlocked(kind=kind.value, number=number, item_no=pair.item.no)


def _why_not(
    session: Session, activity: WarehouseActivity, candidate: Candidate, of_item: Sequence[Pair]
) -> RuleRefused:
    open_ = [pair for pair in of_item if pair.remaining > 0] or list(of_item)
    if open_:
        asked = open_[0].asked
        if not has_deciding_number(candidate.numbers, asked):
            kind = "Serial No." if asked.serial else "Lot No." if asked.lot else "Package No."
            return NumberMissing(item_no=open_[0].item.no, kind=kind)
        return NumberDiffers(
            document_no=activity.no,
            expected=open_[0].words,
            scanned=describe(open_[0].item.no, candidate.numbers),
        )
    item = session.get(Item, candidate.item_id) if candidate.item_id else None
    what = describe(item.no, candidate.numbers) if item else candidate.code
    return NotOnDocument(what=what, document_no=activity.no)


def _is_named(pair: Pair) -> bool:
    """Whether the line already names the number that decides."""
    return has_deciding_number(pair.numbers, pair.asked)


def _check_in_bin(
    session: Session, candidate: Candidate, free: Sequence[Pair], stock: UnitStock
) -> None:
    """A free number has to lie where the line takes from."""
    bins = {pair.take.bin_id for pair in free}
    rows = stock.of(candidate.item_id, candidate.variant_id, candidate.numbers)
    if candidate.numbers and not any(row.bin_id in bins for row in rows):
        expected = session.get_one(Bin, free[0].take.bin_id)
        what = describe(free[0].item.no, candidate.numbers)
        raise NumberNotInBin(what=what, expected=expected.code)


def given_unit(session: Session, candidate: Candidate, fitting: Sequence[Pair]) -> GivenUnit:
    """What is in the hand: the item with its numbers, or a whole package."""
    numbers = candidate.numbers
    if candidate.kind is CodeKind.PACKAGE:
        return GivenUnit(package_no=numbers.package_no, whole_package=True)
    pair = fitting[0]
    quantity = candidate.quantity
    if quantity is not None:
        factor = _factor(session, candidate.item_id, candidate.unit_of_measure_id)
        base = quantity * (factor or pair.take.qty_per_unit_of_measure)
        quantity = from_base(base, pair.take.qty_per_unit_of_measure)
    return GivenUnit(
        item_id=candidate.item_id,
        variant_id=pair.take.variant_id,
        unit_of_measure_id=candidate.unit_of_measure_id,
        serial_no=numbers.serial_no,
        lot_no=numbers.lot_no,
        package_no=numbers.package_no,
        quantity="" if quantity is None else str(quantity),
    )


def proposed_quantity(
    session: Session, location: Location, pair: Pair, unit: GivenUnit, stock: UnitStock
) -> Decimal:
    """How much one scan stands for, in the unit of the line (docs/domain.md 10.5)."""
    if unit.serial_no:
        return ONE
    if unit.typed_quantity is not None:
        return unit.typed_quantity
    if unit.whole_package or not location.scan_each_unit:
        return _remaining_of_number(pair, unit, stock)
    factor = _factor(session, unit.item_id, unit.unit_of_measure_id)
    line_factor = pair.take.qty_per_unit_of_measure
    return from_base(factor or line_factor, line_factor)


def _remaining_of_number(pair: Pair, unit: GivenUnit, stock: UnitStock) -> Decimal:
    """What is left of the line, but not more than its bin holds of a number chosen freely."""
    rows = [
        row
        for row in stock.of(pair.item.id, pair.take.variant_id, unit.numbers)
        if row.bin_id == pair.take.bin_id and row.unit_of_measure_id == pair.take.unit_of_measure_id
    ]
    if _is_named(pair) or not rows:
        return pair.remaining
    there = sum((row.quantity_base for row in rows), ZERO)
    return min(pair.remaining, from_base(there, pair.take.qty_per_unit_of_measure))


def _factor(session: Session, item_id: int, unit_of_measure_id: int) -> Decimal | None:
    if not unit_of_measure_id:
        return None
    return session.scalar(
        select(ItemUnit.qty_per_unit_of_measure).where(
            ItemUnit.item_id == item_id, ItemUnit.unit_of_measure_id == unit_of_measure_id
        )
    )


def numbers_to_fill(
    pair: Pair, unit: GivenUnit, stock: UnitStock, used: set[TrackingNumbers]
) -> TrackingNumbers:
    """The numbers a pair gets: its own and the given ones, completed by what lies in its bin."""
    given = pair.numbers.completed_by(unit.numbers.only(pair.asked))
    if are_complete(given, pair.asked):
        return given
    for row in stock.of(pair.item.id, pair.take.variant_id, given):
        numbers = numbers_of(row)
        if row.bin_id == pair.take.bin_id and not (numbers.serial_no and numbers in used):
            used.add(numbers)
            return given.completed_by(numbers)
    return given


def are_complete(numbers: TrackingNumbers, asked: NumbersAsked) -> bool:
    """Whether each number that is asked for is there."""
    wanted = zip((asked.serial, asked.lot, asked.package), numbers.as_tuple(), strict=True)
    return all(number or not is_asked for is_asked, number in wanted)
