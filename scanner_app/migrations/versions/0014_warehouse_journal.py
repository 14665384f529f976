"""The warehouse journal and its counts by bin."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.steps import create_guard, drop_tables, where
from scanner_app.records import KEY, Code, Quantity, UtcInstant

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    create_warehouse_journal_batch()
    create_bin_count()
    create_count_entry()
    create_warehouse_journal_line()


def downgrade() -> None:
    drop_tables("warehouse_journal_line", "count_entry", "bin_count", "warehouse_journal_batch")


def create_warehouse_journal_batch() -> None:
    op.create_table(
        "warehouse_journal_batch",
        sa.Column("id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("name", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_journal_batch"),
        sa.UniqueConstraint(
            "location_id", "name", name="uq_warehouse_journal_batch_location_id_name"
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_warehouse_journal_batch_location_id"
        ),
        sa.ForeignKeyConstraint(
            ["reason_code_id"], ["reason_code.id"], name="fk_warehouse_journal_batch_reason_code_id"
        ),
        sa.CheckConstraint("length(name) <= 10", name="ck_warehouse_journal_batch_name_length"),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_warehouse_journal_batch_description_length"
        ),
        sqlite_autoincrement=True,
    )


def create_bin_count() -> None:
    op.create_table(
        "bin_count",
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("bin_id", KEY, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("round", KEY, nullable=False),
        sa.Column("declared_empty", sa.Boolean(), nullable=False),
        sa.Column("opened_at", UtcInstant(), nullable=True),
        sa.Column("opened_by_id", KEY, nullable=True),
        sa.Column("closed_at", UtcInstant(), nullable=True),
        sa.Column("closed_by_id", KEY, nullable=True),
        sa.Column("registered_at", UtcInstant(), nullable=True),
        sa.Column("warehouse_register_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bin_count"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["warehouse_journal_batch.id"], name="fk_bin_count_batch_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_bin_count_bin_id"),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["user_account.id"], name="fk_bin_count_opened_by_id"
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user_account.id"], name="fk_bin_count_closed_by_id"
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_register_id"],
            ["warehouse_register.id"],
            name="fk_bin_count_warehouse_register_id",
        ),
        sa.CheckConstraint(
            "state IN ('To count', 'Open', 'Closed', 'Registered')",
            name="ck_bin_count_bincountstate",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bin_count_bin", "bin_count", ["bin_id", "state"])
    op.create_index(
        "uq_bin_count_unregistered",
        "bin_count",
        ["batch_id", "bin_id"],
        unique=True,
        **where("state <> 'Registered'"),
    )


def create_count_entry() -> None:
    op.create_table(
        "count_entry",
        sa.Column("id", KEY, nullable=False),
        sa.Column("bin_count_id", KEY, nullable=False),
        sa.Column("round", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("warranty_date", sa.Date(), nullable=True),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("counted_at", UtcInstant(), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("scan_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_count_entry"),
        sa.ForeignKeyConstraint(
            ["bin_count_id"], ["bin_count.id"], name="fk_count_entry_bin_count_id"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_count_entry_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_count_entry_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"], ["unit_of_measure.id"], name="fk_count_entry_unit_of_measure_id"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_count_entry_user_id"),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name="fk_count_entry_scan_id"),
        sa.CheckConstraint("length(serial_no) <= 50", name="ck_count_entry_serial_no_length"),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_count_entry_lot_no_length"),
        sa.CheckConstraint("length(package_no) <= 50", name="ck_count_entry_package_no_length"),
    )
    op.create_index("ix_count_entry_bin_count", "count_entry", ["bin_count_id", "round"])
    create_guard(append_only_statements, "count_entry")


def create_warehouse_journal_line() -> None:
    op.create_table(
        "warehouse_journal_line",
        *columns_of_warehouse_journal_line(),
        *constraints_of_warehouse_journal_line(),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_warehouse_journal_line_bin_count_id", "warehouse_journal_line", ["bin_count_id"]
    )


def columns_of_warehouse_journal_line() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("phys_inventory", sa.Boolean(), nullable=False),
        sa.Column("bin_count_id", KEY, nullable=False),
        sa.Column("bin_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("warranty_date", sa.Date(), nullable=True),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("qty_calculated_base", Quantity(), nullable=False),
        sa.Column("qty_phys_inventory_base", Quantity(), nullable=True),
        sa.Column("expected_version", KEY, nullable=False),
        sa.Column("counted_version", KEY, nullable=True),
        sa.Column("reason_code_id", KEY, nullable=True),
    ]


def constraints_of_warehouse_journal_line() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_journal_line"),
        sa.UniqueConstraint(
            "batch_id", "line_no", name="uq_warehouse_journal_line_batch_id_line_no"
        ),
        sa.UniqueConstraint(
            "batch_id",
            "bin_id",
            "item_id",
            "variant_id",
            "unit_of_measure_id",
            "serial_no",
            "lot_no",
            "package_no",
            name="uq_warehouse_journal_line_key",
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["warehouse_journal_batch.id"], name="fk_warehouse_journal_line_batch_id"
        ),
        sa.ForeignKeyConstraint(
            ["bin_count_id"], ["bin_count.id"], name="fk_warehouse_journal_line_bin_count_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_warehouse_journal_line_bin_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_warehouse_journal_line_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_warehouse_journal_line_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_warehouse_journal_line_unit_of_measure_id",
        ),
        sa.ForeignKeyConstraint(
            ["reason_code_id"], ["reason_code.id"], name="fk_warehouse_journal_line_reason_code_id"
        ),
        sa.CheckConstraint(
            "qty_calculated_base >= 0", name="ck_warehouse_journal_line_calculated_not_negative"
        ),
        sa.CheckConstraint(
            "phys_inventory OR qty_calculated_base = 0",
            name="ck_warehouse_journal_line_manual_has_no_booked",
        ),
        sa.CheckConstraint(
            "length(serial_no) <= 50", name="ck_warehouse_journal_line_serial_no_length"
        ),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_warehouse_journal_line_lot_no_length"),
        sa.CheckConstraint(
            "length(package_no) <= 50", name="ck_warehouse_journal_line_package_no_length"
        ),
    ]
