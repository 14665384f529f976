"""The steps and the mapped classes say the same, down to the last CHECK."""

import difflib

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from scanner_app.all_tables import metadata
from scanner_app.database import Database
from scanner_app.migrations.upgrade import upgrade
from tests.migrations.schema_text import schema_lines, table_parts


def test_the_steps_make_the_tables_that_the_classes_describe(empty_database: Database) -> None:
    upgrade(empty_database)
    by_steps = schema_lines(empty_database)
    metadata_only = _made_by_the_classes(empty_database)
    assert len(by_steps) > len(metadata.tables)
    difference = [
        line
        for line in difflib.unified_diff(by_steps, metadata_only, "steps", "classes", n=0)
        if not line.startswith("@@")
    ]
    if difference:
        pytest.fail("The steps and the classes differ:\n" + "\n".join(difference), pytrace=False)


def test_alembic_finds_nothing_left_to_migrate(empty_database: Database) -> None:
    upgrade(empty_database)
    with empty_database.read() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_an_index_or_trigger_that_is_gone_is_seen(empty_database: Database) -> None:
    upgrade(empty_database)
    before = schema_lines(empty_database)
    on_table = "" if empty_database.dialect == "sqlite" else " ON change_log_entry"
    with empty_database.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_user_session_user_id")
        connection.exec_driver_sql(f"DROP TRIGGER change_log_entry_no_update{on_table}")
    gone = set(before) - set(schema_lines(empty_database))
    assert sorted(line.split()[0] for line in gone) == ["index", "trigger"]


def test_a_check_is_part_of_what_is_compared(empty_database: Database) -> None:
    upgrade(empty_database)
    [line] = [line for line in schema_lines(empty_database) if "directed_needs_bins" in line]
    assert "bin_mandatory" in line


def test_a_table_is_taken_apart_at_its_outer_commas_only() -> None:
    statement = "CREATE TABLE a (id INTEGER, CHECK (x IN ('b,(', 'it''s')), UNIQUE (a, b))"
    assert list(table_parts(statement)) == [
        "id INTEGER",
        "CHECK (x IN ('b,(', 'it''s'))",
        "UNIQUE (a, b)",
    ]


def _made_by_the_classes(database: Database) -> list[str]:
    """Empty the database and build it anew from the metadata."""
    with database.engine.begin() as connection:
        metadata.drop_all(connection)
        if database.dialect == "postgresql":
            connection.exec_driver_sql("DROP FUNCTION refuse_change()")
        metadata.create_all(connection)
    return schema_lines(database)
