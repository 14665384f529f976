"""Lines of receipts and shipments say why goods come back."""

from functools import partial

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.made_anew import make_anew, with_columns
from scanner_app.records import KEY

revision = "0032"
down_revision = "0031"

TABLES = ("warehouse_receipt_line", "warehouse_shipment_line")
COLUMN = "reason_code_id"


def upgrade() -> None:
    for table in TABLES:
        if op.get_context().dialect.name == "sqlite":
            make_anew(table, partial(with_reason, table))
            continue
        op.add_column(table, sa.Column(COLUMN, KEY, nullable=True))
        op.create_foreign_key(f"fk_{table}_{COLUMN}", table, "reason_code", [COLUMN], ["id"])


def downgrade() -> None:
    for table in TABLES:
        if op.get_context().dialect.name == "sqlite":
            make_anew(table, without_reason)
            continue
        op.drop_column(table, COLUMN)


def with_reason(table: str, parts: list[str]) -> list[str]:
    key = f"CONSTRAINT fk_{table}_{COLUMN} FOREIGN KEY({COLUMN}) REFERENCES reason_code (id)"
    return with_columns(parts, [sa.Column(COLUMN, KEY, nullable=True)], [key])


def without_reason(parts: list[str]) -> list[str]:
    return [part for part in parts if COLUMN not in part]
