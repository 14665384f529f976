"""Post a long batch in parts: each part whole or not at all, in the order of one posting.

What leaves goes before what comes in, then line by line, so that a serial no. leaves before it
arrives, whichever parts its lines are in (docs/domain.md 12.3). The verbs never commit; who calls
has frozen the batch.

This module must never post a line before all lines were checked: `post_item_journal_job` sees to
that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_journal_reading import read_journal_lines
from scanner_app.inventory.posting_checks import PostingChecks
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.frozen_item_journal import count_lines, hold_frozen_batch
from scanner_app.warehouse.item_journal_posting import post_item_journal_lines
from scanner_app.warehouse.journal_refusals import JournalTooLong
from scanner_app.warehouse.post_item_journal_batch import LINES_MAX, problems_of_lines
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.set_up_item_journal_batch import lock_item_journal_batch

PART_LINES = LINES_MAX
LINES_IN_PARTS_MAX = 50_000


@dataclass(frozen=True)
class CheckedPart:
    """So many lines that were checked, and the refusals among them by line number."""

    lines: int
    problems: Mapping[int, RuleRefused]


@dataclass(frozen=True)
class PostedPart:
    """So many lines that were posted under one item register."""

    lines: int
    register_no: int


def is_in_parts(lines: int) -> bool:
    """Whether so many lines are checked and posted in parts."""
    return lines > PART_LINES


def lock_lines(session: Session, name: str) -> tuple[ItemJournalBatch, int]:
    """Keep a batch that is to be checked or posted, and say how many lines it has.

    Raises:
        RecordUnknown, JournalFrozen: as `lock_item_journal_batch` raises them.
        JournalTooLong: for more lines than even parts take.
    """
    hold_set_up(session)
    batch = lock_item_journal_batch(session, name)
    lines = count_lines(session, batch)
    if lines > LINES_IN_PARTS_MAX:
        raise JournalTooLong(name=batch.name, lines_max=LINES_IN_PARTS_MAX)
    return batch, lines


def check_in_parts(session: Session, batch: ItemJournalBatch) -> Iterator[CheckedPart]:
    """The refusals that posting would meet, part by part; each part knows the ones before it."""
    checks = PostingChecks(session, [])
    ids = session.scalars(_in_order_of_posting(batch)).all()
    for first in range(0, len(ids), PART_LINES):
        part = ids[first : first + PART_LINES]
        lines = read_journal_lines(session, part)
        problems = problems_of_lines(session, [lines[key] for key in part], checks)
        yield CheckedPart(len(part), problems)


def post_next_part(session: Session, batch_id: int, by: By) -> PostedPart:
    """Post the next lines of a frozen batch, or none of them.

    Raises:
        RuleRefused: the first check that does not hold; nothing of the part is written then.
    """
    hold_set_up(session)
    batch = hold_frozen_batch(session, batch_id)
    ids = session.scalars(_in_order_of_posting(batch).limit(PART_LINES)).all()
    posted = post_item_journal_lines(session, ids, by, batch_name=batch.name)
    return PostedPart(len(ids), posted.item_register.no)


def _in_order_of_posting(batch: ItemJournalBatch) -> Select[int]:
    """What leaves before what comes in, then line by line."""
    row = ItemJournalLine
    return select(row.id).where(row.batch_id == batch.id).order_by(row.comes_in, row.line_no)
