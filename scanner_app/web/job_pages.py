"""Jobs on pages: asking the worker to begin, and how far a piece of long work is.

This module must never do a step: the job worker does.
"""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.jobs.job import Job, JobKind, JobState
from scanner_app.jobs.work import Clock, JobWorker

EXTENSION = "scanner_app_jobs"


@dataclass(frozen=True)
class JobProgress:
    """How far a job is, for a page that asks again until it has ended."""

    done: int
    total: int


def initialise_jobs(app: Flask, database: Database, clock: Clock) -> None:
    """Give the app its worker; the server starts it, so that tests and tools do not."""
    app.extensions[EXTENSION] = JobWorker(database, clock)


def job_worker(app: Flask | None = None) -> JobWorker:
    """The worker of an app, by default of the one that answers this request."""
    return cast("JobWorker", (app or current_app).extensions[EXTENSION])


def calculation_of(session: Session, batch_id: int) -> JobProgress | None:
    """How far the calculation of a count is, while it goes on."""
    going_on = session.scalars(
        select(Job).where(
            Job.kind == JobKind.CALCULATE_INVENTORY,
            Job.state.in_([JobState.WAITING, JobState.RUNNING]),
        )
    )
    for job in going_on:
        if job.parameters["batch_id"] == batch_id:
            return JobProgress(job.done, job.total)
    return None
