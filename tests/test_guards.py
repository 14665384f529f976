"""Ledger tables refuse to be changed, by every way into the database."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scanner_app.access.change_log import ChangeLogEntry
from scanner_app.database import Database
from scanner_app.errors import InvariantBroken

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def add_entry(database: Database) -> int:
    def work(session: Session) -> int:
        entry = ChangeLogEntry(
            changed_at=NOW,
            table_name="location",
            record_name="WHITE",
            field_name="name",
            old_value="",
            new_value=str(date(2026, 11, 22)),
        )
        session.add(entry)
        session.flush()
        return entry.id

    return database.write(work)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change_log_entry SET new_value = 'forged'",
        "DELETE FROM change_log_entry",
    ],
)
def test_a_statement_typed_by_hand_cannot_change_an_append_only_table(
    database: Database, statement: str
) -> None:
    add_entry(database)
    with pytest.raises(DBAPIError, match="append-only"):
        database.write(lambda session: session.execute(text(statement)))


def test_replacing_a_row_is_refused_like_deleting_it(database: Database) -> None:
    entry_id = add_entry(database)
    if database.dialect == "postgresql":
        statement = "TRUNCATE change_log_entry"
    else:
        statement = (
            "INSERT OR REPLACE INTO change_log_entry (id, changed_at, table_name, record_name,"
            " field_name, old_value, new_value) VALUES (:id, '2026-11-22', 'x', 'x', 'x', 'x', 'x')"
        )
    with pytest.raises(DBAPIError, match="append-only"):
        database.write(lambda session: session.execute(text(statement), {"id": entry_id}))


def test_the_mapped_class_refuses_before_the_database_does(database: Database) -> None:
    entry_id = add_entry(database)

    def work(session: Session) -> None:
        session.get_one(ChangeLogEntry, entry_id).new_value = "forged"
        session.flush()

    with pytest.raises(InvariantBroken):
        database.write(work)
