"""Stopping the scans after one that was not accepted (docs/domain.md 10.2).

A scan that was captured before the answer was seen must not go on from it. What is half given on
the document is dropped, as far as the refused scan could have changed it.

This module must never change a line.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.scanning.apply_journal_scan import JournalWork
from scanner_app.scanning.apply_receipt_scan import ReceiptWork
from scanner_app.scanning.given import Given, open_document, read_given, write_given
from scanner_app.scanning.keep_scan import NewScan, ScanSender
from scanner_app.scanning.open_item_journal import ITEM_JOURNAL
from scanner_app.scanning.open_move import MOVE
from scanner_app.scanning.open_receipt import RECEIPT
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.take_in_hand import ALREADY_IN_HAND
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.document_kind import RECEIPTS
from scanner_app.warehouse.set_up_item_journal_batch import find_item_journal_batch
from scanner_app.warehouse.set_up_location import find_location
from scanner_app.warehouse.warehouse_documents import find_warehouse_document
from scanner_app.warehouse.warehouse_journal import IS_COUNT, WarehouseJournalBatch

ACTIVITY_OF_KIND = {
    "put-away": ActivityType.PUT_AWAY,
    "pick": ActivityType.PICK,
    "movement": ActivityType.MOVEMENT,
}
COUNT = "count"
ALREADY_THERE = frozenset({JournalWork.already_there, ReceiptWork.already_there, ALREADY_IN_HAND})
REFUSED_BIN = frozenset(
    {"BinNotOnCount", "BinTaken", "BinAlreadyCounted", "CloseBinFirst", "OtherLocation"}
)
DOCUMENT_OF_RUN: dict[str, Callable[[Session, str], Any]] = {
    ITEM_JOURNAL: find_item_journal_batch,
    RECEIPT: lambda session, no: find_warehouse_document(session, RECEIPTS, no),
    MOVE: find_location,
}


def stop_later_scans(session: Session, new: NewScan, sender: ScanSender, outcome: Outcome) -> None:
    """Remember a scan that was not accepted, and drop what is half given on its document.

    What is brought to another bin stays in the hand, so that a second scan of the bin can take it.
    In a count only a bin that was refused stops what follows: a unit that was refused leaves the
    others as they are. What is there already stops nothing. What is in the hand to be moved stays
    in it: nobody scans fifty units again for one bad label.
    """
    if outcome.code == "EarlierScanRefused":
        return
    if new.document_kind in ACTIVITY_OF_KIND:
        _stop_activity(session, new, sender, outcome)
    elif new.document_kind in DOCUMENT_OF_RUN:
        found = DOCUMENT_OF_RUN[new.document_kind](session, new.document_no)
        _stop_run(session, new, sender, outcome, found.id if found else 0)
    elif new.document_kind == COUNT and outcome.code != "ConfirmEmpty":
        _stop_count(session, new, sender, outcome)


def _stop_activity(session: Session, new: NewScan, sender: ScanSender, outcome: Outcome) -> None:
    document_id = _activity_id(session, new)
    if not document_id:
        return
    document = open_document(session, sender.device_id, new.document_kind, document_id)
    document.refused_seq = new.device_seq
    if outcome.code != "OtherBin":
        write_given(document, Given(skipped=read_given(document).skipped))


def _stop_count(session: Session, new: NewScan, sender: ScanSender, outcome: Outcome) -> None:
    batch_id = _batch_id(session, new, sender.location_id)
    if batch_id is None:
        return
    document = open_document(session, sender.device_id, COUNT, batch_id)
    # Something was scanned, so that the bin is empty has to be said anew.
    write_given(document, replace(read_given(document), confirm_empty=False))
    if outcome.code in REFUSED_BIN:
        document.refused_seq = new.device_seq


def _stop_run(
    session: Session, new: NewScan, sender: ScanSender, outcome: Outcome, document_id: int
) -> None:
    """What follows an unread bin or item must not go to the one before; the bin stays known."""
    if not document_id or outcome.code in ALREADY_THERE:
        return
    document = open_document(session, sender.device_id, new.document_kind, document_id)
    document.refused_seq = new.device_seq
    given = read_given(document)
    if given.goes_on:
        write_given(document, Given(bin_id=given.bin_id, location_id=given.location_id))


def _activity_id(session: Session, new: NewScan) -> int | None:
    activity = WarehouseActivity
    return session.scalar(
        select(activity.id).where(
            activity.type == ACTIVITY_OF_KIND[new.document_kind], activity.no == new.document_no
        )
    )


def _batch_id(session: Session, new: NewScan, location_id: int | None) -> int | None:
    batch = WarehouseJournalBatch
    return session.scalars(
        select(batch.id).where(
            batch.location_id == location_id, IS_COUNT, batch.name == new.document_no
        )
    ).one_or_none()
