"""INSERT that knows what to do when the row is there already, on both databases.

Both say it with the same words, but SQLAlchemy keeps a statement of its own for each. Who writes
very many rows names the table and not its class, and sends them by `send_rows`.

This module must never decide what happens then: the caller adds `on_conflict_...`.
"""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

INSERT_OF_DIALECT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_into(session: Session, table: Any) -> Any:  # noqa: ANN401 - of two dialects
    """An INSERT into a table or mapped class, of the dialect of the session."""
    return INSERT_OF_DIALECT[session.get_bind().dialect.name](table)
