"""What is asked of a unit after its scan, and the answers: numbers and dates (10.7).

This module must never ask for a quantity, nor take one: what is in stock is not known here.
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from scanner_app.barcodes.parsed_barcode import ParsedBarcode
from scanner_app.code_index import NUMBER_KINDS, meanings_of
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.posting_refusals import ExpirationDateDiffers
from scanner_app.inventory.tracking_information import dated_number, known_expiration_dates
from scanner_app.inventory.typed_fields import read_day
from scanner_app.records import to_code
from scanner_app.scanning.asked_item import AskedItem
from scanner_app.scanning.document_work import Scanned
from scanner_app.scanning.given import GivenUnit
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import BARE_FORMS

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

    message = N_("{code} ({kind}) is not the {asked} asked for.")
    way_out = N_("Scan or type the {asked} of what you hold.")


class AnswerFirst(RuleRefused):
    """Something scanned before still waits for an answer."""

    message = N_("{what} still waits for its {asked}.")
    way_out = N_("Answer that first; this scan was not used.")


def first_question(
    session: Session, item: AskedItem, unit: GivenUnit
) -> tuple[str, Outcome] | None:
    """The first thing that must be known of a unit; None of a serial no. of which all is known.

    Raises:
        ExpirationDateDiffers: when its label contradicts the known date of its number.
    """
    _check_expiration_date(session, item, unit)
    what, missing = item.words(unit), item.missing(unit)
    if missing:
        return missing, Outcome("AskNumber", {"what": what, "kind": WORDS[missing]})
    if _date_is_asked(session, item, unit):
        return "date", Outcome("AskExpirationDate", {"what": what})
    if _warranty_is_asked(item, unit):
        return "warranty", Outcome("AskWarrantyDate", {"what": what})
    if unit.serial_no and item.asked.serial:
        return None
    return "quantity", Outcome("AskQuantity", {"what": what, "unit": item.unit})


def answered_unit(
    session: Session, scanned: Scanned, location_id: int, unit: GivenUnit, asks: str
) -> GivenUnit | None:
    """The unit with the number or date that was asked for; None when the scan is no answer.

    Raises:
        RuleRefused: when it cannot be the answer.
    """
    if asks not in DATES:
        return _with_number(session, scanned.parsed, location_id, unit, asks)
    step, field, caption = DATES[asks]
    if scanned.new.step != step:
        return None
    day = read_day(caption, scanned.new.raw).isoformat()
    return replace(unit, **{field: day})  # type: ignore[arg-type] # its dates


def _check_expiration_date(session: Session, item: AskedItem, unit: GivenUnit) -> None:
    """A label that contradicts the known date of its lot is refused at the scan."""
    number = dated_number(item.item.id, item.variant_id, unit.numbers)
    if number is None or unit.expires is None:
        return
    known = known_expiration_dates(session, {number}).get(number)
    if known is not None and known != unit.expires:
        raise ExpirationDateDiffers(
            item_no=item.item.no, number=number[3], known=str(known), given=str(unit.expires)
        )


def _date_is_asked(session: Session, item: AskedItem, unit: GivenUnit) -> bool:
    """A number that nobody knows yet needs its date, where the code uses dates."""
    code = item.tracking_code
    if code is None or not code.use_expiration_dates or unit.expiration_date:
        return False
    number = dated_number(item.item.id, item.variant_id, unit.numbers)
    return number is not None and number not in known_expiration_dates(session, {number})


def _warranty_is_asked(item: AskedItem, unit: GivenUnit) -> bool:
    """What is found and not booked anywhere needs its warranty date, where the code asks."""
    code = item.tracking_code
    asks = code is not None and code.require_warranty_date_entry
    return asks and not unit.known and not unit.warranty_date


def _with_number(
    session: Session, parsed: ParsedBarcode | None, location_id: int, unit: GivenUnit, asks: str
) -> GivenUnit | None:
    """A plain text is the number; a label of the same item says it by its identifiers."""
    if parsed is None:
        return None
    bare = parsed.form in BARE_FORMS
    number = to_code(parsed.text, NUMBER_LENGTH) if bare else getattr(parsed, FIELDS[asks])
    gtin = "" if bare else parsed.gtin
    meanings = meanings_of(session, {number, gtin} - {""})
    items = {meaning.item_id for meaning in meanings if meaning.code == gtin}
    if not number or (gtin and unit.item_id not in items):
        return None
    for meaning in meanings:
        here = meaning.code == number and meaning.location_id in (None, location_id)
        if here and meaning.kind not in NUMBER_KINDS:
            raise NotANumber(code=number, kind=meaning.kind.value, asked=WORDS[asks])
    answered = replace(unit, **{FIELDS[asks]: number})  # type: ignore[arg-type] # a field of it
    return completed_by_label(answered, parsed)


def completed_by_label(unit: GivenUnit, parsed: ParsedBarcode) -> GivenUnit:
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
