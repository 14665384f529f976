"""Item journals that a job posts in parts: its batch is frozen, and a job has a pace."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.records import KEY, Code, UtcInstant

revision = "0025"
down_revision = "0024"

BATCH, JOB = "item_journal_batch", "job"
OLD_COLUMNS = {
    BATCH: (
        "id, name, description, item_tracking_on_lines, reason_code_id, number_series_id,"
        " lock_version"
    ),
    JOB: (
        "id, kind, parameters, checkpoint, state, done, total, attempts, lease_until, fault,"
        " requested_by_id, requested_at, finished_at, worker"
    ),
}
FROZEN = (
    "(frozen_at IS NULL) = (frozen_by_id IS NULL)"
    " AND (frozen_at IS NULL) = (frozen_lines IS NULL)"
    " AND (frozen_at IS NULL OR posting_job_id IS NOT NULL)"
)
FROZEN_NAME = f"ck_{BATCH}_frozen_for_a_job"
OLD_KINDS, OLD_STATES = "'calculate-inventory'", "'waiting', 'running', 'done', 'failed'"
KINDS, STATES = f"{OLD_KINDS}, 'post-item-journal'", f"{OLD_STATES}, 'cancelled'"


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        make_anew(JOB, job_of(KINDS, STATES, pace()), {"began_done": "0"})
        make_anew(BATCH, batch_of(freeze(), freeze_constraints()))
        return
    allow_in_job(KINDS, STATES)
    for column in pace():
        op.add_column(JOB, column)
    op.alter_column(JOB, "began_done", server_default=None)
    for column in freeze():
        op.add_column(BATCH, column)
    op.create_unique_constraint(f"uq_{BATCH}_posting_job_id", BATCH, ["posting_job_id"])
    op.create_foreign_key(f"fk_{BATCH}_posting_job_id", BATCH, JOB, ["posting_job_id"], ["id"])
    op.create_foreign_key(
        f"fk_{BATCH}_frozen_by_id", BATCH, "user_account", ["frozen_by_id"], ["id"]
    )
    op.create_check_constraint(FROZEN_NAME, BATCH, FROZEN)


def downgrade() -> None:
    """Batches are not frozen any more, and what their jobs told goes."""
    if op.get_context().dialect.name == "sqlite":
        make_anew(BATCH, batch_of([], []))
        delete_new_jobs()
        make_anew(JOB, job_of(OLD_KINDS, OLD_STATES, []))
        return
    for column in reversed(freeze()):
        op.drop_column(BATCH, column.name)
    delete_new_jobs()
    for column in pace():
        op.drop_column(JOB, column.name)
    allow_in_job(OLD_KINDS, OLD_STATES)


def allow_in_job(kinds: str, states: str) -> None:
    for column, values in (("kind", kinds), ("state", states)):
        op.drop_constraint(f"ck_{JOB}_job{column}", JOB, type_="check")
        op.create_check_constraint(f"ck_{JOB}_job{column}", JOB, f"{column} IN ({values})")


def delete_new_jobs() -> None:
    op.execute("DELETE FROM job WHERE kind = 'post-item-journal' OR state = 'cancelled'")


def make_anew(
    table: str, parts: list[sa.schema.SchemaItem], filled: dict[str, str] | None = None
) -> None:
    """SQLite changes no constraint of a table that is there, and others point to these.

    So the name stays free for a moment only, and what points to it is asked at the commit.
    """
    columns, more = OLD_COLUMNS[table], filled or {}
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE {table}_copy AS SELECT {columns} FROM {table}")  # noqa: S608 - names of ours
    op.drop_table(table)
    op.create_table(table, *parts, sqlite_autoincrement=True)
    names = ", ".join([columns, *more])
    values = ", ".join([columns, *more.values()])
    op.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}_copy")  # noqa: S608 - names of ours
    op.drop_table(f"{table}_copy")
    if table == JOB:
        op.create_index("ix_job_state", JOB, ["state"])


def pace() -> list[sa.Column[Any]]:
    nothing = sa.text("0") if op.get_context().dialect.name == "postgresql" else None
    return [
        sa.Column("began_at", UtcInstant(), nullable=True),
        sa.Column("began_done", KEY, nullable=False, server_default=nothing),
        sa.Column("progressed_at", UtcInstant(), nullable=True),
    ]


def freeze() -> list[sa.Column[Any]]:
    return [
        sa.Column("posting_job_id", KEY, nullable=True),
        sa.Column("frozen_at", UtcInstant(), nullable=True),
        sa.Column("frozen_by_id", KEY, nullable=True),
        sa.Column("frozen_lines", KEY, nullable=True),
    ]


def freeze_constraints() -> list[sa.Constraint]:
    return [
        sa.UniqueConstraint("posting_job_id", name=f"uq_{BATCH}_posting_job_id"),
        sa.ForeignKeyConstraint(["posting_job_id"], ["job.id"], name=f"fk_{BATCH}_posting_job_id"),
        sa.ForeignKeyConstraint(
            ["frozen_by_id"], ["user_account.id"], name=f"fk_{BATCH}_frozen_by_id"
        ),
        sa.CheckConstraint(FROZEN, name=FROZEN_NAME),
    ]


def batch_of(
    columns: list[sa.Column[Any]], constraints: list[sa.Constraint]
) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("item_tracking_on_lines", sa.Boolean(), nullable=False),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.Column("number_series_id", KEY, nullable=True),
        *columns,
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{BATCH}"),
        sa.UniqueConstraint("name", name=f"uq_{BATCH}_name"),
        sa.ForeignKeyConstraint(
            ["reason_code_id"], ["reason_code.id"], name=f"fk_{BATCH}_reason_code_id"
        ),
        sa.ForeignKeyConstraint(
            ["number_series_id"], ["number_series.id"], name=f"fk_{BATCH}_number_series_id"
        ),
        *constraints,
        sa.CheckConstraint("length(name) <= 10", name=f"ck_{BATCH}_name_length"),
        sa.CheckConstraint("length(description) <= 100", name=f"ck_{BATCH}_description_length"),
    ]


def job_of(kinds: str, states: str, columns: list[sa.Column[Any]]) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("checkpoint", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("done", KEY, nullable=False),
        sa.Column("total", KEY, nullable=False),
        sa.Column("attempts", KEY, nullable=False),
        sa.Column("lease_until", UtcInstant(), nullable=True),
        *columns,
        sa.Column("fault", sa.JSON(), nullable=True),
        sa.Column("requested_by_id", KEY, nullable=False),
        sa.Column("requested_at", UtcInstant(), nullable=False),
        sa.Column("finished_at", UtcInstant(), nullable=True),
        sa.Column("worker", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["user_account.id"], name="fk_job_requested_by_id"
        ),
        sa.CheckConstraint(f"kind IN ({kinds})", name="ck_job_jobkind"),
        sa.CheckConstraint(f"state IN ({states})", name="ck_job_jobstate"),
        sa.CheckConstraint("length(worker) <= 60", name="ck_job_worker_length"),
    ]
