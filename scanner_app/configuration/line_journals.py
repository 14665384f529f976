"""The journals whose lines a package brings: how a batch is kept, and a line read and written.

Both kinds of journal do it by the functions with which their pages do it for one line.

This module must never post or register.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scanner_app.configuration.package_refusals import BatchWithoutTracking
from scanner_app.configuration.tables_of_journals import (
    ITEM_BATCHES_NO,
    ITEM_JOURNAL_LINE,
    WAREHOUSE_BATCHES_NO,
    WAREHOUSE_JOURNAL_LINE,
    LineTable,
    check_template,
    journal_of,
)
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import YES, Changes, TextCard
from scanner_app.warehouse.item_journal_fields import TRACKING_FIELDS
from scanner_app.warehouse.item_journal_line_card import stored_lines, write_line
from scanner_app.warehouse.item_journal_lines import DocumentNumbers, last_line_of
from scanner_app.warehouse.journal_records import NamedRecords
from scanner_app.warehouse.journal_tracking import check_tracking_kept, tracked_quantities
from scanner_app.warehouse.manual_journal_line import ManualJournalLine
from scanner_app.warehouse.manual_journal_lines import document_no_after, last_manual_line
from scanner_app.warehouse.manual_line_card import cards_of_manual_lines, write_manual_line
from scanner_app.warehouse.place_refusals import LOCATION
from scanner_app.warehouse.record_refusals import RecordNotFound, RecordUnknown
from scanner_app.warehouse.set_up_item_journal_batch import (
    find_item_journal_batch,
    lock_item_journal_batch,
)
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    find_warehouse_journal_batch,
    lock_warehouse_journal_batch,
)
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch

Line = Any  # of one of the two journals
Batch = Any
# What is filled in where a line says nothing: an empty cell leaves it as it was filled in.
FILLED_IN = frozenset(
    {"posting_date", "document_date", "document_no", "registering_date", "whse_document_no", "unit"}
)


@dataclass(frozen=True)
class BatchSays:
    """What matters of a batch while its lines are tested.

    Attributes:
        has_tracking: whether numbers are typed on its lines.
        gives_document_no: whether a line without one gets one.
    """

    name: str
    has_tracking: bool
    gives_document_no: bool


class LineJournal(ABC):
    """One kind of journal."""

    table: LineTable
    batches_no: int
    model: Any
    document: str

    @abstractmethod
    def find_batch(self, session: Session, typed: TextCard) -> Batch | None:
        """The batch of a line; refusals for what it is called by."""

    @abstractmethod
    def lock_batch(self, session: Session, typed: TextCard) -> Batch:
        """The batch of a line, kept for this transaction."""

    @abstractmethod
    def says(self, session: Session, batch: Batch) -> BatchSays:
        """What a batch that is there says."""

    @abstractmethod
    def will_say(self, typed: TextCard) -> BatchSays:
        """What a batch will say that the package brings."""

    @abstractmethod
    def cards(self, session: Session, batch: Batch, ids: Collection[int]) -> dict[int, TextCard]:
        """What lines say, by id, in one look-up."""

    @abstractmethod
    def write(self, line: Line, card: TextCard, names: NamedRecords, today: date) -> None:
        """Let a line say what its card says; refusals as on its page."""

    @abstractmethod
    def last_line(self, session: Session, batch: Batch) -> Line | None:
        """The line with the highest number."""

    @abstractmethod
    def documents(self, session: Session, batch: Batch, last: Line | None, today: date) -> Any:  # noqa: ANN401 - a function of a line
        """What gives each new line its document number, one after the other."""

    def tracked(self, session: Session, ids: Collection[int]) -> dict[int, Decimal]:
        """How much of lines has numbers on item tracking lines."""
        del session, ids
        return {}

    def check_kept(self, line: Line, tracked: Decimal | None, changes: Changes) -> None:
        """Refuse a change that the item tracking lines do not fit."""

    def check_batch(self, says: BatchSays, card: TextCard) -> None:
        """Refuse what no line of the batch may say."""

    def lines(
        self, session: Session, batch: Batch, ids: Collection[int], line_nos: Collection[int]
    ) -> Sequence[Line]:
        """The lines of a batch that have one of the ids or numbers."""
        row = self.model
        of_batch = select(row).where(row.batch_id == batch.id)
        return session.scalars(of_batch.where(or_(row.id.in_(ids), row.line_no.in_(line_nos)))).all()


class ItemJournal(LineJournal):
    """Item journals."""

    table = ITEM_JOURNAL_LINE
    batches_no = ITEM_BATCHES_NO
    model = ItemJournalLine
    document = "document_no"

    def find_batch(self, session: Session, typed: TextCard) -> ItemJournalBatch | None:
        check_template(typed)
        return find_item_journal_batch(session, typed["batch"])

    def lock_batch(self, session: Session, typed: TextCard) -> ItemJournalBatch:
        return lock_item_journal_batch(session, typed["batch"])

    def says(self, session: Session, batch: ItemJournalBatch) -> BatchSays:
        gives = batch.number_series_id is not None or last_line_of(session, batch) is not None
        return BatchSays(batch.name, batch.item_tracking_on_lines, gives)

    def will_say(self, typed: TextCard) -> BatchSays:
        has_tracking = typed.get("item_tracking_on_lines") == YES
        series = typed.get("number_series", "").strip()
        return BatchSays(typed["name"].strip().upper(), has_tracking, bool(series))

    def cards(
        self, session: Session, batch: ItemJournalBatch, ids: Collection[int]
    ) -> dict[int, TextCard]:
        return {key: line.card for key, line in stored_lines(session, batch, ids).items()}

    def write(self, line: Line, card: TextCard, names: NamedRecords, today: date) -> None:
        write_line(line, card, names, today)

    def last_line(self, session: Session, batch: ItemJournalBatch) -> ItemJournalLine | None:
        return last_line_of(session, batch)

    def documents(
        self, session: Session, batch: ItemJournalBatch, last: Line | None, today: date
    ) -> Any:  # noqa: ANN401 - a function of a line
        del today
        return DocumentNumbers(session, batch, last).of

    def tracked(self, session: Session, ids: Collection[int]) -> dict[int, Decimal]:
        return tracked_quantities(session, ids)

    def check_kept(self, line: Line, tracked: Decimal | None, changes: Changes) -> None:
        check_tracking_kept(line, tracked, changes)

    def check_batch(self, says: BatchSays, card: TextCard) -> None:
        for name in TRACKING_FIELDS:
            if card[name] and not says.has_tracking:
                raise BatchWithoutTracking(name=says.name, field=self.table.captions[name])


class WarehouseJournals(LineJournal):
    """Warehouse journals; a batch is found by its location and template, too."""

    table = WAREHOUSE_JOURNAL_LINE
    batches_no = WAREHOUSE_BATCHES_NO
    model = ManualJournalLine
    document = "whse_document_no"

    def find_batch(self, session: Session, typed: TextCard) -> WarehouseJournalBatch | None:
        journal = journal_of(session, typed)
        return find_warehouse_journal_batch(session, journal, typed["batch"]) if journal else None

    def lock_batch(self, session: Session, typed: TextCard) -> WarehouseJournalBatch:
        journal = journal_of(session, typed)
        if journal is None:
            raise RecordUnknown(record=LOCATION, code=typed["location"][:10])
        return lock_warehouse_journal_batch(session, journal, typed["batch"])

    def says(self, session: Session, batch: WarehouseJournalBatch) -> BatchSays:
        del session
        return BatchSays(batch.name, has_tracking=True, gives_document_no=True)

    def will_say(self, typed: TextCard) -> BatchSays:
        return BatchSays(typed["name"].strip().upper(), has_tracking=True, gives_document_no=True)

    def cards(
        self, session: Session, batch: WarehouseJournalBatch, ids: Collection[int]
    ) -> dict[int, TextCard]:
        location = {"location": session.get_one(Location, batch.location_id).code}
        cards = cards_of_manual_lines(session, batch, ids)
        return {line_id: card | location for line_id, card in cards.items()}

    def write(self, line: Line, card: TextCard, names: NamedRecords, today: date) -> None:
        if card["location"] not in names.locations:
            raise RecordNotFound(field=self.table.captions["location"], code=card["location"])
        write_manual_line(line, card, names, today)

    def last_line(
        self, session: Session, batch: WarehouseJournalBatch
    ) -> ManualJournalLine | None:
        return last_manual_line(session, batch)

    def documents(
        self, session: Session, batch: WarehouseJournalBatch, last: Line | None, today: date
    ) -> Any:  # noqa: ANN401 - a function of a line
        held = [last]

        def of(line: ManualJournalLine) -> str:
            no = line.whse_document_no or document_no_after(session, batch, held[0], today)
            line.whse_document_no = no
            held[0] = line
            return no

        return of


JOURNALS: dict[int, LineJournal] = {
    journal.table.number: journal for journal in (ItemJournal(), WarehouseJournals())
}
