"""INSERT of many rows, on both databases.

The rows go to the table and not through the class that is mapped to it: nobody reads them as
objects, and the unit of work would look at each value of each row.

This module must never decide what the rows hold.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from scanner_app.records import Base

Rows = Sequence[Mapping[str, Any]]


def insert_rows(session: Session, table: type[Base], rows: Rows) -> None:
    """Insert rows with the same columns; none is fine."""
    if not rows:
        return
    session.flush()  # what waits in the session goes first, as before a statement of the ORM
    into: Any = table.__table__
    session.execute(insert(into), list(rows))


def insert_in_order(session: Session, table: type[Base], rows: Rows) -> list[int]:
    """Insert rows with the same columns; returns their ids, one for each row in its place.

    SQLite numbers the rows of one INSERT upwards in their order, so sorting gives the order back;
    asked to promise it, SQLAlchemy would insert them one by one there.
    """
    if not rows:
        return []
    session.flush()
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    into: Any = table.__table__
    statement = insert(into).returning(into.c.id, sort_by_parameter_order=not is_sqlite)
    ids = session.scalars(statement, list(rows)).all()
    return sorted(ids) if is_sqlite else list(ids)
