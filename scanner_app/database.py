"""Engines and transactions: one way to read, one way to write, on both databases.

`Database.read` gives a consistent snapshot that cannot write. `Database.write` runs a whole
piece of work in one durable transaction: on SQLite behind the writer gate with BEGIN IMMEDIATE
(WAL, synchronous=FULL), on PostgreSQL at READ COMMITTED, again from the start when the server
asks for it. Why: docs/decisions.md, "One writer on SQLite".

This module must never hold a rule of the warehouse.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from scanner_app.writer_gate import WriterBusy, WriterGate

T = TypeVar("T")

# The gate queues our own writers; this is for programs that know nothing of it, such as a
# backup or an SQLite shell. Together with the gate's limit it bounds what a handheld waits.
BUSY_TIMEOUT_MILLISECONDS = 500
ATTEMPTS_MAX = 4
RETRY_SECONDS = 0.02
POSTGRESQL_OPTIONS = (
    "-c lock_timeout=2000 -c statement_timeout=10000 "
    "-c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
)
# Serialization failure, deadlock, lock not available: the server asks for the whole again.
RETRIED_SQLSTATES = frozenset({"40001", "40P01", "55P03"})
# Another writer was first with a unique key, or removed what this one points to: again, the rule
# sees the row that is there, or that there is none.
KEY_VIOLATIONS = frozenset({"23503", "23505"})
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # Without it INSERT OR REPLACE would slip past the triggers that refuse a DELETE.
    "PRAGMA recursive_triggers=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MILLISECONDS}",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cache_size=-8000",
)


class DatabaseUnfit(Exception):
    """The database cannot give what the ledgers need (for example WAL on a network share)."""


class Database:
    """One database and the two ways to use it.

    Attributes:
        dialect: "sqlite" or "postgresql".
        engine: the engine of writers, for migrations.
    """

    def __init__(self, url: str, *, writer_wait_seconds: float = 2.0) -> None:
        self.url = make_url(url)
        self.dialect = self.url.get_backend_name()
        if self.dialect == "sqlite":
            if not self.url.database:
                raise DatabaseUnfit("SQLite needs a file: sqlite:////path/scanner.db")
            path = Path(self.url.database)
            self._gate: WriterGate | None = WriterGate(
                path.with_name(path.name + ".lock"), writer_wait_seconds
            )
            self.engine = _sqlite_engine(url, begin="BEGIN IMMEDIATE", query_only=False)
            self._reader = _sqlite_engine(url, begin="BEGIN", query_only=True)
        else:
            self._gate = None
            self.engine = _postgresql_engine(url, read_only=False)
            self._reader = _postgresql_engine(url, read_only=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session over one snapshot; anything it changed is forgotten."""
        with Session(self._reader, autoflush=False) as session:
            yield session

    def write(self, work: Callable[[Session], T]) -> T:
        """Run the work in one transaction and commit it, or leave no trace of it.

        The work may run more than once on PostgreSQL, so it must change nothing but its session.

        Raises:
            WriterBusy: when the writer could not be had in time.
        """
        attempt = 1
        while True:
            try:
                with self._entered(), Session(self.engine, expire_on_commit=False) as session:
                    result = work(session)
                    session.commit()
                    return result
            except DBAPIError as fault:
                state = getattr(fault.orig, "sqlstate", None)
                tried_enough = attempt == ATTEMPTS_MAX
                if _is_locked(fault) or (state in RETRIED_SQLSTATES and tried_enough):
                    raise WriterBusy from fault
                if state not in RETRIED_SQLSTATES | KEY_VIOLATIONS or tried_enough:
                    raise
            time.sleep(random.uniform(0, RETRY_SECONDS * 2**attempt))  # noqa: S311 - spread only
            attempt += 1

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()
        self._reader.dispose()

    @contextmanager
    def _entered(self) -> Iterator[None]:
        if self._gate is None:
            yield
        else:
            with self._gate.entered():
                yield


def _is_locked(fault: DBAPIError) -> bool:
    return isinstance(fault, OperationalError) and "database is locked" in str(fault.orig)


def _sqlite_engine(url: str, *, begin: str, query_only: bool) -> Engine:
    """The driver's own transactions are switched off: it would read outside of them."""
    engine = create_engine(url, connect_args={"isolation_level": None, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - a driver's connection
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        if mode != "wal":
            raise DatabaseUnfit(f"SQLite gave journal mode {mode}; put the file on a local disk")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own signature
        connection.exec_driver_sql(begin)

    return engine


def _postgresql_engine(url: str, *, read_only: bool) -> Engine:
    options = POSTGRESQL_OPTIONS + (" -c default_transaction_read_only=on" if read_only else "")
    isolation = "REPEATABLE READ" if read_only else "READ COMMITTED"
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        connect_args={"options": options},
        isolation_level=isolation,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
    )


def next_key(session: Session, table: str) -> int:
    """Reserve the next id of a table, for rows that must be pointed to before they exist.

    On SQLite the one writer makes the highest id plus one safe; on PostgreSQL the sequence does.
    """
    if session.get_bind().dialect.name == "sqlite":
        statement = f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}"  # noqa: S608 - our own names
        return int(session.execute(text(statement)).scalar_one())
    statement = "SELECT nextval(pg_get_serial_sequence(:table, 'id'))"
    return int(session.execute(text(statement), {"table": table}).scalar_one())
