"""The indexes by which the set-up of item tracking codes finds entries and its own changes."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

DATED = sa.text("expiration_date IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_change_log_entry_record", "change_log_entry", ["table_name", "record_name"])
    op.create_index(
        "ix_item_ledger_entry_dated",
        "item_ledger_entry",
        ["item_id"],
        sqlite_where=DATED,
        postgresql_where=DATED,
    )
    op.create_index("ix_bin_balance_any_of_item", "bin_balance", ["item_id"])


def downgrade() -> None:
    op.drop_index("ix_bin_balance_any_of_item", "bin_balance")
    op.drop_index("ix_item_ledger_entry_dated", "item_ledger_entry")
    op.drop_index("ix_change_log_entry_record", "change_log_entry")
