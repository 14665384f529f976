"""Entering an item journal line by scanning: one unit at a time, never twice (docs/domain.md 12.7).

What is scanned becomes a line like any that is typed. Where the batch keeps no numbers on its
lines, they go to an item tracking line of the new one. The verb never commits.

This module must never guess what is missing: the scan asks for it.
"""

from datetime import date

from sqlalchemy import and_, select, union_all
from sqlalchemy.orm import Session

from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_tracking import ItemTrackingLine, TrackingSource
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.item_journal_lines import add_item_journal_line, next_line_card
from scanner_app.warehouse.journal_fields import TRACKING, TRACKING_LINE_FIELDS
from scanner_app.warehouse.journal_tracking_lines import add_tracking_line, lock_tracked_line
from scanner_app.warehouse.record_card import blank_card


def add_scanned_line(
    session: Session, batch: ItemJournalBatch, scanned: TextCard, today: date
) -> int:
    """Add what was scanned as a line that comes in, and return its number.

    `scanned` says item, place, quantity and numbers; document and reason are those of the line
    before it.

    Raises:
        RuleRefused: as `add_item_journal_line` and `add_tracking_line` raise it.
    """
    card = next_line_card(session, batch, today) | scanned
    card["entry_type"] = EntryType.POSITIVE_ADJUSTMENT.value
    line_no = add_item_journal_line(session, batch.name, card, today)
    numbers = {field.name: scanned[field.name] for field in TRACKING}
    if not batch.item_tracking_on_lines and any(numbers.values()):
        tracked = lock_tracked_line(session, batch.name, line_no)
        add_tracking_line(session, tracked, blank_card(TRACKING_LINE_FIELDS) | numbers)
    return line_no


def is_serial_on_journal(
    session: Session, batch: ItemJournalBatch, item_id: int, variant_id: int, serial_no: str
) -> bool:
    """Whether a line of the batch has this serial no. of the item."""
    line, part = ItemJournalLine, ItemTrackingLine
    of_item = (
        line.batch_id == batch.id,
        line.item_id == item_id,
        line.variant_id == variant_id,
    )
    of_line = and_(
        part.source_type == TrackingSource.ITEM_JOURNAL_LINE, part.source_line_id == line.id
    )
    # Conditions on a serial no. say that there is one, so that its index is used.
    on_line = select(line.id).where(*of_item, line.serial_no == serial_no, line.serial_no != "")
    on_part = (
        select(line.id)
        .join(part, of_line)
        .where(*of_item, part.serial_no == serial_no, part.serial_no != "")
    )
    return session.scalar(union_all(on_line, on_part).limit(1)) is not None
