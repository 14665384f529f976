"""Reading and writing: nothing lost, nothing half done, on both databases."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from scanner_app.counters import RegisterCounter
from scanner_app.database import Database, DatabaseUnfit, next_key
from scanner_app.errors import RuleRefused
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.writer_gate import WriterBusy

ROUNDS = 200
INCREMENTING = """
import sys
from sqlalchemy import text
from scanner_app.database import Database
database = Database(sys.argv[1], writer_wait_seconds=60)
lock = "" if database.dialect == "sqlite" else " FOR UPDATE"
def increment(session):
    read = "SELECT last_number FROM register_counter WHERE name = 'A'" + lock
    number = session.execute(text(read)).scalar_one()
    session.execute(text("UPDATE register_counter SET last_number = :n"), {"n": number + 1})
for _ in range(int(sys.argv[2])):
    database.write(increment)
"""
HOLDING = """
import fcntl, sys
with open(sys.argv[1], "a") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.readline()
"""


def add_counters(database: Database, *names: str) -> None:
    rows = [{"name": name, "last_number": 0} for name in names]
    database.write(lambda session: session.execute(insert(RegisterCounter), rows))


def counters(database: Database) -> dict[str, int]:
    with database.read() as session:
        rows = session.execute(select(RegisterCounter.name, RegisterCounter.last_number))
        return {row.name: row.last_number for row in rows}


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'alone.db'}")
    yield database
    database.close()


def test_no_increment_of_three_processes_is_lost(database: Database, database_url: str) -> None:
    add_counters(database, "A")
    processes = [
        subprocess.Popen([sys.executable, "-c", INCREMENTING, database_url, str(ROUNDS)])
        for _ in range(3)
    ]
    assert [process.wait(120) for process in processes] == [0, 0, 0]
    assert counters(database) == {"A": 3 * ROUNDS}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 500),
    ],
)
def test_every_connection_to_sqlite_is_careful(
    sqlite: Database, pragma: str, value: object
) -> None:
    statement = text(f"PRAGMA {pragma}")
    with sqlite.read() as one, sqlite.read() as another:
        assert [one.scalar(statement), another.scalar(statement)] == [value, value]
    assert sqlite.write(lambda session: session.scalar(statement)) == value


def test_a_write_on_sqlite_begins_by_taking_the_writer(sqlite: Database) -> None:
    with sqlite.engine.connect() as holder, sqlite.engine.connect() as other:
        other.exec_driver_sql("PRAGMA busy_timeout=0")
        other.rollback()
        holder.exec_driver_sql("SELECT 1")
        with pytest.raises(DBAPIError, match="locked"):
            other.exec_driver_sql("SELECT 1")


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_the_server_answers_in_utc_and_with_limits(database: Database) -> None:
    with database.read() as session:
        shown = {
            name: session.scalar(text(f"SHOW {name}"))
            for name in ("timezone", "lock_timeout", "statement_timeout", "transaction_isolation")
        }
    assert shown == {
        "timezone": "UTC",
        "lock_timeout": "2s",
        "statement_timeout": "10s",
        "transaction_isolation": "repeatable read",
    }


def test_a_reader_cannot_write(database: Database) -> None:
    with (
        database.read() as session,
        pytest.raises(DBAPIError, match=r"readonly|read-only"),
    ):
        session.execute(insert(RegisterCounter).values(name="A", last_number=0))


def test_a_reader_sees_one_moment(database: Database) -> None:
    add_counters(database, "A")
    statement = select(RegisterCounter.last_number)
    with database.read() as session:
        assert session.scalar(statement) == 0
        database.write(lambda writer: writer.execute(update(RegisterCounter).values(last_number=1)))
        assert session.scalar(statement) == 0
    assert counters(database) == {"A": 1}


def test_work_that_is_refused_leaves_nothing(database: Database) -> None:
    class CounterRefused(RuleRefused):
        pass

    def work(session: Session) -> None:
        session.execute(insert(RegisterCounter).values(name="A", last_number=0))
        raise CounterRefused

    with pytest.raises(CounterRefused):
        database.write(work)
    RuleRefused.by_code.pop("CounterRefused")
    assert counters(database) == {}


def test_work_that_the_database_refuses_leaves_nothing(database: Database) -> None:
    def work(session: Session) -> None:
        session.execute(insert(RegisterCounter).values(name="A", last_number=0))
        session.execute(insert(RegisterCounter).values(name="A", last_number=0))

    with pytest.raises(IntegrityError):
        database.write(work)
    assert counters(database) == {}


def test_work_that_rolls_back_leaves_nothing(database: Database) -> None:
    def work(session: Session) -> None:
        session.execute(insert(RegisterCounter).values(name="A", last_number=0))
        session.rollback()

    database.write(work)
    assert counters(database) == {}


def test_a_savepoint_that_is_undone_leaves_the_rest(database: Database) -> None:
    def work(session: Session) -> None:
        session.execute(insert(RegisterCounter).values(name="A", last_number=0))
        with session.begin_nested() as savepoint:
            session.execute(insert(RegisterCounter).values(name="B", last_number=0))
            savepoint.rollback()

    database.write(work)
    assert counters(database) == {"A": 0}


def test_two_writers_in_opposite_order_both_succeed(database: Database) -> None:
    add_counters(database, "A", "B")
    together = threading.Barrier(2)
    attempts: list[str] = []
    faults: list[BaseException] = []

    def increment(first: str, second: str) -> None:
        def work(session: Session) -> None:
            attempts.append(first)
            raise_by_one(session, first)
            if database.dialect == "postgresql" and attempts.count(first) == 1:
                together.wait(10)
            raise_by_one(session, second)

        try:
            database.write(work)
        except BaseException as fault:  # noqa: BLE001 - shown below, by the test's own thread
            faults.append(fault)

    threads = [threading.Thread(target=increment, args=pair) for pair in ("AB", "BA")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    assert counters(database) == {"A": 2, "B": 2}
    if database.dialect == "postgresql":
        assert len(attempts) > 2, "the server found no deadlock, so nothing was tried again"


def raise_by_one(session: Session, name: str) -> None:
    number = RegisterCounter.last_number + 1
    session.execute(
        update(RegisterCounter).where(RegisterCounter.name == name).values(last_number=number)
    )


def test_a_writer_held_by_another_process_is_reported_busy(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'held.db'}", writer_wait_seconds=0.1)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path / "held.db.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    ran: list[bool] = []
    with pytest.raises(WriterBusy):
        database.write(lambda session: ran.append(True))
    assert ran == []
    holder.communicate("done\n", timeout=10)
    database.write(lambda session: ran.append(True))
    assert ran == [True]
    database.close()


def test_a_database_that_a_foreign_program_locks_is_reported_busy_at_once(
    sqlite: Database,
) -> None:
    event.listen(
        sqlite.engine,
        "checkout",
        lambda connection, *_: connection.execute("PRAGMA busy_timeout=0"),
    )
    attempts: list[int] = []

    def work(session: Session) -> None:
        attempts.append(1)
        session.execute(text("SELECT 1"))

    foreign = sqlite3.connect(str(sqlite.url.database), isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    with pytest.raises(WriterBusy):
        sqlite.write(work)
    foreign.execute("ROLLBACK")
    foreign.close()
    sqlite.write(work)
    assert len(attempts) == 2


def test_the_next_key_is_the_one_the_row_gets(database: Database) -> None:
    def work(session: Session) -> tuple[int, int]:
        session.add(ReasonCode(code="FIRST"))
        session.flush()
        key = next_key(session, "reason_code")
        session.add(ReasonCode(id=key, code="SECOND"))
        session.flush()
        return key, next_key(session, "reason_code")

    key, following = database.write(work)
    assert following == key + 1
    with database.read() as session:
        assert session.scalar(select(ReasonCode.code).where(ReasonCode.id == key)) == "SECOND"


def test_sqlite_needs_a_file() -> None:
    with pytest.raises(DatabaseUnfit, match="needs a file"):
        Database("sqlite://")


def test_sqlite_without_a_write_ahead_log_is_refused() -> None:
    database = Database("sqlite:///:memory:")
    with pytest.raises(DatabaseUnfit, match="put the file on a local disk"), database.read() as one:
        one.execute(text("SELECT 1"))
    database.close()
