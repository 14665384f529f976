"""The change log: one entry for each field that really changed."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from scanner_app.access.change_log import ChangeLogEntry, log_changes
from scanner_app.access.user import Role, User
from scanner_app.database import Database
from tests.warehouse.masters import MOMENT


def log(database: Database, record: str, **changes: tuple[object, object]) -> None:
    database.write(
        lambda session: log_changes(
            session,
            changed_at=MOMENT,
            user_id=None,
            table_name="bin",
            record_name=record,
            changes=changes,
        )
    )


def test_only_what_changed_is_logged(database: Database) -> None:
    log(database, "A", description=("old", "new"), bin_ranking=(5, 5), dedicated=(False, True))
    with database.read() as session:
        entries = session.scalars(select(ChangeLogEntry).order_by(ChangeLogEntry.id)).all()
    assert [(e.field_name, e.old_value, e.new_value) for e in entries] == [
        ("description", "old", "new"),
        ("dedicated", "False", "True"),
    ]
    assert {(e.changed_at, e.table_name, e.record_name) for e in entries} == {(MOMENT, "bin", "A")}


def test_long_values_are_cut_to_their_field(database: Database) -> None:
    log(database, "N" * 200, description=("a" * 300, "b" * 300))
    with database.read() as session:
        [entry] = session.scalars(select(ChangeLogEntry)).all()
    lengths = (len(entry.record_name), len(entry.old_value), len(entry.new_value))
    assert lengths == (100, 250, 250)


def test_the_log_is_append_only(database: Database) -> None:
    log(database, "A", description=("old", "new"))
    for statement in (
        "UPDATE change_log_entry SET new_value = 'x'",
        "DELETE FROM change_log_entry",
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            database.write(lambda session, sql=statement: session.execute(text(sql)))  # type: ignore[misc]


@pytest.mark.parametrize(("role", "may"), [(Role.WORKER, False), (Role.SUPERVISOR, True)])
def test_a_supervisor_may_more_than_a_worker(role: Role, may: bool) -> None:  # noqa: FBT001 - drawn
    assert User(user_name="X", role=role).is_supervisor is may
