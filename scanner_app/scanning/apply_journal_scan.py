"""Apply a scan to an item journal: bin first, then what lies in it becomes lines (12.7).

This module must never write a line twice for one serial no.
"""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.item_tracking_code import (
    EntryType,
    ItemTrackingCode,
    NumbersAsked,
    numbers_required,
)
from scanner_app.scanning.asked_item import AskedItem, asked_item
from scanner_app.scanning.document_work import NotOnDocument
from scanner_app.scanning.enter_units import (
    EnteringWork,
    answer,
    ask_or_enter,
    check_nothing_asked,
    label_of,
    unit_of,
)
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.scanning.other_document import other_document
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.resolve import Candidate, candidates_of, choose
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.item_journal_lines import check_numbers_documents
from scanner_app.warehouse.post_item_journal import DirectedLocation
from scanner_app.warehouse.scanned_journal_line import add_scanned_line, is_serial_on_journal


class BinBeforeStock(RuleRefused):
    """Stock is scanned before the bin in which it lies."""

    message = N_("Location {location} has bins, and none is scanned yet.")
    way_out = N_("Scan the bin in which it lies, then what lies in it.")
    field = "Bin Code"


@dataclass(kw_only=True)
class JournalWork(EnteringWork):
    """One scan on one item journal; what is scanned lies in the bin that is given."""

    batch: ItemJournalBatch

    serial_entered = "SerialOnJournal"
    entered = "LineOnJournal"
    already_there = "AlreadyOnJournal"

    @property
    def document_no(self) -> str:
        """The name of the batch."""
        return self.batch.name

    def item_of(self, unit: GivenUnit) -> AskedItem:
        """The item of a unit, with the numbers that a positive adjustment must name."""
        return journal_item(self.session, unit)

    def is_there(self, item: AskedItem, unit: GivenUnit) -> bool:
        """Whether a line of the batch has the serial no."""
        return is_serial_on_journal(
            self.session, self.batch, item.item.id, item.variant_id, unit.serial_no
        )

    def enter(self, item: AskedItem, unit: GivenUnit, quantity: Decimal) -> None:
        """Add a line."""
        session, bin_id = self.session, self.given.bin_id
        numbers = unit.numbers.only(item.asked)
        is_serial = bool(numbers.serial_no)
        serial_no, lot_no, package_no = numbers.as_tuple()
        scanned = {
            "item_no": item.item.no,
            "variant": session.get_one(ItemVariant, item.variant_id).code,
            "location": self.location.code,
            "bin": session.get_one(Bin, bin_id).code if bin_id else "",
            "quantity": f"{quantity:f}",
            "unit": "" if is_serial else item.unit,
            "serial_no": serial_no,
            "lot_no": lot_no,
            "package_no": package_no,
            "expiration_date": unit.expiration_date,
            "warranty_date": unit.warranty_date,
        }
        line_no = add_scanned_line(session, self.batch, scanned, self.scanned.work_date)
        self.effects.append({"item_journal_line": line_no, "quantity": scanned["quantity"]})


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
    if answered := answer(work):
        return answered
    parsed = label_of(work)
    candidates = candidates_of(work.session, parsed, work.location.id, work.scanned.work_date)
    candidate = choose(candidates, _is_item_or_bin, work.scanned.new.choice)
    if candidate.is_unit or candidate.kind is CodeKind.BIN:
        check_nothing_asked(work)
    if candidate.kind is CodeKind.BIN:
        return _apply_bin(work, work.session.get_one(Bin, candidate.target_id))
    if not candidate.is_unit:
        return other_document(work.session, candidate, work.scanned.by.user_id)
    if not candidate.item_id:
        raise NotOnDocument(what=candidate.code, document_no=work.batch.name)
    if work.location.bin_mandatory and not work.given.bin_id:
        raise BinBeforeStock(location=work.location.code)
    return ask_or_enter(work, unit_of(candidate, parsed))


def _asked_of(code: ItemTrackingCode | None) -> NumbersAsked:
    return numbers_required(code, EntryType.POSITIVE_ADJUSTMENT, inbound=True)


def _is_item_or_bin(candidate: Candidate) -> bool:
    """A number that is known already is rarely what begins an opening balance."""
    return candidate.kind is CodeKind.BIN or not candidate.numbers


def _apply_bin(work: JournalWork, bin_: Bin) -> Outcome:
    work.given = Given(bin_id=bin_.id)
    return Outcome("JournalBin", {"bin_code": bin_.code})
