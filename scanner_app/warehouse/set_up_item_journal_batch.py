"""Setting up item journal batches: named sets of lines posted together (docs/domain.md 12.1).

The batch of the sync is none of them: only the sync proposes lines there and posts them.

This module must never change a line.
"""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.inventory.item_journal import (
    ItemJournalBatch,
    ItemJournalLine,
    ItemJournalTemplate,
)
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import NO, TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.adjustment_sync import BATCH_NAME as SYNC
from scanner_app.warehouse.frozen_item_journal import check_not_frozen
from scanner_app.warehouse.item_journal_fields import batch_fields
from scanner_app.warehouse.item_journal_refusals import (
    ITEM_JOURNAL_BATCH,
    LINES,
    TrackingOnLinesUsed,
)
from scanner_app.warehouse.journal_records import find_named_record
from scanner_app.warehouse.journal_workbook import WorkbookOwner, forget_workbooks
from scanner_app.warehouse.record_card import (
    blank_card,
    by_caption,
    card_of,
    log_card,
    read_card,
    read_name,
    write_card,
)
from scanner_app.warehouse.record_refusals import (
    NameTaken,
    RecordInUse,
    RecordUnknown,
)

TABLE = ItemJournalBatch.__tablename__
NAME_LENGTH = 10


def list_item_journal_batches(
    session: Session, template: ItemJournalTemplate = ItemJournalTemplate.ITEM
) -> Sequence[ItemJournalBatch]:
    """Every batch of a template that people work in, in the order of the names."""
    row = ItemJournalBatch
    of_people = select(row).where(row.name != SYNC, row.template == template)
    return session.scalars(of_people.order_by(row.name)).all()


def find_item_journal_batch(session: Session, name: str) -> ItemJournalBatch | None:
    """The batch of a name as somebody typed it."""
    wanted = name.strip().upper()
    if not wanted.isprintable() or wanted == SYNC:
        return None
    return session.scalar(select(ItemJournalBatch).where(ItemJournalBatch.name == wanted))


def lock_item_journal_batch(session: Session, name: str) -> ItemJournalBatch:
    """Find a batch and keep it and its lines for this transaction.

    Raises:
        RecordUnknown: for a batch that is not there.
        JournalFrozen: for one whose lines are checked or posted in parts.
    """
    batch = find_item_journal_batch(session, name)
    if batch is None:
        raise RecordUnknown(record=ITEM_JOURNAL_BATCH, code=name[:NAME_LENGTH])
    session.refresh(batch, with_for_update=True)
    check_not_frozen(session, batch)
    return batch


def card_of_batch(session: Session, batch: ItemJournalBatch) -> TextCard:
    """What the card of a batch says."""
    series, reason = session.execute(
        select(NumberSeries.code, ReasonCode.code)
        .select_from(ItemJournalBatch)
        .outerjoin(NumberSeries, NumberSeries.id == ItemJournalBatch.number_series_id)
        .outerjoin(ReasonCode, ReasonCode.id == ItemJournalBatch.reason_code_id)
        .where(ItemJournalBatch.id == batch.id)
    ).one()
    fields = batch_fields(batch.template)
    return card_of(fields, batch, {"number_series": series or "", "reason_code": reason or ""})


def create_item_journal_batch(
    session: Session,
    typed: TextCard,
    change: Change,
    template: ItemJournalTemplate = ItemJournalTemplate.ITEM,
) -> ItemJournalBatch:
    """Add a batch; its name is that of no other one, of whatever template.

    Raises:
        NameTaken: when there is such a batch, or the sync has the name for itself.
        RecordNotFound: for a series or reason that is not there.
        RuleRefused: as `read_name` and `read_card` raise it.
    """
    name = read_name(typed["name"], NAME_LENGTH, "Name")
    lock_set_up(session)
    if name == SYNC or find_item_journal_batch(session, name):
        raise NameTaken(record=ITEM_JOURNAL_BATCH, code=name, field="Name")
    batch, fields = ItemJournalBatch(template=template), batch_fields(template)
    card = read_card(fields, typed)
    _write(session, batch, card)
    session.add(batch)
    session.flush()
    changes = changed_fields(blank_card(fields), card)
    log_card(session, TABLE, name, change, by_caption(fields, changes))
    return batch


def change_item_journal_batch(
    session: Session, name: str, as_read: TextCard, typed: TextCard, change: Change
) -> None:
    """Let the card say what was typed.

    Raises:
        RecordUnknown: for a batch that is not there.
        CardChanged: when somebody changed the card after it was read.
        TrackingOnLinesUsed: when lines have numbers that would be hidden.
        RecordNotFound: for a series or reason that is not there.
        RuleRefused: as `read_card` raises it.
    """
    lock_set_up(session)
    batch = lock_item_journal_batch(session, name)
    stored = card_of_batch(session, batch)
    check_unchanged(as_read, stored)
    fields = batch_fields(batch.template)
    card = read_card(fields, typed | {"name": batch.name})
    if card.get("item_tracking_on_lines") == NO:
        _check_no_line_has_tracking(session, batch)
    _write(session, batch, card)
    batch.lock_version += 1
    session.flush()
    changes = changed_fields(stored, card)
    log_card(session, TABLE, batch.name, change, by_caption(fields, changes))


def delete_item_journal_batch(session: Session, name: str, change: Change) -> None:
    """Remove a batch without lines.

    Raises:
        RecordUnknown: for a batch that is not there.
        RecordInUse: when it has lines.
    """
    lock_set_up(session)
    batch = lock_item_journal_batch(session, name)
    line = ItemJournalLine
    if session.scalar(select(line.id).where(line.batch_id == batch.id).limit(1)):
        raise RecordInUse(record=ITEM_JOURNAL_BATCH, code=batch.name, place=LINES)
    forget_workbooks(session, WorkbookOwner(item_journal_batch_id=batch.id))
    session.delete(batch)
    log_card(session, TABLE, batch.name, change, [("Name", batch.name, "")])


def _write(session: Session, batch: ItemJournalBatch, card: TextCard) -> None:
    fields = batch_fields(batch.template)
    series = find_named_record(session, NumberSeries, fields, card, "number_series")
    reason = find_named_record(session, ReasonCode, fields, card, "reason_code")
    write_card(fields, batch, card)
    batch.number_series_id = series.id if series else None
    batch.reason_code_id = reason.id if reason else None


def _check_no_line_has_tracking(session: Session, batch: ItemJournalBatch) -> None:
    line = ItemJournalLine
    tracked = or_(
        line.serial_no != "",
        line.lot_no != "",
        line.package_no != "",
        line.warranty_date.is_not(None),
        line.expiration_date.is_not(None),
    )
    first = select(line.line_no).where(line.batch_id == batch.id, tracked).limit(1)
    if line_no := session.scalar(first):
        raise TrackingOnLinesUsed(name=batch.name, line_no=line_no)
