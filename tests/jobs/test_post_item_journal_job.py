"""The job that posts a long journal: checks outside the writer, goes on, ends, gives back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy.orm import Session

from scanner_app.jobs import post_item_journal_job as posting_job
from scanner_app.jobs import work as working
from scanner_app.jobs.job import (
    ATTEMPTS_MAX,
    LEASE,
    Job,
    JobKind,
    JobState,
    Looked,
    claim_job,
    keep_pace,
)
from tests.builders import Warehouse
from tests.jobs.posting_in_parts import (
    LATER,
    batch,
    fault_of,
    job,
    registers,
    request,
    steps,
    work_at,
)
from tests.warehouse.item_journals import add_batch, add_line, line_nos
from tests.warehouse.masters import MOMENT, Goods


def test_all_is_posted_and_given_back(silver: Warehouse) -> None:
    job_id = request(silver)
    work_at(silver, MOMENT)
    done = job(silver, job_id)
    assert (done.state, done.done, done.total) == (JobState.DONE, 5, 5)
    assert done.checkpoint["posted"] == 5
    assert done.checkpoint["last"] - done.checkpoint["first"] == 2
    assert registers(silver) == [2, 2, 1]
    assert batch(silver).frozen_at is None
    assert batch(silver).posting_job_id == job_id
    silver.assert_sound()


# claim, look at 0, 2, 4, 5 and 5, post 2, 4 and 5
@pytest.mark.parametrize("dies_after", range(2, 9))
def test_another_worker_goes_on_and_no_line_is_lost_or_posted_twice(
    silver: Warehouse, dies_after: int
) -> None:
    job_id = request(silver)
    work_at(silver, MOMENT, steps(dies_after))
    assert job(silver, job_id).state is JobState.RUNNING
    work_at(silver, MOMENT)
    assert job(silver, job_id).state is JobState.RUNNING
    work_at(silver, LATER)
    assert job(silver, job_id).state is JobState.DONE
    assert registers(silver) == [2, 2, 1]
    assert line_nos(silver) == []
    silver.assert_sound()


def test_a_worker_that_was_overtaken_posts_no_part(silver: Warehouse) -> None:
    job_id = request(silver)
    asked = count()

    def stop() -> bool:
        """While the first one checks, its lease lapses and another comes along."""
        if next(asked) == 3:
            silver.write(lambda session: claim_job(session, "another", LATER))
        return False

    work_at(silver, MOMENT, stop)
    assert job(silver, job_id).worker == "another"
    assert registers(silver) == []
    assert batch(silver).frozen_at is not None


def test_others_write_while_lines_are_checked(
    silver: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_lines = posting_job.check_lines

    def check(session: Session, job: Job) -> Iterator[Looked]:
        for number, looked in enumerate(check_lines(session, job)):
            add_batch(silver, f"OTHER{number}")
            yield looked

    monkeypatch.setitem(working.LOOKS, JobKind.POST_ITEM_JOURNAL, check)
    request(silver)
    work_at(silver, MOMENT)
    assert registers(silver) == [2, 2, 1]


def test_a_refused_line_keeps_all_and_the_first_are_told(
    silver: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting_job, "PROBLEMS_TOLD_MAX", 2)
    for _ in range(3):
        add_line(silver, lot_no="")
    job_id = request(silver)
    work_at(silver, MOMENT)
    done = job(silver, job_id)
    assert done.state is JobState.DONE
    assert done.checkpoint["refused"] == 3
    assert [each["line_no"] for each in done.checkpoint["problems"]] == [60_000, 70_000]
    assert len(line_nos(silver)) == 8
    assert batch(silver).frozen_at is None


def test_a_check_alone_posts_nothing(silver: Warehouse) -> None:
    job_id = request(silver, post=False)
    work_at(silver, MOMENT)
    assert job(silver, job_id).state is JobState.DONE
    assert registers(silver) == []
    assert batch(silver).frozen_at is None


def test_what_changed_after_the_check_stops_the_rest(silver: Warehouse, goods: Goods) -> None:
    job_id = request(silver)
    work_at(silver, MOMENT, steps(8))
    assert job(silver, job_id).checkpoint["posted"] == 4
    silver.change(goods.item, blocked=True)
    work_at(silver, LATER)
    ended = job(silver, job_id)
    assert (ended.state, ended.checkpoint["posted"]) == (JobState.FAILED, 4)
    assert fault_of(silver, job_id) == "ItemBlocked"
    assert line_nos(silver) == [50_000]
    assert batch(silver).frozen_at is None
    silver.assert_sound()


def test_a_batch_is_given_back_by_a_job_that_is_given_up(
    silver: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(session: Session, job: Job, at: datetime) -> bool:
        raise ZeroDivisionError

    job_id = request(silver)
    monkeypatch.setitem(working.STEPS, JobKind.POST_ITEM_JOURNAL, break_down)
    after_lease = LEASE + timedelta(seconds=1)
    for attempt in range(ATTEMPTS_MAX):
        with pytest.raises(ZeroDivisionError):
            work_at(silver, MOMENT + attempt * after_lease)
    work_at(silver, MOMENT + ATTEMPTS_MAX * after_lease)
    assert fault_of(silver, job_id) == "JobGivenUp"
    assert batch(silver).frozen_at is None


def test_parts_that_were_posted_leave_the_next_its_own_tries(
    silver: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = request(silver)
    silver.write(lambda session: setattr(session.get_one(Job, job_id), "attempts", 3))
    work_at(silver, MOMENT, steps(7))
    assert job(silver, job_id).checkpoint["posted"] == 2
    assert job(silver, job_id).attempts == 1


def test_the_time_left_is_that_of_the_pace() -> None:
    lines = Job(done=0, total=50)
    assert lines.time_left is None
    lines.began_at, lines.began_done = MOMENT, 10
    lines.done = 30
    keep_pace(lines, 10, MOMENT + timedelta(seconds=20))
    assert lines.time_left == timedelta(seconds=20)
    lines.done = 5
    keep_pace(lines, 50, MOMENT + timedelta(seconds=60))
    assert lines.time_left is None
    lines.done = 20
    keep_pace(lines, 5, MOMENT + timedelta(seconds=75))
    assert lines.time_left == timedelta(seconds=30)
