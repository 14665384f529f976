"""The tables of job."""

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, UtcInstant

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    create_job()


def downgrade() -> None:
    drop_tables("job")


def create_job() -> None:
    op.create_table(
        "job",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("checkpoint", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("done", KEY, nullable=False),
        sa.Column("total", KEY, nullable=False),
        sa.Column("attempts", KEY, nullable=False),
        sa.Column("lease_until", UtcInstant(), nullable=True),
        sa.Column("fault", sa.JSON(), nullable=True),
        sa.Column("requested_by_id", KEY, nullable=False),
        sa.Column("requested_at", UtcInstant(), nullable=False),
        sa.Column("finished_at", UtcInstant(), nullable=True),
        sa.Column("worker", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["user_account.id"], name="fk_job_requested_by_id"
        ),
        sa.CheckConstraint("kind IN ('calculate-inventory')", name="ck_job_jobkind"),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed')", name="ck_job_jobstate"
        ),
        sa.CheckConstraint("length(worker) <= 60", name="ck_job_worker_length"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_state", "job", ["state"])
