"""Post a batch: every line of an item journal, or none (docs/domain.md 12.3).

This module must never post a part of a batch.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_journal_reading import PostedLine
from scanner_app.inventory.posting_checks import PostingChecks
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.item_journal_posting import (
    journal_problems,
    post_item_journal_lines,
    read_journal_numbers,
)
from scanner_app.warehouse.journal_refusals import JournalTooLong
from scanner_app.warehouse.post_item_journal import NothingToPost, Posted
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.set_up_item_journal_batch import lock_item_journal_batch

LINES_MAX = 2_000


def check_item_journal_batch(session: Session, batch: ItemJournalBatch) -> dict[int, RuleRefused]:
    """The refusal that each line would meet when the batch is posted, by the number of the line.

    Raises:
        NothingToPost, JournalTooLong: as posting would.
    """
    return problems_of_lines(session, lines_of_batch(session, batch))


def problems_of_lines(
    session: Session, lines: Sequence[PostedLine], checks: PostingChecks | None = None
) -> dict[int, RuleRefused]:
    """The same of some lines, after those that the checks know already."""
    numbers = read_journal_numbers(session, lines)
    problems = journal_problems(session, numbers, checks)
    return {
        number.journal_line.line_no: problems[number.id]
        for number in numbers
        if number.id in problems
    }


def post_item_journal_batch(session: Session, name: str, by: By) -> Posted:
    """Post all lines of a batch in one transaction; the batch is empty then.

    Raises:
        RecordUnknown: for a batch that is not there.
        NothingToPost, JournalTooLong: for a batch without lines, and with too many.
        RuleRefused: the first check that does not hold; nothing is written then.
    """
    hold_set_up(session)
    batch = lock_item_journal_batch(session, name)
    batch.posting_job_id = None  # what a posting in parts told is not so any more
    line_ids = [line.id for line in lines_of_batch(session, batch)]
    return post_item_journal_lines(session, line_ids, by, batch_name=batch.name)


def lines_of_batch(session: Session, batch: ItemJournalBatch) -> Sequence[ItemJournalLine]:
    """All lines of a batch in their order.

    Raises:
        NothingToPost, JournalTooLong: for a batch without lines, and with too many.
    """
    row = ItemJournalLine
    of_batch = select(row).where(row.batch_id == batch.id)
    lines = session.scalars(of_batch.order_by(row.line_no).limit(LINES_MAX + 1)).all()
    if not lines:
        raise NothingToPost
    if len(lines) > LINES_MAX:
        raise JournalTooLong(name=batch.name, lines_max=LINES_MAX)
    return lines
