"""Apply a scan: the one verb behind the scan field, the camera and the keypad.

The row comes first, then the scan is understood and applied inside a savepoint. A refusal undoes
the savepoint and is kept as the outcome, so that the same scan is refused the same way again; an
unexpected fault keeps nothing, and the device sends again (docs/domain.md 10.1, 10.2).

This module must never know what a line is: the kind of document decides who applies.
"""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.barcodes.clean_text import clean_text
from scanner_app.barcodes.parsed_barcode import ParsedBarcode
from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.scanning.activity_work import ActivityWork
from scanner_app.scanning.apply_activity_scan import apply_activity_scan
from scanner_app.scanning.apply_count_scan import apply_count_scan
from scanner_app.scanning.apply_journal_scan import JournalWork, apply_journal_scan
from scanner_app.scanning.apply_move_scan import PUT_BACK_ALL, apply_move_scan
from scanner_app.scanning.apply_receipt_scan import ReceiptWork, apply_receipt_scan
from scanner_app.scanning.count_work import CountWork
from scanner_app.scanning.document_work import EarlierScanRefused, Scanned, check_assigned
from scanner_app.scanning.effects import UNDO, NothingToUndo, effect_to_undo, leave_effect
from scanner_app.scanning.enter_units import PUT_BACK
from scanner_app.scanning.find_document import find_document
from scanner_app.scanning.given import open_document, read_given, write_given
from scanner_app.scanning.keep_scan import (
    NewScan,
    ScanSender,
    finish_scan,
    keep_scan,
    kept_outcome,
)
from scanner_app.scanning.move_work import MoveWork, given_there
from scanner_app.scanning.note_missing import MISSING
from scanner_app.scanning.open_activity import lock_open_activity
from scanner_app.scanning.open_count import location_of_worker, lock_open_count
from scanner_app.scanning.open_item_journal import (
    ITEM_JOURNAL,
    given_here,
    lock_open_item_journal,
)
from scanner_app.scanning.open_move import MOVE, location_to_move_at
from scanner_app.scanning.open_receipt import RECEIPT, lock_open_receipt
from scanner_app.scanning.outcomes import Outcome, refused
from scanner_app.scanning.resolve import NeedsChoice
from scanner_app.scanning.skip_line import SKIP
from scanner_app.scanning.stop_scans import ACTIVITY_OF_KIND, COUNT, stop_later_scans
from scanner_app.scanning.undo_activity_scan import undo_activity_scan
from scanner_app.scanning.undo_count_scan import undo_count_scan
from scanner_app.scanning.words_of_candidates import choices_of
from scanner_app.warehouse.activity import WarehouseActivity
from scanner_app.warehouse.employee import NoLocationChosen
from scanner_app.warehouse.receipt import WarehouseReceipt
from scanner_app.warehouse.register_activity import By, DocumentGone
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch

T = TypeVar("T")

TYPED_STEPS = frozenset(
    {
        "quantity",
        "quantity-add",
        "quantity-replace",
        "expiration-date",
        "warranty-date",
        MISSING,
        PUT_BACK,
        PUT_BACK_ALL,
        SKIP,
        UNDO,
    }
)
UNDOABLE = frozenset({*ACTIVITY_OF_KIND, COUNT})


@dataclass(frozen=True)
class ScanAnswer:
    """The outcome of a scan, and whether it was kept from an earlier sending."""

    outcome: Outcome
    repeated: bool


def apply_scan(
    session: Session, new: NewScan, sender: ScanSender, settings: BarcodeSettings
) -> ScanAnswer:
    """Apply one scan exactly once.

    Raises:
        ScanReused: when its id came before with other content.
    """
    scan_id = keep_scan(session, new, sender)
    if scan_id is None:
        return ScanAnswer(kept_outcome(session, new), repeated=True)
    effect: dict[str, Any] | None = None
    savepoint = session.begin_nested()
    try:
        outcome, effect = _apply(session, new, sender, settings, scan_id)
        session.flush()
        savepoint.commit()
    except RuleRefused as refusal:
        savepoint.rollback()
        outcome = refused(refusal)
    except NeedsChoice as choice:
        savepoint.rollback()
        outcome = _choose(session, new, choice)
    if outcome.stops:
        stop_later_scans(session, new, sender, outcome)
    finish_scan(session, scan_id, outcome, effect)
    return ScanAnswer(outcome, repeated=False)


def _apply(
    session: Session, new: NewScan, sender: ScanSender, settings: BarcodeSettings, scan_id: int
) -> tuple[Outcome, dict[str, Any] | None]:
    if new.step == UNDO and new.document_kind not in UNDOABLE:
        raise NothingToUndo
    if new.document_kind in ACTIVITY_OF_KIND:
        type_ = ACTIVITY_OF_KIND[new.document_kind]
        activity, location = _or_gone(
            lock_open_activity(session, type_, new.document_no, sender.user_id), new
        )
        scanned = _scanned(new, location, sender, settings, scan_id)
        return _apply_to_activity(session, scanned, activity, location, sender)
    if new.document_kind == RECEIPT:
        receipt, location = _or_gone(
            lock_open_receipt(session, new.document_no, sender.user_id), new
        )
        scanned = _scanned(new, location, sender, settings, scan_id)
        return _apply_to_receipt(session, scanned, receipt, location, sender)
    if new.document_kind == MOVE:
        location = _or_gone(location_to_move_at(session, new.document_no, sender.user_id), new)
        scanned = _scanned(new, location, sender, settings, scan_id)
        return _apply_to_move(session, scanned, location, sender)
    location_id = sender.location_id
    if location_id is None:
        raise NoLocationChosen
    if new.document_kind == COUNT:
        batch, location = _or_gone(
            lock_open_count(session, location_id, new.document_no, sender.user_id), new
        )
        scanned = _scanned(new, location, sender, settings, scan_id)
        return _apply_to_count(session, scanned, batch, location, sender)
    location = _or_gone(location_of_worker(session, location_id, sender.user_id), new)
    scanned = _scanned(new, location, sender, settings, scan_id)
    if new.document_kind == ITEM_JOURNAL:
        journal = _or_gone(lock_open_item_journal(session, new.document_no, sender.user_id), new)
        return _apply_to_journal(session, scanned, journal, location, sender)
    return find_document(session, scanned, location), None


