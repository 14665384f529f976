"""Writing lines of a package into their journals, many at once, by the functions of their pages.

This module must never post or register.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from scanner_app.configuration.configuration_package import ConfigurationPackageRecord
from scanner_app.configuration.line_journals import LineJournal
from scanner_app.configuration.package_errors import Fault, field_at_fault
from scanner_app.configuration.package_lines import (
    PackageLine,
    begin_line,
    by_batch,
    check_line,
    find_lines,
    read_line,
)
from scanner_app.configuration.write_records import Outcome
from scanner_app.errors import RuleRefused
from scanner_app.warehouse.item_journal_lines import STEP
from scanner_app.warehouse.journal_records import find_named_records

Record = ConfigurationPackageRecord


def write_lines(
    session: Session, journal: LineJournal, records: Sequence[Record], today: date
) -> list[tuple[Record, Outcome, list[Fault]]]:
    """Let rows become lines of their batches; a row that is refused leaves no trace.

    Raises:
        RecordUnknown, JournalFrozen: for a batch that is not there, or not free.
    """
    lines = [begin_line(journal, record) for record in records]
    done: dict[int, tuple[Outcome, list[Fault]]] = {}
    for _, group in sorted(by_batch(lines).items()):
        done |= _write_group(session, journal, group, today)
    return [(record, *done[record.id]) for record in records]


def _write_group(
    session: Session, journal: LineJournal, lines: Sequence[PackageLine], today: date
) -> dict[int, tuple[Outcome, list[Fault]]]:
    """Write the lines of one batch, which is kept meanwhile."""
    batch = journal.lock_batch(session, lines[0].typed)
    says = journal.says(session, batch)
    find_lines(session, journal, batch, lines)
    for line in lines:
        read_line(journal, says, line)
    to_write = [line for line in lines if not line.faults and not line.stays]
    names = find_named_records(session, [line.card for line in to_write])
    tracked = journal.tracked(session, [line.line.id for line in to_write if line.line is not None])
    last = journal.last_line(session, batch)
    documents = journal.documents(session, batch, last, today)
    next_no = (last.line_no if last else 0) + STEP
    for line in to_write:
        row = journal.model(batch_id=batch.id) if line.line is None else line.line
        try:
            check_line(journal, line, names, today, tracked)
            journal.write(row, line.card, names, today)
            documents(row)
        except RuleRefused as fault:
            line.faults.append((field_at_fault(journal.table, fault), fault))
            continue
        if line.line is None:
            row.line_no = line.line_no or next_no
            next_no = max(next_no, row.line_no + STEP)
            session.add(row)
            line.line = row
    session.flush()
    return {line.record.id: _outcome(line) for line in lines}


def _outcome(line: PackageLine) -> tuple[Outcome, list[Fault]]:
    if line.faults:
        return Outcome.REFUSED, line.faults
    if line.line is not None:
        line.record.line_id = line.line.id
        line.record.applied_digest = line.record.digest
    if line.stays:
        return Outcome.UNCHANGED, []
    return Outcome.CREATED if line.before is None else Outcome.CHANGED, []
