"""A batch of a warehouse journal that is edited in a workbook (docs/domain.md 12.4, 13.2).

Lines are read and written by the functions with which the page of a line does it. The location is
that of the batch, so no row says one.

This module must never register.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.inventory.text_card import Changes, TextCard
from scanner_app.warehouse.edited_journal import EditedJournal, LockJournal
from scanner_app.warehouse.journal_line_card import DraftLine, StoredLine
from scanner_app.warehouse.journal_records import NamedRecords, find_named_records
from scanner_app.warehouse.journal_workbook import WorkbookOwner
from scanner_app.warehouse.manual_journal_line import ManualLine
from scanner_app.warehouse.manual_journal_lines import WhseDocumentNumbers, last_manual_line
from scanner_app.warehouse.manual_line_card import (
    blank_manual_line_card,
    stored_manual_lines,
    write_manual_line,
)
from scanner_app.warehouse.manual_line_kind import LINE_KINDS
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    TABLE,
    WarehouseJournal,
    directed_location,
    lock_warehouse_journal_batch,
    record_name_of,
)
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch


class EditedWarehouseJournal(EditedJournal):
    """A batch of one of the warehouse journals, with the lines that people type.

    Raises:
        DirectedPutAwayAndPickOff: when its location works so no more.
    """

    def __init__(self, session: Session, batch: WarehouseJournalBatch) -> None:
        super().__init__(session, batch.id)
        self._batch = batch
        self._kind = LINE_KINDS[batch.template]
        self._location = {"location": directed_location(session, batch.location_id).code}
        self.name = batch.name
        self.owner = WorkbookOwner(warehouse_journal_batch_id=batch.id)
        self.fields = self._kind.fields
        self.line_type = self._kind.row
        self.required = ("item_no", *self._kind.bins, "quantity")

    def blank_card(self) -> TextCard:
        """What a line says before anything is known of it."""
        return blank_manual_line_card(self._kind)

    def completed_card(self, card: TextCard) -> TextCard:
        """What a new line says: of a reclassification, what is left empty stays as it was."""
        return self._kind.complete(card)

    def stored_lines(self, line_ids: Collection[int] | None = None) -> dict[int, StoredLine]:
        """What the lines say, by id."""
        return stored_manual_lines(self.session, self._batch, line_ids)

    def records_named(self, cards: Sequence[TextCard]) -> NamedRecords:
        """The records that cards name at the location."""
        return find_named_records(self.session, [card | self._location for card in cards])

    def write(
        self, line: ManualLine | DraftLine, card: TextCard, records: NamedRecords, today: date
    ) -> None:
        """Let a line say what its card says; refusals as `write_manual_line` raises them."""
        write_manual_line(self._kind, line, card | self._location, records, today)

    def documents(self, today: date) -> Callable[[ManualLine | DraftLine], None]:
        """What gives lines their document numbers."""
        last = last_manual_line(self.session, self._batch)
        return WhseDocumentNumbers(self.session, self._batch, last, today).number

    def check_changed(self, written: Sequence[tuple[ManualLine, Changes]]) -> None:
        """A manual line has its numbers itself, so nothing else can contradict it."""

    def delete_lines(self, line_ids: Sequence[int]) -> None:
        """Delete lines."""
        row = self.line_type
        self.session.execute(delete(row).where(row.id.in_(line_ids)))

    def log(self, change: Change, says: str) -> None:
        """Write into the change log what a publication did."""
        self._log(TABLE, record_name_of(self.session, self._batch), change, says)


def lock_warehouse_journal(journal: WarehouseJournal, name: str) -> LockJournal:
    """How a verb finds the batch of a name and keeps it.

    Raises, when it is used:
        RecordUnknown: for a batch that is not there.
        DirectedPutAwayAndPickOff: when its location works so no more.
    """
    return lambda session: EditedWarehouseJournal(
        session, lock_warehouse_journal_batch(session, journal, name)
    )
