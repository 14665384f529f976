"""What several steps of the schema need beyond Alembic's own operations.

This module must never change what it makes: steps that were published call it.
"""

from collections.abc import Callable
from typing import Any

from alembic import op
from sqlalchemy import text


def where(condition: str) -> dict[str, Any]:
    """The options of an index over the rows that meet a condition, on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def create_guard(statements: Callable[..., list[str]], *names: str) -> None:
    """Create the triggers of `scanner_app/guards.py` on a table that is there."""
    for statement in statements(op.get_context().dialect.name, *names):
        op.execute(statement)


def drop_tables(*names: str) -> None:
    """Drop tables with their indexes and triggers, in the order given."""
    for name in names:
        op.drop_table(name)


def drop_guard_function() -> None:
    """Drop what the triggers of PostgreSQL call, once no table has them any more."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_change()")
