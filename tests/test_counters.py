"""Register numbers: no gap and no duplicate, whoever gives up on the way."""

import threading

import pytest
from sqlalchemy.orm import Session

from scanner_app.counters import next_register_number
from scanner_app.database import Database

THREADS = 32


def number(database: Database, name: str) -> int:
    return database.write(lambda session: next_register_number(session, name))


def test_each_kind_counts_from_one(database: Database) -> None:
    assert [number(database, name) for name in ("A", "A", "B", "A")] == [1, 2, 1, 3]


def test_many_writers_of_whom_some_give_up_leave_no_gap(database: Database) -> None:
    patient = Database(database.url.render_as_string(hide_password=False), writer_wait_seconds=30)
    taken: list[int] = []

    def give_up(session: Session) -> None:
        next_register_number(session, "A")
        raise InterruptedError

    def work(thread: int) -> None:
        if thread % 5 == 0:
            with pytest.raises(InterruptedError):
                patient.write(give_up)
        else:
            taken.append(number(patient, "A"))

    threads = [threading.Thread(target=work, args=(index,)) for index in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    patient.close()
    assert sorted(taken) == list(range(1, len(taken) + 1))
    assert len(taken) == THREADS - 7
