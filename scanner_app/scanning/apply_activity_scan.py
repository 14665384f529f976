"""Apply a scan to a put-away, pick or movement: unit and bin, in either order.

A unit that was scanned waits for its bin, a bin that was scanned waits for its unit; the second
of the two applies the line. A package stands for all its lines. A pick knows the bin of a
serial no. and of a package by itself (docs/domain.md 10.4, 10.5).

This module must never register: a scanned line is only a quantity to handle.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from scanner_app.code_index import CodeKind
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking import describe
from scanner_app.quantities import parse_quantity
from scanner_app.scanning.activity_pairs import Pair, add_to_pair, load_pairs, open_pairs
from scanner_app.scanning.activity_work import ActivityWork, pairs_of
from scanner_app.scanning.apply_activity_quantity import apply_activity_quantity
from scanner_app.scanning.document_work import NotOnDocument
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.scanning.note_missing import MISSING, found_after_all, note_missing
from scanner_app.scanning.other_document import other_document
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.place_elsewhere import (
    fitting_elsewhere,
    needs_second_scan,
    part_for_bin,
)
from scanner_app.scanning.resolve import Candidate, candidates_of, choose
from scanner_app.scanning.room_in_bin import check_room_of_placed
from scanner_app.scanning.skip_line import SKIP, skip_line
from scanner_app.scanning.unit_stock import stock_of_unit
from scanner_app.scanning.units_of_activity import (
    Fit,
    are_complete,
    check_fits,
    given_unit,
    matching_pairs,
    numbers_to_fill,
    proposed_quantity,
)
from scanner_app.warehouse.activity import (
    ActivityType,
    QuantityAboveOutstanding,
)
from scanner_app.warehouse.bin import Bin, check_open_inbound

# What is said of the line on the page without a scan.
TAPPED: dict[str, Callable[[ActivityWork], Outcome]] = {MISSING: note_missing, SKIP: skip_line}


class BinDiffers(RuleRefused):
    """The unit belongs in, or comes from, another bin."""

    message = N_("{what} asks for bin {expected}, not {scanned}.")
    way_out = N_("Scan the unit again, then bin {expected}.")
    field = "Bin Code"


class BinNotOnDocument(RuleRefused):
    """No open line of the document names the bin."""

    message = N_("Nothing of {document_no} is left for bin {scanned}.")
    way_out = N_("Scan what you hold first; the screen then shows its bin.")
    field = "Bin Code"


def apply_activity_scan(work: ActivityWork) -> Outcome:
    """Apply one scan; `work.given` and `work.effects` hold what it leaves behind.

    Raises:
        RuleRefused: when the scan does not fit.
    """
    if work.scanned.new.step == "quantity":
        return apply_activity_quantity(work, parse_quantity(work.scanned.new.raw))
    if work.scanned.new.step in TAPPED:
        return TAPPED[work.scanned.new.step](work)
    parsed = work.scanned.parsed
    if parsed is None:
        raise NotOnDocument(what=work.scanned.new.raw, document_no=work.activity.no)
    candidates = candidates_of(work.session, parsed, work.location.id, work.scanned.work_date)
    units: list[Candidate | GivenUnit] = [*candidates, *work.given.units]
    work.stock = stock_of_unit(work.session, work.location.id, units)
    pairs = load_pairs(
        work.session,
        work.activity,
        item_ids={c.item_id for c in candidates} | work.stock.item_ids | _items_in_hand(work.given),
        bin_ids={c.target_id for c in candidates if c.kind is CodeKind.BIN},
    )
    work.used = {pair.numbers for pair in pairs}
    candidate = choose(candidates, lambda c: _is_expected(work, c, pairs), work.scanned.new.choice)
    if candidate.kind is CodeKind.BIN:
        return _apply_bin(work, work.session.get_one(Bin, candidate.target_id), pairs)
    if not candidate.is_unit:
        return other_document(work.session, candidate, work.scanned.by.user_id)
    return _apply_unit(work, candidate, pairs)


def _items_in_hand(given: Given) -> set[int]:
    return {unit.item_id for unit in given.units if unit.item_id}


def _is_expected(work: ActivityWork, candidate: Candidate, pairs: Sequence[Pair]) -> bool:
    if candidate.kind is CodeKind.BIN:
        waiting = (pair.bin_to_scan(work.type) for pair in open_pairs(pairs))
        return bool(work.given.units) or candidate.target_id in waiting
    if not candidate.is_unit:
        return False
    matching = matching_pairs(candidate, pairs, work.stock)
    return any(pair.take.qty_to_handle < pair.take.qty_outstanding for pair in matching)


def _apply_unit(work: ActivityWork, candidate: Candidate, pairs: Sequence[Pair]) -> Outcome:
    """A unit waits for its bin, unless the bin is known already."""
    matching = matching_pairs(candidate, pairs, work.stock)
    fitting = open_pairs(matching) or found_after_all(work, candidate, matching)
    if matching and not fitting:
        work.given = replace(work.given, units=(), bin_id=0)
        return Outcome("AlreadyTaken", {"what": matching[0].words})
    question = Fit(work.activity, candidate, fitting, pairs, work.stock)
    check_fits(work.session, question, work.scanned.by)
    unit = given_unit(work.session, candidate, fitting)
    if work.given.bin_id:
        return _apply_in_bin(work, [unit], fitting, work.session.get_one(Bin, work.given.bin_id))
    if _bin_is_implied(work, unit):
        return _apply_pairs(work, [(pair, unit) for pair in pairs_of(unit, fitting)])
    work.hold(units=_in_hand_with(work, unit, fitting[0]))
    return _unit_given(work, unit, fitting)


def _in_hand_with(work: ActivityWork, unit: GivenUnit, pair: Pair) -> tuple[GivenUnit, ...]:
    """The same unit again is one, unless each scan counts: then the two add up."""
    others = tuple(held for held in work.given.units if not held.is_same_as(unit))
    same = next((held for held in work.given.units if held.is_same_as(unit)), None)
    if same is None:
        return (*others, unit)
    if not work.location.scan_each_unit or unit.serial_no or unit.whole_package:
        return (*others, replace(unit, quantity=unit.quantity or same.quantity))
    held, more = (
        proposed_quantity(work.session, work.location, pair, part, work.stock)
        for part in (same, unit)
    )
    return (*others, replace(unit, quantity=str(held + more)))


def _bin_is_implied(work: ActivityWork, unit: GivenUnit) -> bool:
    """A pick of a serial no. or a package can only come from where it lies."""
    return work.type is ActivityType.PICK and (bool(unit.serial_no) or unit.whole_package)


def _unit_given(work: ActivityWork, unit: GivenUnit, fitting: Sequence[Pair]) -> Outcome:
    bin_code = fitting[0].code_of_bin_to_scan(work.type)
    if unit.whole_package:
        return Outcome(
            "PackageGiven",
            {"package_no": unit.package_no, "lines": len(fitting), "bin_code": bin_code},
        )
    what = describe(fitting[0].item.no, unit.numbers)
    if not bin_code:
        return Outcome("UnitGivenAnyBin", {"what": what})
    return Outcome("UnitGiven", {"what": what, "bin_code": bin_code})


def _apply_bin(work: ActivityWork, bin_: Bin, pairs: Sequence[Pair]) -> Outcome:
    """A bin takes what is in the hand, or waits for it."""
    if work.given.units:
        return _apply_in_bin(work, work.given.units, open_pairs(pairs), bin_)
    waiting = [pair for pair in open_pairs(pairs) if pair.bin_to_scan(work.type) == bin_.id]
    if not waiting:
        raise BinNotOnDocument(document_no=work.activity.no, scanned=bin_.code)
    work.hold(bin_id=bin_.id)
    return Outcome("BinGiven", {"bin_code": bin_.code})


def _apply_in_bin(
    work: ActivityWork, units: Sequence[GivenUnit], pairs: Sequence[Pair], bin_: Bin
) -> Outcome:
    """Apply the units that belong in this bin; the others stay in the hand."""
    chosen: list[tuple[Pair, GivenUnit]] = []
    rest: list[GivenUnit] = []
    for unit in units:
        here = [p for p in pairs_of(unit, pairs) if _belongs(work, p, bin_)]
        # A line that names the bin comes before one that any bin may fill.
        here.sort(key=lambda pair: pair.bin_to_scan(work.type) is None)
        chosen.extend((pair, unit) for pair in here)
        if not here:
            rest.append(unit)
    if not chosen:
        chosen = fitting_elsewhere(work, units, pairs, bin_)
        rest = [unit for unit in units if not any(unit is other for _, other in chosen)]
        what, expected = _asked(work, units, pairs, bin_)
        if not chosen:
            raise BinDiffers(what=what, expected=expected, scanned=bin_.code)
        if needs_second_scan(work, bin_):
            work.given = replace(work.given, other_bin_id=bin_.id)
            return Outcome("OtherBin", {"what": what, "expected": expected, "scanned": bin_.code})
    outcome = _apply_pairs(work, chosen, bin_)
    work.given = replace(work.given, units=tuple(rest))
    return outcome


def _asked(
    work: ActivityWork, units: Sequence[GivenUnit], pairs: Sequence[Pair], bin_: Bin
) -> tuple[str, str]:
    """What was brought to a bin, and the bin it belongs in."""
    asking = [(unit, pair) for unit in units for pair in pairs_of(unit, pairs)]
    if not asking:
        return bin_.code, "-"
    unit, pair = asking[0]
    what = unit.package_no if unit.whole_package else pair.words
    return what, pair.code_of_bin_to_scan(work.type) or "-"


def _belongs(work: ActivityWork, pair: Pair, bin_: Bin) -> bool:
    """The bin that was asked for; a line without one takes any bin open to put-away."""
    expected = pair.bin_to_scan(work.type)
    if expected is not None:
        return expected == bin_.id
    check_open_inbound(bin_)
    return not bin_.is_adjustment_bin and bin_.id != pair.take.bin_id


def _apply_pairs(
    work: ActivityWork, chosen: Sequence[tuple[Pair, GivenUnit]], bin_: Bin | None = None
) -> Outcome:
    """Set the quantities to handle; the last single pair stays open for a typed number."""
    whole_package = chosen[0][1].whole_package
    applied: list[Pair] = []
    quantities: list[Decimal] = []
    for pair, unit in chosen if whole_package else _one_pair_for_each_unit(chosen):
        numbers = numbers_to_fill(pair, unit, work.stock, work.used)
        if whole_package and not are_complete(numbers, pair.asked):
            continue  # The package holds fewer units than the document asks for.
        quantity = proposed_quantity(work.session, work.location, pair, unit, work.stock)
        if quantity > pair.remaining:
            raise QuantityAboveOutstanding(
                quantity=quantity, outstanding=pair.remaining, unit=pair.unit
            )
        part = part_for_bin(work, pair, quantity, bin_)
        before = part.state
        split_off = add_to_pair(work.session, work.activity, part, numbers, quantity)
        if bin_ is not None and work.type is not ActivityType.PICK:
            part.place.bin_id, part.place_bin = bin_.id, bin_
        work.changed(part, before, split_off)
        applied.append(part)
        quantities.append(quantity)
    if not applied:
        raise NotOnDocument(what=chosen[0][1].package_no, document_no=work.activity.no)
    last = applied[-1]
    work.hold(pair_no=0 if last.numbers.serial_no or whole_package else last.take.pair_no)
    warned = check_room_of_placed(work, list(zip(applied, quantities, strict=True)))
    return warned or _applied(work, applied, quantities)


def _one_pair_for_each_unit(
    chosen: Sequence[tuple[Pair, GivenUnit]],
) -> list[tuple[Pair, GivenUnit]]:
    """A unit fills one pair: the one that names most of its numbers, else the first."""
    best: dict[GivenUnit, Pair] = {}
    for pair, unit in chosen:
        named = sum(bool(number) for number in pair.numbers.as_tuple())
        held = best.get(unit)
        if held is None or named > sum(bool(number) for number in held.numbers.as_tuple()):
            best[unit] = pair
    return [(pair, unit) for unit, pair in best.items()]


def _applied(work: ActivityWork, pairs: Sequence[Pair], quantities: Sequence[Decimal]) -> Outcome:
    takes = work.type is ActivityType.PICK
    bin_code = pairs[-1].code_of_bin_to_scan(work.type)
    if len(pairs) > 1:
        code = "LinesTaken" if takes else "LinesPlaced"
        return Outcome(code, {"lines": len(pairs), "bin_code": bin_code})
    return Outcome(
        "Taken" if takes else "Placed",
        {
            "quantity": quantities[0],
            "unit": pairs[0].unit,
            "what": pairs[0].words,
            "bin_code": bin_code,
        },
    )