def _or_gone(found: T | None, new: NewScan) -> T:
    if found is None:
        raise DocumentGone(document=new.document_no or "-")
    return found


def _scanned(
    new: NewScan, location: Location, sender: ScanSender, settings: BarcodeSettings, scan_id: int
) -> Scanned:
    by = By(sender.user_id, work_date_of(location, sender.received_at), sender.received_at)
    return Scanned(new, _parsed(new, by, settings), scan_id, by)


def _parsed(new: NewScan, by: By, settings: BarcodeSettings) -> ParsedBarcode | None:
    """What was typed as a quantity or date is no barcode, but a refusal may show it again."""
    if new.step in TYPED_STEPS:
        clean_text(new.raw, settings.barcode_chars_max)
        return None
    code = ScannedCode(new.raw, new.symbology, new.source.value)
    return parse_barcode(code, by.work_date, settings)


def _apply_to_activity(
    session: Session,
    scanned: Scanned,
    activity: WarehouseActivity,
    location: Location,
    sender: ScanSender,
) -> tuple[Outcome, dict[str, Any] | None]:
    check_assigned(session, activity, scanned.by)
    document = open_document(session, sender.device_id, scanned.new.document_kind, activity.id)
    _check_order(scanned.new, document.refused_seq)
    work = ActivityWork(session, activity, location, scanned, read_given(document), [])
    if scanned.new.step == UNDO:
        effect = effect_to_undo(session, document, scanned)
        undo_activity_scan(work, effect)
        return effect.step_back(document), None
    outcome = apply_activity_scan(work)
    return outcome, leave_effect(document, work, outcome)


def _apply_to_count(
    session: Session,
    scanned: Scanned,
    batch: WarehouseJournalBatch,
    location: Location,
    sender: ScanSender,
) -> tuple[Outcome, dict[str, Any] | None]:
    document = open_document(session, sender.device_id, COUNT, batch.id)
    _check_order(scanned.new, document.refused_seq)
    work = CountWork(session, batch, location, scanned, read_given(document))
    if scanned.new.step == UNDO:
        effect = effect_to_undo(session, document, scanned)
        undo_count_scan(work, effect)
        return effect.step_back(document), None
    outcome = apply_count_scan(work)
    return outcome, leave_effect(document, work, outcome)


def _apply_to_journal(
    session: Session,
    scanned: Scanned,
    batch: ItemJournalBatch,
    location: Location,
    sender: ScanSender,
) -> tuple[Outcome, dict[str, Any] | None]:
    document = open_document(session, sender.device_id, ITEM_JOURNAL, batch.id)
    _check_order(scanned.new, document.refused_seq)
    given = given_here(session, read_given(document), location)
    work = JournalWork(session, location, scanned, given, batch=batch)
    outcome = apply_journal_scan(work)
    write_given(document, replace(work.given, location_id=location.id))
    return outcome, {"changes": work.effects} if work.effects else None


def _apply_to_receipt(
    session: Session,
    scanned: Scanned,
    receipt: WarehouseReceipt,
    location: Location,
    sender: ScanSender,
) -> tuple[Outcome, dict[str, Any] | None]:
    document = open_document(session, sender.device_id, RECEIPT, receipt.id)
    _check_order(scanned.new, document.refused_seq)
    work = ReceiptWork(session, location, scanned, read_given(document), receipt=receipt)
    outcome = apply_receipt_scan(work)
    write_given(document, work.given)
    return outcome, {"changes": work.effects} if work.effects else None


def _apply_to_move(
    session: Session, scanned: Scanned, location: Location, sender: ScanSender
) -> tuple[Outcome, dict[str, Any] | None]:
    document = open_document(session, sender.device_id, MOVE, location.id)
    _check_order(scanned.new, document.refused_seq)
    given, from_bin = given_there(session, read_given(document))
    work = MoveWork(session, location, scanned, given, from_bin)
    outcome = apply_move_scan(work)
    write_given(document, work.given)
    return outcome, {"changes": work.effects} if work.effects else None


def _check_order(new: NewScan, refused_seq: int) -> None:
    """A scan captured before the answer of a refused one was seen must not go on from it."""
    if new.seen_seq < refused_seq < new.device_seq:
        raise EarlierScanRefused


def _choose(session: Session, new: NewScan, choice: NeedsChoice) -> Outcome:
    return Outcome("Choose", {"code": new.raw[:60]}, choices_of(session, choice.candidates))
