"""The guards a database keeps by itself: triggers that refuse to change what is final.

They repeat what `records.Entry` and `scanning.scan` promise in Python, so that a statement
typed by hand meets the same refusal (docs/domain.md 1.1, 10.1). Migrations and test databases
create them from the same text.

This module must never depend on a mapped class: it takes names of tables.
"""

from sqlalchemy import DDL, Table, event

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END
$body$
"""


def append_only_statements(dialect: str, table: str) -> list[str]:
    """The statements that make a table refuse UPDATE, DELETE and, where it exists, TRUNCATE."""
    return _statements(dialect, table, "")


def final_once_set_statements(dialect: str, table: str, column: str) -> list[str]:
    """The statements that make a row final as soon as its column is set."""
    return _statements(dialect, table, f"OLD.{column} IS NOT NULL")


def _statements(dialect: str, table: str, only_when: str) -> list[str]:
    if dialect == "sqlite":
        when = f"WHEN {only_when} " if only_when else ""
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"{when if verb == 'UPDATE' else ''}"
            f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    when = f"WHEN ({only_when}) " if only_when else ""
    return [
        _POSTGRESQL_FUNCTION,
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        f"FOR EACH ROW {when}EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]


def guard_append_only(table: Table) -> None:
    """Create the append-only triggers whenever the metadata creates the table."""
    for dialect in ("sqlite", "postgresql"):
        _after_create(table, dialect, append_only_statements(dialect, table.name))


def guard_final_once_set(table: Table, column: str) -> None:
    """Create the final-once-set triggers whenever the metadata creates the table."""
    for dialect in ("sqlite", "postgresql"):
        _after_create(table, dialect, final_once_set_statements(dialect, table.name, column))


def _after_create(table: Table, dialect: str, statements: list[str]) -> None:
    for statement in statements:
        ddl: DDL = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
