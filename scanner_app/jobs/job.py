"""Job: a piece of long work, its checkpoint, and who may work on it until when.

The row is the truth. A worker claims it by a lease, does one step and keeps the checkpoint in the
same transaction; a worker that dies lets its lease lapse, and another goes on from the
checkpoint (docs/decisions.md, "Jobs without a queue").

This module must never do a step itself.
"""

import enum
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, and_, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.errors import N_, RuleRefused
from scanner_app.records import Base, Id
from scanner_app.stored_refusals import refusal_to_json

LEASE = timedelta(seconds=30)
ATTEMPTS_MAX = 5


class JobGivenUp(RuleRefused):
    """The same step broke down again and again."""

    message = N_("It was given up: its next step broke down {attempts} times.")
    way_out = N_("The fault is in the log of the server. Begin again when it is mended.")


class JobState(enum.StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


GOING_ON = (JobState.WAITING, JobState.RUNNING)


class JobKind(enum.StrEnum):
    """What kinds of long work there are."""

    CALCULATE_INVENTORY = "calculate-inventory"
    POST_ITEM_JOURNAL = "post-item-journal"
    APPLY_PACKAGE = "apply-package"


@dataclass(frozen=True)
class Looked:
    """How far a job has looked outside the writer; with a checkpoint it has seen everything."""

    done: int
    checkpoint: dict[str, Any] = field(default_factory=dict)


class Job(Base):
    """One piece of long work. `done` of `total`; `fault` is the refusal that ended it.

    Its pace is measured from `began_at`, when `began_done` were done, to `progressed_at`.
    """

    __tablename__ = "job"

    id: Mapped[Id]
    kind: Mapped[JobKind]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    checkpoint: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING, index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    began_done: Mapped[int] = mapped_column(default=0)
    progressed_at: Mapped[datetime | None]
    fault: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    requested_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    worker: Mapped[str] = mapped_column(String(60), default="")

    @property
    def is_going_on(self) -> bool:
        """Whether it waits or runs."""
        return self.state in GOING_ON

    @property
    def time_left(self) -> timedelta | None:
        """How long the rest takes at the pace since it was taken; None before there is one."""
        if self.began_at is None or self.progressed_at is None or self.done <= self.began_done:
            return None
        pace = (self.progressed_at - self.began_at) / (self.done - self.began_done)
        return pace * (self.total - self.done)


def claim_job(session: Session, worker: str, at: datetime) -> int | None:
    """Take the oldest job that waits or whose lease lapsed; None when there is none."""
    lapsed = and_(Job.state == JobState.RUNNING, Job.lease_until < at)
    oldest = session.scalars(
        select(Job)
        .where(or_(Job.state == JobState.WAITING, lapsed))
        .order_by(Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if oldest is None:
        return None
    oldest.state = JobState.RUNNING
    oldest.worker = worker
    oldest.lease_until = at + LEASE
    oldest.attempts += 1
    oldest.began_at, oldest.began_done, oldest.progressed_at = at, oldest.done, None
    return oldest.id


def hold_job(session: Session, job_id: int, worker: str, at: datetime) -> Job | None:
    """Renew the lease for one more step; None when another worker has taken the job over."""
    held = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.worker == worker, Job.state == JobState.RUNNING)
        .values(lease_until=at + LEASE)
        .returning(Job.id)
    ).scalar_one_or_none()
    return None if held is None else session.get_one(Job, job_id, populate_existing=True)


def keep_pace(job: Job, done_before: int, at: datetime) -> None:
    """Note that a step ended; where counting began anew, the pace is measured anew."""
    if job.done < done_before:
        job.began_at, job.began_done = at, job.done
    job.progressed_at = at


def end_job(job: Job, state: JobState, at: datetime, fault: RuleRefused | None = None) -> None:
    """End a job that somebody holds; the caller gives free what it kept."""
    job.state = state
    job.finished_at = at
    job.lease_until = None
    job.fault = refusal_to_json(fault) if fault else None
