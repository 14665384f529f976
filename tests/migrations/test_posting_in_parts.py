"""Journals and jobs that are there stay when batches learn to be frozen, and when they forget."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.jobs.calculate_inventory_job import request_calculation
from scanner_app.jobs.job import Job, JobKind, JobState
from scanner_app.jobs.post_item_journal_job import request_posting
from scanner_app.migrations.upgrade import downgrade, upgrade
from scanner_app.warehouse.post_item_journal_parts import lock_lines
from tests.builders import Warehouse, another_location, build_warehouse
from tests.warehouse.item_journals import BATCH, add_batch, add_line, line_nos
from tests.warehouse.masters import MOMENT

JOBS = text("SELECT kind, state, done FROM job ORDER BY id")


def freeze(white: Warehouse) -> None:
    def work(session: Session) -> int:
        request_calculation(session, 7, [1, 2], white.by.user_id, MOMENT).done = 1
        batch, lines = lock_lines(session, BATCH)
        return request_posting(session, batch, lines, white.by, post=True).id

    white.write(work)


def test_lines_and_jobs_stay_and_nothing_is_frozen(empty_database: Database) -> None:
    upgrade(empty_database)
    white = build_warehouse(empty_database)
    another_location(white, "SILVER", "S-1")
    white.add_item("GOODS")
    add_batch(white)
    add_line(white)
    freeze(white)
    downgrade(empty_database, "0024")
    with empty_database.read() as session:
        assert [tuple(row) for row in session.execute(JOBS)] == [
            ("calculate-inventory", "waiting", 1)
        ]
    upgrade(empty_database)
    with empty_database.read() as session:
        [batch] = session.scalars(select(ItemJournalBatch)).all()
        [job] = session.scalars(select(Job)).all()
    assert (batch.name, batch.frozen_at, batch.posting_job_id) == (BATCH, None, None)
    assert (job.kind, job.state) == (JobKind.CALCULATE_INVENTORY, JobState.WAITING)
    assert (job.done, job.began_done) == (1, 0)
    assert line_nos(white) == [10_000]
    add_line(white)
    freeze(white)
