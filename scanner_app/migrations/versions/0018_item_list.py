"""The indexes by which the list of items is read in the order of its numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

BLOCKED = sa.text("blocked")


def upgrade() -> None:
    op.drop_index("ix_item_item_tracking_code_id", "item")
    op.create_index("ix_item_item_tracking_code_id_no", "item", ["item_tracking_code_id", "no"])
    op.create_index(
        "ix_item_blocked_no", "item", ["no"], sqlite_where=BLOCKED, postgresql_where=BLOCKED
    )


def downgrade() -> None:
    op.drop_index("ix_item_blocked_no", "item")
    op.drop_index("ix_item_item_tracking_code_id_no", "item")
    op.create_index("ix_item_item_tracking_code_id", "item", ["item_tracking_code_id"])
