"""Entering units one by one: what is missing of each is asked, and then it is written (12.7, 6.9).

A serial no. is one unit; the item stays in the hand, so that its serial numbers are scanned one
after the other. Everything else asks how many, unless the label says so. What the item requires
is asked at once, taking from the label what is there.

This module must never know where units are written, nor drop one that waits for an answer: another
scan is refused until it is answered or put back.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from scanner_app.barcodes.parsed_barcode import ParsedBarcode
from scanner_app.code_index import CodeKind, meanings_of
from scanner_app.errors import RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.quantities import ONE, parse_quantity
from scanner_app.records import to_code
from scanner_app.scanning.asked_item import AskedItem
from scanner_app.scanning.document_work import NotOnDocument, QuantityNotAsked, Scanned
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import BARE_FORMS, Candidate
from scanner_app.scanning.unit_answers import (
    NUMBER_LENGTH,
    AnswerFirst,
    answered_unit,
    completed_by_label,
    first_question,
)

PUT_BACK = "put-back"


@dataclass
class EnteringWork(ABC):
    """One scan on a document that units are entered into, with what is half given.

    Attributes:
        serial_entered, entered, already_there: the outcomes of a serial no., of a quantity, and
            of a serial no. that was entered before.
    """

    session: Session
    location: Location
    scanned: Scanned
    given: Given
    effects: list[dict[str, Any]] = field(default_factory=list)

    serial_entered: ClassVar[str]
    entered: ClassVar[str]
    already_there: ClassVar[str]

    @property
    def unit(self) -> GivenUnit | None:
        """The unit that something is asked of, or whose item goes on."""
        return self.given.units[0] if self.given.units else None

    @property
    @abstractmethod
    def document_no(self) -> str:
        """How people call the document."""

    @abstractmethod
    def item_of(self, unit: GivenUnit) -> AskedItem:
        """The item of a unit, with the numbers that it must have here."""

    def complete(self, item: AskedItem, unit: GivenUnit) -> GivenUnit:
        """The unit with what the document knows of it."""
        return unit

    def knows(self, label: ParsedBarcode) -> bool:
        """Whether the document itself knows a bare code, so that it ends a run."""
        return False

    @abstractmethod
    def is_there(self, item: AskedItem, unit: GivenUnit) -> bool:
        """Whether this serial no. is entered already."""

    @abstractmethod
    def enter(self, item: AskedItem, unit: GivenUnit, quantity: Decimal) -> None:
        """Write so much of a unit of which everything is known; refusals as the document has."""


def answer(work: EnteringWork) -> Outcome | None:
    """Take the scan as the answer that is waited for, or put back; None when it is neither.

    Raises:
        RuleRefused: when it cannot be the answer.
    """
    new, asks, unit = work.scanned.new, work.given.asks, work.unit
    if new.step == PUT_BACK:
        return _put_back(work)
    if unit is None:
        return None
    if asks == "quantity":
        if new.step != "quantity":
            return None
        return ask_or_enter(work, replace(unit, quantity=f"{parse_quantity(new.raw):f}"))
    if work.given.goes_on:
        if _ends_run(work):
            return None
        unit = _going_on(unit, work.scanned.parsed)
    answered = answered_unit(work.session, work.scanned, work.location.id, unit, asks)
    return ask_or_enter(work, answered) if answered else None


def label_of(work: EnteringWork) -> ParsedBarcode:
    """What was scanned, when it answered nothing.

    Raises:
        QuantityNotAsked, NotOnDocument: for what was typed and nothing waits for.
    """
    if work.scanned.parsed is None:
        raise _not_asked(work)
    return work.scanned.parsed


def check_nothing_asked(work: EnteringWork) -> None:
    """Refuse to go on while something is asked of a unit.

    Raises:
        AnswerFirst: when something is.
    """
    if work.unit and not work.given.goes_on:
        words = work.item_of(work.unit).words(work.unit)
        raise AnswerFirst(what=words, asked=work.given.asks)


def unit_of(candidate: Candidate, label: ParsedBarcode) -> GivenUnit:
    """A unit as its label says it."""
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
    return completed_by_label(unit, label)


def ask_or_enter(work: EnteringWork, unit: GivenUnit) -> Outcome:
    """Ask for the first thing that is missing; enter the unit when nothing is.

    Raises:
        RuleRefused: when it cannot be entered.
    """
    item = work.item_of(unit)
    unit = replace(unit, variant_id=item.variant_id, unit_of_measure_id=item.unit_of_measure_id)
    unit = work.complete(item, unit)
    if unit.serial_no and item.asked.serial and work.is_there(item, unit):
        work.given = _next_of_run(work, unit)
        return Outcome(work.already_there, {"what": item.words(unit)})
    question = first_question(work.session, item, unit)
    if question is None:
        work.enter(item, unit, ONE)
        work.given = _next_of_run(work, unit)
        return Outcome(work.serial_entered, {"what": item.words(unit)})
    asks, outcome = question
    if asks == "quantity" and unit.typed_quantity is not None:
        work.enter(item, unit, unit.typed_quantity)
        work.given = Given(bin_id=work.given.bin_id)
        return Outcome(
            work.entered,
            {"quantity": unit.typed_quantity, "unit": item.unit, "what": item.words(unit)},
        )
    work.given = Given(units=(unit,), bin_id=work.given.bin_id, asks=asks)
    return outcome


def _put_back(work: EnteringWork) -> Outcome:
    """Forget what waits for an answer; nothing of it was written."""
    unit = work.unit
    work.given = Given(bin_id=work.given.bin_id)
    if unit is None:
        raise _not_asked(work)
    return Outcome("PutBack", {"what": work.item_of(unit).words(unit)})


def _not_asked(work: EnteringWork) -> RuleRefused:
    raw = work.scanned.new.raw[:40]
    if work.scanned.new.step == "quantity":
        return QuantityNotAsked(quantity=raw)
    return NotOnDocument(what=raw, document_no=work.document_no)


def _ends_run(work: EnteringWork) -> bool:
    """A code that is known here, and as no serial no., is a bin, an item or what else it is."""
    label = work.scanned.parsed
    if label is None or label.form not in BARE_FORMS:
        return False
    if work.knows(label):
        return True
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


def _next_of_run(work: EnteringWork, unit: GivenUnit) -> Given:
    """The same item, lot, package and dates wait for the next serial no.

    Where no lot has the expiration date, the serial no. has it, and the next has its own.
    """
    day = unit.expiration_date if unit.lot_no else ""
    following = replace(unit, serial_no="", quantity="", expiration_date=day)
    return Given(units=(following,), bin_id=work.given.bin_id, asks="serial", goes_on=True)
