"""Zones, bins, their contents and balances, and the warehouse employees."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables, where
from scanner_app.records import KEY, Code, Quantity, UtcInstant

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    create_bin_type()
    create_warehouse_employee()
    create_zone()
    create_bin()
    create_bin_balance()
    create_bin_content()


def downgrade() -> None:
    drop_tables("bin_content", "bin_balance", "bin", "zone", "warehouse_employee", "bin_type")


def create_bin_type() -> None:
    op.create_table(
        "bin_type",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("receive", sa.Boolean(), nullable=False),
        sa.Column("ship", sa.Boolean(), nullable=False),
        sa.Column("put_away", sa.Boolean(), nullable=False),
        sa.Column("pick", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bin_type"),
        sa.UniqueConstraint("code", name="uq_bin_type_code"),
        sa.CheckConstraint("length(code) <= 10", name="ck_bin_type_code_length"),
        sa.CheckConstraint("length(description) <= 100", name="ck_bin_type_description_length"),
        sqlite_autoincrement=True,
    )


def create_warehouse_employee() -> None:
    op.create_table(
        "warehouse_employee",
        sa.Column("id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_employee"),
        sa.UniqueConstraint(
            "user_id", "location_id", name="uq_warehouse_employee_user_id_location_id"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_warehouse_employee_user_id"
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_warehouse_employee_location_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_warehouse_employee_default",
        "warehouse_employee",
        ["user_id"],
        unique=True,
        **where("is_default"),
    )


def create_zone() -> None:
    op.create_table(
        "zone",
        sa.Column("id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("code", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("bin_type_id", KEY, nullable=False),
        sa.Column("warehouse_class_code", Code(10), nullable=False),
        sa.Column("zone_ranking", KEY, nullable=False),
        sa.Column("cross_dock_bin_zone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_zone"),
        sa.UniqueConstraint("location_id", "code", name="uq_zone_location_id_code"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_zone_location_id"),
        sa.ForeignKeyConstraint(["bin_type_id"], ["bin_type.id"], name="fk_zone_bin_type_id"),
        sa.CheckConstraint("length(code) <= 10", name="ck_zone_code_length"),
        sa.CheckConstraint("length(description) <= 100", name="ck_zone_description_length"),
        sa.CheckConstraint(
            "length(warehouse_class_code) <= 10", name="ck_zone_warehouse_class_code_length"
        ),
        sqlite_autoincrement=True,
    )


def create_bin() -> None:
    op.create_table(
        "bin",
        sa.Column("id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("code", Code(20), nullable=False),
        sa.Column("zone_id", KEY, nullable=True),
        sa.Column("bin_type_id", KEY, nullable=True),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("warehouse_class_code", Code(10), nullable=False),
        sa.Column("block_movement", sa.String(20), nullable=False),
        sa.Column("bin_ranking", KEY, nullable=False),
        sa.Column("cross_dock_bin", sa.Boolean(), nullable=False),
        sa.Column("dedicated", sa.Boolean(), nullable=False),
        sa.Column("is_adjustment_bin", sa.Boolean(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bin"),
        sa.UniqueConstraint("location_id", "code", name="uq_bin_location_id_code"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_bin_location_id"),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name="fk_bin_zone_id"),
        sa.ForeignKeyConstraint(["bin_type_id"], ["bin_type.id"], name="fk_bin_bin_type_id"),
        sa.CheckConstraint(
            "block_movement IN ('', 'Inbound', 'Outbound', 'All')", name="ck_bin_blockmovement"
        ),
        sa.CheckConstraint("length(code) <= 20", name="ck_bin_code_length"),
        sa.CheckConstraint("length(description) <= 100", name="ck_bin_description_length"),
        sa.CheckConstraint(
            "length(warehouse_class_code) <= 10", name="ck_bin_warehouse_class_code_length"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bin_zone_id", "bin", ["zone_id"])


def create_bin_balance() -> None:
    op.create_table(
        "bin_balance",
        *columns_of_bin_balance(),
        *constraints_of_bin_balance(),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_bin_balance_item",
        "bin_balance",
        ["location_id", "item_id", "variant_id", "serial_no", "lot_no"],
        **where("quantity_base <> 0"),
    )
    op.create_index(
        "ix_bin_balance_package", "bin_balance", ["package_no"], **where("quantity_base <> 0")
    )
    op.create_index(
        "ix_bin_balance_stock", "bin_balance", ["bin_id", "item_id"], **where("quantity_base <> 0")
    )
    op.create_index(
        "uq_bin_balance_serial",
        "bin_balance",
        ["location_id", "item_id", "variant_id", "serial_no"],
        unique=True,
        **where(
            "serial_specific AND serial_no <> '' AND quantity_base > 0 AND NOT is_adjustment_bin"
        ),
    )


def columns_of_bin_balance() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("bin_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("is_adjustment_bin", sa.Boolean(), nullable=False),
        sa.Column("serial_specific", sa.Boolean(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("warranty_date", sa.Date(), nullable=True),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("version", KEY, nullable=False),
        sa.Column("unsettled_since", UtcInstant(), nullable=True),
        sa.Column("settled_entry_id", KEY, nullable=False),
    ]


def constraints_of_bin_balance() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_bin_balance"),
        sa.UniqueConstraint(
            "bin_id",
            "item_id",
            "variant_id",
            "unit_of_measure_id",
            "serial_no",
            "lot_no",
            "package_no",
            name="uq_bin_balance_key",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_bin_balance_location_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_bin_balance_bin_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_bin_balance_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_bin_balance_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"], ["unit_of_measure.id"], name="fk_bin_balance_unit_of_measure_id"
        ),
        sa.CheckConstraint(
            "is_adjustment_bin OR quantity_base >= 0", name="ck_bin_balance_bin_not_negative"
        ),
        sa.CheckConstraint(
            (
                "NOT serial_specific OR serial_no = '' OR quantity_base IN (0, "
                "100000) OR (is_adjustment_bin AND quantity_base = -100000)"
            ),
            name="ck_bin_balance_serial_is_one_unit",
        ),
        sa.CheckConstraint("length(serial_no) <= 50", name="ck_bin_balance_serial_no_length"),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_bin_balance_lot_no_length"),
        sa.CheckConstraint("length(package_no) <= 50", name="ck_bin_balance_package_no_length"),
    ]


def create_bin_content() -> None:
    op.create_table(
        "bin_content",
        sa.Column("id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("bin_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("fixed", sa.Boolean(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("min_qty", Quantity(), nullable=False),
        sa.Column("max_qty", Quantity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bin_content"),
        sa.UniqueConstraint(
            "bin_id",
            "item_id",
            "variant_id",
            "unit_of_measure_id",
            name="uq_bin_content_bin_id_item_id_variant_id_unit_of_measure_id",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_bin_content_location_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_bin_content_bin_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_bin_content_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_bin_content_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"], ["unit_of_measure.id"], name="fk_bin_content_unit_of_measure_id"
        ),
        sa.CheckConstraint(
            "min_qty >= 0 AND max_qty >= 0", name="ck_bin_content_limits_not_negative"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bin_content_item", "bin_content", ["location_id", "item_id", "variant_id"])
    op.create_index(
        "uq_bin_content_default",
        "bin_content",
        ["location_id", "item_id", "variant_id"],
        unique=True,
        **where("is_default"),
    )
