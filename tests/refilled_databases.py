"""A PostgreSQL database that is filled again as its template was, instead of copied anew.

To empty and fill sixty tables takes a few milliseconds, to copy a database eighty. A test that
changed the schema is found by the catalogue; then, and every so often, the database is copied:
deleted rows leave their room behind.
"""

from dataclasses import dataclass

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

REFILLS_MAX = 40
KEPT = "kept"
SCHEMA = """
    SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
        SELECT concat_ws(' ', 'r', oid, relname, relkind) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', 'a', attrelid, attnum, attname, atttypid, attnotnull)
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', 't', oid, tgenabled) FROM pg_trigger
        UNION ALL SELECT concat_ws(' ', 'c', oid, conname) FROM pg_constraint
    ) AS parts (part)
"""
ALONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
)
SEQUENCES = """
    SELECT format('SELECT setval(%L, %s, %L)', schemaname || '.' || sequencename,
                  coalesce(last_value, start_value), last_value IS NOT NULL)
    FROM pg_sequences WHERE schemaname = 'public'
"""


@dataclass
class RefilledDatabase:
    """One database, what its schema looked like, and the statements that fill it again."""

    engine: Engine
    schema: str
    statements: str
    refills: int = 0

    def refill(self) -> bool:
        """Empty and fill it again; False when it has to be copied anew."""
        self.refills += 1
        with self.engine.begin() as connection:
            connection.execute(text(ALONE))
            if self.refills > REFILLS_MAX or _schema(connection) != self.schema:
                return False
            connection.exec_driver_sql(self.statements)
        return True


def remember(address: str) -> RefilledDatabase:
    """Keep the rows of a database that was just copied beside it, to fill it again."""
    engine = create_engine(
        make_url(address).set(drivername="postgresql+psycopg"), poolclass=NullPool
    )
    with engine.begin() as connection:
        tables = [f'"{name}"' for name in connection.scalars(text(TABLES))]
        filled = [name for name in tables if _has_rows(connection, name)]
        connection.execute(text(f"CREATE SCHEMA {KEPT}"))
        for name in filled:
            connection.execute(text(f"CREATE TABLE {KEPT}.{name} AS TABLE public.{name}"))
        sequences = connection.scalars(text(SEQUENCES)).all()
        schema = _schema(connection)
    # Triggers, which keep ledgers as they are, and foreign keys rest meanwhile.
    statements = [
        "SET LOCAL session_replication_role = replica",
        *(f"DELETE FROM {name}" for name in tables),  # noqa: S608 - tables of ours
        *(f"INSERT INTO {name} SELECT * FROM {KEPT}.{name}" for name in filled),  # noqa: S608 - tables of ours
        *sequences,
    ]
    return RefilledDatabase(engine, schema, "; ".join(statements))


def _has_rows(connection: Connection, name: str) -> bool:
    return bool(connection.scalar(text(f"SELECT EXISTS (SELECT 1 FROM {name})")))  # noqa: S608 - tables of ours


def _schema(connection: Connection) -> str:
    return str(connection.scalar(text(SCHEMA)))
