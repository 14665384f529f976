"""Configuration packages: their tables, the records that wait in them, and what is wrong there."""

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, Code, UtcInstant

revision = "0029"
down_revision = "0028"

JOB = "job"
PACKAGE = "configuration_package"
TABLE = f"{PACKAGE}_table"
RECORD = f"{PACKAGE}_record"
ERROR = f"{PACKAGE}_error"
OLD_KINDS = "'calculate-inventory', 'post-item-journal'"
KINDS = f"{OLD_KINDS}, 'apply-package'"
JOB_COLUMNS = (
    "id, kind, parameters, checkpoint, state, done, total, attempts, lease_until, began_at,"
    " began_done, progressed_at, fault, requested_by_id, requested_at, finished_at, worker"
)


def upgrade() -> None:
    allow_in_job(KINDS)
    packages()
    tables()
    records()
    errors()


def downgrade() -> None:
    """What waits in packages goes, and what their jobs told."""
    drop_tables(ERROR, RECORD, TABLE, PACKAGE)
    op.execute("DELETE FROM job WHERE kind = 'apply-package'")
    allow_in_job(OLD_KINDS)


def allow_in_job(kinds: str) -> None:
    """SQLite changes no constraint of a table that is there, and others point to this one.

    So the name stays free for a moment only, and what points to it is asked at the commit.
    """
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint(f"ck_{JOB}_jobkind", JOB, type_="check")
        op.create_check_constraint(f"ck_{JOB}_jobkind", JOB, f"kind IN ({kinds})")
        return
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE {JOB}_copy AS SELECT {JOB_COLUMNS} FROM {JOB}")  # noqa: S608 - names of ours
    op.drop_table(JOB)
    op.create_table(JOB, *job_of(kinds), sqlite_autoincrement=True)
    op.execute(f"INSERT INTO {JOB} ({JOB_COLUMNS}) SELECT {JOB_COLUMNS} FROM {JOB}_copy")  # noqa: S608 - names of ours
    op.drop_table(f"{JOB}_copy")
    op.create_index("ix_job_state", JOB, ["state"])


def job_of(kinds: str) -> list[sa.schema.SchemaItem]:
    states = "'waiting', 'running', 'done', 'failed', 'cancelled'"
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
        sa.Column("began_at", UtcInstant(), nullable=True),
        sa.Column("began_done", KEY, nullable=False),
        sa.Column("progressed_at", UtcInstant(), nullable=True),
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


def packages() -> None:
    op.create_table(
        PACKAGE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", Code(20), nullable=False),
        sa.Column("package_name", sa.String(50), nullable=False),
        sa.Column("job_id", KEY, nullable=True),
        sa.Column("frozen_at", UtcInstant(), nullable=True),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{PACKAGE}"),
        sa.UniqueConstraint("code", name=f"uq_{PACKAGE}_code"),
        sa.UniqueConstraint("job_id", name=f"uq_{PACKAGE}_job_id"),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=f"fk_{PACKAGE}_job_id"),
        sa.CheckConstraint("length(code) <= 20", name=f"ck_{PACKAGE}_code_length"),
        sa.CheckConstraint("length(package_name) <= 50", name=f"ck_{PACKAGE}_package_name_length"),
        sqlite_autoincrement=True,
    )


def tables() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("package_id", KEY, nullable=False),
        sa.Column("table_no", KEY, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("records", KEY, nullable=False),
        sa.Column("errors", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("package_id", "table_no", name=f"uq_{TABLE}_package_id_table_no"),
        sa.ForeignKeyConstraint(["package_id"], [f"{PACKAGE}.id"], name=f"fk_{TABLE}_package_id"),
        sa.CheckConstraint(
            "state IN ('', 'Imported', 'Validated', 'Applied')",
            name=f"ck_{TABLE}_packagetablestate",
        ),
        sqlite_autoincrement=True,
    )


def records() -> None:
    op.create_table(
        RECORD,
        sa.Column("id", KEY, nullable=False),
        sa.Column("package_table_id", KEY, nullable=False),
        sa.Column("key", Code(64), nullable=False),
        sa.Column("row_no", KEY, nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("digest", Code(64), nullable=False),
        sa.Column("line_id", KEY, nullable=True),
        sa.Column("applied_digest", Code(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{RECORD}"),
        sa.UniqueConstraint("package_table_id", "key", name=f"uq_{RECORD}_package_table_id_key"),
        sa.ForeignKeyConstraint(
            ["package_table_id"], [f"{TABLE}.id"], name=f"fk_{RECORD}_package_table_id"
        ),
        sa.CheckConstraint("length(key) <= 64", name=f"ck_{RECORD}_key_length"),
        sa.CheckConstraint("length(digest) <= 64", name=f"ck_{RECORD}_digest_length"),
        sa.CheckConstraint(
            "length(applied_digest) <= 64", name=f"ck_{RECORD}_applied_digest_length"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(f"ix_{RECORD}_order", RECORD, ["package_table_id", "id"])


def errors() -> None:
    op.create_table(
        ERROR,
        sa.Column("id", KEY, nullable=False),
        sa.Column("package_table_id", KEY, nullable=False),
        sa.Column("record_id", KEY, nullable=False),
        sa.Column("field_name", sa.String(63), nullable=False),
        sa.Column("refusal", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{ERROR}"),
        sa.ForeignKeyConstraint(
            ["package_table_id"], [f"{TABLE}.id"], name=f"fk_{ERROR}_package_table_id"
        ),
        sa.ForeignKeyConstraint(["record_id"], [f"{RECORD}.id"], name=f"fk_{ERROR}_record_id"),
        sa.CheckConstraint("length(field_name) <= 63", name=f"ck_{ERROR}_field_name_length"),
        sqlite_autoincrement=True,
    )
    op.create_index(f"ix_{ERROR}_record", ERROR, ["record_id"])
    op.create_index(f"ix_{ERROR}_order", ERROR, ["package_table_id", "id"])
