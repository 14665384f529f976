"""INSERT of many rows, on both databases.

The rows go to the table and not through the class that is mapped to it: nobody reads them as
objects, and the unit of work would look at each value of each row.

This module must never decide what the rows hold.
"""

from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from scanner_app.records import Base
from scanner_app.send_rows import Rows, send_rows


def insert_rows(session: Session, table: type[Base], rows: Rows) -> None:
    """Insert rows with the same columns; none is fine."""
    if not rows:
        return
    into: Any = table.__table__
    send_rows(session, insert(into), rows)


def insert_in_order(session: Session, table: type[Base], rows: Rows) -> list[int]:
    """Insert rows with the same columns; returns their ids, one for each row in its place.

    SQLite numbers the rows of one writer one by one, so the last id tells all of them.
    """
    if not rows:
        return []
    into: Any = table.__table__
    if session.get_bind().dialect.name == "sqlite":
        send_rows(session, insert(into), rows)
        last = session.scalars(select(func.last_insert_rowid())).one()
        return list(range(last - len(rows) + 1, last + 1))
    session.flush()  # as `send_rows`
    in_order = insert(into).returning(into.c.id, sort_by_parameter_order=True)
    return list(session.scalars(in_order, list(rows)))
