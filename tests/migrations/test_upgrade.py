"""Upgrading: once, whole, and by whoever comes first."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from scanner_app.all_tables import metadata
from scanner_app.database import Database, DatabaseUnfit
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_word import ItemWord, words_of
from scanner_app.migrations.upgrade import (
    DatabaseNotMigrated,
    check_migrated,
    current_revision,
    downgrade,
    head_revision,
    upgrade,
)
from tests.migrations.schema_text import schema_lines

UPGRADING = """
import sys
from sqlalchemy import event
from scanner_app.database import Database
from scanner_app.migrations.upgrade import upgrade
database = Database(sys.argv[1], writer_wait_seconds=30)
created = 0
def count(connection, cursor, statement, *_):
    global created
    created += "CREATE TABLE bin_type (" in statement
event.listen(database.engine, "before_cursor_execute", count)
print("ready", flush=True)
sys.stdin.readline()
upgrade(database)
print(created)
"""


def tables_of(database: Database) -> set[str]:
    with database.read() as session:
        return set(inspect(session.connection()).get_table_names()) - {"alembic_version"}


def test_an_empty_database_gets_every_table(empty_database: Database) -> None:
    assert current_revision(empty_database) is None
    upgrade(empty_database)
    assert tables_of(empty_database) == set(metadata.tables)
    assert current_revision(empty_database) == head_revision()
    check_migrated(empty_database)


def test_upgrading_twice_changes_nothing(empty_database: Database) -> None:
    upgrade(empty_database)
    before = schema_lines(empty_database)
    upgrade(empty_database)
    assert schema_lines(empty_database) == before


def test_a_downgrade_leaves_nothing_and_can_be_undone(empty_database: Database) -> None:
    upgrade(empty_database)
    before = schema_lines(empty_database)
    downgrade(empty_database, "base")
    assert schema_lines(empty_database) == []
    upgrade(empty_database)
    assert schema_lines(empty_database) == before


@pytest.mark.slow
def test_of_two_processes_that_upgrade_at_once_one_does_it(empty_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADING, empty_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    answers = [process.communicate("go\n", timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(answers) == ["0\n", "1\n"]


def test_steps_that_fail_leave_the_database_as_it_was(empty_database: Database) -> None:
    with empty_database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE scan (id INTEGER)"))
    with pytest.raises(Exception, match="scan"):
        upgrade(empty_database)
    assert tables_of(empty_database) == {"scan"}
    assert current_revision(empty_database) is None


def test_a_database_that_was_not_upgraded_is_refused_with_the_command(
    empty_database: Database,
) -> None:
    with pytest.raises(DatabaseNotMigrated, match="Run `scanner-app migrate`"):
        check_migrated(empty_database)
    upgrade(empty_database)
    downgrade(empty_database, "-1")
    with pytest.raises(DatabaseUnfit, match=f"this version needs {head_revision()}"):
        check_migrated(empty_database)


def test_looking_for_the_revision_makes_no_database_file(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'none.db'}")
    assert current_revision(database) is None
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_a_later_version_is_left_alone(empty_database: Database) -> None:
    upgrade(empty_database)
    with empty_database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for verb in (check_migrated, upgrade):
        with pytest.raises(DatabaseNotMigrated, match="Start that version"):
            verb(empty_database)


def test_items_that_are_there_are_found_by_their_words_after_the_upgrade(
    empty_database: Database,
) -> None:
    upgrade(empty_database)
    descriptions = {"10": "Kühl-Box, 2.5 l", "20-S": ""}

    def add_items(session: Session) -> None:
        unit = UnitOfMeasure(code="PCS")
        session.add(unit)
        session.flush()
        session.add_all(
            Item(no=no, description=words, base_unit_of_measure_id=unit.id)
            for no, words in descriptions.items()
        )

    empty_database.write(add_items)
    downgrade(empty_database, "0015")
    upgrade(empty_database)
    with empty_database.read() as session:
        found = session.execute(select(Item.no, ItemWord.word).join(Item)).all()
    assert {tuple(row) for row in found} == {
        (no, word) for no, words in descriptions.items() for word in words_of(f"{no} {words}")
    }
