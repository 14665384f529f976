"""A database's schema as sorted lines, the same for the same tables however they were made."""

import re
from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

from scanner_app.database import Database

ALEMBICS_OWN = "alembic_version"

POSTGRESQL_QUERIES = {
    "column": """
        SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
               || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
               || COALESCE(' COLLATE ' || l.collname, '')
               || COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
        FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        LEFT JOIN pg_collation l ON l.oid = a.attcollation
        WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
          AND c.relname <> :own
    """,
    "constraint": """
        SELECT c.relname || ' ' || n.conname || ' ' || pg_get_constraintdef(n.oid)
        FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid
        WHERE n.connamespace = 'public'::regnamespace AND c.relname <> :own
    """,
    "index": """
        SELECT pg_get_indexdef(i.indexrelid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> :own
    """,
    "trigger": """
        SELECT pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND c.relname <> :own
    """,
    "function": """
        SELECT pg_get_functiondef(p.oid) FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proname <> :own
    """,
}


def schema_lines(database: Database) -> list[str]:
    """Every column, constraint, index, trigger and function, one line each."""
    with database.read() as session:
        found = _sqlite_lines(session) if database.dialect == "sqlite" else _server_lines(session)
        return sorted(found)


def _server_lines(session: Session) -> Iterator[str]:
    for kind, query in POSTGRESQL_QUERIES.items():
        for line in session.scalars(text(query), {"own": ALEMBICS_OWN}):
            yield f"{kind} {_on_one_line(line)}"


def _sqlite_lines(session: Session) -> Iterator[str]:
    rows = session.execute(
        text(
            "SELECT type, name, sql FROM sqlite_master"
            " WHERE tbl_name <> :own AND sql <> '' AND name <> 'sqlite_sequence'"
        ),
        {"own": ALEMBICS_OWN},
    )
    for kind, name, statement in rows:
        if kind == "table":
            for part in table_parts(statement):
                yield f"table {name}: {part}"
        else:
            yield f"{kind} {_on_one_line(statement)}"


def table_parts(create_table: str) -> Iterator[str]:
    """The columns and constraints between the outer parentheses of a CREATE TABLE."""
    inside = create_table[create_table.index("(") + 1 : create_table.rindex(")")]
    depth, part = 0, ""
    for piece in re.findall(r"'(?:[^']|'')*'|[(),]|[^'(),]+", inside):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "," and depth == 0:
            yield _on_one_line(part)
            part = ""
        else:
            part += piece
    yield _on_one_line(part)


def _on_one_line(statement: str) -> str:
    return " ".join(statement.split())
