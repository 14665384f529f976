"""What was moved back stands beside the registered documents, and these are listed."""

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.steps import create_guard, drop_tables
from scanner_app.records import KEY

revision = "0039"
down_revision = "0038"

TABLE = "moved_back"
REGISTERED = "registered_activity"
INDEXES = {
    "here": ["location_id", "id"],
    "here_of_type": ["location_id", "type", "id"],
    "no": ["no"],
    "source_no": ["source_no"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(f"ix_{REGISTERED}_{name}", REGISTERED, columns)
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("registered_line_id", KEY, nullable=False),
        sa.Column("movement_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("registered_line_id", name=f"uq_{TABLE}_registered_line_id"),
        sa.ForeignKeyConstraint(
            ["registered_line_id"],
            ["registered_activity_line.id"],
            name=f"fk_{TABLE}_registered_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["movement_id"], [f"{REGISTERED}.id"], name=f"fk_{TABLE}_movement_id"
        ),
    )
    op.create_index(f"ix_{TABLE}_movement_id", TABLE, ["movement_id"])
    create_guard(append_only_statements, TABLE)


def downgrade() -> None:
    """Which lines were moved back is forgotten; their movements stay."""
    drop_tables(TABLE)
    for name in INDEXES:
        op.drop_index(f"ix_{REGISTERED}_{name}", REGISTERED)
