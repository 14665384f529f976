"""The indexes by which the set-up of item tracking codes finds entries and its own changes."""

from alembic import op

from scanner_app.migrations.steps import where

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_index("ix_change_log_entry_record", "change_log_entry", ["table_name", "record_name"])
    op.create_index(
        "ix_item_ledger_entry_dated",
        "item_ledger_entry",
        ["item_id"],
        **where("expiration_date IS NOT NULL"),
    )
    op.create_index("ix_bin_balance_entered", "bin_balance", ["item_id"], **where("version > 0"))


def downgrade() -> None:
    op.drop_index("ix_bin_balance_entered", "bin_balance")
    op.drop_index("ix_item_ledger_entry_dated", "item_ledger_entry")
    op.drop_index("ix_change_log_entry_record", "change_log_entry")
