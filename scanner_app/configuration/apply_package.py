"""Apply a part of a package: its records are written by their verbs, all of the part or none.

This module must never write what was not validated before.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.configuration_package import (
    ConfigurationPackageError,
    ConfigurationPackageRecord,
    ConfigurationPackageTable,
)
from scanner_app.configuration.line_journals import JOURNALS
from scanner_app.configuration.package_errors import Fault, keep_errors
from scanner_app.configuration.package_refusals import PackageRecordRefused
from scanner_app.configuration.package_table import RecordTable
from scanner_app.configuration.package_tables import Pass
from scanner_app.configuration.write_lines import write_lines
from scanner_app.configuration.write_records import Outcome, faults_of_record, try_record
from scanner_app.errors import RuleRefused
from scanner_app.inventory.set_up_lock import hold_set_up, lock_set_up

Record = ConfigurationPackageRecord
Written = list[tuple[Record, Outcome, list[Fault]]]


def apply_records(
    session: Session,
    package_table: ConfigurationPackageTable,
    go: Pass,
    records: Sequence[Record],
    change: Change,
    today: date,
    *,
    leave_out: bool,
) -> dict[int, Outcome]:
    """Write some records of a table; returns what became of each, by its id.

    With `leave_out`, what has errors or is refused stays in the package.

    Raises:
        PackageRecordRefused: for the first one that is refused, without `leave_out`.
        RuleRefused: for a batch that is not free.
    """
    faulty = _with_errors(session, records)
    sound = [record for record in records if record.id not in faulty]
    if isinstance(go.table, RecordTable):
        lock_set_up(session)
        written = [_write(session, go, go.table, record, change) for record in sound]
    else:
        hold_set_up(session)
        written = write_lines(session, JOURNALS[go.table.number], sound, today)
    refused = [(record, faults) for record, _, faults in written if faults]
    if refused and not leave_out:
        raise PackageRecordRefused(table=go.table.name, row_no=refused[0][0].row_no)
    keep_errors(session, package_table, [(record.id, faults) for record, faults in refused])
    became = {record.id: outcome for record, outcome, _ in written}
    return became | dict.fromkeys(faulty, Outcome.REFUSED)


def _with_errors(session: Session, records: Sequence[Record]) -> set[int]:
    row, ids = ConfigurationPackageError, [record.id for record in records]
    return set(session.scalars(select(row.record_id).where(row.record_id.in_(ids))))


def _write(
    session: Session, go: Pass, table: RecordTable, record: Record, change: Change
) -> tuple[Record, Outcome, list[Fault]]:
    tried = try_record(session, table, record.cells, change, completes=go.completes)
    if isinstance(tried, RuleRefused):
        return record, Outcome.REFUSED, faults_of_record(table, record.cells, tried)
    return record, tried, []
