"""A batch of an item journal that is edited in a workbook (docs/domain.md 12.4).

Lines are read and written by the functions with which the page of a line does it.

This module must never post.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.text_card import Changes, TextCard
from scanner_app.warehouse.adjustment_sync import delete_journal_lines
from scanner_app.warehouse.edited_journal import EditedJournal, LockJournal
from scanner_app.warehouse.item_journal_fields import line_fields
from scanner_app.warehouse.item_journal_line_card import (
    blank_line_card,
    completed_card,
    stored_lines,
    write_line,
)
from scanner_app.warehouse.item_journal_lines import DocumentNumbers, last_line_of
from scanner_app.warehouse.journal_line_card import DraftLine, StoredLine
from scanner_app.warehouse.journal_records import NamedRecords
from scanner_app.warehouse.journal_tracking import tracked_quantities
from scanner_app.warehouse.journal_workbook import WorkbookOwner
from scanner_app.warehouse.set_up_item_journal_batch import TABLE, lock_item_journal_batch
from scanner_app.warehouse.tracking_kept import check_tracking_kept


class EditedItemJournal(EditedJournal):
    """A batch of the item journal or of the item reclassification journal."""

    line_type = ItemJournalLine
    required = ("item_no", "location", "quantity")

    def __init__(self, session: Session, batch: ItemJournalBatch) -> None:
        super().__init__(session, batch.id)
        self.name = batch.name
        self.owner = WorkbookOwner(item_journal_batch_id=batch.id)
        self.fields = line_fields(batch)
        self._batch = batch

    def blank_card(self) -> TextCard:
        """What a line says before anything is known of it."""
        return blank_line_card(self._batch.template)

    def completed_card(self, card: TextCard) -> TextCard:
        """What a new line says: of a transfer, what is left empty stays as it was."""
        return completed_card(card)

    def stored_lines(self, line_ids: Collection[int] | None = None) -> dict[int, StoredLine]:
        """What the lines say, by id."""
        return stored_lines(self.session, self._batch, line_ids)

    def write(
        self, line: ItemJournalLine | DraftLine, card: TextCard, records: NamedRecords, today: date
    ) -> None:
        """Let a line say what its card says; refusals as `write_line` raises them."""
        write_line(line, card, records, today)

    def documents(self, today: date) -> Callable[[ItemJournalLine | DraftLine], None]:
        """What gives lines their document numbers.

        Raises:
            DocumentNoMissing: when a line has none and nothing gives one.
        """
        last = last_line_of(self.session, self._batch)
        return DocumentNumbers(self.session, self._batch, last).number

    def check_changed(self, written: Sequence[tuple[ItemJournalLine, Changes]]) -> None:
        """Refuse what the item tracking lines do not fit, as `check_tracking_kept` does."""
        tracked = tracked_quantities(self.session, [line.id for line, _ in written])
        for line, changes in written:
            check_tracking_kept(line, tracked.get(line.id), changes)

    def delete_lines(self, line_ids: Sequence[int]) -> None:
        """Delete lines with their item tracking lines."""
        delete_journal_lines(self.session, line_ids)

    def log(self, change: Change, says: str) -> None:
        """Write into the change log what a publication did."""
        self._log(TABLE, self.name, change, says)


def lock_item_journal(name: str) -> LockJournal:
    """How a verb finds the batch of a name and keeps it.

    Raises, when it is used:
        RecordUnknown: for a batch that is not there.
        JournalFrozen: while it is posted in parts.
    """
    return lambda session: EditedItemJournal(session, lock_item_journal_batch(session, name))
