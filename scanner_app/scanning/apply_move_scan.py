"""Apply a scan while goods are moved: what is moved first, then the bin it goes to (5.5).

With an empty hand a bin is the one from which is taken. With something in the hand a bin is always
where it goes, and the movement is registered at once.

This module must never leave a movement that is not registered.
"""

from dataclasses import replace
from decimal import Decimal

from scanner_app.code_index import CodeKind
from scanner_app.errors import N_, Parameter, RuleRefused
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import NumberMissing, describe
from scanner_app.quantities import ZERO, check_rounding_precision, parse_quantity, to_base
from scanner_app.scanning.apply_activity_quantity import NothingInHand
from scanner_app.scanning.document_work import NotOnDocument, QuantityNotAsked
from scanner_app.scanning.enter_units import PUT_BACK
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.scanning.move_work import HandEmpty, MoveWork
from scanner_app.scanning.other_document import other_document
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import Candidate, candidates_of, choose
from scanner_app.scanning.take_in_hand import rows_of_unit, take_in_hand
from scanner_app.scanning.unit_answers import WORDS, AnswerFirst
from scanner_app.scanning.unit_stock import stock_of_unit
from scanner_app.scanning.units_of_activity import has_deciding_number
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.move_refusals import NoBinsToMove
from scanner_app.warehouse.move_stock import move_stock
from scanner_app.warehouse.stock_to_move import check_move_from

PUT_BACK_ALL = "put-back-all"


class BookedInNoBin(RuleRefused):
    """The number is known and lies nowhere at the location."""

    message = N_("{what} is booked in no bin of {location}.")
    way_out = N_("Put it aside and have the bin counted in which you found it.")
    field = "Bin Code"


def apply_move_scan(work: MoveWork) -> Outcome:
    """Apply one scan; `work.given` holds what it leaves behind.

    Raises:
        RuleRefused: when the scan does not fit.
    """
    if not work.location.bin_mandatory:
        raise NoBinsToMove(location=work.location.code)
    new, parsed = work.scanned.new, work.scanned.parsed
    if new.step in (PUT_BACK, PUT_BACK_ALL):
        return _put_back(work, whole=new.step == PUT_BACK_ALL)
    if new.step == "quantity":
        return _apply_quantity(work, parse_quantity(new.raw))
    if parsed is None:
        raise NotOnDocument(what=new.raw[:40], document_no=work.location.code)
    candidates = candidates_of(work.session, parsed, work.location.id, work.scanned.work_date)
    work.stock = stock_of_unit(work.session, work.location.id, candidates)
    candidate = choose(candidates, lambda each: _may_be_meant(work, each), new.choice)
    if candidate.kind is CodeKind.BIN:
        return _apply_bin(work, work.session.get_one(Bin, candidate.target_id))
    if not candidate.is_unit:
        return other_document(work.session, candidate, work.scanned.by.user_id)
    return _apply_unit(work, candidate)


def _may_be_meant(work: MoveWork, candidate: Candidate) -> bool:
    """A bin, an item, or a number that lies in the bin at hand; in any, where none is."""
    if not candidate.numbers:
        return candidate.is_unit or candidate.kind is CodeKind.BIN
    here = {row.bin_id for row in rows_of_unit(work.stock, candidate)}
    return work.given.bin_id in here if work.given.bin_id else bool(here)


def _apply_bin(work: MoveWork, bin_: Bin) -> Outcome:
    if work.waiting:
        return take_in_hand(work, work.waiting, bin_)
    if work.from_bin and work.hand:
        return _move(work, work.from_bin, bin_)
    check_move_from(work.session, work.location, bin_)
    work.given = Given(bin_id=bin_.id)
    return Outcome("MoveFromBin", {"bin_code": bin_.code})


def _move(work: MoveWork, from_bin: Bin, to_bin: Bin) -> Outcome:
    """Register the movement; the from bin stays for the next."""
    stock = work.stock_in(from_bin, work.hand)
    parts = work.parts_of(stock, work.hand)
    result = move_stock(work.session, stock, parts, to_bin, work.scanned.by)
    work.effects.append({"registered_movement": result.no})
    work.given = Given(bin_id=from_bin.id, bin_found=work.given.bin_found)
    where: dict[str, Parameter] = {
        "bin_code": from_bin.code,
        "to_bin_code": to_bin.code,
        "no": result.no,
    }
    if len(parts) > 1:
        return Outcome("LinesMoved", {"lines": len(parts)} | where)
    part, session = parts[0], work.session
    item_no = session.get_one(Item, part.goods[0]).no
    words: dict[str, Parameter] = {
        "quantity": stock.in_unit(part, part.quantity_base),
        "unit": session.get_one(UnitOfMeasure, part.stock.unit_of_measure_id).code,
        "what": describe(item_no, part.stock.numbers),
    }
    return Outcome("Moved", words | where)


