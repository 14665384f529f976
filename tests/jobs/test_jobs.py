"""Long work goes in short transactions and goes on where it stopped."""

from datetime import datetime, timedelta
from functools import partial
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.database import Database
from scanner_app.inventory.location import Location
from scanner_app.jobs import work as working
from scanner_app.jobs.calculate_inventory_job import BINS_PER_STEP, request_calculation
from scanner_app.jobs.job import ATTEMPTS_MAX, LEASE, Job, JobKind, JobState, claim_job, hold_job
from scanner_app.jobs.work import JobWorker, work_on_jobs
from scanner_app.stored_refusals import refusal_to_json
from scanner_app.warehouse.calculate_inventory import bins_to_count
from scanner_app.warehouse.register_activity import DocumentGone
from scanner_app.warehouse.warehouse_journal import BinCount, BinCountState, WarehouseJournalBatch
from tests.demo_copies import LOADED, DemoCopy

NOON = LOADED


@pytest.fixture
def demo(demo_copy: DemoCopy) -> Database:
    return demo_copy.database


def request_all_bins(session: Session) -> int:
    """Ask for a count of every bin of WHITE; six of them stand on COUNT-01 already."""
    white = session.scalars(select(Location).where(Location.code == "WHITE")).one()
    batch = WarehouseJournalBatch(location_id=white.id, name="ALL")
    session.add(batch)
    session.flush()
    user_id = session.scalars(select(User.id).limit(1)).one()
    bins = [bin_.id for bin_ in bins_to_count(session, white.id)]
    return request_calculation(session, batch.id, bins, user_id, NOON).id


def same(moment: datetime) -> datetime:
    """A clock that stands still."""
    return moment


def job(database: Database, job_id: int) -> Job:
    with database.read() as session:
        return session.get_one(Job, job_id)


def test_a_job_is_done_in_steps_and_leaves_out_bins_of_another_count(demo: Database) -> None:
    job_id = demo.write(request_all_bins)
    assert work_on_jobs(demo, lambda: NOON) == 1
    done = job(demo, job_id)
    assert (done.state, done.done, done.checkpoint) == (JobState.DONE, done.total, {"left_out": 6})
    with demo.read() as session:
        batch_id = done.parameters["batch_id"]
        counted = session.scalars(select(BinCount).where(BinCount.batch_id == batch_id)).all()
    assert len(counted) == done.total - 6
    assert work_on_jobs(demo, lambda: NOON) == 0


def test_a_worker_that_dies_is_followed_by_one_that_goes_on(demo: Database) -> None:
    job_id = demo.write(request_all_bins)
    steps = iter([False, True])
    work_on_jobs(demo, lambda: NOON, stop=lambda: next(steps, True))
    assert job(demo, job_id).state is JobState.RUNNING
    assert work_on_jobs(demo, lambda: NOON) == 0
    later = NOON + LEASE + timedelta(seconds=1)
    assert work_on_jobs(demo, lambda: later) == 1
    assert job(demo, job_id).state is JobState.DONE


def test_each_step_keeps_its_checkpoint(demo: Database) -> None:
    job_id = demo.write(request_all_bins)
    seen: list[int] = []

    def stop() -> bool:
        seen.append(job(demo, job_id).done)
        return False

    work_on_jobs(demo, lambda: NOON, stop=stop)
    assert BINS_PER_STEP in seen
    assert 2 * BINS_PER_STEP in seen


def test_a_job_that_was_taken_over_is_left_to_the_other(demo: Database) -> None:
    job_id = demo.write(request_all_bins)
    demo.write(lambda session: claim_job(session, "first", NOON))
    later = NOON + LEASE + timedelta(seconds=1)
    demo.write(lambda session: claim_job(session, "second", later))
    assert demo.write(lambda session: hold_job(session, job_id, "first", later)) is None
    assert demo.write(lambda session: hold_job(session, job_id, "second", later)) is not None


