"""Apply a scan to an item journal: bin first, then what lies in it becomes lines (12.7).

A serial no. is a line of its own; the item stays in the hand, so that its serial numbers are
scanned one after the other. Everything else asks how many, unless the label says so. What the
item requires is asked at once, taking from the label what is there.

This module must never write a line twice for one serial no., nor drop a unit that waits for an
answer: another scan is refused until it is answered or put back.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from scanner_app.barcodes.parsed_barcode import ParsedBarcode
from scanner_app.code_index import CodeKind, meanings_of
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.item_tracking_code import (
    EntryType,
    ItemTrackingCode,
    NumbersAsked,
    numbers_required,
)
from scanner_app.inventory.location import Location
from scanner_app.quantities import ONE, parse_quantity
from scanner_app.records import to_code
from scanner_app.scanning.asked_item import AskedItem, asked_item
from scanner_app.scanning.document_work import (
    NotOnDocument,
    QuantityNotAsked,
    Scanned,
    other_document,
)
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import BARE_FORMS, Candidate, candidates_of, choose
from scanner_app.scanning.unit_answers import (
    NUMBER_LENGTH,
    AnswerFirst,
    answered_unit,
    completed_by_label,
    first_question,
)
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.item_journal_lines import check_numbers_documents
from scanner_app.warehouse.post_item_journal import DirectedLocation
from scanner_app.warehouse.scanned_journal_line import add_scanned_line, is_serial_on_journal

PUT_BACK = "put-back"


class BinBeforeStock(RuleRefused):
    """Stock is scanned before the bin in which it lies."""

    message = N_("Location {location} has bins, and none is scanned yet.")
    way_out = N_("Scan the bin in which it lies, then what lies in it.")
    field = "Bin Code"


@dataclass
class JournalWork:
    """One scan on one item journal, with what is half given before and after it."""

    session: Session
    batch: ItemJournalBatch
    location: Location
    scanned: Scanned
    given: Given
    effects: list[dict[str, Any]] = field(default_factory=list)

    @property
    def unit(self) -> GivenUnit | None:
        """The unit that something is asked of, or whose item goes on."""
        return self.given.units[0] if self.given.units else None


def journal_item(session: Session, unit: GivenUnit) -> AskedItem:
    """The item of a unit, with the numbers that a positive adjustment must name."""
    return asked_item(session, unit, _asked_of)


def apply_journal_scan(work: JournalWork) -> Outcome:
    """Apply one scan; `work.given` holds what it leaves behind.

    Raises:
        RuleRefused: when the scan does not fit.
    """
    if work.location.directed_put_away_and_pick:
        raise DirectedLocation(location=work.location.code)
    check_numbers_documents(work.session, work.batch)
    if work.scanned.new.step == PUT_BACK:
        return _put_back(work)
    answered = _answer(work, work.unit) if work.unit else None
    if answered is not None:
        return answered
    parsed = work.scanned.parsed
    if parsed is None:
        raise _not_asked(work)
    candidates = candidates_of(work.session, parsed, work.location.id, work.scanned.work_date)
    candidate = choose(candidates, _is_item_or_bin, work.scanned.new.choice)
    if candidate.is_unit or candidate.kind is CodeKind.BIN:
        _check_nothing_asked(work)
    if candidate.kind is CodeKind.BIN:
        return _apply_bin(work, work.session.get_one(Bin, candidate.target_id))
    if not candidate.is_unit:
        return other_document(candidate)
    return _apply_unit(work, candidate, parsed)


def _asked_of(code: ItemTrackingCode | None) -> NumbersAsked:
    return numbers_required(code, EntryType.POSITIVE_ADJUSTMENT, inbound=True)


def _is_item_or_bin(candidate: Candidate) -> bool:
    """A number that is known already is rarely what begins an opening balance."""
    return candidate.kind is CodeKind.BIN or not candidate.numbers


def _not_asked(work: JournalWork) -> RuleRefused:
    raw = work.scanned.new.raw[:40]
    if work.scanned.new.step == "quantity":
        return QuantityNotAsked(quantity=raw)
    return NotOnDocument(what=raw, document_no=work.batch.name)


def _check_nothing_asked(work: JournalWork) -> None:
    if work.unit and not work.given.goes_on:
        words = journal_item(work.session, work.unit).words(work.unit)
        raise AnswerFirst(what=words, asked=work.given.asks)


def _put_back(work: JournalWork) -> Outcome:
    """Forget what waits for an answer; nothing of it was written."""
    unit = work.unit
    work.given = Given(bin_id=work.given.bin_id)
    if unit is None:
        raise _not_asked(work)
    return Outcome("PutBack", {"what": journal_item(work.session, unit).words(unit)})


def _apply_bin(work: JournalWork, bin_: Bin) -> Outcome:
    work.given = Given(bin_id=bin_.id)
    return Outcome("JournalBin", {"bin_code": bin_.code})


def _apply_unit(work: JournalWork, candidate: Candidate, label: ParsedBarcode) -> Outcome:
    if not candidate.item_id:
        raise NotOnDocument(what=candidate.code, document_no=work.batch.name)
    if work.location.bin_mandatory and not work.given.bin_id:
        raise BinBeforeStock(location=work.location.code)
    serial_no, lot_no, package_no = candidate.numbers.as_tuple()
    unit = GivenUnit(
        item_id=candidate.item_id,
        variant_id=candidate.variant_id,
        unit_of_measure_id=candidate.unit_of_measure_id,
        serial_no=serial_no,
        lot_no=lot_no,
        package_no=package_no,
        quantity=f"{candidate.quantity:f}" if candidate.quantity else "",
    )
    return _ask_or_add(work, completed_by_label(unit, label))


def _answer(work: JournalWork, unit: GivenUnit) -> Outcome | None:
    """Take the scan as the answer that is waited for; None when it is none."""
    new, asks = work.scanned.new, work.given.asks
    if asks == "quantity":
        if new.step != "quantity":
            return None
        return _ask_or_add(work, replace(unit, quantity=f"{parse_quantity(new.raw):f}"))
    if work.given.goes_on:
        if _ends_run(work):
            return None
        unit = _going_on(unit, work.scanned.parsed)
    answered = answered_unit(work.session, work.scanned, work.location.id, unit, asks)
    return _ask_or_add(work, answered) if answered else None


def _ends_run(work: JournalWork) -> bool:
    """A code that is known here, and as no serial no., is a bin, an item or what else it is."""
    label = work.scanned.parsed
    if label is None or label.form not in BARE_FORMS:
        return False
    here = (None, work.location.id)
    meanings = meanings_of(work.session, [to_code(label.text, NUMBER_LENGTH), label.gtin])
    kinds = {meaning.kind for meaning in meanings if meaning.location_id in here}
    return bool(kinds) and CodeKind.SERIAL not in kinds


def _going_on(unit: GivenUnit, label: ParsedBarcode | None) -> GivenUnit:
    """What the label of the next unit says itself is not taken from the unit before it."""
    if label is None:
        return unit
    another_lot = label.lot_no not in ("", unit.lot_no)
    own_date = another_lot or label.expiration_date is not None
    return replace(
        unit,
        lot_no="" if another_lot else unit.lot_no,
        package_no="" if label.package_no else unit.package_no,
        expiration_date="" if own_date else unit.expiration_date,
    )


def _ask_or_add(work: JournalWork, unit: GivenUnit) -> Outcome:
    """Ask for the first thing that is missing; add a line when nothing is."""
    item = journal_item(work.session, unit)
    unit = replace(unit, variant_id=item.variant_id, unit_of_measure_id=item.unit_of_measure_id)
    if unit.serial_no and item.asked.serial and _is_there(work, item, unit):
        work.given = _next_of_run(work, unit)
        return Outcome("AlreadyOnJournal", {"what": item.words(unit)})
    question = first_question(work.session, item, unit)
    if question is None:
        _add(work, item, unit, ONE)
        work.given = _next_of_run(work, unit)
        return Outcome("SerialOnJournal", {"what": item.words(unit)})
    asks, outcome = question
    if asks == "quantity" and unit.typed_quantity is not None:
        _add(work, item, unit, unit.typed_quantity)
        work.given = Given(bin_id=work.given.bin_id)
        return Outcome(
            "LineOnJournal",
            {"quantity": unit.typed_quantity, "unit": item.unit, "what": item.words(unit)},
        )
    work.given = Given(units=(unit,), bin_id=work.given.bin_id, asks=asks)
    return outcome


def _is_there(work: JournalWork, item: AskedItem, unit: GivenUnit) -> bool:
    return is_serial_on_journal(
        work.session, work.batch, item.item.id, item.variant_id, unit.serial_no
    )


def _next_of_run(work: JournalWork, unit: GivenUnit) -> Given:
    """The same item, lot, package and dates wait for the next serial no.

    Where no lot has the expiration date, the serial no. has it, and the next has its own.
    """
    day = unit.expiration_date if unit.lot_no else ""
    following = replace(unit, serial_no="", quantity="", expiration_date=day)
    return Given(units=(following,), bin_id=work.given.bin_id, asks="serial", goes_on=True)


def _add(work: JournalWork, item: AskedItem, unit: GivenUnit, quantity: Decimal) -> None:
    session, bin_id = work.session, work.given.bin_id
    numbers = unit.numbers.only(item.asked)
    is_serial = bool(numbers.serial_no)
    serial_no, lot_no, package_no = numbers.as_tuple()
    scanned = {
        "item_no": item.item.no,
        "variant": session.get_one(ItemVariant, item.variant_id).code,
        "location": work.location.code,
        "bin": session.get_one(Bin, bin_id).code if bin_id else "",
        "quantity": f"{quantity:f}",
        "unit": "" if is_serial else item.unit,
        "serial_no": serial_no,
        "lot_no": lot_no,
        "package_no": package_no,
        "expiration_date": unit.expiration_date,
        "warranty_date": unit.warranty_date,
    }
    line_no = add_scanned_line(session, work.batch, scanned, work.scanned.work_date)
    work.effects.append({"item_journal_line": line_no, "quantity": scanned["quantity"]})
