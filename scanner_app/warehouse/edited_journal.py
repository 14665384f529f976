"""Edited Journal: a batch whose lines are edited in a workbook, whichever journal it is of.

What the journals do alike with a file is written once, over this; what each does by the functions
with which its pages do it for one line stands in `edited_item_journal` and
`edited_warehouse_journal` (docs/domain.md 12.4).

This module must never know a rule of a journal.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.inventory.text_card import Changes, TextCard
from scanner_app.warehouse.journal_line_card import StoredLine
from scanner_app.warehouse.journal_records import NamedRecords, find_named_records
from scanner_app.warehouse.journal_workbook import WorkbookOwner
from scanner_app.warehouse.record_card import Fields, log_card

Line = Any  # of the table of its journal


class EditedJournal(ABC):
    """A batch, and how its lines are read and written.

    Attributes:
        name: that of the batch.
        owner: by what its workbooks are known.
        fields: what is typed on a line.
        line_type: the table of its lines.
        required: the fields that rows from elsewhere have; every other one may be left out.
    """

    name: str
    owner: WorkbookOwner
    fields: Fields
    line_type: type[Line]
    required: tuple[str, ...]

    def __init__(self, session: Session, batch_id: int) -> None:
        self.session = session
        self.batch_id = batch_id

    @abstractmethod
    def blank_card(self) -> TextCard:
        """What a line says before anything is known of it."""

    @abstractmethod
    def completed_card(self, card: TextCard) -> TextCard:
        """What a new line says, with what is filled in on it."""

    @abstractmethod
    def stored_lines(self, line_ids: Collection[int] | None = None) -> dict[int, StoredLine]:
        """What the lines say, by id, in the order of their numbers; all, or those of the ids."""

    @abstractmethod
    def write(self, line: Line, card: TextCard, records: NamedRecords, today: date) -> None:
        """Let a line say what its card says; refusals as when it is typed."""

    @abstractmethod
    def documents(self, today: date) -> Callable[[Line], None]:
        """What gives lines their document numbers, one after the other, behind the last line."""

    @abstractmethod
    def check_changed(self, written: Sequence[tuple[Line, Changes]]) -> None:
        """Refuse changes of lines that what else is known of these lines does not fit."""

    @abstractmethod
    def delete_lines(self, line_ids: Sequence[int]) -> None:
        """Delete lines with all that is theirs."""

    @abstractmethod
    def log(self, change: Change, says: str) -> None:
        """Write into the change log what a publication did."""

    def records_named(self, cards: Sequence[TextCard]) -> NamedRecords:
        """The records that cards name, in as many look-ups as for one."""
        return find_named_records(self.session, cards)

    def count_lines(self) -> int:
        """How many lines the batch has."""
        of_batch = select(func.count()).where(self.line_type.batch_id == self.batch_id)
        return int(self.session.scalar(of_batch) or 0)

    def last_line_no(self) -> int:
        """The highest number of a line, 0 in a batch without lines."""
        row = self.line_type
        highest = select(func.max(row.line_no)).where(row.batch_id == self.batch_id)
        return int(self.session.scalar(highest) or 0)

    def lines_of_ids(self, line_ids: Collection[int]) -> Mapping[int, Line]:
        """Lines to change, by id."""
        row = self.line_type
        wanted = select(row).where(row.batch_id == self.batch_id, row.id.in_(sorted(line_ids)))
        return {line.id: line for line in self.session.scalars(wanted)}

    def _log(self, table: str, name: str, change: Change, says: str) -> None:
        log_card(self.session, table, name, change, [("Edit in Excel", "", says)])


# How a verb finds the journal and keeps it for its transaction.
LockJournal = Callable[[Session], EditedJournal]
