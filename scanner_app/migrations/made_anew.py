"""A table of SQLite made anew: it changes no constraint of a table that is there.

This module must never change what it makes: steps that were published call it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateColumn


def make_anew(
    table: str, change: Callable[[list[str]], list[str]], filled: Mapping[str, str] | None = None
) -> None:
    """Make a table with other columns and constraints, and let it say what it said.

    `change` is handed the parts of the CREATE TABLE, and `filled` says what stands in new columns.
    What points to the table is asked at the commit; its triggers are gone.
    """
    statement, indexes, last_id = _what_made(table)
    head, tail = statement.index("("), statement.rindex(")")
    old_parts = _parts_of(statement[head + 1 : tail])
    new_parts = change(old_parts)
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE {table}_copy AS SELECT * FROM {table}")  # noqa: S608 - names of ours
    op.drop_table(table)
    op.get_bind().exec_driver_sql(
        f"{statement[: head + 1]}{', '.join(new_parts)}{statement[tail:]}"
    )
    _fill(table, _names_of(old_parts), _names_of(new_parts), filled or {})
    op.drop_table(f"{table}_copy")
    for index in indexes:
        op.get_bind().exec_driver_sql(index)
    _keep_last_id(table, last_id)


def with_columns(
    parts: list[str], columns: Iterable[sa.Column[Any]], constraints: Iterable[str]
) -> list[str]:
    """The parts of a table with new columns, which come before the constraints."""
    dialect = op.get_context().dialect
    new = []
    for column in columns:
        column.server_default = None
        new.append(str(CreateColumn(column).compile(dialect=dialect)).strip())
    first = next(place for place, part in enumerate(parts) if part.startswith("CONSTRAINT"))
    return [*parts[:first], *new, *parts[first:], *constraints]


def _what_made(table: str) -> tuple[str, list[str], int | None]:
    """The statements that made a table and its indexes, and the last id that it gave out."""
    connection, of_table = op.get_bind(), {"table": table}
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND sql <> '' AND type = "
    sequence = "SELECT seq FROM sqlite_sequence WHERE name = :table"
    return (
        connection.execute(sa.text(f"{made} 'table'"), of_table).scalar_one(),
        list(connection.execute(sa.text(f"{made} 'index'"), of_table).scalars()),
        connection.execute(sa.text(sequence), of_table).scalar(),
    )


def _fill(table: str, old: set[str], new: set[str], filled: Mapping[str, str]) -> None:
    """Let the table say what its copy said, and what is given in new columns."""
    said = {name: name for name in old & new} | {
        name: value for name, value in filled.items() if name in new - old
    }
    names, values = ", ".join(said), ", ".join(said.values())
    op.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}_copy")  # noqa: S608 - names of ours


def _keep_last_id(table: str, last_id: int | None) -> None:
    """No id is given out again: a workbook remembers lines that are gone."""
    if last_id is None:
        return
    of_table = {"table": table, "last_id": last_id}
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table"), of_table)
    insert = "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last_id)"
    connection.execute(sa.text(insert), of_table)


def _parts_of(inside: str) -> list[str]:
    """The columns and constraints between the outer parentheses of a CREATE TABLE."""
    depth, parts = 0, [""]
    for piece in re.findall(r"'(?:[^']|'')*'|[(),]|[^'(),]+", inside):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def _names_of(parts: list[str]) -> set[str]:
    return {part.split()[0] for part in parts if not part.startswith("CONSTRAINT")}
