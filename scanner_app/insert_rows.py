"""INSERT of many rows whose keys are wanted in the order of the rows, on both databases.

This module must never decide what the rows hold.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from scanner_app.records import Base


def insert_in_order(
    session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Insert rows with the same columns; returns their ids, one for each row in its place.

    SQLite numbers the rows of one INSERT upwards in their order, so sorting gives the order back;
    asked to promise it, SQLAlchemy would insert them one by one there.
    """
    if not rows:
        return []
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    key: Any = table.__table__.c.id
    statement = insert(table).returning(key, sort_by_parameter_order=not is_sqlite)
    # Without render_nulls, rows with and without a date would be inserted one by one.
    ids = session.scalars(statement, list(rows), execution_options={"render_nulls": True}).all()
    return sorted(ids) if is_sqlite else list(ids)