def test_a_worker_whose_job_was_taken_over_stops_at_its_next_step(demo: Database) -> None:
    job_id = demo.write(request_all_bins)
    later = NOON + LEASE + timedelta(seconds=1)

    def stop() -> bool:
        """Between the claim and the first step another worker comes along."""
        if job(demo, job_id).state is JobState.RUNNING:
            demo.write(lambda session: claim_job(session, "another", later))
        return False

    work_on_jobs(demo, lambda: NOON, stop=stop)
    left = job(demo, job_id)
    assert (left.state, left.worker, left.done) == (JobState.RUNNING, "another", 0)


def test_a_refusal_after_a_take_over_is_left_to_the_other(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(session: Session, job: Job, at: datetime) -> bool:
        monkeypatch.setattr(working, "hold_job", lambda *_: None)
        raise DocumentGone(document="ALL")

    job_id = demo.write(request_all_bins)
    monkeypatch.setitem(working.STEPS, JobKind.CALCULATE_INVENTORY, refuse)
    work_on_jobs(demo, lambda: NOON)
    assert job(demo, job_id).state is JobState.RUNNING


def test_bins_that_another_count_took_meanwhile_are_left_out(demo: Database) -> None:
    def request_taken_bins(session: Session) -> int:
        counts = session.scalars(select(BinCount).where(BinCount.state == BinCountState.TO_COUNT))
        bin_ids = [count.bin_id for count in counts]
        location = session.scalars(select(Location).where(Location.code == "WHITE")).one()
        batch = WarehouseJournalBatch(location_id=location.id, name="LATE")
        user = session.scalars(select(User)).first()
        session.add(batch)
        session.flush()
        assert user is not None
        return request_calculation(session, batch.id, bin_ids, user.id, NOON).id

    job_id = demo.write(request_taken_bins)
    work_on_jobs(demo, lambda: NOON)
    done = job(demo, job_id)
    assert (done.state, done.checkpoint) == (JobState.DONE, {"left_out": 6})


def test_a_refusal_ends_a_job_and_is_kept(demo: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(session: Session, job: Job, at: datetime) -> bool:
        raise DocumentGone(document="ALL")

    job_id = demo.write(request_all_bins)
    monkeypatch.setitem(working.STEPS, JobKind.CALCULATE_INVENTORY, refuse)
    work_on_jobs(demo, lambda: NOON)
    failed = job(demo, job_id)
    assert failed.state is JobState.FAILED
    assert failed.fault is not None
    assert failed.fault == refusal_to_json(DocumentGone(document="ALL"))


def test_a_step_that_breaks_down_is_tried_again_a_few_times_only(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(session: Session, job: Job, at: datetime) -> bool:
        raise ZeroDivisionError

    job_id = demo.write(request_all_bins)
    monkeypatch.setitem(working.STEPS, JobKind.CALCULATE_INVENTORY, break_down)
    after_lease = LEASE + timedelta(seconds=1)
    for attempt in range(ATTEMPTS_MAX):
        at = NOON + attempt * after_lease
        with pytest.raises(ZeroDivisionError):
            work_on_jobs(demo, partial(same, at))
    work_on_jobs(demo, partial(same, NOON + ATTEMPTS_MAX * after_lease))
    assert job(demo, job_id).state is JobState.FAILED


def test_the_worker_does_what_waits_and_ends_when_told(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = Event()
    monkeypatch.setitem(working.ENDINGS, JobKind.CALCULATE_INVENTORY, lambda *_: ended.set())
    job_id = demo.write(request_all_bins)
    worker = JobWorker(demo, lambda: NOON)
    worker.start()
    worker.wake()
    ended.wait()
    worker.close()
    assert job(demo, job_id).state is JobState.DONE


def test_a_worker_outlives_a_step_that_breaks_down(
    demo: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(session: Session, job: Job, at: datetime) -> bool:
        raise ZeroDivisionError

    demo.write(request_all_bins)
    monkeypatch.setitem(working.STEPS, JobKind.CALCULATE_INVENTORY, break_down)
    worker = JobWorker(demo, lambda: NOON)
    worker.start()
    while "job_step_failed" not in caplog.text:
        worker.wake()
    worker.close()
