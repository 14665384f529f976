"""What a count asks after a scan, and the answers: numbers, a date, a quantity (10.7).

This module must never lose a unit that waits for an answer: another scan is refused until then.
"""

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select

from scanner_app.quantities import (
    ONE,
    check_rounding_precision,
    parse_quantity,
    to_base,
)
from scanner_app.scanning.asked_item import AskedItem
from scanner_app.scanning.count_work import CountWork, counted_item, open_bin_of, seen_unit
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.unit_answers import answered_unit, first_question
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.physical_inventory import is_booked
from scanner_app.warehouse.seen_in_bin import quantity_seen
from scanner_app.warehouse.warehouse_journal import BinCount


def ask_or_count(
    work: CountWork, count: BinCount, bin_: Bin, item: AskedItem, unit: GivenUnit
) -> Outcome:
    """Ask for the first thing that is missing; count when nothing is."""
    unit = replace(unit, variant_id=item.variant_id, unit_of_measure_id=item.unit_of_measure_id)
    question = first_question(work.session, item, unit)
    if question is None:
        return _count(work, count, bin_, item, unit, ONE)
    asks, outcome = question
    work.given = Given(units=(unit,), bin_id=work.given.bin_id, asks=asks)
    return outcome


def answer(work: CountWork, unit: GivenUnit) -> Outcome | None:
    """Take a scan or typed text as the answer that is waited for; None when it is none.

    Raises:
        RuleRefused: when it cannot be the answer.
    """
    new, asks = work.scanned.new, work.given.asks
    if asks == "quantity":
        if not new.step.startswith("quantity"):
            return None
        return _answer_quantity(work, unit, parse_quantity(new.raw))
    answered = answered_unit(work.session, work.scanned, work.location.id, unit, asks)
    return _go_on(work, answered) if answered else None


def _answer_quantity(work: CountWork, unit: GivenUnit, quantity: Decimal) -> Outcome:
    """A second quantity of the same number has to say whether it adds or replaces."""
    count, bin_ = open_bin_of(work)
    item = counted_item(work.session, unit, count)
    base = to_base(quantity, item.qty_per_unit_of_measure)
    check_rounding_precision(base, item.item.qty_rounding_precision, item.item.no)
    key = seen_unit(item, unit, quantity).key(count.bin_id)
    counted = quantity_seen(work.session, count, key)
    if counted and work.scanned.new.step == "quantity":
        return Outcome(
            "AddOrReplace",
            {
                "what": item.words(unit),
                "counted": counted,
                "unit": item.unit,
                "quantity": quantity,
            },
        )
    change = quantity - counted if work.scanned.new.step == "quantity-replace" else quantity
    return _count(work, count, bin_, item, unit, change)


def _go_on(work: CountWork, unit: GivenUnit) -> Outcome:
    count, bin_ = open_bin_of(work)
    item = counted_item(work.session, unit, count)
    return ask_or_count(work, count, bin_, item, unit)


def _count(
    work: CountWork,
    count: BinCount,
    bin_: Bin,
    item: AskedItem,
    unit: GivenUnit,
    quantity: Decimal,
) -> Outcome:
    """Write down what was seen, and say where it is booked when that is another bin."""
    seen = seen_unit(item, unit, quantity)
    work.keep([seen], count)
    work.given = Given(bin_id=bin_.id)
    booked = is_booked(work.session, count, seen.key(count.bin_id))
    what = item.words(unit)
    if not booked and unit.serial_no:
        elsewhere = _booked_bin(work, item, unit)
        if elsewhere:
            return Outcome("CountedElsewhere", {"what": what, "bin_code": elsewhere})
    if not booked:
        return Outcome("CountedUnexpected", {"what": what})
    return Outcome("Counted", {"quantity": quantity, "unit": item.unit, "what": what})


def _booked_bin(work: CountWork, item: AskedItem, unit: GivenUnit) -> str:
    """The bin in which a serial no. is booked at this location, if any."""
    statement = (
        select(Bin.code)
        .join(BinBalance, BinBalance.bin_id == Bin.id)
        .where(
            BinBalance.location_id == work.location.id,
            BinBalance.item_id == item.item.id,
            BinBalance.variant_id == item.variant_id,
            BinBalance.serial_no == unit.serial_no,
            BinBalance.is_adjustment_bin.is_(False),
            HAS_STOCK,
        )
        .limit(1)
    )
    return work.session.scalar(statement) or ""
