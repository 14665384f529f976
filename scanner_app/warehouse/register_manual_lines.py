"""Register manual lines: every line of a batch, or none (docs/domain.md 13.3).

The bins of the lines say then what the lines say, the adjustment bin has the other half, and the
sync proposes it to the item ledger.

This module must never register a part of a batch, nor what was counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.bin import Bin, bins_by_id
from scanner_app.warehouse.difference import Difference, difference_of_manual_line, in_order
from scanner_app.warehouse.journal_refusals import JournalTooLong
from scanner_app.warehouse.manual_journal_line import ManualJournalLine
from scanner_app.warehouse.manual_line_checks import ManualLineChecks
from scanner_app.warehouse.post_item_journal import BinMissing
from scanner_app.warehouse.post_item_journal_batch import LINES_MAX
from scanner_app.warehouse.register_activity import By, items_with_codes
from scanner_app.warehouse.register_differences import (
    SERIES,
    adjustment_bin_of,
    lock_bins,
    write_differences,
)
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


@dataclass(frozen=True)
class _Reading:
    """The lines of a batch as differences, minus before plus; `without_bin` are none yet."""

    adjustment: Bin
    differences: list[Difference]
    without_bin: dict[int, RuleRefused]


def check_manual_lines(session: Session, batch: WarehouseJournalBatch) -> dict[int, RuleRefused]:
    """The refusal that each line would meet when the batch is registered, by line number.

    Raises:
        DirectedPutAwayAndPickOff, AdjustmentBinMissing: for its location, as registering would.
        NoLineToRegister, JournalTooLong: as registering would.
    """
    _, problems = _check(session, _read(session, batch))
    return problems


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
    reading = _read(session, batch)
    lock_bins(session, reading.differences)
    checked, problems = _check(session, reading)
    for refusal in problems.values():
        raise refusal
    no = take_number(session, SERIES[batch.template], by.work_date)
    register = write_differences(session, batch, checked, reading.adjustment, no, by)
    row = ManualJournalLine
    session.execute(delete(row).where(row.batch_id == batch.id))
    return RegisteredLines(no, register.no, len(checked))


def _check(session: Session, reading: _Reading) -> tuple[list[Difference], dict[int, RuleRefused]]:
    """What may be written, and what is refused; a refused line counts as not registered."""
    checks = ManualLineChecks(session, reading.differences, reading.adjustment)
    checked, problems = [], dict(reading.without_bin)
    for difference in reading.differences:
        try:
            checked.append(checks.check(difference))
        except RuleRefused as refusal:
            problems[difference.line_no] = refusal
    return checked, dict(sorted(problems.items()))


def _read(session: Session, batch: WarehouseJournalBatch) -> _Reading:
    location = directed_location(session, batch.location_id)
    lines = _lines(session, batch)
    items = items_with_codes(session, {line.item_id for line in lines})
    bins = bins_by_id(session, (line.bin_id for line in lines))
    differences: list[Difference] = []
    without_bin: dict[int, RuleRefused] = {}
    for line in lines:
        item, code = items[line.item_id]
        if line.bin_id is None:
            without_bin[line.line_no] = BinMissing(location=location.code, item_no=item.no)
        else:
            differences.append(difference_of_manual_line(line, bins[line.bin_id], item, code))
    return _Reading(adjustment_bin_of(session, location), in_order(differences), without_bin)


def _lines(session: Session, batch: WarehouseJournalBatch) -> Sequence[ManualJournalLine]:
    row = ManualJournalLine
    of_batch = select(row).where(row.batch_id == batch.id)
    lines = session.scalars(of_batch.order_by(row.line_no).limit(LINES_MAX + 1)).all()
    if not lines:
        raise NoLineToRegister(name=batch.name)
    if len(lines) > LINES_MAX:
        raise JournalTooLong(name=batch.name, lines_max=LINES_MAX)
    return lines
