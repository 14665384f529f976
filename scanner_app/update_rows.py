"""UPDATE of many rows by their keys, each to values of its own, on both databases.

As `insert_rows`, it goes past the classes that are mapped: objects that the session has read of
these rows are not changed with them.

This module must never decide what the rows hold.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from scanner_app.errors import InvariantBroken
from scanner_app.records import Base
from scanner_app.send_rows import send_rows

KEY = "key_of_row"


def update_rows(
    session: Session, table: type[Base], rows: Sequence[tuple[int, Mapping[str, Any]]]
) -> None:
    """Set the same columns of rows that are there, one after the other; none is fine."""
    if not rows:
        return
    changed: Any = table.__table__
    [key] = changed.primary_key
    statement = update(changed).where(key == bindparam(KEY, type_=key.type))
    found = send_rows(session, statement, [{KEY: row_key, **row} for row_key, row in rows])
    if found != len(rows):
        raise InvariantBroken(f"{changed.name}: {found} of {len(rows)} rows")
