"""Validate a part of a package: each record is tried, and what stands against it is kept.

A record of the set-up is written by its verb, after what it needs of the package, and all of it is
taken back: so what is refused is exactly what applying would refuse. Lines are tested in memory,
because there are many and they are tested lightly (docs/decisions.md).

This module must never leave anything of a record in its table.
"""

from collections.abc import Mapping, Sequence
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
from scanner_app.configuration.package_errors import (
    Fault,
    field_at_fault,
    keep_errors,
)
from scanner_app.configuration.package_lines import check_lines
from scanner_app.configuration.package_table import RecordTable
from scanner_app.configuration.package_tables import Pass
from scanner_app.configuration.staged_records import StagedRecords
from scanner_app.configuration.write_records import faults_of_record, try_record
from scanner_app.errors import RuleRefused
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import ROWS_AT_ONCE
from scanner_app.stored_refusals import refusal_from_json

Record = ConfigurationPackageRecord
Faults = list[tuple[int, list[Fault]]]


def validate_records(
    session: Session,
    package_table: ConfigurationPackageTable,
    go: Pass,
    records: Sequence[Record],
    change: Change,
    today: date,
    known: set[str],
) -> None:
    """Try some records and keep what stands against each; `known` as in `check_lines`."""
    table = go.table
    broken = [(record.id, _faults_of_cells(go, record)) for record in records if record.faults]
    whole = [record for record in records if not record.faults]
    staged = StagedRecords(session, package_table.package_id)
    if isinstance(table, RecordTable):
        found = _try_records(session, staged, go, table, whole, change)
    else:
        checked = check_lines(session, JOURNALS[table.number], staged, whole, today, change, known)
        found = [(record.id, faults) for record, faults in checked]
    if go.completes:
        found = _not_told_yet(session, found)
    keep_errors(session, package_table, found)
    if go.is_last:
        keep_errors(session, package_table, broken)


def find_repeated(
    session: Session, package_table: ConfigurationPackageTable, table: RecordTable
) -> Faults:
    """The records that say what stands once and another record before them says."""
    once = table.stands_once
    if once is None:
        return []
    row = ConfigurationPackageRecord
    rows = session.execute(
        select(row.id, row.cells)
        .where(row.package_table_id == package_table.id)
        .order_by(row.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    first: dict[str, Sequence[str]] = {}
    found: Faults = []
    for record_id, cells in rows:
        said = once.alike(cells)
        key = [cells.get(field.name, "").strip().upper() for field in table.keys]
        if said and first.setdefault(said, key) != key:
            found.append((record_id, [(once.name, once.refusal(first[said], cells))]))
    return found


def _not_told_yet(session: Session, found: Faults) -> Faults:
    """What the first pass over a record has told of a field is not told again."""
    row = ConfigurationPackageError
    ids = [record_id for record_id, _ in found]
    of_records = select(row.record_id, row.field_name).where(row.record_id.in_(ids))
    told = {(record_id, name) for record_id, name in session.execute(of_records)}
    return [
        (record_id, [each for each in faults if (record_id, each[0]) not in told])
        for record_id, faults in found
    ]


def _faults_of_cells(go: Pass, record: Record) -> list[Fault]:
    refusals = [refusal_from_json(stored) for stored in record.faults]
    return [(field_at_fault(go.table, refusal), refusal) for refusal in refusals]


def _try_records(
    session: Session,
    staged: StagedRecords,
    go: Pass,
    table: RecordTable,
    records: Sequence[Record],
    change: Change,
) -> Faults:
    """Write records and take them back; what they need is written before them, as far as it can."""
    needed = staged.needed_by(go, records)
    lock_set_up(session)
    trial = session.begin_nested()
    for before, named, record in needed:
        _try(session, before, named, record.cells, change)
    found = [(record.id, _all_faults(session, go, table, record, change)) for record in records]
    trial.rollback()
    return [(record_id, faults) for record_id, faults in found if faults]


def _all_faults(
    session: Session, go: Pass, table: RecordTable, record: Record, change: Change
) -> list[Fault]:
    """Why a record is refused: without the fields at fault it is tried again, for the others."""
    refusal = _try(session, go, table, record.cells, change)
    faults = faults_of_record(table, record.cells, refusal) if refusal is not None else []
    keys = {field.name for field in table.keys}
    while refusal is not None:
        at_fault = {name for name, _ in faults}
        cells = {name: cell for name, cell in record.cells.items() if name not in at_fault}
        refusal = None if keys & at_fault else _try(session, go, table, cells, change)
        name = field_at_fault(table, refusal) if refusal is not None else ""
        if refusal is None or name not in cells:
            break
        faults.append((name, refusal))
    return faults


def _try(
    session: Session, go: Pass, table: RecordTable, cells: Mapping[str, str], change: Change
) -> RuleRefused | None:
    """Write one record of the set-up; returns why it was refused."""
    tried = try_record(session, table, cells, change, completes=go.completes)
    return tried if isinstance(tried, RuleRefused) else None
