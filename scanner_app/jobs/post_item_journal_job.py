"""Check and Post over many lines: all are checked, then posted in parts (docs/domain.md 12.3).

The check reads outside the writer and may be cancelled; each part is one transaction. The lines
stay frozen until the job ends, however it does.

This module must never check or post by itself: `warehouse.post_item_journal_parts` does.
"""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.jobs.job import Job, JobKind, JobState, Looked, end_job
from scanner_app.stored_refusals import refusal_to_json
from scanner_app.warehouse.frozen_item_journal import freeze, hold_frozen_batch, thaw
from scanner_app.warehouse.item_journal_refusals import PartsPosted, PostingEnded
from scanner_app.warehouse.post_item_journal_parts import check_in_parts, post_next_part
from scanner_app.warehouse.register_activity import By

PROBLEMS_TOLD_MAX = 100


def request_posting(
    session: Session, batch: ItemJournalBatch, lines: int, by: By, *, post: bool
) -> Job:
    """Ask for a check of all lines of a batch that is held, and for their posting after it."""
    job = Job(
        kind=JobKind.POST_ITEM_JOURNAL,
        parameters={"batch_id": batch.id, "post": post, "work_date": by.work_date.isoformat()},
        total=lines,
        requested_by_id=by.user_id,
        requested_at=by.at,
    )
    session.add(job)
    session.flush()
    freeze(batch, job.id, lines, by.user_id, by.at)
    return job


def check_lines(session: Session, job: Job) -> Iterator[Looked]:
    """Check every line; the last that is looked at leaves what was found."""
    problems: dict[int, RuleRefused] = {}
    done = 0
    yield Looked(done)
    for part in check_in_parts(session, session.get_one(ItemJournalBatch, _batch_id(job))):
        problems |= part.problems
        done += part.lines
        yield Looked(done)
    told = [
        {"line_no": line_no, "refusal": refusal_to_json(problems[line_no])}
        for line_no in sorted(problems)[:PROBLEMS_TOLD_MAX]
    ]
    yield Looked(done, {"refused": len(problems), "problems": told, "posted": 0})


def post_some_lines(session: Session, job: Job, at: datetime) -> bool:
    """Post the next part, unless lines are refused; returns whether all is done."""
    found = job.checkpoint
    if found["refused"] or not job.parameters["post"]:
        return True
    by = By(job.requested_by_id, date.fromisoformat(job.parameters["work_date"]), at)
    part = post_next_part(session, _batch_id(job), by)
    job.done = found["posted"] + part.lines
    registers = {"first": found.get("first", part.register_no), "last": part.register_no}
    job.checkpoint = found | registers | {"posted": job.done}
    return job.done >= job.total


def give_lines_back(session: Session, job: Job) -> None:
    """The lines can be changed again: the job has ended."""
    thaw(hold_frozen_batch(session, _batch_id(job)))


def cancel_posting(session: Session, name: str, job_id: int, at: datetime) -> None:
    """End a job before it has written anything.

    Raises:
        PostingEnded: when it has ended already, or was none of this batch.
        PartsPosted: when a part is posted.
    """
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    batch = _batch_told_of(session, name, job)
    if job is None or batch is None or not job.is_going_on:
        raise PostingEnded(name=name)
    if done := job.checkpoint.get("posted", 0):
        raise PartsPosted(name=name, done=done, lines=job.total)
    end_job(job, JobState.CANCELLED, at)
    thaw(batch)


def put_report_away(session: Session, name: str, job_id: int) -> None:
    """Say no more how a job ended, because somebody has read it; one that goes on stays."""
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    batch = _batch_told_of(session, name, job)
    if job is not None and batch is not None and not job.is_going_on:
        batch.posting_job_id = None


def _batch_told_of(session: Session, name: str, job: Job | None) -> ItemJournalBatch | None:
    """The batch of a name, held, when the job is the one that its page tells of."""
    if job is None or job.kind is not JobKind.POST_ITEM_JOURNAL:
        return None
    batch = hold_frozen_batch(session, _batch_id(job))
    return batch if (batch.name, batch.posting_job_id) == (name, job.id) else None


def _batch_id(job: Job) -> int:
    return int(job.parameters["batch_id"])
