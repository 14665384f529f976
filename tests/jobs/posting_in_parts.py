"""The job that posts a long journal, as tests ask for it and look at it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.item_ledger import ItemRegister
from scanner_app.jobs.job import LEASE, Job
from scanner_app.jobs.post_item_journal_job import (
    cancel_posting,
    put_report_away,
    request_posting,
)
from scanner_app.jobs.work import work_on_jobs
from scanner_app.stored_refusals import refusal_from_json
from scanner_app.warehouse.post_item_journal_parts import lock_lines
from tests.builders import Warehouse
from tests.warehouse.item_journals import BATCH
from tests.warehouse.masters import MOMENT

LATER = MOMENT + LEASE + timedelta(seconds=1)


def request(white: Warehouse, *, post: bool = True) -> int:
    def work(session: Session) -> int:
        batch, lines = lock_lines(session, BATCH)
        return request_posting(session, batch, lines, white.by, post=post).id

    return white.write(work)


def work_at(white: Warehouse, at: datetime, stop: Callable[[], bool] = lambda: False) -> None:
    work_on_jobs(white.database, lambda: at, stop)


def steps(number: int) -> Callable[[], bool]:
    """A worker that dies after it was asked so often whether to stop."""
    left = iter([False] * number)
    return lambda: next(left, True)


def job(white: Warehouse, job_id: int) -> Job:
    with white.database.read() as session:
        return session.get_one(Job, job_id)


def batch(white: Warehouse) -> ItemJournalBatch:
    with white.database.read() as session:
        return session.scalars(select(ItemJournalBatch)).one()


def fault_of(white: Warehouse, job_id: int) -> str:
    fault = job(white, job_id).fault
    assert fault is not None
    return refusal_from_json(fault).code


def registers(white: Warehouse) -> list[int]:
    """How many entries each register of the journal has."""
    row = ItemRegister
    with white.database.read() as session:
        found = session.scalars(select(row).where(row.journal_batch_name == BATCH)).all()
        return [each.to_entry_no - each.from_entry_no + 1 for each in found]


def cancel(white: Warehouse, job_id: int, name: str = BATCH) -> None:
    white.write(lambda session: cancel_posting(session, name, job_id, MOMENT))


def put_away(white: Warehouse, job_id: int, name: str = BATCH) -> None:
    white.write(lambda session: put_report_away(session, name, job_id))
