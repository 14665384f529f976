"""The lock between setting up and working: what a posting reads of the set-up stays so.

Whether an item tracking code may change depends on entries, and what an entry holds depends on
the code. So an editor of items or codes has the set-up alone, while postings and registrations
hold it together until their transaction ends (docs/domain.md 2.10). On SQLite the one writer is
the lock.

This module must never be called by a page that only reads.
"""

from sqlalchemy import text
from sqlalchemy.orm import Session

TABLE_NO = 27  # Business Central's table Item


def lock_set_up(session: Session) -> None:
    """Have the set-up alone: no other editor, and no posting or registration meanwhile."""
    _take(session, "pg_advisory_xact_lock")


def hold_set_up(session: Session) -> None:
    """Keep the set-up as it is; call it before anything of the set-up is read."""
    _take(session, "pg_advisory_xact_lock_shared")


def _take(session: Session, function: str) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT {function}(:table, 0)"), {"table": TABLE_NO})
