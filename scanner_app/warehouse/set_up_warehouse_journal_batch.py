"""Setting up warehouse journal batches: named sets of lines of one location (docs/domain.md 13.1).

A batch of the template Physical Inventory is a count as well, so it is found by its code.

This module must never change a line, nor what was counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.code_index import CodeKind, forget_codes
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.journal_records import find_named_record
from scanner_app.warehouse.journal_workbook import WorkbookOwner, forget_workbooks
from scanner_app.warehouse.manual_line_kind import LINE_KINDS
from scanner_app.warehouse.master_codes import index_batch
from scanner_app.warehouse.record_card import (
    blank_card,
    by_caption,
    card_of,
    log_card,
    read_card,
    read_name,
    write_card,
)
from scanner_app.warehouse.record_refusals import NameTaken, RecordInUse, RecordUnknown
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    WarehouseJournalBatch,
    WarehouseJournalTemplate,
)
from scanner_app.warehouse.warehouse_journal_fields import BATCH_FIELDS as FIELDS
from scanner_app.warehouse.warehouse_journal_refusals import (
    COUNTED,
    LINES,
    WAREHOUSE_JOURNAL_BATCH,
    DirectedPutAwayAndPickOff,
)

TABLE = WarehouseJournalBatch.__tablename__
NAME_LENGTH = 10


@dataclass(frozen=True)
class WarehouseJournal:
    """One of the warehouse journals of a location: where names of batches stand once."""

    location_id: int
    template: WarehouseJournalTemplate


def list_warehouse_journal_batches(
    session: Session, journal: WarehouseJournal, after: str, rows_max: int
) -> Sequence[WarehouseJournalBatch]:
    """So many batches in the order of their names, after the one the part before ended with."""
    row = WarehouseJournalBatch
    wanted = _of_journal(journal).where(row.name > after)
    return session.scalars(wanted.order_by(row.name).limit(rows_max)).all()


def find_warehouse_journal_batch(
    session: Session, journal: WarehouseJournal, name: str
) -> WarehouseJournalBatch | None:
    """The batch of a name as somebody typed it."""
    wanted = name.strip().upper()
    if not wanted.isprintable():
        return None
    return session.scalar(_of_journal(journal).where(WarehouseJournalBatch.name == wanted))


def lock_warehouse_journal_batch(
    session: Session, journal: WarehouseJournal, name: str
) -> WarehouseJournalBatch:
    """Find a batch and keep it and its lines for this transaction.

    Raises:
        RecordUnknown: for a batch that is not there.
    """
    batch = find_warehouse_journal_batch(session, journal, name)
    if batch is None:
        raise RecordUnknown(record=WAREHOUSE_JOURNAL_BATCH, code=name[:NAME_LENGTH])
    session.refresh(batch, with_for_update=True)
    return batch


def directed_location(session: Session, location_id: int) -> Location:
    """The location of a journal.

    Raises:
        DirectedPutAwayAndPickOff: when it has no directed put-away and pick.
    """
    location = session.get_one(Location, location_id)
    if not location.directed_put_away_and_pick:
        raise DirectedPutAwayAndPickOff(location=location.code)
    return location


def card_of_warehouse_journal_batch(session: Session, batch: WarehouseJournalBatch) -> TextCard:
    """What the card of a batch says."""
    reason = session.get(ReasonCode, batch.reason_code_id) if batch.reason_code_id else None
    return card_of(FIELDS, batch, {"reason_code": reason.code if reason else ""})


def create_warehouse_journal_batch(
    session: Session, journal: WarehouseJournal, typed: TextCard, change: Change
) -> WarehouseJournalBatch:
    """Add a batch; one of the template Physical Inventory can be scanned from then on.

    Raises:
        DirectedPutAwayAndPickOff: at a location where bins are not kept so.
        NameTaken: when there is such a batch.
        RecordNotFound: for a reason that is not there.
        RuleRefused: as `read_name` and `read_card` raise it.
    """
    name = read_name(typed["name"], NAME_LENGTH, "Name")
    lock_set_up(session)
    location = directed_location(session, journal.location_id)
    if find_warehouse_journal_batch(session, journal, name):
        raise NameTaken(record=WAREHOUSE_JOURNAL_BATCH, code=name, field="Name")
    batch = WarehouseJournalBatch(location_id=location.id, template=journal.template)
    card = read_card(FIELDS, typed)
    _write(session, batch, card)
    add_batch(session, batch)
    changes = by_caption(FIELDS, changed_fields(blank_card(FIELDS), card))
    log_card(session, TABLE, record_name_of(session, batch), change, changes)
    return batch


def add_batch(session: Session, batch: WarehouseJournalBatch) -> None:
    """Insert a batch; one that is a count gets its code."""
    session.add(batch)
    session.flush()
    if batch.template is WarehouseJournalTemplate.PHYSICAL_INVENTORY:
        index_batch(session, batch)


def change_warehouse_journal_batch(
    session: Session,
    journal: WarehouseJournal,
    name: str,
    as_read: TextCard,
    typed: TextCard,
    change: Change,
) -> None:
    """Let the card say what was typed.

    Raises:
        RecordUnknown: for a batch that is not there.
        CardChanged: when somebody changed the card after it was read.
        RecordNotFound: for a reason that is not there.
        RuleRefused: as `read_card` raises it.
    """
    lock_set_up(session)
    batch = lock_warehouse_journal_batch(session, journal, name)
    stored = card_of_warehouse_journal_batch(session, batch)
    check_unchanged(as_read, stored)
    card = read_card(FIELDS, typed | {"name": batch.name})
    _write(session, batch, card)
    batch.lock_version += 1
    session.flush()
    changes = by_caption(FIELDS, changed_fields(stored, card))
    log_card(session, TABLE, record_name_of(session, batch), change, changes)


def delete_warehouse_journal_batch(
    session: Session, journal: WarehouseJournal, name: str, change: Change
) -> None:
    """Remove a batch that is empty, and its code.

    Raises:
        RecordUnknown: for a batch that is not there.
        RecordInUse: when it has manual lines, or bins that are or were on count.
    """
    lock_set_up(session)
    batch = lock_warehouse_journal_batch(session, journal, name)
    for place, row in ((LINES, LINE_KINDS[batch.template].row), (COUNTED, BinCount)):
        if session.scalar(select(row.id).where(row.batch_id == batch.id).limit(1)):
            raise RecordInUse(record=WAREHOUSE_JOURNAL_BATCH, code=batch.name, place=place)
    log_card(session, TABLE, record_name_of(session, batch), change, [("Name", batch.name, "")])
    forget_codes(session, CodeKind.COUNT, [batch.id])
    forget_workbooks(session, WorkbookOwner(warehouse_journal_batch_id=batch.id))
    session.delete(batch)


def record_name_of(session: Session, batch: WarehouseJournalBatch) -> str:
    """What the change log calls a batch: its name stands once at a location and template."""
    location = session.get_one(Location, batch.location_id)
    return f"{location.code} {batch.template.value} {batch.name}"


def _of_journal(journal: WarehouseJournal) -> Select[WarehouseJournalBatch]:
    row = WarehouseJournalBatch
    return select(row).where(
        row.location_id == journal.location_id, row.template == journal.template
    )


def _write(session: Session, batch: WarehouseJournalBatch, card: TextCard) -> None:
    reason = find_named_record(session, ReasonCode, FIELDS, card, "reason_code")
    write_card(FIELDS, batch, card)
    batch.reason_code_id = reason.id if reason else None
