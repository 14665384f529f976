"""Register manual lines: every line of a batch, or none (docs/domain.md 13.3, 13.4).

What a line becomes depends on its journal: an adjustment or a reclassification.

This module must never register a part of a batch, nor what was counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.journal_refusals import JournalTooLong
from scanner_app.warehouse.manual_line_kind import LINE_KINDS
from scanner_app.warehouse.post_item_journal_batch import LINES_MAX
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.register_adjustments import Adjustments
from scanner_app.warehouse.register_differences import SERIES
from scanner_app.warehouse.register_reclassifications import Reclassifications
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    WarehouseJournal,
    directed_location,
    lock_warehouse_journal_batch,
)
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from scanner_app.warehouse.warehouse_journal_refusals import NoLineToRegister


@dataclass(frozen=True)
class RegisteredLines:
    """What a registration of manual lines did."""

    no: str
    register_no: int
    lines: int


def check_manual_lines(session: Session, batch: WarehouseJournalBatch) -> dict[int, RuleRefused]:
    """The refusal that each line would meet when the batch is registered, by line number.

    Raises:
        DirectedPutAwayAndPickOff, AdjustmentBinMissing: for its location, as registering would.
        NoLineToRegister, JournalTooLong: as registering would.
    """
    return dict(sorted(_read(session, batch).check().items()))


def register_manual_lines(
    session: Session, journal: WarehouseJournal, name: str, by: By
) -> RegisteredLines:
    """Register all manual lines of a batch in one transaction; they are gone then.

    Raises:
        RecordUnknown: for a batch that is not there.
        DirectedPutAwayAndPickOff, AdjustmentBinMissing: for its location.
        NoLineToRegister, JournalTooLong: for a batch without lines, and with too many.
        RuleRefused: of the first line that is refused; nothing is written then.
    """
    hold_set_up(session)
    batch = lock_warehouse_journal_batch(session, journal, name)
    lines = _read(session, batch)
    lines.lock()
    for _, refusal in sorted(lines.check().items()):
        raise refusal
    no = take_number(session, SERIES[batch.template], by.work_date)
    register = lines.write(no, by)
    row = LINE_KINDS[batch.template].row
    session.execute(delete(row).where(row.batch_id == batch.id))
    return RegisteredLines(no, register.no, len(lines))


def _read(session: Session, batch: WarehouseJournalBatch) -> Adjustments | Reclassifications:
    location = directed_location(session, batch.location_id)
    lines = _lines(session, batch)
    if LINE_KINDS[batch.template].moves:
        return Reclassifications(session, batch, location, lines)
    return Adjustments(session, batch, location, lines)


def _lines(session: Session, batch: WarehouseJournalBatch) -> Sequence[Any]:
    row = LINE_KINDS[batch.template].row
    of_batch = select(row).where(row.batch_id == batch.id)
    lines = session.scalars(of_batch.order_by(row.line_no).limit(LINES_MAX + 1)).all()
    if not lines:
        raise NoLineToRegister(name=batch.name)
    if len(lines) > LINES_MAX:
        raise JournalTooLong(name=batch.name, lines_max=LINES_MAX)
    return lines
