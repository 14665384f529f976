"""Warehouse shipments and posted shipments."""

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.steps import create_guard, drop_tables
from scanner_app.records import KEY, Code, Quantity, UtcInstant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    create_posted_shipment()
    create_posted_shipment_line()
    create_warehouse_shipment()
    create_warehouse_shipment_line()


def downgrade() -> None:
    drop_tables(
        "warehouse_shipment_line", "warehouse_shipment", "posted_shipment_line", "posted_shipment"
    )


def create_posted_shipment() -> None:
    op.create_table(
        "posted_shipment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("no", Code(20), nullable=False),
        sa.Column("shipment_no", Code(20), nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("source_document", sa.String(20), nullable=False),
        sa.Column("source_no", Code(20), nullable=False),
        sa.Column("posting_date", sa.Date(), nullable=False),
        sa.Column("posted_at", UtcInstant(), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posted_shipment"),
        sa.UniqueConstraint("no", name="uq_posted_shipment_no"),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_posted_shipment_location_id"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_posted_shipment_user_id"
        ),
        sa.CheckConstraint(
            (
                "source_document IN ('Purchase Order', 'Sales Return Order', "
                "'Inbound Transfer', 'Sales Order', 'Purchase Return', 'Outbound "
                "Transfer')"
            ),
            name="ck_posted_shipment_sourcedocument",
        ),
        sa.CheckConstraint("length(no) <= 20", name="ck_posted_shipment_no_length"),
        sa.CheckConstraint(
            "length(shipment_no) <= 20", name="ck_posted_shipment_shipment_no_length"
        ),
        sa.CheckConstraint("length(source_no) <= 20", name="ck_posted_shipment_source_no_length"),
    )
    op.create_index("ix_posted_shipment_shipment_no", "posted_shipment", ["shipment_no"])
    create_guard(append_only_statements, "posted_shipment")


def create_posted_shipment_line() -> None:
    op.create_table(
        "posted_shipment_line",
        sa.Column("id", KEY, nullable=False),
        sa.Column("posted_shipment_id", KEY, nullable=False),
        sa.Column("shipment_line_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("bin_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posted_shipment_line"),
        sa.ForeignKeyConstraint(
            ["posted_shipment_id"],
            ["posted_shipment.id"],
            name="fk_posted_shipment_line_posted_shipment_id",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_posted_shipment_line_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_posted_shipment_line_variant_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_posted_shipment_line_bin_id"),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_posted_shipment_line_unit_of_measure_id",
        ),
        sa.CheckConstraint(
            "length(serial_no) <= 50", name="ck_posted_shipment_line_serial_no_length"
        ),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_posted_shipment_line_lot_no_length"),
        sa.CheckConstraint(
            "length(package_no) <= 50", name="ck_posted_shipment_line_package_no_length"
        ),
    )
    op.create_index(
        "ix_posted_shipment_line_posted_shipment_id", "posted_shipment_line", ["posted_shipment_id"]
    )
    op.create_index(
        "ix_posted_shipment_line_shipment_line_id", "posted_shipment_line", ["shipment_line_id"]
    )
    create_guard(append_only_statements, "posted_shipment_line")


def create_warehouse_shipment() -> None:
    op.create_table(
        "warehouse_shipment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("no", Code(20), nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("bin_id", KEY, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("source_document", sa.String(20), nullable=False),
        sa.Column("source_no", Code(20), nullable=False),
        sa.Column("shipment_date", sa.Date(), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_shipment"),
        sa.UniqueConstraint("no", name="uq_warehouse_shipment_no"),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_warehouse_shipment_location_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_warehouse_shipment_bin_id"),
        sa.CheckConstraint(
            "status IN ('Open', 'Released')", name="ck_warehouse_shipment_shipmentstatus"
        ),
        sa.CheckConstraint(
            (
                "source_document IN ('Purchase Order', 'Sales Return Order', "
                "'Inbound Transfer', 'Sales Order', 'Purchase Return', 'Outbound "
                "Transfer')"
            ),
            name="ck_warehouse_shipment_sourcedocument",
        ),
        sa.CheckConstraint("length(no) <= 20", name="ck_warehouse_shipment_no_length"),
        sa.CheckConstraint(
            "length(source_no) <= 20", name="ck_warehouse_shipment_source_no_length"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_warehouse_shipment_location_id", "warehouse_shipment", ["location_id"])


def create_warehouse_shipment_line() -> None:
    op.create_table(
        "warehouse_shipment_line",
        sa.Column("id", KEY, nullable=False),
        sa.Column("shipment_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("qty_picked_base", Quantity(), nullable=False),
        sa.Column("qty_shipped_base", Quantity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_shipment_line"),
        sa.UniqueConstraint(
            "shipment_id", "line_no", name="uq_warehouse_shipment_line_shipment_id_line_no"
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["warehouse_shipment.id"],
            name="fk_warehouse_shipment_line_shipment_id",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_warehouse_shipment_line_item_id"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_warehouse_shipment_line_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_warehouse_shipment_line_unit_of_measure_id",
        ),
        sa.CheckConstraint(
            (
                "0 <= qty_shipped_base AND qty_shipped_base <= qty_picked_base AND "
                "qty_picked_base <= quantity_base"
            ),
            name="ck_warehouse_shipment_line_shipped_within_picked",
        ),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_warehouse_shipment_line_description_length"
        ),
        sqlite_autoincrement=True,
    )
