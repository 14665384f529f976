"""The job that posts a long journal: checks outside the writer, goes on, ends, gives back."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_journal import ItemJournalBatch
from scanner_app.inventory.item_ledger import ItemRegister
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
from scanner_app.jobs.post_item_journal_job import (
    cancel_posting,
    put_report_away,
    request_posting,
)
from scanner_app.jobs.work import work_on_jobs
from scanner_app.scanning.outcomes import from_json
from scanner_app.warehouse.post_item_journal_parts import lock_lines
from tests.builders import Warehouse, another_location
from tests.warehouse.item_journals import (
    BATCH,
    add_batch,
    add_line,
    line_nos,
    parts_of,
    post_batch,
)
from tests.warehouse.masters import MOMENT, Goods
from tests.warehouse.place_cards import refusal_of

LATER = MOMENT + LEASE + timedelta(seconds=1)


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot")


@pytest.fixture(autouse=True)
def silver(white: Warehouse, goods: Goods, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """BALANCES with five lines, and parts of two."""
    add_batch(white)
    silver = another_location(white, "SILVER", "S-1")
    for number in range(5):
        add_line(silver, lot_no=f"L{number}")
    parts_of(monkeypatch, 2)
    return silver


def request(white: Warehouse, *, post: bool = True) -> int:
    def work(session: Session) -> int:
        batch, lines = lock_lines(session, BATCH)
        return request_posting(session, batch, lines, white.by, post=post).id

    return white.write(work)


def work_at(white: Warehouse, at: datetime, stop: Callable[[], bool] = lambda: False) -> None:
    work_on_jobs(white.database, lambda: at, stop)


def steps(number: int) -> Callable[[], bool]:
    """A worker that dies after it was asked so often whether to stop."""
    left = iter([False] * number)
    return lambda: next(left, True)


def job(white: Warehouse, job_id: int) -> Job:
    with white.database.read() as session:
        return session.get_one(Job, job_id)


def batch(white: Warehouse) -> ItemJournalBatch:
    with white.database.read() as session:
        return session.scalars(select(ItemJournalBatch)).one()


def fault_of(white: Warehouse, job_id: int) -> str:
    fault = job(white, job_id).fault
    assert fault is not None
    return from_json(fault).code


def registers(white: Warehouse) -> list[int]:
    """How many entries each register of the journal has."""
    row = ItemRegister
    with white.database.read() as session:
        found = session.scalars(select(row).where(row.journal_batch_name == BATCH)).all()
        return [each.to_entry_no - each.from_entry_no + 1 for each in found]


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


def cancel(white: Warehouse, job_id: int, name: str = BATCH) -> None:
    white.write(lambda session: cancel_posting(session, name, job_id, MOMENT))


def put_away(white: Warehouse, job_id: int, name: str = BATCH) -> None:
    white.write(lambda session: put_report_away(session, name, job_id))


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
