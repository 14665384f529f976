"""Update Item Tracking Lines: the numbers of every line of a batch go to item tracking lines.

They are tested then as they will be when they are posted, and go there all or not at all
(docs/domain.md 12.5).

This module must never post.
"""

from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.item_journal_posting import journal_problems, read_journal_numbers
from scanner_app.warehouse.journal_tracking_lines import transfer_numbers
from scanner_app.warehouse.journal_tracking_refusals import NumbersNotTransferred
from scanner_app.warehouse.post_item_journal_batch import lines_of_batch
from scanner_app.warehouse.set_up_item_journal_batch import lock_item_journal_batch


def update_item_tracking_lines(session: Session, name: str) -> int:
    """Transfer the numbers of all lines of a batch; returns of how many lines.

    Raises:
        RecordUnknown: for a batch that is not there.
        NothingToPost, JournalTooLong: for a batch without lines, and with too many.
        NumbersNotTransferred: when posting would refuse a line that has numbers.
    """
    hold_set_up(session)
    batch = lock_item_journal_batch(session, name)
    lines = lines_of_batch(session, batch)
    problems = journal_problems(session, read_journal_numbers(session, lines))
    refused = {line_id for line_id, _ in problems}
    numbered = [line for line in lines if numbers_of(line)]
    if count := sum(1 for line in numbered if line.id in refused):
        raise NumbersNotTransferred(count=count)
    transfer_numbers(session, numbered)
    return len(numbered)
