"""Jobs on pages: asking the worker to begin, and how far a piece of long work is.

This module must never do a step: the job worker does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.jobs.job import GOING_ON, Job, JobKind, JobState
from scanner_app.jobs.work import Clock, JobWorker
from scanner_app.stored_refusals import refusal_from_json

EXTENSION = "scanner_app_jobs"


@dataclass(frozen=True)
class JobProgress:
    """How far a job is, for a page that asks again until it has ended."""

    done: int
    total: int


@dataclass(frozen=True, kw_only=True)
class JobRun:
    """A job that a page tells of, until somebody has read how it ended.

    Attributes:
        fault: why it ended, where a refusal ended it.
    """

    id: int
    state: JobState
    done: int
    total: int
    time_left: timedelta | None
    fault: RuleRefused | None

    @property
    def is_going_on(self) -> bool:
        """Whether what it works on is frozen still."""
        return self.state in GOING_ON

    @property
    def minutes_left(self) -> int:
        """The time left in whole minutes, rounded up; 0 before anything can be said."""
        return -(-self.time_left // timedelta(minutes=1)) if self.time_left else 0


@dataclass(frozen=True, kw_only=True)
class PostingInParts(JobRun):
    """How far the check and posting of a long journal is, or how it ended.

    Attributes:
        is_posting: whether all lines were checked and parts are being posted.
        posts: whether posting was asked for, and not the check alone.
        refused: how many lines were refused, and the first of them in `problems`.
        registers: the first and the last item register; 0 before there is one.
    """

    is_posting: bool
    posts: bool
    posted: int
    refused: int
    problems: Mapping[int, RuleRefused]
    registers: tuple[int, int]


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
            Job.state.in_(GOING_ON),
        )
    )
    for job in going_on:
        if job.parameters["batch_id"] == batch_id:
            return JobProgress(job.done, job.total)
    return None


def posting_of(session: Session, batch: ItemJournalBatch) -> PostingInParts | None:
    """The check or posting in parts that the page of a batch tells of."""
    if batch.posting_job_id is None:
        return None
    job = session.get_one(Job, batch.posting_job_id)
    found = job.checkpoint
    return PostingInParts(
        id=job.id,
        state=job.state,
        is_posting=bool(found) and job.parameters["post"],
        posts=job.parameters["post"],
        done=found.get("posted", 0) if found and job.parameters["post"] else job.done,
        total=job.total,
        time_left=job.time_left,
        posted=found.get("posted", 0),
        refused=found.get("refused", 0),
        problems={
            each["line_no"]: refusal_from_json(each["refusal"])
            for each in found.get("problems", [])
        },
        registers=(found.get("first", 0), found.get("last", 0)),
        fault=refusal_from_json(job.fault) if job.fault else None,
    )
