"""Apply a scan to a physical inventory: bin first, then what lies in it (docs/domain.md 10.7).

A serial no. counts one. A lot asks how many. A sealed package counts all that is booked in it
here. What is not booked asks at once for what its code requires, taking from the label what is
there. The same bin again closes it.

This module must never tell a counter what is expected.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from scanner_app.code_index import CodeKind
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.quantities import ONE, from_base
from scanner_app.scanning.count_answers import answer, ask_or_count
from scanner_app.scanning.count_work import (
    CountWork,
    ScanBinFirst,
    counted_item,
    open_bin_of,
)
from scanner_app.scanning.document_work import NotOnDocument
from scanner_app.scanning.given import NOTHING_GIVEN, Given, GivenUnit
from scanner_app.scanning.other_document import other_document
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import Candidate, candidates_of, choose
from scanner_app.scanning.unit_answers import AnswerFirst
from scanner_app.scanning.unit_stock import stock_of_unit
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import BinBalance
from scanner_app.warehouse.calculate_inventory import units_of_items
from scanner_app.warehouse.physical_inventory import (
    SeenUnit,
    close_bin,
    count_of_bin,
    open_bin,
)
from scanner_app.warehouse.seen_in_bin import counted_so_far, keys_in_package, total_base
from scanner_app.warehouse.warehouse_journal import BinCount


class CloseBinFirst(RuleRefused):
    """Another bin is still open."""

    message = N_("Bin {bin_code} is still open.")
    way_out = N_("Scan {bin_code} again to close it, then bin {scanned}.")
    field = "Bin Code"


class PackageNotHere(RuleRefused):
    """Nothing of the package is booked in this bin, so its contents are not known."""

    message = N_("Package {package_no} is not booked in bin {bin_code}.")
    way_out = N_("Scan each unit that is in it.")
    field = "Package No."


def apply_count_scan(work: CountWork) -> Outcome:
    """Apply one scan; `work.given` holds what it leaves behind.

    Raises:
        RuleRefused: when the scan does not fit.
    """
    if work.given.asks and work.given.units:
        answered = answer(work, work.given.units[0])
        if answered is not None:
            return answered
    parsed = work.scanned.parsed
    if parsed is None:
        raise NotOnDocument(what=work.scanned.new.raw[:40], document_no=work.batch.name)
    candidates = candidates_of(work.session, parsed, work.location.id, work.scanned.work_date)
    stock = stock_of_unit(work.session, work.location.id, candidates)
    here = [row for row in stock.rows if row.bin_id == work.given.bin_id]
    candidate = choose(candidates, lambda c: _is_expected(work, c, here), work.scanned.new.choice)
    if candidate.kind is CodeKind.BIN:
        return _apply_bin(work, work.session.get_one(Bin, candidate.target_id))
    if not candidate.is_unit:
        return other_document(work.session, candidate, work.scanned.by.user_id)
    _check_nothing_asked(work)
    count, bin_ = open_bin_of(work)
    if candidate.kind is CodeKind.PACKAGE:
        return _count_package(work, count, bin_, candidate, here)
    return _count_unit(work, count, bin_, candidate, stock.rows)


def _is_expected(work: CountWork, candidate: Candidate, here: Sequence[BinBalance]) -> bool:
    """What is booked in the open bin is meant before what is booked elsewhere."""
    if candidate.kind is CodeKind.BIN:
        return not work.given.bin_id or candidate.target_id == work.given.bin_id
    if candidate.kind is CodeKind.PACKAGE:
        return any(row.package_no == candidate.numbers.package_no for row in here)
    return any(
        row.item_id == candidate.item_id and numbers_of(row).agree_with(candidate.numbers)
        for row in here
    )


def _check_nothing_asked(work: CountWork) -> None:
    if not (work.given.asks and work.given.units):
        return
    open_here = _open_here(work)
    if open_here is not None:
        unit = work.given.units[0]
        item = counted_item(work.session, unit, open_here[0])
        raise AnswerFirst(what=item.words(unit), asked=work.given.asks)


def _apply_bin(work: CountWork, bin_: Bin) -> Outcome:
    """Open a bin, or close the one that is open."""
    _check_nothing_asked(work)
    open_now = _open_here(work) if work.given.bin_id else None
    if open_now is not None:
        open_count, open_bin_ = open_now
        if open_bin_.id == bin_.id:
            return _close(work, open_count, bin_)
        raise CloseBinFirst(bin_code=open_bin_.code, scanned=bin_.code)
    count = count_of_bin(work.session, work.batch, bin_)
    before = count.state
    open_bin(work.session, count, bin_, work.scanned.by)
    work.bin_changed(count, before)
    work.given = Given(bin_id=bin_.id)
    return Outcome("BinOpened", {"bin_code": bin_.code})


def _open_here(work: CountWork) -> tuple[BinCount, Bin] | None:
    """The bin open on this device; none when its worker closed it on another one."""
    try:
        return open_bin_of(work)
    except ScanBinFirst:
        work.given = NOTHING_GIVEN
        return None


def _close(work: CountWork, count: BinCount, bin_: Bin) -> Outcome:
    """A bin in which nothing was seen has to be scanned once more."""
    entries = counted_so_far(work.session, count)
    found = sum(1 for part in entries.values() if total_base(part) > 0)
    if not found and not work.given.confirm_empty:
        work.given = replace(work.given, confirm_empty=True)
        return Outcome("ConfirmEmpty", {"bin_code": bin_.code})
    before = count.state
    close_bin(work.session, count, entries, work.scanned.by)
    work.bin_changed(count, before)
    work.given = Given()
    if not found:
        return Outcome("BinClosedEmpty", {"bin_code": bin_.code})
    return Outcome("BinClosed", {"bin_code": bin_.code, "found": found})


def _count_package(
    work: CountWork,
    count: BinCount,
    bin_: Bin,
    candidate: Candidate,
    here: Sequence[BinBalance],
) -> Outcome:
    """A package that is the only number of its item asks its quantity; others count whole."""
    booked = [row for row in here if row.package_no == candidate.numbers.package_no]
    if not booked:
        raise PackageNotHere(package_no=candidate.numbers.package_no, bin_code=bin_.code)
    only = booked[0]
    if len(booked) == 1 and not (only.serial_no or only.lot_no):
        unit = GivenUnit(
            item_id=only.item_id,
            variant_id=only.variant_id,
            unit_of_measure_id=only.unit_of_measure_id,
            package_no=only.package_no,
        )
        item = counted_item(work.session, unit, count)
        return ask_or_count(work, count, bin_, item, unit)
    factors = units_of_items(work.session, {row.item_id for row in booked})
    package_no = candidate.numbers.package_no
    seen_before = keys_in_package(work.session, count, package_no)
    units = [_seen(row, factors[row.item_id, row.unit_of_measure_id]) for row in booked]
    work.keep([unit for unit in units if unit.key(count.bin_id) not in seen_before], count)
    work.given = Given(bin_id=bin_.id)
    return Outcome("PackageCounted", {"package_no": package_no, "lines": len(booked)})


def _seen(row: BinBalance, factor: Decimal) -> SeenUnit:
    """The whole booked quantity of one balance, as seen."""
    return SeenUnit(
        item_id=row.item_id,
        variant_id=row.variant_id,
        unit_of_measure_id=row.unit_of_measure_id,
        qty_per_unit_of_measure=factor,
        numbers=numbers_of(row),
        quantity=ONE if row.serial_no else from_base(row.quantity_base, factor),
        expiration_date=row.expiration_date,
    )


def _count_unit(
    work: CountWork,
    count: BinCount,
    bin_: Bin,
    candidate: Candidate,
    rows: Sequence[BinBalance],
) -> Outcome:
    unit = GivenUnit(
        item_id=candidate.item_id,
        variant_id=candidate.variant_id,
        unit_of_measure_id=candidate.unit_of_measure_id,
        serial_no=candidate.numbers.serial_no,
        lot_no=candidate.numbers.lot_no,
        package_no=candidate.numbers.package_no,
        expiration_date=str(candidate.expiration_date or ""),
    )
    unit = _completed(unit, rows, count.bin_id)
    item = counted_item(work.session, unit, count)
    return ask_or_count(work, count, bin_, item, unit)


def _completed(unit: GivenUnit, rows: Sequence[BinBalance], bin_id: int) -> GivenUnit:
    """Lot and package of a serial no. that is known, or that only one line of this bin can mean."""
    same = [
        row
        for row in rows
        if row.item_id == unit.item_id and numbers_of(row).agree_with(unit.numbers)
    ]
    here = [row for row in same if row.bin_id == bin_id]
    known = here if len(here) == 1 else same if unit.serial_no and len(same) == 1 else []
    if not known:
        return unit
    numbers = unit.numbers.completed_by(numbers_of(known[0]))
    return replace(
        unit,
        variant_id=known[0].variant_id,
        serial_no=numbers.serial_no,
        lot_no=numbers.lot_no,
        package_no=numbers.package_no,
        expiration_date=unit.expiration_date or str(known[0].expiration_date or ""),
        warranty_date=str(known[0].warranty_date or ""),
        known=True,
    )
