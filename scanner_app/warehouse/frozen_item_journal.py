"""Frozen item journals: while lines are checked or posted in parts, nobody else touches them.

The batch says for whom, since when, and how many lines it had then (docs/domain.md 12.3). Whoever
calls holds the batch.

This module must never change a line.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.warehouse.item_journal_refusals import JournalFrozen


def check_not_frozen(session: Session, batch: ItemJournalBatch) -> None:
    """Refuse to touch the lines of a batch while a job has them.

    Raises:
        JournalFrozen: for such a batch.
    """
    if batch.frozen_at is None or batch.frozen_lines is None:
        return
    raise JournalFrozen(
        name=batch.name,
        user=session.get_one(User, batch.frozen_by_id).user_name,
        since=batch.frozen_at,
        done=batch.frozen_lines - count_lines(session, batch),
        lines=batch.frozen_lines,
    )


def hold_frozen_batch(session: Session, batch_id: int) -> ItemJournalBatch:
    """Keep a batch for this transaction, though it is frozen: for the job that has its lines."""
    batch: ItemJournalBatch = session.get_one(
        ItemJournalBatch, batch_id, with_for_update=True, populate_existing=True
    )
    return batch


def freeze(batch: ItemJournalBatch, job_id: int, lines: int, user_id: int, at: datetime) -> None:
    """Keep the lines of a batch for a job; what the job before told is read by this."""
    batch.posting_job_id = job_id
    batch.frozen_lines = lines
    batch.frozen_by_id = user_id
    batch.frozen_at = at


def thaw(batch: ItemJournalBatch) -> None:
    """Give the lines of a batch back; its job stays named until its end was read."""
    batch.frozen_at = batch.frozen_by_id = batch.frozen_lines = None


def count_lines(session: Session, batch: ItemJournalBatch) -> int:
    """How many lines a batch has."""
    of_batch = ItemJournalLine.batch_id == batch.id
    return session.scalar(select(func.count()).select_from(ItemJournalLine).where(of_batch)) or 0
