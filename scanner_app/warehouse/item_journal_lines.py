"""Entering item journal lines: a line is added, changed or deleted (docs/domain.md 12.2).

Who enters or posts lines of a batch has the batch alone for that moment, so that lines are
numbered in order and nothing is posted that was read before it changed. The verbs never commit.

This module must never post.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import NumberSeries, take_number
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.inventory.text_card import TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.adjustment_sync import delete_journal_lines
from scanner_app.warehouse.default_bin import default_bin_id
from scanner_app.warehouse.item_journal_line_card import (
    blank_line_card,
    card_of_line,
    completed_card,
    read_line_card,
    write_line,
)
from scanner_app.warehouse.item_journal_refusals import DocumentNoMissing
from scanner_app.warehouse.journal_line_card import DraftLine
from scanner_app.warehouse.journal_records import find_named_records
from scanner_app.warehouse.journal_refusals import JournalLineGone
from scanner_app.warehouse.journal_tracking import tracked_quantities
from scanner_app.warehouse.set_up_item_journal_batch import lock_item_journal_batch
from scanner_app.warehouse.tracking_kept import check_tracking_kept

STEP = 10_000


class DocumentNumbers:
    """The document numbers of lines that are written one after the other.

    An empty one becomes that of the line before; the first takes one from the series.
    """

    def __init__(
        self, session: Session, batch: ItemJournalBatch, before: ItemJournalLine | None
    ) -> None:
        self._session = session
        self._batch = batch
        self._before = before.document_no if before else ""

    def number(self, line: ItemJournalLine | DraftLine) -> None:
        """Let the next line have its number.

        Raises:
            DocumentNoMissing: when it says none, none is before it, and there is no series.
        """
        self._before = line.document_no or self._before or self._from_series(line.posting_date)
        line.document_no = self._before

    def _from_series(self, day: date) -> str:
        if self._batch.number_series_id is None:
            raise DocumentNoMissing(name=self._batch.name)
        series = self._session.get_one(NumberSeries, self._batch.number_series_id)
        return take_number(self._session, series.code, day)


def check_numbers_documents(session: Session, batch: ItemJournalBatch) -> None:
    """Lines that are entered without a document number need one to go on from.

    Raises:
        DocumentNoMissing: when the batch has neither a line nor a series.
    """
    if batch.number_series_id is None and last_line_of(session, batch) is None:
        raise DocumentNoMissing(name=batch.name)


def find_item_journal_line(
    session: Session, batch: ItemJournalBatch, line_no: int
) -> ItemJournalLine | None:
    """A line of a batch by its number."""
    row = ItemJournalLine
    return session.scalar(select(row).where(row.batch_id == batch.id, row.line_no == line_no))


def last_line_of(session: Session, batch: ItemJournalBatch) -> ItemJournalLine | None:
    """The line with the highest number; None in a batch without lines."""
    row = ItemJournalLine
    of_batch = select(row).where(row.batch_id == batch.id)
    return session.scalar(of_batch.order_by(row.line_no.desc()).limit(1))


def copied_line_card(session: Session, line: ItemJournalLine) -> TextCard:
    """What a copy of a line begins with: all that it says but its serial no., which is one unit."""
    return card_of_line(session, line) | {"serial_no": "", "new_serial_no": ""}


def next_line_card(session: Session, batch: ItemJournalBatch, today: date) -> TextCard:
    """What a new line begins with: the document, date and place of the line before it."""
    blank = blank_line_card(batch.template) | {"posting_date": today.isoformat()}
    if batch.reason_code_id:
        blank["reason_code"] = session.get_one(ReasonCode, batch.reason_code_id).code
    last = last_line_of(session, batch)
    if last is None:
        return blank
    before = card_of_line(session, last)
    of_document = ("posting_date", "document_no", "entry_type", "reason_code")
    of_place = ("location", "bin", "new_location", "new_bin")
    return blank | {name: before[name] for name in (*of_document, *of_place)}


def lock_item_journal_line(
    session: Session, name: str, line_no: int
) -> tuple[ItemJournalBatch, ItemJournalLine]:
    """A line of a batch, both kept for this transaction.

    Raises:
        RecordUnknown, JournalLineGone: for what is not there.
    """
    batch = lock_item_journal_batch(session, name)
    line = find_item_journal_line(session, batch, line_no)
    if line is None:
        raise JournalLineGone(name=batch.name, line_no=line_no)
    return batch, line


def add_item_journal_line(session: Session, name: str, typed: TextCard, today: date) -> int:
    """Add a line behind the others, and return its number; a bin left out is the default bin.

    Raises:
        RecordUnknown: for a batch that is not there.
        DocumentNoMissing: when nothing was typed and nothing gives a number.
        RuleRefused: as `read_line_card` and `write_line` raise it.
    """
    hold_set_up(session)
    batch = lock_item_journal_batch(session, name)
    card = completed_card(read_line_card(batch, typed))
    last = last_line_of(session, batch)
    documents = DocumentNumbers(session, batch, last)
    line = ItemJournalLine(batch_id=batch.id, line_no=(last.line_no if last else 0) + STEP)
    write_line(line, card, find_named_records(session, [card]), today)
    _fill_default_bin(session, line)
    documents.number(line)
    session.add(line)
    session.flush()
    return line.line_no


def _fill_default_bin(session: Session, line: ItemJournalLine) -> None:
    location = session.get_one(Location, line.location_id)
    if line.bin_id is None and location.bin_mandatory:
        line.bin_id = default_bin_id(session, location, (line.item_id, line.variant_id))


def change_item_journal_line(
    session: Session, name: str, line_no: int, as_read: TextCard, typed: TextCard, today: date
) -> None:
    """Let a line say what was typed.

    Raises:
        RecordUnknown, JournalLineGone: for what is not there.
        CardChanged: when somebody changed the line after it was read.
        DocumentNoMissing: when its number was cleared and nothing gives one.
        RuleRefused: as `read_line_card`, `write_line` and `check_tracking_kept` raise it.
    """
    hold_set_up(session)
    batch, line = lock_item_journal_line(session, name, line_no)
    before = card_of_line(session, line)
    check_unchanged(as_read, before)
    card = read_line_card(batch, typed)
    tracked = tracked_quantities(session, [line.id])
    write_line(line, card, find_named_records(session, [card]), today)
    check_tracking_kept(line, tracked.get(line.id), changed_fields(before, card))
    DocumentNumbers(session, batch, None).number(line)
    session.flush()


def delete_item_journal_line(session: Session, name: str, line_no: int) -> None:
    """Take a line out of its batch.

    Raises:
        RecordUnknown, JournalLineGone: for what is not there.
    """
    _, line = lock_item_journal_line(session, name, line_no)
    delete_journal_lines(session, [line.id])
