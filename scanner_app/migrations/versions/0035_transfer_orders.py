"""Transfer orders with their posted copies; lines of receipts and shipments that come of them."""

from functools import partial

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.made_anew import make_anew, with_columns
from scanner_app.migrations.steps import create_guard, drop_tables
from scanner_app.records import KEY, Code, Quantity, UtcInstant

revision = "0035"
down_revision = "0034"

ORDER, ORDER_LINE = "transfer_order", "transfer_order_line"
POSTED, POSTED_LINE = "posted_transfer", "posted_transfer_line"
TRACKING, SOURCE = "item_tracking_line", "ck_item_tracking_line_trackingsource"
OLD_SOURCES = "source_type IN ('Item Journal Line', 'Receipt Line', 'Shipment Line')"
SOURCES = "source_type IN ('Item Journal Line', 'Receipt Line', 'Shipment Line', 'Transfer Line')"
LINES = ("warehouse_receipt_line", "warehouse_shipment_line")
TRANSFER_LINE = "transfer_line_id"
PLACES = ("transfer_from_id", "transfer_to_id", "in_transit_id")
NUMBERS = ("serial_no", "lot_no", "package_no")


def upgrade() -> None:
    create_order()
    create_order_line()
    create_posted()
    create_posted_line()
    allow_sources(SOURCES)
    for table in LINES:
        add_transfer_line(table)


def downgrade() -> None:
    """What is in transit stays in the item ledger."""
    for table in LINES:
        remove_transfer_line(table)
    op.execute(f"DELETE FROM {TRACKING} WHERE source_type = 'Transfer Line'")  # noqa: S608 - names of ours
    allow_sources(OLD_SOURCES)
    drop_tables(POSTED_LINE, POSTED, ORDER_LINE, ORDER)


