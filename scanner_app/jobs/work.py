"""Working on jobs: claim one, do its steps, each in a transaction of its own.

A refusal ends a job and is kept with it; an unexpected fault lets the lease lapse, so that the
step is tried again, at most a few times.

This module must never hold the writer for longer than one step.
"""

import logging
import threading
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.errors import RuleRefused
from scanner_app.jobs.calculate_inventory_job import calculate_some_bins
from scanner_app.jobs.job import ATTEMPTS_MAX, Job, JobKind, JobState, claim_job, hold_job

STEPS: dict[JobKind, Callable[[Session, Job], bool]] = {
    JobKind.CALCULATE_INVENTORY: calculate_some_bins,
}
IDLE_SECONDS = 30.0
Clock = Callable[[], datetime]
_log = logging.getLogger(__name__)


class JobWorker:
    """A thread that works on jobs as long as the server lives."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._wake = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._work, name="job worker", daemon=True)

    def start(self) -> None:
        """Begin with what waits from before, then wait to be woken."""
        self._thread.start()

    def wake(self) -> None:
        """Say that a job was requested."""
        self._wake.set()

    def close(self) -> None:
        """End after the step at hand."""
        self._ended = True
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._ended:
            self._wake.clear()
            try:
                work_on_jobs(self._database, self._clock, stop=lambda: self._ended)
            except Exception:  # noqa: BLE001 - the lease lapses, another try goes on from the checkpoint
                _log.exception("job_step_failed")
            self._wake.wait(IDLE_SECONDS)


def work_on_jobs(database: Database, clock: Clock, stop: Callable[[], bool] = lambda: False) -> int:
    """Work on jobs until none waits; returns how many were ended."""
    worker, ended = uuid.uuid4().hex, 0
    while not stop():
        job_id = database.write(lambda session: claim_job(session, worker, clock()))
        if job_id is None:
            break
        while not stop() and not _take_step(database, clock, job_id, worker):
            pass
        ended += 1
    return ended


def _take_step(database: Database, clock: Clock, job_id: int, worker: str) -> bool:
    """One step in one transaction; returns whether this worker is through with the job."""

    def work(session: Session) -> bool:
        job = hold_job(session, job_id, worker, clock())
        if job is None:
            return True
        if job.attempts > ATTEMPTS_MAX:
            _end(job, JobState.FAILED, clock(), {"code": "TooManyAttempts", "parameters": {}})
            return True
        if STEPS[job.kind](session, job):
            _end(job, JobState.DONE, clock(), None)
            return True
        return False

    try:
        return database.write(work)
    except RuleRefused as refusal:
        fault: dict[str, Any] = {"code": refusal.code, "parameters": _as_json(refusal)}
        database.write(lambda session: _refuse(session, job_id, worker, clock(), fault))
        return True


def _refuse(
    session: Session, job_id: int, worker: str, at: datetime, fault: dict[str, Any]
) -> None:
    job = hold_job(session, job_id, worker, at)
    if job is not None:
        _end(job, JobState.FAILED, at, fault)


def _end(job: Job, state: JobState, at: datetime, fault: dict[str, Any] | None) -> None:
    job.state = state
    job.finished_at = at
    job.lease_until = None
    job.fault = fault


def _as_json(refusal: RuleRefused) -> dict[str, str]:
    return {name: str(value) for name, value in refusal.parameters.items()}
