"""Serial numbers of journal lines are found at once: a scan asks whether one is there already."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

TABLES = ("item_journal_line", "item_tracking_line")


def upgrade() -> None:
    for table in TABLES:
        some = sa.text("serial_no <> ''")
        op.create_index(
            f"ix_{table}_serial", table, ["serial_no"], sqlite_where=some, postgresql_where=some
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_serial", table)
