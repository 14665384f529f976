"""Calculate Inventory over many bins: some bins in each transaction (docs/domain.md 7.1).

A bin that another count took meanwhile is left out and counted as left out, because the rest of
the count must not wait for it.

This module must never calculate by itself: `warehouse.calculate_inventory` does.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.jobs.job import Job, JobKind
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.calculate_inventory import bins_on_no_count, calculate_inventory

BINS_PER_STEP = 20


def request_calculation(
    session: Session, batch_id: int, bin_ids: list[int], user_id: int, at: datetime
) -> Job:
    """Ask for a calculation of many bins into a count."""
    job = Job(
        kind=JobKind.CALCULATE_INVENTORY,
        parameters={"batch_id": batch_id, "bin_ids": bin_ids},
        total=len(bin_ids),
        requested_by_id=user_id,
        requested_at=at,
    )
    session.add(job)
    session.flush()
    return job


def calculate_some_bins(session: Session, job: Job, at: datetime) -> bool:
    """Calculate the next bins; returns whether all are done."""
    bin_ids = job.parameters["bin_ids"]
    next_ids = bin_ids[job.done : job.done + BINS_PER_STEP]
    bins = session.scalars(select(Bin).where(Bin.id.in_(next_ids)).order_by(Bin.code)).all()
    free = bins_on_no_count(session, bins)
    left_out = job.checkpoint.get("left_out", 0) + len(bins) - len(free)
    if free:
        calculate_inventory(session, job.parameters["batch_id"], free)
    job.done += len(next_ids)
    job.checkpoint = {"left_out": left_out}
    return job.done >= job.total
