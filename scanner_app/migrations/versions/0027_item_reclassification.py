"""Item journals of two templates, and what their lines say of how a transfer comes in."""

import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateColumn

from scanner_app.records import KEY, Code

revision = "0027"
down_revision = "0026"

BATCH, LINE, TRACKING = "item_journal_batch", "item_journal_line", "item_tracking_line"
NEW_NUMBERS = ("new_serial_no", "new_lot_no", "new_package_no")
NEW_PLACES = {"new_location_id": "location", "new_bin_id": "bin"}
NUMBER_LENGTH = 50


def upgrade() -> None:
    for table in (BATCH, LINE, TRACKING):
        if op.get_context().dialect.name == "sqlite":
            make_anew(table, with_new)
            continue
        for column in columns_of(table):
            op.add_column(table, column)
            if column.server_default is not None:
                op.alter_column(table, column.name, server_default=None)
        for name, words in constraints_of(table).items():
            op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {words}")


def downgrade() -> None:
    """What only the other template has goes."""
    delete_transfers()
    for table in (TRACKING, LINE, BATCH):
        if op.get_context().dialect.name == "sqlite":
            make_anew(table, without_new)
            continue
        for name in constraints_of(table):
            op.drop_constraint(name, table)
        for column in columns_of(table):
            op.drop_column(table, column.name)


def delete_transfers() -> None:
    """Batches of transfers, with all that is of them."""
    batches = f"SELECT id FROM {BATCH} WHERE template = 'Transfer'"  # noqa: S608 - names of ours
    lines = f"SELECT id FROM {LINE} WHERE batch_id IN ({batches})"  # noqa: S608 - names of ours
    workbooks = f"SELECT id FROM journal_workbook WHERE batch_id IN ({batches})"  # noqa: S608 - names of ours
    uploads = f"SELECT id FROM journal_upload WHERE workbook_id IN ({workbooks})"  # noqa: S608 - names of ours
    for table, gone in (
        (TRACKING, f"source_type = 'Item Journal Line' AND source_line_id IN ({lines})"),
        (LINE, f"batch_id IN ({batches})"),
        ("journal_upload_row", f"upload_id IN ({uploads})"),
        ("journal_upload", f"workbook_id IN ({workbooks})"),
        ("journal_workbook_row", f"workbook_id IN ({workbooks})"),
        ("journal_workbook", f"batch_id IN ({batches})"),
        (BATCH, "template = 'Transfer'"),
    ):
        op.execute(f"DELETE FROM {table} WHERE {gone}")  # noqa: S608 - names of ours


def columns_of(table: str) -> list[sa.Column[Any]]:
    """The new columns; what is there already says nothing in them."""
    if table == BATCH:
        return [text_column("template", sa.String(20), "Item")]
    own = [
        *(text_column(number, Code(NUMBER_LENGTH), "") for number in NEW_NUMBERS),
        sa.Column("new_expiration_date", sa.Date(), nullable=True),
    ]
    places = [sa.Column(column, KEY, nullable=True) for column in NEW_PLACES]
    return own if table == TRACKING else [*places, *own]


def text_column(name: str, type_: sa.types.TypeEngine[str], filled: str) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=False, server_default=sa.text(f"'{filled}'"))


def constraints_of(table: str) -> dict[str, str]:
    if table == BATCH:
        return {f"ck_{BATCH}_itemjournaltemplate": "CHECK (template IN ('Item', 'Transfer'))"}
    lengths = {
        f"ck_{table}_{number}_length": f"CHECK (length({number}) <= {NUMBER_LENGTH})"
        for number in NEW_NUMBERS
    }
    if table == TRACKING:
        return lengths
    return lengths | {
        f"fk_{table}_{column}": f"FOREIGN KEY({column}) REFERENCES {to} (id)"
        for column, to in NEW_PLACES.items()
    }


def with_new(table: str, parts: list[str]) -> list[str]:
    """Columns come before constraints."""
    dialect = op.get_context().dialect
    columns = []
    for column in columns_of(table):
        column.server_default = None
        columns.append(str(CreateColumn(column).compile(dialect=dialect)).strip())
    constraints = [f"CONSTRAINT {name} {words}" for name, words in constraints_of(table).items()]
    first = next(place for place, part in enumerate(parts) if part.startswith("CONSTRAINT"))
    return [*parts[:first], *columns, *parts[first:], *constraints]


def without_new(table: str, parts: list[str]) -> list[str]:
    gone = {f"CONSTRAINT {name}" for name in constraints_of(table)}
    gone |= {column.name for column in columns_of(table)}
    return [part for part in parts if not any(part.startswith(f"{name} ") for name in gone)]


def make_anew(table: str, change: Callable[[str, list[str]], list[str]]) -> None:
    """SQLite changes no constraint of a table that is there, and others point to these.

    So the name stays free for a moment only, and what points to it is asked at the commit.
    """
    statement, indexes, last_id = what_made(table)
    head, tail = statement.index("("), statement.rindex(")")
    old_parts = parts_of(statement[head + 1 : tail])
    new_parts = change(table, old_parts)
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE {table}_copy AS SELECT * FROM {table}")  # noqa: S608 - names of ours
    op.drop_table(table)
    op.get_bind().exec_driver_sql(
        f"{statement[: head + 1]}{', '.join(new_parts)}{statement[tail:]}"
    )
    fill(table, names_of(old_parts), names_of(new_parts))
    op.drop_table(f"{table}_copy")
    for index in indexes:
        op.get_bind().exec_driver_sql(index)
    keep_last_id(table, last_id)


def what_made(table: str) -> tuple[str, list[str], int | None]:
    """The statements that made a table and its indexes, and the last id that it gave out."""
    connection, of_table = op.get_bind(), {"table": table}
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND sql <> '' AND type = "
    sequence = "SELECT seq FROM sqlite_sequence WHERE name = :table"
    return (
        connection.execute(sa.text(f"{made} 'table'"), of_table).scalar_one(),
        list(connection.execute(sa.text(f"{made} 'index'"), of_table).scalars()),
        connection.execute(sa.text(sequence), of_table).scalar(),
    )


def fill(table: str, old: set[str], new: set[str]) -> None:
    """Let the table say what its copy said, and nothing in new columns."""
    filled = {"template": "'Item'"} | dict.fromkeys(NEW_NUMBERS, "''")
    said = {name: name for name in old & new} | {
        name: value for name, value in filled.items() if name in new - old
    }
    names, values = ", ".join(said), ", ".join(said.values())
    op.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}_copy")  # noqa: S608 - names of ours


def keep_last_id(table: str, last_id: int | None) -> None:
    """No id is given out again: a workbook remembers lines that are gone."""
    if last_id is None:
        return
    of_table = {"table": table, "last_id": last_id}
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table"), of_table)
    insert = "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last_id)"
    connection.execute(sa.text(insert), of_table)


def parts_of(inside: str) -> list[str]:
    """The columns and constraints between the outer parentheses of a CREATE TABLE."""
    depth, parts = 0, [""]
    for piece in re.findall(r"'(?:[^']|'')*'|[(),]|[^'(),]+", inside):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def names_of(parts: list[str]) -> set[str]:
    return {part.split()[0] for part in parts if not part.startswith("CONSTRAINT")}
