"""Two works at the same moment, one begun before the other has committed."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from tests.builders import Warehouse

# On SQLite the second could not begin: the one writer is the lock.
ON_POSTGRESQL = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
# Who waits for a row waits for a transaction, which is in no database; its other locks are.
WAITING_HERE = text(
    "SELECT count(*) FROM pg_locks waiting WHERE NOT waiting.granted AND EXISTS ("
    " SELECT 1 FROM pg_locks own JOIN pg_database ON pg_database.oid = own.database"
    " WHERE own.pid = waiting.pid AND datname = current_database())"
)


def overtaken(
    white: Warehouse, first: Callable[[Session], object], second: Callable[[Session], object]
) -> RuleRefused | None:
    """Begin the second work before the first has committed, and see that it waits for it.

    Returns what became of the second: None when it was done.
    """
    faults: list[RuleRefused] = []

    def run() -> None:
        try:
            white.write(second)
        except RuleRefused as refusal:
            faults.append(refusal)

    other = threading.Thread(target=run)

    def work(session: Session) -> None:
        first(session)
        session.flush()
        other.start()
        while not session.scalar(WAITING_HERE):
            assert other.is_alive(), "the second did not wait"

    white.write(work)
    other.join()
    return faults[0] if faults else None
