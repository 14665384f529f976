"""What a count asks after a scan, and the answers: numbers, a date, a quantity (10.7).

This module must never lose a unit that waits for an answer: another scan is refused until then.
"""

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select

from scanner_app.barcodes.parsed_barcode import ParsedBarcode
from scanner_app.code_index import NUMBER_KINDS, meanings_of
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.posting_refusals import ExpirationDateDiffers
from scanner_app.inventory.tracking_information import dated_number, known_expiration_dates
from scanner_app.inventory.typed_fields import read_day
from scanner_app.quantities import (
    ONE,
    check_rounding_precision,
    parse_quantity,
    to_base,
)
from scanner_app.records import to_code
from scanner_app.scanning.count_work import CountedItem, CountWork, counted_item, open_bin_of
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import BARE_FORMS
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.physical_inventory import is_booked
from scanner_app.warehouse.seen_in_bin import quantity_seen
from scanner_app.warehouse.warehouse_journal import BinCount

NUMBER_LENGTH = 50
WORDS = {"serial": "Serial No.", "lot": "Lot No.", "package": "Package No."}
FIELDS = {"serial": "serial_no", "lot": "lot_no", "package": "package_no"}

# What is asked for: the step that answers it, the field the answer fills, and its caption.
DATES = {
    "date": ("expiration-date", "expiration_date", "Expiration Date"),
    "warranty": ("warranty-date", "warranty_date", "Warranty Date"),
}


class NotANumber(RuleRefused):
    """A bin or document was scanned where a tracking number is asked for."""

    message = N_("{code} is a {kind}, not the {asked} asked for.")
    way_out = N_("Scan or type the {asked} of what you hold.")


def ask_or_count(
    work: CountWork, count: BinCount, bin_: Bin, item: CountedItem, unit: GivenUnit
) -> Outcome:
    """Ask for the first thing that is missing; count when nothing is."""
    unit = replace(unit, variant_id=item.variant_id, unit_of_measure_id=item.unit_of_measure_id)
    _check_expiration_date(work, item, unit)
    missing = item.missing(unit)
    if missing:
        return _ask(
            work,
            unit,
            missing,
            Outcome("AskNumber", {"what": item.words(unit), "kind": WORDS[missing]}),
        )
    if _date_is_asked(work, item, unit):
        return _ask(work, unit, "date", Outcome("AskExpirationDate", {"what": item.words(unit)}))
    if _warranty_is_asked(item, unit):
        return _ask(work, unit, "warranty", Outcome("AskWarrantyDate", {"what": item.words(unit)}))
    if unit.serial_no and item.missing(replace(unit, serial_no="")) == "serial":
        return _count(work, count, bin_, item, unit, ONE)
    parameters = {"what": item.words(unit), "unit": item.unit}
    return _ask(work, unit, "quantity", Outcome("AskQuantity", {**parameters}))


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
    if asks in DATES:
        step, field, caption = DATES[asks]
        if new.step != step:
            return None
        day = read_day(caption, new.raw).isoformat()
        return _go_on(work, replace(unit, **{field: day}))  # type: ignore[arg-type] # its dates
    return _answer_number(work, unit, asks)


def _ask(work: CountWork, unit: GivenUnit, asks: str, outcome: Outcome) -> Outcome:
    work.given = Given(units=(unit,), bin_id=work.given.bin_id, asks=asks)
    return outcome


def _check_expiration_date(work: CountWork, item: CountedItem, unit: GivenUnit) -> None:
    """A label that contradicts the known date of its lot is refused at the scan."""
    number = dated_number(item.item.id, item.variant_id, unit.numbers)
    if number is None or unit.expires is None:
        return
    known = known_expiration_dates(work.session, {number}).get(number)
    if known is not None and known != unit.expires:
        raise ExpirationDateDiffers(
            item_no=item.item.no, number=number[3], known=str(known), given=str(unit.expires)
        )


def _date_is_asked(work: CountWork, item: CountedItem, unit: GivenUnit) -> bool:
    """A number that nobody knows yet needs its date, where the code uses dates."""
    code = item.tracking_code
    if code is None or not code.use_expiration_dates or unit.expiration_date:
        return False
    number = dated_number(item.item.id, item.variant_id, unit.numbers)
    return number is not None and number not in known_expiration_dates(work.session, {number})


def _warranty_is_asked(item: CountedItem, unit: GivenUnit) -> bool:
    """What is found and not booked anywhere needs its warranty date, where the code asks."""
    code = item.tracking_code
    asks = code is not None and code.require_warranty_date_entry
    return asks and not unit.known and not unit.warranty_date


def _answer_quantity(work: CountWork, unit: GivenUnit, quantity: Decimal) -> Outcome:
    """A second quantity of the same number has to say whether it adds or replaces."""
    count, bin_ = open_bin_of(work)
    item = counted_item(work.session, unit, count)
    base = to_base(quantity, item.qty_per_unit_of_measure)
    check_rounding_precision(base, item.item.qty_rounding_precision, item.item.no)
    key = item.seen(unit, quantity).key(count.bin_id)
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


def _answer_number(work: CountWork, unit: GivenUnit, asks: str) -> Outcome | None:
    """A plain text is the number; a label of the same item says it by its identifiers."""
    parsed = work.scanned.parsed
    if parsed is None:
        return None
    bare = parsed.form in BARE_FORMS
    number = to_code(parsed.text, NUMBER_LENGTH) if bare else getattr(parsed, FIELDS[asks])
    gtin = "" if bare else parsed.gtin
    meanings = meanings_of(work.session, {number, gtin} - {""})
    items = {meaning.item_id for meaning in meanings if meaning.code == gtin}
    if not number or (gtin and unit.item_id not in items):
        return None
    for meaning in meanings:
        here = meaning.code == number and meaning.location_id in (None, work.location.id)
        if here and meaning.kind not in NUMBER_KINDS:
            raise NotANumber(code=number, kind=meaning.kind.value, asked=WORDS[asks])
    answered = replace(unit, **{FIELDS[asks]: number})  # type: ignore[arg-type] # a field of it
    return _go_on(work, _completed_by_label(answered, parsed))


def _completed_by_label(unit: GivenUnit, parsed: ParsedBarcode) -> GivenUnit:
    """What else the label of an answer says: the other numbers and the date."""
    label = TrackingNumbers(parsed.serial_no, parsed.lot_no, parsed.package_no)
    serial_no, lot_no, package_no = unit.numbers.completed_by(label).as_tuple()
    return replace(
        unit,
        serial_no=serial_no,
        lot_no=lot_no,
        package_no=package_no,
        expiration_date=unit.expiration_date or str(parsed.expiration_date or ""),
    )


def _go_on(work: CountWork, unit: GivenUnit) -> Outcome:
    count, bin_ = open_bin_of(work)
    item = counted_item(work.session, unit, count)
    return ask_or_count(work, count, bin_, item, unit)


def _count(
    work: CountWork,
    count: BinCount,
    bin_: Bin,
    item: CountedItem,
    unit: GivenUnit,
    quantity: Decimal,
) -> Outcome:
    """Write down what was seen, and say where it is booked when that is another bin."""
    seen = item.seen(unit, quantity)
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


def _booked_bin(work: CountWork, item: CountedItem, unit: GivenUnit) -> str:
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
