"""What was posted of a source is found by its number, however much was posted since."""

from alembic import op

revision = "0036"
down_revision = "0035"

POSTED = ("posted_receipt", "posted_shipment")


def upgrade() -> None:
    for table in POSTED:
        op.create_index(f"ix_{table}_source_no", table, ["source_no"])


def downgrade() -> None:
    for table in POSTED:
        op.drop_index(f"ix_{table}_source_no", table)
