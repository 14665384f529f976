"""The last scan on a document is remembered, and what it counted can be taken back."""

from functools import partial

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.made_anew import make_anew, with_columns
from scanner_app.migrations.steps import create_guard
from scanner_app.records import KEY

revision = "0034"
down_revision = "0033"

DOCUMENT, LAST = "open_document", "undoable_scan_id"
ENTRY, UNDOES = "count_entry", "undoes_id"
KEYS = ((DOCUMENT, LAST, "scan"), (ENTRY, UNDOES, ENTRY))
ONCE = f"uq_{ENTRY}_{UNDOES}"


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for table, column, target in KEYS:
            make_anew(table, partial(with_key, table, column, target))
        create_guard(append_only_statements, ENTRY)
        return
    for table, column, target in KEYS:
        op.add_column(table, sa.Column(column, KEY, nullable=True))
        op.create_foreign_key(f"fk_{table}_{column}", table, target, [column], ["id"])
    op.create_unique_constraint(ONCE, ENTRY, [UNDOES])


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for table, column, _ in KEYS:
            make_anew(table, partial(without, column))
        create_guard(append_only_statements, ENTRY)
        return
    for table, column, _ in KEYS:
        op.drop_column(table, column)


def with_key(table: str, column: str, target: str, parts: list[str]) -> list[str]:
    key = f"CONSTRAINT fk_{table}_{column} FOREIGN KEY({column}) REFERENCES {target} (id)"
    once = [f"CONSTRAINT {ONCE} UNIQUE ({column})"] if table == ENTRY else []
    return with_columns(parts, [sa.Column(column, KEY, nullable=True)], [key, *once])


def without(column: str, parts: list[str]) -> list[str]:
    return [part for part in parts if column not in part]
