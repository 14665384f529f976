"""Lines of receipts and shipments say why goods come back; receipts are received by scanning."""

from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.made_anew import make_anew, with_columns
from scanner_app.records import KEY

revision = "0032"
down_revision = "0031"

RECEIPT, BY_SCANNING = "warehouse_receipt", "received_by_scanning"
LINES = ("warehouse_receipt_line", "warehouse_shipment_line")
REASON = "reason_code_id"


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        make_anew(RECEIPT, with_switch, {BY_SCANNING: "0"})
        for table in LINES:
            make_anew(table, partial(with_reason, table))
        return
    op.add_column(RECEIPT, switch())
    op.alter_column(RECEIPT, BY_SCANNING, server_default=None)
    for table in LINES:
        op.add_column(table, sa.Column(REASON, KEY, nullable=True))
        op.create_foreign_key(f"fk_{table}_{REASON}", table, "reason_code", [REASON], ["id"])


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for table in LINES:
            make_anew(table, partial(without, REASON))
        make_anew(RECEIPT, partial(without, BY_SCANNING))
        return
    for table in LINES:
        op.drop_column(table, REASON)
    op.drop_column(RECEIPT, BY_SCANNING)


def switch() -> sa.Column[Any]:
    return sa.Column(BY_SCANNING, sa.Boolean(), nullable=False, server_default=sa.false())


def with_switch(parts: list[str]) -> list[str]:
    return with_columns(parts, [switch()], [])


def with_reason(table: str, parts: list[str]) -> list[str]:
    key = f"CONSTRAINT fk_{table}_{REASON} FOREIGN KEY({REASON}) REFERENCES reason_code (id)"
    return with_columns(parts, [sa.Column(REASON, KEY, nullable=True)], [key])


def without(column: str, parts: list[str]) -> list[str]:
    return [part for part in parts if column not in part]
