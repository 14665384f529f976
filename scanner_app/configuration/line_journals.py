"""The journals whose lines a package brings: how a batch is kept, and a line read and written.

Both kinds of journal do it by the functions with which their pages do it for one line.

This module must never post or register.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
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
    item_batch_of,
    journal_named,
    journal_of,
    template_of,
)
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.inventory.text_card import YES, Changes, TextCard
from scanner_app.warehouse.item_journal_fields import LINE_FIELDS
from scanner_app.warehouse.item_journal_line_card import blank_line_card, stored_lines, write_line
from scanner_app.warehouse.item_journal_lines import DocumentNumbers, last_line_of
from scanner_app.warehouse.item_journal_refusals import ITEM_JOURNAL_BATCH
from scanner_app.warehouse.journal_fields import TRACKING
from scanner_app.warehouse.journal_records import NamedRecords
from scanner_app.warehouse.journal_tracking import tracked_quantities
from scanner_app.warehouse.manual_journal_line import ManualJournalLine
from scanner_app.warehouse.manual_journal_lines import WhseDocumentNumbers, last_manual_line
from scanner_app.warehouse.manual_line_card import stored_manual_lines, write_manual_line
from scanner_app.warehouse.manual_line_kind import LINE_KINDS
from scanner_app.warehouse.record_refusals import RecordUnknown
from scanner_app.warehouse.register_differences import SERIES
from scanner_app.warehouse.set_up_item_journal_batch import lock_item_journal_batch
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    find_warehouse_journal_batch,
    lock_warehouse_journal_batch,
)
from scanner_app.warehouse.tracking_kept import check_tracking_kept
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch, WarehouseJournalTemplate

# Lines of a warehouse journal always have their numbers.
NUMBERS_ON_LINES = True
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
        document_no: that of its last line, which a line without one gets.
        series: where the number comes from when there is none.
    """

    name: str
    has_tracking: bool
    document_no: str
    series: str


@dataclass(frozen=True)
class LineJournal:
    """One kind of journal, and the functions by which its pages work.

    Attributes:
        batches_no: the number of the table of its batches.
        model: the table of its lines.
        document: the field of its document number.
        find_batch: the batch of a line, or a refusal for what it is called by.
        lock_batch: the batch of a line, kept for this transaction.
        says: what a batch that is there says.
        will_say: what a batch will say that the package brings.
        cards: what some lines of a batch say, by id, in one look-up.
        write: lets a line say what its card says; refusals as on its page.
        last_line: the line with the highest number.
        documents: what gives each new line its document number, one after the other.
        tracked: how much of some lines has numbers on item tracking lines.
        check_kept: refuses a change that the item tracking lines do not fit.
        numbers: the fields that a batch may have no place for.
    """

    table: LineTable
    batches_no: int
    model: Any
    document: str
    find_batch: Callable[[Session, TextCard], Batch | None]
    lock_batch: Callable[[Session, TextCard], Batch]
    says: Callable[[Session, Batch], BatchSays]
    will_say: Callable[[TextCard], BatchSays]
    cards: Callable[[Session, Batch, Collection[int]], Mapping[int, TextCard]]
    write: Callable[[Line, TextCard, NamedRecords, date], None]
    last_line: Callable[[Session, Batch], Line | None]
    documents: Callable[[Session, Batch, Line | None, date], Callable[[Line], None]]
    tracked: Callable[[Session, Collection[int]], Mapping[int, Decimal]]
    check_kept: Callable[[Line, Decimal | None, Changes], None]
    numbers: tuple[str, ...] = ()

    def check_batch(self, says: BatchSays, card: TextCard) -> None:
        """Refuse numbers on lines of a batch that has none.

        Raises:
            BatchWithoutTracking: for the first such field.
        """
        for name in self.numbers:
            if card[name] and not says.has_tracking:
                raise BatchWithoutTracking(name=says.name, field=self.table.captions[name])

    def lines(
        self, session: Session, batch: Batch, ids: Collection[int], line_nos: Collection[int]
    ) -> Sequence[Line]:
        """The lines of a batch that have one of the ids or numbers."""
        row = self.model
        of_batch = select(row).where(row.batch_id == batch.id)
        wanted = or_(row.id.in_(ids), row.line_no.in_(line_nos))
        return session.scalars(of_batch.where(wanted)).all()


def _find_item_batch(session: Session, typed: TextCard) -> ItemJournalBatch | None:
    check_template(typed)
    return item_batch_of(session, typed["batch"])


