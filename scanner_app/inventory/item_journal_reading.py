"""Reading item journal lines that are checked or posted: their columns and no objects.

Thousands of lines are read, each value of them several times, and the session need not watch any.

This module must never write a line.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_journal import ItemJournalLine, brings_stock_in
from scanner_app.inventory.item_tracking_code import EntryType


class ReadJournalLine(NamedTuple):
    """A line as it was when it was read: what posting asks of it, by the names of its columns."""

    id: int
    line_no: int
    entry_type: EntryType
    posting_date: date
    document_date: date
    document_no: str
    item_id: int
    variant_id: int
    location_id: int
    bin_id: int | None
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    quantity_base: Decimal
    serial_no: str
    lot_no: str
    package_no: str
    warranty_date: date | None
    expiration_date: date | None
    new_location_id: int | None
    new_bin_id: int | None
    new_serial_no: str
    new_lot_no: str
    new_package_no: str
    new_expiration_date: date | None
    applies_to_entry_id: int | None
    reason_code_id: int | None
    warehouse_adjustment: bool

    @property
    def comes_in(self) -> bool:
        """As of the line itself."""
        return brings_stock_in(self.entry_type, self.quantity_base)


PostedLine = ItemJournalLine | ReadJournalLine
_COLUMNS = tuple(getattr(ItemJournalLine, name) for name in ReadJournalLine._fields)


def read_journal_lines(session: Session, line_ids: Collection[int]) -> dict[int, ReadJournalLine]:
    """Lines by their ids, in one look-up."""
    return _read(session, line_ids, is_locking=False)


def lock_journal_lines(session: Session, line_ids: Collection[int]) -> dict[int, ReadJournalLine]:
    """The same, kept until the commit: they are locked in the order of their ids."""
    return _read(session, line_ids, is_locking=True)


def _read(
    session: Session, line_ids: Collection[int], *, is_locking: bool
) -> dict[int, ReadJournalLine]:
    row = ItemJournalLine
    statement = select(*_COLUMNS).where(row.id.in_(sorted(line_ids))).order_by(row.id)
    found = session.execute(statement.with_for_update() if is_locking else statement)
    return {line.id: line for line in map(ReadJournalLine._make, found)}
