"""Warehouse receipts and posted receipts."""

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.steps import create_guard, drop_tables
from scanner_app.records import KEY, Code, Quantity, UtcInstant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    create_posted_receipt()
    create_posted_receipt_line()
    create_warehouse_receipt()
    create_warehouse_receipt_line()


def downgrade() -> None:
    drop_tables(
        "warehouse_receipt_line", "warehouse_receipt", "posted_receipt_line", "posted_receipt"
    )


def create_posted_receipt() -> None:
    op.create_table(
        "posted_receipt",
        sa.Column("id", KEY, nullable=False),
        sa.Column("no", Code(20), nullable=False),
        sa.Column("receipt_no", Code(20), nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("source_document", sa.String(20), nullable=False),
        sa.Column("source_no", Code(20), nullable=False),
        sa.Column("posting_date", sa.Date(), nullable=False),
        sa.Column("posted_at", UtcInstant(), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posted_receipt"),
        sa.UniqueConstraint("no", name="uq_posted_receipt_no"),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_posted_receipt_location_id"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_posted_receipt_user_id"),
        sa.CheckConstraint(
            (
                "source_document IN ('Purchase Order', 'Sales Return Order', "
                "'Inbound Transfer', 'Sales Order', 'Purchase Return', 'Outbound "
                "Transfer')"
            ),
            name="ck_posted_receipt_sourcedocument",
        ),
        sa.CheckConstraint("length(no) <= 20", name="ck_posted_receipt_no_length"),
        sa.CheckConstraint("length(receipt_no) <= 20", name="ck_posted_receipt_receipt_no_length"),
        sa.CheckConstraint("length(source_no) <= 20", name="ck_posted_receipt_source_no_length"),
    )
    op.create_index("ix_posted_receipt_receipt_no", "posted_receipt", ["receipt_no"])
    create_guard(append_only_statements, "posted_receipt")


def create_posted_receipt_line() -> None:
    op.create_table(
        "posted_receipt_line",
        sa.Column("id", KEY, nullable=False),
        sa.Column("posted_receipt_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("bin_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("qty_put_away_base", Quantity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posted_receipt_line"),
        sa.ForeignKeyConstraint(
            ["posted_receipt_id"],
            ["posted_receipt.id"],
            name="fk_posted_receipt_line_posted_receipt_id",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_posted_receipt_line_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_posted_receipt_line_variant_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_posted_receipt_line_bin_id"),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_posted_receipt_line_unit_of_measure_id",
        ),
        sa.CheckConstraint(
            "0 <= qty_put_away_base AND qty_put_away_base <= quantity_base",
            name="ck_posted_receipt_line_put_away_in_range",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_posted_receipt_line_posted_receipt_id", "posted_receipt_line", ["posted_receipt_id"]
    )


def create_warehouse_receipt() -> None:
    op.create_table(
        "warehouse_receipt",
        sa.Column("id", KEY, nullable=False),
        sa.Column("no", Code(20), nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("bin_id", KEY, nullable=True),
        sa.Column("source_document", sa.String(20), nullable=False),
        sa.Column("source_no", Code(20), nullable=False),
        sa.Column("expected_receipt_date", sa.Date(), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_receipt"),
        sa.UniqueConstraint("no", name="uq_warehouse_receipt_no"),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_warehouse_receipt_location_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_warehouse_receipt_bin_id"),
        sa.CheckConstraint(
            (
                "source_document IN ('Purchase Order', 'Sales Return Order', "
                "'Inbound Transfer', 'Sales Order', 'Purchase Return', 'Outbound "
                "Transfer')"
            ),
            name="ck_warehouse_receipt_sourcedocument",
        ),
        sa.CheckConstraint("length(no) <= 20", name="ck_warehouse_receipt_no_length"),
        sa.CheckConstraint("length(source_no) <= 20", name="ck_warehouse_receipt_source_no_length"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_warehouse_receipt_location_id", "warehouse_receipt", ["location_id"])


def create_warehouse_receipt_line() -> None:
    op.create_table(
        "warehouse_receipt_line",
        sa.Column("id", KEY, nullable=False),
        sa.Column("receipt_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("bin_id", KEY, nullable=True),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("qty_to_receive", Quantity(), nullable=False),
        sa.Column("qty_received", Quantity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_receipt_line"),
        sa.UniqueConstraint(
            "receipt_id", "line_no", name="uq_warehouse_receipt_line_receipt_id_line_no"
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["warehouse_receipt.id"], name="fk_warehouse_receipt_line_receipt_id"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_warehouse_receipt_line_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_warehouse_receipt_line_variant_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_warehouse_receipt_line_bin_id"),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_warehouse_receipt_line_unit_of_measure_id",
        ),
        sa.CheckConstraint(
            "0 <= qty_to_receive AND qty_to_receive <= quantity - qty_received",
            name="ck_warehouse_receipt_line_to_receive_in_range",
        ),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_warehouse_receipt_line_description_length"
        ),
        sqlite_autoincrement=True,
    )
