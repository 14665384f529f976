"""Workbooks of warehouse journals beside those of item journals."""

import sqlalchemy as sa
from alembic import op

from scanner_app.records import KEY, Code, UtcInstant

revision = "0031"
down_revision = "0030"

TABLE = "journal_workbook"
ITEM, WAREHOUSE = "item_journal_batch", "warehouse_journal_batch"
ONE_BATCH = f"({ITEM}_id IS NULL) <> ({WAREHOUSE}_id IS NULL)"
WAREHOUSE_WORKBOOKS = f"SELECT id FROM {TABLE} WHERE {WAREHOUSE}_id IS NOT NULL"  # noqa: S608 - names of ours


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _make_anew(_columns_of_both(), _constraints_of_both(), {f"{ITEM}_id": "batch_id"})
        return
    for name in (f"uq_{TABLE}_batch_id_key", f"fk_{TABLE}_batch_id"):
        op.drop_constraint(name, TABLE)
    op.alter_column(TABLE, "batch_id", new_column_name=f"{ITEM}_id", nullable=True)
    op.add_column(TABLE, sa.Column(f"{WAREHOUSE}_id", KEY, nullable=True))
    for batch in (ITEM, WAREHOUSE):
        op.create_unique_constraint(f"uq_{TABLE}_{batch}_id_key", TABLE, [f"{batch}_id", "key"])
        op.create_foreign_key(f"fk_{TABLE}_{batch}_id", TABLE, batch, [f"{batch}_id"], ["id"])
    op.create_check_constraint(f"ck_{TABLE}_of_one_batch", TABLE, ONE_BATCH)


def downgrade() -> None:
    """Workbooks of warehouse journals go."""
    _forget_those_of_warehouse_journals()
    if op.get_context().dialect.name == "sqlite":
        _make_anew(_columns_of_one(), _constraints_of_one(), {"batch_id": f"{ITEM}_id"})
        return
    op.drop_constraint(f"ck_{TABLE}_of_one_batch", TABLE)
    for batch in (ITEM, WAREHOUSE):
        op.drop_constraint(f"uq_{TABLE}_{batch}_id_key", TABLE)
        op.drop_constraint(f"fk_{TABLE}_{batch}_id", TABLE)
    op.drop_column(TABLE, f"{WAREHOUSE}_id")
    op.alter_column(TABLE, f"{ITEM}_id", new_column_name="batch_id", nullable=False)
    op.create_unique_constraint(f"uq_{TABLE}_batch_id_key", TABLE, ["batch_id", "key"])
    op.create_foreign_key(f"fk_{TABLE}_batch_id", TABLE, ITEM, ["batch_id"], ["id"])


def _forget_those_of_warehouse_journals() -> None:
    uploads = f"SELECT id FROM journal_upload WHERE workbook_id IN ({WAREHOUSE_WORKBOOKS})"  # noqa: S608 - names of ours
    for table, gone in (
        ("journal_upload_row", f"upload_id IN ({uploads})"),
        ("journal_upload", f"workbook_id IN ({WAREHOUSE_WORKBOOKS})"),
        ("journal_workbook_row", f"workbook_id IN ({WAREHOUSE_WORKBOOKS})"),
        (TABLE, f"{WAREHOUSE}_id IS NOT NULL"),
    ):
        op.execute(f"DELETE FROM {table} WHERE {gone}")  # noqa: S608 - names of ours


def _make_anew(
    batches: list[sa.Column[int]], constraints: list[sa.Constraint], said: dict[str, str]
) -> None:
    """SQLite changes no constraint of a table that is there, and uploads and rows point to it.

    So the name stays free for a moment only, and what points to it is asked at the commit. The
    last id stays as well, so that none is given out again.
    """
    of_table = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :table")
    last_id = op.get_bind().execute(of_table, {"table": TABLE}).scalar()
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE {TABLE}_copy AS SELECT * FROM {TABLE}")  # noqa: S608 - names of ours
    op.drop_table(TABLE)
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        *batches,
        sa.Column("key", Code(64), nullable=False),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.ForeignKeyConstraint(["made_by_id"], ["user_account.id"], name=f"fk_{TABLE}_made_by_id"),
        sa.CheckConstraint("length(key) <= 64", name=f"ck_{TABLE}_key_length"),
        *constraints,
        sqlite_autoincrement=True,
    )
    kept = {name: name for name in ("id", "key", "made_at", "made_by_id")} | said
    names, values = ", ".join(kept), ", ".join(kept.values())
    op.execute(f"INSERT INTO {TABLE} ({names}) SELECT {values} FROM {TABLE}_copy")  # noqa: S608 - names of ours
    op.drop_table(f"{TABLE}_copy")
    _keep_last_id(last_id)


def _keep_last_id(last_id: int | None) -> None:
    if last_id is None:
        return
    of_table = {"table": TABLE, "last_id": last_id}
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table"), of_table)
    insert = "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last_id)"
    connection.execute(sa.text(insert), of_table)


def _columns_of_both() -> list[sa.Column[int]]:
    return [sa.Column(f"{batch}_id", KEY, nullable=True) for batch in (ITEM, WAREHOUSE)]


def _constraints_of_both() -> list[sa.Constraint]:
    return [
        *(
            constraint
            for batch in (ITEM, WAREHOUSE)
            for constraint in _constraints_of(f"{batch}_id", batch)
        ),
        sa.CheckConstraint(ONE_BATCH, name=f"ck_{TABLE}_of_one_batch"),
    ]


def _columns_of_one() -> list[sa.Column[int]]:
    return [sa.Column("batch_id", KEY, nullable=False)]


def _constraints_of_one() -> list[sa.Constraint]:
    return _constraints_of("batch_id", ITEM)


def _constraints_of(column: str, batch: str) -> list[sa.Constraint]:
    return [
        sa.UniqueConstraint(column, "key", name=f"uq_{TABLE}_{column}_key"),
        sa.ForeignKeyConstraint([column], [f"{batch}.id"], name=f"fk_{TABLE}_{column}"),
    ]
