"""The indexes by which information cards are listed, and the stock of a number is summed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

NUMBERS = ("serial_no", "lot_no", "package_no")
ON_INVENTORY = sa.text("quantity > 0")


def upgrade() -> None:
    for number in NUMBERS:
        table = f"{number}_information"
        op.create_index(f"ix_{table}_blocked", table, ["blocked", number])
    for kind in ("lot", "package"):
        op.create_index(
            f"ix_item_balance_{kind}",
            "item_balance",
            ["item_id", "variant_id", f"{kind}_no"],
            sqlite_where=ON_INVENTORY,
            postgresql_where=ON_INVENTORY,
        )


def downgrade() -> None:
    for kind in ("lot", "package"):
        op.drop_index(f"ix_item_balance_{kind}", "item_balance")
    for number in NUMBERS:
        table = f"{number}_information"
        op.drop_index(f"ix_{table}_blocked", table)