def _apply_unit(work: MoveWork, candidate: Candidate) -> Outcome:
    if work.waiting:
        raise AnswerFirst(what=work.words(work.waiting), asked="bin")
    unit = _unit_of(work, candidate)
    bin_ = _bin_it_lies_in(work, unit)
    if bin_:
        return take_in_hand(work, unit, bin_)
    work.given = Given(units=(unit,), asks="bin")
    return Outcome("AskFromBin", {"what": work.words(unit)})


def _unit_of(work: MoveWork, candidate: Candidate) -> GivenUnit:
    """A unit as its label says it, with the numbers by which bins are kept.

    Raises:
        NumberMissing: when the number that decides is not on it.
    """
    if candidate.kind is CodeKind.PACKAGE:
        return GivenUnit(package_no=candidate.numbers.package_no, whole_package=True)
    unit = GivenUnit(
        item_id=candidate.item_id,
        variant_id=candidate.variant_id,
        unit_of_measure_id=candidate.unit_of_measure_id,
        quantity=f"{candidate.quantity:f}" if candidate.quantity else "",
    )
    item = work.item_of(unit)
    numbers = candidate.numbers.only(item.asked)
    if not has_deciding_number(numbers, item.asked):
        raise NumberMissing(item_no=item.item.no, kind=WORDS[item.missing(unit)])
    serial_no, lot_no, package_no = numbers.as_tuple()
    return replace(unit, serial_no=serial_no, lot_no=lot_no, package_no=package_no)


def _bin_it_lies_in(work: MoveWork, unit: GivenUnit) -> Bin | None:
    """The bin from which a unit is taken; None where it has to be asked.

    A bin that was scanned holds, and so does the one of what is in the hand. One that was only
    found gives way to where the next number lies.
    """
    from_bin = work.from_bin
    if from_bin and (work.hand or not work.given.bin_found or not unit.numbers):
        return from_bin
    lies_in = {row.bin_id for row in rows_of_unit(work.stock, unit)}
    if unit.numbers and not lies_in:
        raise BookedInNoBin(what=work.words(unit), location=work.location.code)
    if from_bin and from_bin.id in lies_in:
        return from_bin
    return work.session.get_one(Bin, lies_in.pop()) if len(lies_in) == 1 else None


def _apply_quantity(work: MoveWork, quantity: Decimal) -> Outcome:
    """A typed number is how much of the last lot or item is in the hand.

    Raises:
        QuantityNotAsked: when it is a serial no. or package, or nothing is in the hand.
    """
    if not work.from_bin or not work.hand or not takes_quantity(work.hand[-1]):
        raise QuantityNotAsked(quantity=quantity)
    if quantity == ZERO:
        raise NothingInHand
    unit = work.hand[-1]
    item = work.item_of(unit)
    base = to_base(quantity, item.qty_per_unit_of_measure)
    check_rounding_precision(base, item.item.qty_rounding_precision, item.item.no)
    units = (*work.hand[:-1], replace(unit, quantity=f"{quantity:f}"))
    stock = work.stock_in(work.from_bin, units)
    stock.check(work.parts_of(stock, units))
    work.given = replace(work.given, units=units)
    return Outcome(
        "QuantityGiven",
        {"quantity": quantity, "unit": item.unit, "what": item.words(unit)},
    )


def takes_quantity(unit: GivenUnit) -> bool:
    """Whether a number may be typed for it: a serial no. is one, a package is whole."""
    return not unit.serial_no and not unit.whole_package


def _put_back(work: MoveWork, *, whole: bool) -> Outcome:
    """Take the last out of the hand, or all; nothing of it was written."""
    units = work.given.units
    if not units:
        raise HandEmpty
    left = () if whole else units[:-1]
    bin_holds = left or not work.given.bin_found
    bin_id = work.given.bin_id if bin_holds else 0
    work.given = Given(units=left, bin_id=bin_id, bin_found=bool(left) and work.given.bin_found)
    if whole and len(units) > 1:
        return Outcome("AllPutBack", {"lines": len(units)})
    return Outcome("PutBack", {"what": work.words(units[-1])})
