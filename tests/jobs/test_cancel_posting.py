"""A posting in parts is cancelled before it writes, and its end is told until it was read."""

from itertools import count

import pytest
from sqlalchemy.orm import Session

from scanner_app.jobs.job import Job, JobKind, JobState
from tests.builders import Warehouse
from tests.jobs.posting_in_parts import (
    LATER,
    batch,
    cancel,
    job,
    put_away,
    registers,
    request,
    steps,
    work_at,
)
from tests.warehouse.item_journals import add_line, parts_of, post_batch
from tests.warehouse.masters import MOMENT, Goods
from tests.warehouse.place_cards import refusal_of


@pytest.mark.parametrize("looked", range(1, 7))
def test_it_is_cancelled_before_it_writes(silver: Warehouse, looked: int) -> None:
    job_id = request(silver)
    asked = count()

    def stop() -> bool:
        if next(asked) == looked:
            cancel(silver, job_id)
        return False

    work_at(silver, MOMENT, stop)
    assert job(silver, job_id).state is JobState.CANCELLED
    assert registers(silver) == []
    assert batch(silver).frozen_at is None
    refusal_of(lambda: cancel(silver, job_id), "PostingEnded")
    add_line(silver, lot_no="L9")


def test_it_is_not_cancelled_when_a_part_is_posted(silver: Warehouse) -> None:
    job_id = request(silver)
    work_at(silver, MOMENT, steps(7))
    refusal_of(lambda: cancel(silver, job_id), "PartsPosted")
    work_at(silver, LATER)
    assert registers(silver) == [2, 2, 1]


def test_only_the_page_of_its_batch_cancels_a_job(silver: Warehouse, goods: Goods) -> None:
    other = silver.write(lambda session: _calculation(session, silver))
    job_id = request(silver)
    for wrong in (lambda: cancel(silver, 999), lambda: cancel(silver, other)):
        refusal_of(wrong, "PostingEnded")
    refusal_of(lambda: cancel(silver, job_id, "OTHER"), "PostingEnded")
    assert job(silver, job_id).state is JobState.WAITING


def _calculation(session: Session, white: Warehouse) -> int:
    calculation = Job(
        kind=JobKind.CALCULATE_INVENTORY,
        parameters={},
        total=1,
        requested_by_id=white.by.user_id,
        requested_at=MOMENT,
        state=JobState.DONE,
    )
    session.add(calculation)
    session.flush()
    return calculation.id


def test_an_end_is_told_until_it_was_read(silver: Warehouse) -> None:
    job_id = request(silver)
    put_away(silver, job_id)
    assert batch(silver).posting_job_id == job_id
    cancel(silver, job_id)
    put_away(silver, 999)
    put_away(silver, job_id, "OTHER")
    assert batch(silver).posting_job_id == job_id
    put_away(silver, job_id)
    assert batch(silver).posting_job_id is None
    put_away(silver, job_id)


def test_what_was_told_of_parts_is_not_told_after_a_posting_at_once(
    silver: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel(silver, request(silver))
    parts_of(monkeypatch, 5)
    post_batch(silver)
    assert batch(silver).posting_job_id is None