def create_order() -> None:
    op.create_table(
        ORDER,
        sa.Column("id", KEY, nullable=False),
        sa.Column("no", Code(20), nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in PLACES),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("shipment_date", sa.Date(), nullable=True),
        sa.Column("receipt_date", sa.Date(), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_transfer_order"),
        sa.UniqueConstraint("no", name="uq_transfer_order_no"),
        *(points(ORDER, name, "location") for name in PLACES),
        sa.CheckConstraint(
            "status IN ('Open', 'Released')", name="ck_transfer_order_transferstatus"
        ),
        sa.CheckConstraint("length(no) <= 20", name="ck_transfer_order_no_length"),
        sqlite_autoincrement=True,
    )
    for name in PLACES:
        op.create_index(f"ix_{ORDER}_{name}", ORDER, [name])


def create_order_line() -> None:
    op.create_table(
        ORDER_LINE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("transfer_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("transfer_from_bin_id", KEY, nullable=True),
        sa.Column("transfer_to_bin_id", KEY, nullable=True),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("qty_shipped_base", Quantity(), nullable=False),
        sa.Column("qty_received_base", Quantity(), nullable=False),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_transfer_order_line"),
        sa.UniqueConstraint(
            "transfer_id", "line_no", name="uq_transfer_order_line_transfer_id_line_no"
        ),
        points(ORDER_LINE, "transfer_id", ORDER),
        points(ORDER_LINE, "item_id", "item"),
        points(ORDER_LINE, "variant_id", "item_variant"),
        points(ORDER_LINE, "transfer_from_bin_id", "bin"),
        points(ORDER_LINE, "transfer_to_bin_id", "bin"),
        points(ORDER_LINE, "unit_of_measure_id", "unit_of_measure"),
        points(ORDER_LINE, "reason_code_id", "reason_code"),
        sa.CheckConstraint(
            "0 <= qty_received_base AND qty_received_base <= qty_shipped_base"
            " AND qty_shipped_base <= quantity_base",
            name="ck_transfer_order_line_received_within_shipped",
        ),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_transfer_order_line_description_length"
        ),
        sqlite_autoincrement=True,
    )


def create_posted() -> None:
    op.create_table(
        POSTED,
        sa.Column("id", KEY, nullable=False),
        sa.Column("no", Code(20), nullable=False),
        sa.Column("direction", sa.String(20), nullable=False),
        sa.Column("transfer_order_no", Code(20), nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in PLACES),
        sa.Column("posting_date", sa.Date(), nullable=False),
        sa.Column("posted_at", UtcInstant(), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posted_transfer"),
        sa.UniqueConstraint("no", name="uq_posted_transfer_no"),
        *(points(POSTED, name, "location") for name in PLACES),
        points(POSTED, "user_id", "user_account"),
        sa.CheckConstraint(
            "direction IN ('Shipment', 'Receipt')", name="ck_posted_transfer_transferdirection"
        ),
        sa.CheckConstraint("length(no) <= 20", name="ck_posted_transfer_no_length"),
        sa.CheckConstraint(
            "length(transfer_order_no) <= 20", name="ck_posted_transfer_transfer_order_no_length"
        ),
    )
    op.create_index("ix_posted_transfer_transfer_order_no", POSTED, ["transfer_order_no"])
    create_guard(append_only_statements, POSTED)


def create_posted_line() -> None:
    op.create_table(
        POSTED_LINE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("posted_transfer_id", KEY, nullable=False),
        sa.Column("transfer_line_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        *(sa.Column(name, Code(50), nullable=False) for name in NUMBERS),
        sa.Column("warranty_date", sa.Date(), nullable=True),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_posted_transfer_line"),
        points(POSTED_LINE, "posted_transfer_id", POSTED),
        points(POSTED_LINE, "item_id", "item"),
        points(POSTED_LINE, "variant_id", "item_variant"),
        points(POSTED_LINE, "unit_of_measure_id", "unit_of_measure"),
        *(
            sa.CheckConstraint(f"length({name}) <= 50", name=f"ck_{POSTED_LINE}_{name}_length")
            for name in NUMBERS
        ),
    )
    for name in ("posted_transfer_id", "transfer_line_id"):
        op.create_index(f"ix_{POSTED_LINE}_{name}", POSTED_LINE, [name])
    create_guard(append_only_statements, POSTED_LINE)


def points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def allow_sources(sources: str) -> None:
    if op.get_context().dialect.name == "sqlite":
        make_anew(TRACKING, partial(with_sources, sources))
        return
    op.drop_constraint(SOURCE, TRACKING, type_="check")
    op.create_check_constraint(SOURCE, TRACKING, sources)


def with_sources(sources: str, parts: list[str]) -> list[str]:
    check = f"CONSTRAINT {SOURCE} CHECK ({sources})"
    return [check if part.startswith(f"CONSTRAINT {SOURCE}") else part for part in parts]


def add_transfer_line(table: str) -> None:
    name = f"fk_{table}_{TRANSFER_LINE}"
    if op.get_context().dialect.name == "sqlite":
        make_anew(table, partial(with_transfer_line, name))
    else:
        op.add_column(table, sa.Column(TRANSFER_LINE, KEY, nullable=True))
        op.create_foreign_key(name, table, ORDER_LINE, [TRANSFER_LINE], ["id"])
    op.create_index(f"ix_{table}_{TRANSFER_LINE}", table, [TRANSFER_LINE])


def with_transfer_line(name: str, parts: list[str]) -> list[str]:
    key = f"CONSTRAINT {name} FOREIGN KEY({TRANSFER_LINE}) REFERENCES {ORDER_LINE} (id)"
    return with_columns(parts, [sa.Column(TRANSFER_LINE, KEY, nullable=True)], [key])


def remove_transfer_line(table: str) -> None:
    op.drop_index(f"ix_{table}_{TRANSFER_LINE}", table)
    if op.get_context().dialect.name == "sqlite":
        make_anew(table, without_transfer_line)
    else:
        op.drop_column(table, TRANSFER_LINE)


def without_transfer_line(parts: list[str]) -> list[str]:
    return [part for part in parts if TRANSFER_LINE not in part]
