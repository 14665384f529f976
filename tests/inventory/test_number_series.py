"""Number series: the next number, once and for one."""

import threading
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.inventory.counted_number import read_counted
from scanner_app.inventory.number_series import (
    NumberSeries,
    NumberSeriesExhausted,
    NumberSeriesLine,
    NumberSeriesNotAutomatic,
    NumberSeriesTooShort,
    SeriesWarning,
    series_running_out,
    series_warnings,
    take_number,
    take_numbers,
)
from tests.sent_statements import statements_sent
from tests.warehouse.masters import DAY, add_series

THREADS = 8
EACH = 10


def take(database: Database, series: str = "LOTS", on: date = DAY) -> str:
    return database.write(lambda session: take_number(session, series, on))


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


@pytest.mark.parametrize(
    ("starting_no", "ending_no", "all_of_them"),
    [
        ("L8-X", "L10-X", ["L8-X", "L9-X", "L10-X"]),
        ("0099", "101", ["0099", "0100", "0101"]),
        ("A99B", "A0101B", ["A99B", "A100B", "A101B"]),
    ],
)
def test_numbers_compare_by_their_counted_digits(
    database: Database, starting_no: str, ending_no: str, all_of_them: list[str]
) -> None:
    database.write(lambda session: add_series(session, "LOTS", starting_no, ending_no=ending_no))
    assert [take(database) for _ in all_of_them] == all_of_them
    with pytest.raises(NumberSeriesExhausted):
        take(database)


def test_many_numbers_are_taken_by_one_look_and_one_change(database: Database) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L001", increment_by=2))

    def work(session: Session) -> list[str]:
        with statements_sent(database.engine) as sent:
            numbers = take_numbers(session, "LOTS", DAY, 500)
        sent_words = [statement.split()[0] for statement, _ in sent]
        assert [word for word in sent_words if word != "BEGIN"] == ["SELECT", "UPDATE"]
        return numbers

    numbers = database.write(work)
    assert (numbers[0], numbers[1], numbers[-1]) == ("L001", "L003", "L999")
    assert take(database) == "L1001"


def test_a_series_gives_all_the_numbers_that_are_asked_for_or_none(database: Database) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L1", ending_no="L9"))
    with pytest.raises(NumberSeriesTooShort) as refusal:
        database.write(lambda session: take_numbers(session, "LOTS", DAY, 10))
    assert refusal.value.parameters["left"] == 9
    assert database.write(lambda session: take_numbers(session, "LOTS", DAY, 9))[-1] == "L9"


def test_without_default_nos_a_series_gives_nothing_by_itself(database: Database) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L001"))
    database.write(lambda session: session.execute(update(NumberSeries).values(default_nos=False)))
    with pytest.raises(NumberSeriesNotAutomatic):
        take(database)


def test_a_series_warns_from_its_warning_number_on(database: Database) -> None:
    database.write(lambda s: add_series(s, "LOTS", "L1", warning_no="L3", ending_no="L9"))
    database.write(lambda s: add_series(s, "OPEN", "1", warning_no="2", last_no_used="7"))
    database.write(lambda s: add_series(s, "CALM", "1", last_no_used="7"))
    database.write(lambda s: add_series(s, "LATER", "1", starting_date=date(2030, 1, 1)))

    def warned(*codes: str) -> list[SeriesWarning]:
        with database.read() as session:
            return series_warnings(session, codes, DAY)

    every = ("OPEN", "LOTS", "CALM", "LATER", "", "NONE")
    assert warned(*every) == [SeriesWarning("OPEN", None)]
    database.write(lambda session: take_numbers(session, "LOTS", DAY, 2))
    assert warned("LOTS") == []
    take(database)
    assert warned(*every) == [SeriesWarning("LOTS", 6), SeriesWarning("OPEN", None)]
    with database.read() as session:
        assert series_running_out(session, DAY) == warned(*every)
        assert series_running_out(session, date(2025, 1, 1)) == []


@given(
    st.from_regex(r"[A-Z]{0,4}[0-9]{1,4}-?[A-Z]{0,3}", fullmatch=True),
    st.integers(1, 9),
    st.integers(0, 200),
    st.integers(0, 30),
)
def test_what_a_line_has_left_is_what_can_still_be_counted_up_to_its_end(
    starting_no: str, increment_by: int, length: int, taken: int
) -> None:
    first = read_counted(starting_no)
    line = NumberSeriesLine(
        starting_no=starting_no,
        ending_no=first.at(first.count + length),
        increment_by=increment_by,
        last_no_used=first.at(first.count + (taken - 1) * increment_by) if taken else "",
    )
    every = range(first.count, first.count + length + 1, increment_by)
    assert line.next_no == first.at(first.count + taken * increment_by)
    assert line.numbers_left == len(every[taken:])


@pytest.mark.parametrize("fields", [{"increment_by": 0}, {"starting_no": ""}])
def test_the_database_refuses_a_line_that_could_not_count(
    database: Database, fields: dict[str, object]
) -> None:
    line = {"starting_no": "1"} | fields
    with pytest.raises(IntegrityError):
        database.write(lambda session: add_series(session, "LOTS", **line))  # type: ignore[arg-type]


def test_a_number_that_no_longer_fits_its_field_is_refused(database: Database) -> None:
    database.write(lambda session: add_series(session, "LOTS", "9" * 20))
    assert take(database) == "9" * 20
    with pytest.raises(NumberSeriesExhausted):
        take(database)


@pytest.mark.parametrize("allow_gaps", [True, False])
def test_a_number_of_work_that_was_undone_is_taken_again(
    database: Database, *, allow_gaps: bool
) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L001", allow_gaps=allow_gaps))

    def undone(session: Session) -> None:
        assert take_number(session, "LOTS", DAY) == "L001"
        raise InterruptedError

    with pytest.raises(InterruptedError):
        database.write(undone)
    assert take(database) == "L001"


@pytest.mark.parametrize("allow_gaps", [True, False])
def test_many_sessions_never_share_a_number_and_leave_no_gap(
    database: Database, *, allow_gaps: bool
) -> None:
    database.write(lambda session: add_series(session, "LOTS", "L001", allow_gaps=allow_gaps))
    taken: list[str] = []
    undone: list[str] = []

    def work(thread: int) -> None:
        for turn in range(EACH):
            if (thread + turn) % 5 == 0:
                with pytest.raises(InterruptedError):
                    database.write(give_up)
            else:
                quantity = 1 + turn % 3
                taken.extend(
                    database.write(lambda s, n=quantity: take_numbers(s, "LOTS", DAY, n))  # type: ignore[misc]
                )

    def give_up(session: Session) -> None:
        undone.extend(take_numbers(session, "LOTS", DAY, 2))
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
