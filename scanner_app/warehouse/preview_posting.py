"""Preview Posting: the entries that posting a batch would make, without making them.

The preview runs the checks of posting itself, so it shows the dates that are filled in and the
entries that each quantity is applied to (docs/domain.md 12.3).

This module must never write.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.inventory.checked_line import Application, CheckedLine
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.warehouse.item_journal_posting import (
    JournalNumber,
    check_journal_numbers,
    incomplete_lines,
    read_journal_numbers,
)
from scanner_app.warehouse.item_journal_refusals import LinesNotReady
from scanner_app.warehouse.post_item_journal_batch import lines_of_batch


@dataclass(frozen=True)
class PreviewedEntry:
    """One item ledger entry that posting would make; quantities in base units, plus comes in.

    Attributes:
        bin_code: the bin of its warehouse entry; '' where the location has none.
        applied: the inbound entries that it is taken from, be it by the other half of a transfer.
    """

    line_no: int
    posting_date: date
    entry_type: EntryType
    document_no: str
    item_no: str
    description: str
    location: str
    bin_code: str
    quantity_base: Decimal
    numbers: TrackingNumbers
    warranty_date: date | None
    expiration_date: date | None
    applied: Sequence[Application]


def preview_posting(session: Session, batch: ItemJournalBatch) -> list[PreviewedEntry]:
    """The item ledger entries of a batch in the order in which they would be made.

    Raises:
        NothingToPost, JournalTooLong: as posting would.
        LinesNotReady: when posting would refuse a line.
    """
    numbers = read_journal_numbers(session, lines_of_batch(session, batch))
    checked = check_journal_numbers(session, numbers, incomplete_lines(numbers))
    if checked.problems:
        raise LinesNotReady(count=len({line_id for line_id, _ in checked.problems}))
    return [_entry(number, ready) for number, ready in checked.ready]


def _entry(number: JournalNumber, ready: CheckedLine) -> PreviewedEntry:
    line = ready.line
    bin_ = number.part.new_bin if ready.transferred_from else number.part.bin
    return PreviewedEntry(
        line_no=number.journal_line.line_no,
        posting_date=line.posting_date,
        entry_type=line.entry_type,
        document_no=line.document_no,
        item_no=line.item.no,
        description=line.item.description,
        location=line.location.code,
        bin_code=bin_.code if bin_ else "",
        quantity_base=line.quantity_base,
        numbers=line.numbers,
        warranty_date=line.warranty_date,
        expiration_date=line.expiration_date,
        applied=ready.applications or ready.transferred_from,
    )
