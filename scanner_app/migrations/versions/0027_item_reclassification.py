"""Item journals of two templates, and what their lines say of how a transfer comes in."""

from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.made_anew import make_anew, with_columns
from scanner_app.records import KEY, Code

revision = "0027"
down_revision = "0026"

BATCH, LINE, TRACKING = "item_journal_batch", "item_journal_line", "item_tracking_line"
NEW_NUMBERS = ("new_serial_no", "new_lot_no", "new_package_no")
NEW_PLACES = {"new_location_id": "location", "new_bin_id": "bin"}
NUMBER_LENGTH = 50
FILLED = {"template": "'Item'"} | dict.fromkeys(NEW_NUMBERS, "''")


def upgrade() -> None:
    for table in (BATCH, LINE, TRACKING):
        if op.get_context().dialect.name == "sqlite":
            make_anew(table, partial(with_new, table), FILLED)
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
            make_anew(table, partial(without_new, table))
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
    words = [f"CONSTRAINT {name} {words}" for name, words in constraints_of(table).items()]
    return with_columns(parts, columns_of(table), words)


def without_new(table: str, parts: list[str]) -> list[str]:
    gone = {f"CONSTRAINT {name}" for name in constraints_of(table)}
    gone |= {column.name for column in columns_of(table)}
    return [part for part in parts if not any(part.startswith(f"{name} ") for name in gone)]
