"""Number series: the next number, once and for one."""

import threading
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.inventory.number_series import (
    NumberCannotBeCounted,
    NumberSeries,
    NumberSeriesExhausted,
    NumberSeriesLine,
    following_number,
    take_number,
)
from tests.warehouse.masters import DAY, add_series

THREADS = 8
EACH = 10


def take(database: Database, series: str = "LOTS", on: date = DAY) -> str:
    return database.write(lambda session: take_number(session, series, on))


@pytest.mark.parametrize(
    ("number", "increment_by", "following"),
    [
        ("1", 1, "2"),
        ("A0009", 1, "A0010"),
        ("A9999", 1, "A10000"),
        ("LOT-007-B", 1, "LOT-008-B"),
        ("2026-0001", 1, "2026-0002"),
        ("PO-2026-001", 10, "PO-2026-011"),
        ("X9Y9Z", 1, "X9Y10Z"),
    ],
)
def test_the_last_run_of_digits_is_counted_up(
    number: str, increment_by: int, following: str
) -> None:
    assert following_number(number, increment_by) == following


def test_a_number_without_digits_cannot_be_counted() -> None:
    with pytest.raises(NumberCannotBeCounted):
        following_number("LOT")


@given(st.from_regex(r"[A-Z-]{0,5}[0-9]{1,6}[A-Z-]{0,5}", fullmatch=True))
def test_counting_up_keeps_what_is_around_the_digits(number: str) -> None:
    following = following_number(number)
    digits = "".join(filter(str.isdigit, number))
    assert int("".join(filter(str.isdigit, following))) == int(digits) + 1
    assert len(following) in (len(number), len(number) + 1)
    assert following.strip("0123456789")[-1:] == number.strip("0123456789")[-1:]


def test_a_series_begins_with_its_starting_number(database: Database) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L001", increment_by=5))
    assert [take(database) for _ in range(3)] == ["L001", "L006", "L011"]


def test_the_line_in_force_is_the_latest_that_has_begun(database: Database) -> None:
    def add(session: Session) -> None:
        line = add_series(session, "LOTS", "OLD1", starting_date=date(2026, 1, 1))
        for starting, number in ((date(2026, 11, 1), "NOW1"), (date(2027, 1, 1), "NEW1")):
            session.add(
                NumberSeriesLine(
                    number_series_id=line.number_series_id,
                    starting_date=starting,
                    starting_no=number,
                )
            )

    database.write(add)
    assert take(database, on=date(2026, 10, 31)) == "OLD1"
    assert take(database, on=date(2026, 11, 1)) == "NOW1"
    assert take(database, on=date(2027, 1, 1)) == "NEW1"


@pytest.mark.parametrize("on", [date(2025, 12, 31), DAY])
def test_a_series_without_a_line_in_force_is_exhausted(database: Database, on: date) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L001", starting_date=on))
    with pytest.raises(NumberSeriesExhausted):
        take(database, "OTHER", on)
    with pytest.raises(NumberSeriesExhausted):
        take(database, "LOTS", date(2025, 12, 30))


def test_past_its_ending_number_a_series_is_exhausted(database: Database) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L8", ending_no="L10"))
    assert [take(database) for _ in range(3)] == ["L8", "L9", "L10"]
    with pytest.raises(NumberSeriesExhausted):
        take(database)


def test_a_number_that_no_longer_fits_its_field_is_refused(database: Database) -> None:
    database.write(lambda session: add_series(session, "LOTS", "9" * 20))
    assert take(database) == "9" * 20
    with pytest.raises(NumberSeriesExhausted):
        take(database)


def test_a_number_of_work_that_was_undone_is_taken_again(database: Database) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L001"))

    def undone(session: Session) -> None:
        assert take_number(session, "LOTS", DAY) == "L001"
        raise InterruptedError

    with pytest.raises(InterruptedError):
        database.write(undone)
    assert take(database) == "L001"


def test_many_sessions_never_share_a_number(database: Database) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L001"))
    taken: list[str] = []
    undone: list[str] = []

    def work(thread: int) -> None:
        for turn in range(EACH):
            if (thread + turn) % 5 == 0:
                with pytest.raises(InterruptedError):
                    database.write(give_up)
            else:
                taken.append(take(database))

    def give_up(session: Session) -> None:
        undone.append(take_number(session, "LOTS", DAY))
        raise InterruptedError

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert undone
    assert sorted(taken) == [f"L{number:03d}" for number in range(1, len(taken) + 1)]


def test_two_editors_are_told_apart(database: Database) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L001"))
    with database.read() as session:
        assert session.query(NumberSeries).one().lock_version == 1
