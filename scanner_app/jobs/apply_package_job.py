"""Validate and Apply of a package, a part in each transaction (docs/domain.md 14.3).

All records are validated first, and until then the job may be cancelled. Then each part is applied
or refused as a whole. The package stays frozen until the job ends, however it does.

This module must never try or write a record by itself: `configuration` does.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.configuration.apply_package import apply_records
from scanner_app.configuration.configuration_package import (
    LEFT,
    ConfigurationPackage,
    ConfigurationPackageRecord,
    ConfigurationPackageTable,
    PackageTableState,
)
from scanner_app.configuration.package_errors import (
    count_records_with_errors,
    forget_errors,
    keep_errors,
)
from scanner_app.configuration.package_refusals import (
    PackageApplied,
    PackageEmpty,
    PackageJobEnded,
)
from scanner_app.configuration.package_table import RecordTable
from scanner_app.configuration.package_tables import PASSES, Pass
from scanner_app.configuration.set_up_package import TABLE, lock_package, tables_of
from scanner_app.configuration.validate_package import find_repeated, validate_records
from scanner_app.configuration.write_records import Outcome
from scanner_app.jobs.job import Job, JobKind, JobState, end_job
from scanner_app.warehouse.record_card import log_card
from scanner_app.warehouse.register_activity import By

# A record of the set-up is written by its verb, with what it needs; lines are written in bulk.
RECORDS_PER_STEP = 25
LINES_PER_STEP = 400
VALIDATE, APPLY = "validate", "apply"

Tables = dict[int, ConfigurationPackageTable]
Records = list[ConfigurationPackageRecord]


@dataclass
class Place:
    """How far the job is, as its checkpoint keeps it.

    Attributes:
        phase: whether records are validated or applied.
        pass_no: the place of the pass in `PASSES`.
        after: the record that the part before ended with.
        known: the batches whose first new line says its document number.
        begun: what became in the first pass of records that a second one completes.
        tables: how many records became what, by table.
        done: how many records the phases before and this one have seen.
        applied: how many records are applied.
        errors: how many records have errors.
    """

    phase: str = VALIDATE
    pass_no: int = 0
    after: int = 0
    known: list[str] = field(default_factory=list)
    begun: dict[str, str] = field(default_factory=dict)
    tables: dict[str, dict[str, int]] = field(default_factory=dict)
    done: int = 0
    applied: int = 0
    errors: int = 0


def request_package_job(
    session: Session, code: str, by: By, *, apply: bool, leave_out: bool
) -> Job:
    """Ask for a package to be validated, and to be applied after it.

    Raises:
        RecordUnknown, PackageBusy: as `lock_package` raises them.
        PackageEmpty: when there is nothing to do.
    """
    package = lock_package(session, code)
    records = sum(table.records for table in tables_of(session, package.id))
    if not records:
        raise PackageEmpty(code=package.code)
    parameters = {
        "package_id": package.id,
        "apply": apply,
        "leave_out": leave_out,
        "work_date": by.work_date.isoformat(),
    }
    job = Job(
        kind=JobKind.APPLY_PACKAGE,
        parameters=parameters,
        total=_total(session, package.id) * (2 if apply else 1),
        requested_by_id=by.user_id,
        requested_at=by.at,
    )
    session.add(job)
    session.flush()
    package.job_id, package.frozen_at = job.id, by.at
    return job


def work_on_package(session: Session, job: Job, at: datetime) -> bool:
    """Validate or apply the next part; returns whether all is done."""
    place = Place(**job.checkpoint)
    tables = {row.table_no: row for row in tables_of(session, job.parameters["package_id"])}
    if not job.checkpoint:
        _begin(session, tables)
    part = _next_part(session, tables, place)
    if part is None:
        is_done = _end_phase(session, job, place, tables, at)
    else:
        is_done = False
        _work_on_part(session, job, place, tables, part, at)
    job.done, job.checkpoint = place.done, asdict(place)
    return is_done


def give_package_back(session: Session, job: Job) -> None:
    """The package can be changed again: the job has ended."""
    package: ConfigurationPackage = session.get_one(
        ConfigurationPackage,
        job.parameters["package_id"],
        with_for_update=True,
        populate_existing=True,
    )
    package.frozen_at = None


def cancel_package_job(session: Session, code: str, job_id: int, at: datetime) -> None:
    """End a job before it has written anything.

    Raises:
        PackageJobEnded: when it has ended already, or was none of this package.
        PackageApplied: when records are applied.
    """
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    package = _package_told_of(session, code, job)
    if job is None or package is None or not job.is_going_on:
        raise PackageJobEnded(code=code)
    place = Place(**job.checkpoint)
    if place.phase == APPLY and place.applied:
        raise PackageApplied(code=code, done=place.applied, total=job.total // 2)
    end_job(job, JobState.CANCELLED, at)
    package.frozen_at = None


def put_package_report_away(session: Session, code: str, job_id: int) -> None:
    """Say no more how a job ended, because somebody has read it; one that goes on stays."""
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    package = _package_told_of(session, code, job)
    if job is not None and package is not None and not job.is_going_on:
        package.job_id = None


def _package_told_of(session: Session, code: str, job: Job | None) -> ConfigurationPackage | None:
    """The package of a code, held, when the job is the one that its page tells of."""
    row = ConfigurationPackage
    package = session.scalar(
        select(row)
        .where(row.code == code)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    is_told = package is not None and job is not None and package.job_id == job.id
    return package if is_told else None


def _total(session: Session, package_id: int) -> int:
    """Every pass over a table counts its records."""
    tables = {row.table_no: row.records for row in tables_of(session, package_id)}
    return sum(tables.get(go.table.number, 0) for go in PASSES)


def _begin(session: Session, tables: Tables) -> None:
    for table in tables.values():
        forget_errors(session, table)


def _next_part(session: Session, tables: Tables, place: Place) -> tuple[Pass, Records] | None:
    """The next records of the pass at hand, or the first ones of a pass after it."""
    row = ConfigurationPackageRecord
    while place.pass_no < len(PASSES):
        go = PASSES[place.pass_no]
        table = tables.get(go.table.number)
        size = RECORDS_PER_STEP if isinstance(go.table, RecordTable) else LINES_PER_STEP
        if table is not None and table.records:
            of_table = select(row).where(row.package_table_id == table.id, row.row_no != LEFT)
            rest = of_table.where(row.id > place.after).order_by(row.id).limit(size)
            records = list(session.scalars(rest))
            if records:
                return go, records
        place.pass_no, place.after = place.pass_no + 1, 0
    return None


def _work_on_part(
    session: Session,
    job: Job,
    place: Place,
    tables: Tables,
    part: tuple[Pass, Records],
    at: datetime,
) -> None:
    go, records = part
    package_table = tables[go.table.number]
    change = Change(at, job.requested_by_id)
    today = date.fromisoformat(job.parameters["work_date"])
    if place.phase == VALIDATE:
        if not place.after and not go.completes and isinstance(go.table, RecordTable):
            keep_errors(session, package_table, find_repeated(session, package_table, go.table))
        known = set(place.known)
        validate_records(session, package_table, go, records, change, today, known)
        place.known = sorted(known)
    else:
        became = apply_records(
            session,
            package_table,
            go,
            records,
            change,
            today,
            leave_out=job.parameters["leave_out"],
        )
        _count(place, go, became)
        place.applied += len(records) if go.is_last else 0
    place.after = records[-1].id
    place.done += len(records)


def _count(place: Place, go: Pass, became: dict[int, Outcome]) -> None:
    """Count what became of records once they are whole; a first pass is told with the second."""
    if not go.is_last:
        place.begun |= {str(key): outcome.value for key, outcome in became.items()}
        return
    told = Counter(place.tables.get(str(go.table.number), {}))
    for record_id, outcome in became.items():
        begun = place.begun.pop(str(record_id), Outcome.UNCHANGED.value)
        is_told_first = outcome is Outcome.REFUSED or begun == Outcome.UNCHANGED.value
        told[outcome.value if is_told_first else begun] += 1
    place.tables[str(go.table.number)] = dict(told)


def _end_phase(session: Session, job: Job, place: Place, tables: Tables, at: datetime) -> bool:
    """Tell each table how far it is; returns whether that was the last phase."""
    session.flush()
    for table in tables.values():
        count_records_with_errors(session, table)
    place.errors = sum(table.errors for table in tables.values())
    if place.phase == APPLY:
        _end_applying(session, job, place, tables, at)
        return True
    for table in tables.values():
        if table.state is PackageTableState.IMPORTED:
            table.state = PackageTableState.VALIDATED
    if not job.parameters["apply"] or (place.errors and not job.parameters["leave_out"]):
        return True
    place.phase, place.pass_no, place.after = APPLY, 0, 0
    return False


def _end_applying(session: Session, job: Job, place: Place, tables: Tables, at: datetime) -> None:
    """A table without errors is applied; the change log says what became of each."""
    package = session.get_one(ConfigurationPackage, job.parameters["package_id"])
    changes = []
    for table in tables.values():
        if table.records and not table.errors:
            table.state = PackageTableState.APPLIED
        told: dict[str, Any] = place.tables.get(str(table.table_no), {})
        if told:
            says = ", ".join(f"{count} {word}" for word, count in sorted(told.items()))
            changes.append((_name_of(table), "", says))
    log_card(session, TABLE, package.code, Change(at, job.requested_by_id), changes)


def _name_of(table: ConfigurationPackageTable) -> str:
    return next(go.table.name for go in PASSES if go.table.number == table.table_no)
