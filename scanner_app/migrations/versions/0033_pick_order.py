"""Stock and bins are found in the order of a pick: by expiration date, or by ranking and code."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

STOCK, BINS = "ix_bin_balance_expiration", "ix_bin_ranking"


def upgrade() -> None:
    columns = ["location_id", "item_id", "variant_id", "unit_of_measure_id", "expiration_date"]
    dated = sa.text("quantity_base <> 0 AND expiration_date IS NOT NULL")
    op.create_index(STOCK, "bin_balance", columns, sqlite_where=dated, postgresql_where=dated)
    op.create_index(BINS, "bin", ["location_id", sa.text("bin_ranking DESC"), "code"])


def downgrade() -> None:
    op.drop_index(BINS, "bin")
    op.drop_index(STOCK, "bin_balance")