def _lock_item_batch(session: Session, typed: TextCard) -> ItemJournalBatch:
    if item_batch_of(session, typed["batch"]) is None:
        raise RecordUnknown(record=ITEM_JOURNAL_BATCH, code=typed["batch"][:10])
    return lock_item_journal_batch(session, typed["batch"])


def _item_batch_says(session: Session, batch: ItemJournalBatch) -> BatchSays:
    last, series_id = last_line_of(session, batch), batch.number_series_id
    series = session.get_one(NumberSeries, series_id).code if series_id else ""
    document_no = last.document_no if last else ""
    return BatchSays(batch.name, batch.item_tracking_on_lines, document_no, series)


def _item_batch_will_say(typed: TextCard) -> BatchSays:
    has_tracking = typed.get("item_tracking_on_lines") == YES
    series = typed.get("number_series", "").strip().upper()
    return BatchSays(typed["name"].strip().upper(), has_tracking, "", series)


def _item_cards(
    session: Session, batch: ItemJournalBatch, ids: Collection[int]
) -> dict[int, TextCard]:
    """A line of this journal says nothing of where it goes."""
    names = [field.name for field in LINE_FIELDS]
    stored = stored_lines(session, batch, ids)
    return {key: {name: line.card[name] for name in names} for key, line in stored.items()}


def _write_item_line(line: Line, card: TextCard, names: NamedRecords, today: date) -> None:
    write_line(line, blank_line_card() | card, names, today)


ITEM_JOURNAL = LineJournal(
    table=ITEM_JOURNAL_LINE,
    batches_no=ITEM_BATCHES_NO,
    model=ItemJournalLine,
    document="document_no",
    find_batch=_find_item_batch,
    lock_batch=_lock_item_batch,
    says=_item_batch_says,
    will_say=_item_batch_will_say,
    cards=_item_cards,
    write=_write_item_line,
    last_line=last_line_of,
    documents=lambda session, batch, last, _: DocumentNumbers(session, batch, last).number,
    tracked=tracked_quantities,
    check_kept=check_tracking_kept,
    numbers=tuple(field.name for field in TRACKING),
)


def _find_warehouse_batch(session: Session, typed: TextCard) -> WarehouseJournalBatch | None:
    journal = journal_of(session, typed)
    return find_warehouse_journal_batch(session, journal, typed["batch"]) if journal else None


def _lock_warehouse_batch(session: Session, typed: TextCard) -> WarehouseJournalBatch:
    return lock_warehouse_journal_batch(session, journal_named(session, typed), typed["batch"])


def _warehouse_batch_says(session: Session, batch: WarehouseJournalBatch) -> BatchSays:
    last = last_manual_line(session, batch)
    document_no = last.whse_document_no if last else ""
    return BatchSays(batch.name, NUMBERS_ON_LINES, document_no, SERIES[batch.template])


def _warehouse_batch_will_say(typed: TextCard) -> BatchSays:
    series = SERIES[template_of(typed)]
    return BatchSays(typed["name"].strip().upper(), NUMBERS_ON_LINES, "", series)


def _warehouse_cards(
    session: Session, batch: WarehouseJournalBatch, ids: Collection[int]
) -> dict[int, TextCard]:
    """A line has the location of its batch."""
    location = {"location": session.get_one(Location, batch.location_id).code}
    stored = stored_manual_lines(session, batch, ids)
    return {line_id: line.card | location for line_id, line in stored.items()}


def _write_warehouse_line(line: Line, card: TextCard, names: NamedRecords, today: date) -> None:
    write_manual_line(LINE_KINDS[WarehouseJournalTemplate.ITEM], line, card, names, today)


WAREHOUSE_JOURNAL = LineJournal(
    table=WAREHOUSE_JOURNAL_LINE,
    batches_no=WAREHOUSE_BATCHES_NO,
    model=ManualJournalLine,
    document="whse_document_no",
    find_batch=_find_warehouse_batch,
    lock_batch=_lock_warehouse_batch,
    says=_warehouse_batch_says,
    will_say=_warehouse_batch_will_say,
    cards=_warehouse_cards,
    write=_write_warehouse_line,
    last_line=last_manual_line,
    documents=lambda *batch: WhseDocumentNumbers(*batch).number,
    tracked=lambda _session, _ids: {},
    check_kept=lambda _line, _tracked, _changes: None,
)
JOURNALS: dict[int, LineJournal] = {
    journal.table.number: journal for journal in (ITEM_JOURNAL, WAREHOUSE_JOURNAL)
}
