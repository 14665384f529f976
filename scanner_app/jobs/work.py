"""Working on jobs: claim one, do its steps, each in a transaction of its own.

A refusal ends a job and is kept with it; an unexpected fault lets the lease lapse, so that the
step is tried again, at most a few times. What only has to be read is looked at before the steps,
outside the writer; it begins anew with each worker that takes the job.

This module must never hold the writer for longer than one step.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.errors import RuleRefused
from scanner_app.jobs.apply_package_job import give_package_back, work_on_package
from scanner_app.jobs.calculate_inventory_job import calculate_some_bins
from scanner_app.jobs.job import (
    ATTEMPTS_MAX,
    Job,
    JobGivenUp,
    JobKind,
    JobState,
    Looked,
    claim_job,
    end_job,
    hold_job,
    keep_pace,
)
from scanner_app.jobs.post_item_journal_job import check_lines, give_lines_back, post_some_lines

Clock = Callable[[], datetime]
Stop = Callable[[], bool]
LOOKS: dict[JobKind, Callable[[Session, Job], Iterator[Looked]]] = {
    JobKind.POST_ITEM_JOURNAL: check_lines,
}
STEPS: dict[JobKind, Callable[[Session, Job, datetime], bool]] = {
    JobKind.CALCULATE_INVENTORY: calculate_some_bins,
    JobKind.POST_ITEM_JOURNAL: post_some_lines,
    JobKind.APPLY_PACKAGE: work_on_package,
}
ENDINGS: dict[JobKind, Callable[[Session, Job], None]] = {
    JobKind.POST_ITEM_JOURNAL: give_lines_back,
    JobKind.APPLY_PACKAGE: give_package_back,
}
IDLE_SECONDS = 30.0
# Between two steps the writer is free for so long: handhelds that wait for it come in.
BREATH_SECONDS = 0.05
_log = logging.getLogger(__name__)


class JobWorker:
    """A thread that works on jobs as long as the server lives."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="job worker", daemon=True)

    def start(self) -> None:
        """Begin with what waits from before, then wait to be woken."""
        self._thread.start()

    def wake(self) -> None:
        """Say that a job was requested."""
        self._wake.set()

    def close(self) -> None:
        """End after the step at hand."""
        self._ended.set()
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._ended.is_set():
            self._wake.clear()
            try:
                work_on_jobs(self._database, self._clock, stop=self._breathe)
            except Exception:  # noqa: BLE001 - the lease lapses, another try goes on from the checkpoint
                _log.exception("job_step_failed")
            self._wake.wait(IDLE_SECONDS)

    def _breathe(self) -> bool:
        return self._ended.wait(BREATH_SECONDS)


def work_on_jobs(database: Database, clock: Clock, stop: Stop = lambda: False) -> int:
    """Work on jobs until none waits; returns how many were ended."""
    worker, ended = uuid.uuid4().hex, 0
    while not stop():
        job_id = database.write(lambda session: claim_job(session, worker, clock()))
        if job_id is None:
            break
        while not stop() and not _go_on(database, clock, job_id, worker, stop):
            pass
        ended += 1
    return ended


def _go_on(database: Database, clock: Clock, job_id: int, worker: str, stop: Stop) -> bool:
    """Look, or do one step in one transaction; returns whether this worker is through."""
    try:
        if not _look(database, clock, job_id, worker, stop):
            return True
        return database.write(lambda session: _take_step(session, clock, job_id, worker))
    except RuleRefused as refusal:
        fault = refusal
    database.write(lambda session: _refuse(session, job_id, worker, clock(), fault))
    return True


def _look(database: Database, clock: Clock, job_id: int, worker: str, stop: Stop) -> bool:
    """Read what a job reads before its first step; returns whether this worker goes on."""
    with database.read() as session:
        job = session.get_one(Job, job_id)
        look = LOOKS.get(job.kind)
        if look is None or job.checkpoint or job.attempts > ATTEMPTS_MAX:
            return True
        for looked in look(session, job):
            if stop() or not _tell(database, clock, job_id, worker, looked):
                return False
    return True


def _tell(database: Database, clock: Clock, job_id: int, worker: str, looked: Looked) -> bool:
    """Keep how far a job has looked; False when it is not this worker's any more."""

    def work(session: Session) -> bool:
        job = hold_job(session, job_id, worker, clock())
        if job is None:
            return False
        before, job.done, job.checkpoint = job.done, looked.done, looked.checkpoint
        keep_pace(job, before, clock())
        return True

    return database.write(work)


def _take_step(session: Session, clock: Clock, job_id: int, worker: str) -> bool:
    job = hold_job(session, job_id, worker, clock())
    if job is None:
        return True
    if job.attempts > ATTEMPTS_MAX:
        _end(session, job, JobState.FAILED, clock(), JobGivenUp(attempts=ATTEMPTS_MAX))
        return True
    before = job.done
    if STEPS[job.kind](session, job, clock()):
        _end(session, job, JobState.DONE, clock())
        return True
    keep_pace(job, before, clock())
    job.attempts = 1  # what was done is behind: the next step has its own tries
    return False


def _refuse(session: Session, job_id: int, worker: str, at: datetime, fault: RuleRefused) -> None:
    job = hold_job(session, job_id, worker, at)
    if job is not None:
        _end(session, job, JobState.FAILED, at, fault)


def _end(
    session: Session, job: Job, state: JobState, at: datetime, fault: RuleRefused | None = None
) -> None:
    """End a job and give back what it kept, in the same transaction."""
    end_job(job, state, at, fault)
    if job.kind in ENDINGS:
        ENDINGS[job.kind](session, job)
