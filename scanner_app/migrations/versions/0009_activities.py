"""Put-aways, picks and movements that are still to be done."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, Code, Quantity, UtcInstant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    create_warehouse_activity()
    create_warehouse_activity_line()


def downgrade() -> None:
    drop_tables("warehouse_activity_line", "warehouse_activity")


def create_warehouse_activity() -> None:
    op.create_table(
        "warehouse_activity",
        sa.Column("id", KEY, nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("no", Code(20), nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("source_no", Code(20), nullable=False),
        sa.Column("assigned_user_id", KEY, nullable=True),
        sa.Column("assigned_at", UtcInstant(), nullable=True),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("last_registering_no", Code(20), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_activity"),
        sa.UniqueConstraint("type", "no", name="uq_warehouse_activity_type_no"),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_warehouse_activity_location_id"
        ),
        sa.ForeignKeyConstraint(
            ["assigned_user_id"], ["user_account.id"], name="fk_warehouse_activity_assigned_user_id"
        ),
        sa.CheckConstraint(
            "type IN ('Put-away', 'Pick', 'Movement')", name="ck_warehouse_activity_activitytype"
        ),
        sa.CheckConstraint("length(no) <= 20", name="ck_warehouse_activity_no_length"),
        sa.CheckConstraint(
            "length(source_no) <= 20", name="ck_warehouse_activity_source_no_length"
        ),
        sa.CheckConstraint(
            "length(last_registering_no) <= 20",
            name="ck_warehouse_activity_last_registering_no_length",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_warehouse_activity_location_id", "warehouse_activity", ["location_id"])


def create_warehouse_activity_line() -> None:
    op.create_table(
        "warehouse_activity_line",
        *columns_of_warehouse_activity_line(),
        *constraints_of_warehouse_activity_line(),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_warehouse_activity_line_bin",
        "warehouse_activity_line",
        ["bin_id", "item_id", "variant_id"],
    )
    op.create_index("ix_warehouse_activity_line_package", "warehouse_activity_line", ["package_no"])
    op.create_index(
        "ix_warehouse_activity_line_source_document_line_id",
        "warehouse_activity_line",
        ["source_document_line_id"],
    )


def columns_of_warehouse_activity_line() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("activity_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("pair_no", KEY, nullable=False),
        sa.Column("action_type", sa.String(20), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("bin_id", KEY, nullable=True),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("qty_outstanding", Quantity(), nullable=False),
        sa.Column("qty_outstanding_base", Quantity(), nullable=False),
        sa.Column("qty_to_handle", Quantity(), nullable=False),
        sa.Column("qty_to_handle_base", Quantity(), nullable=False),
        sa.Column("qty_handled", Quantity(), nullable=False),
        sa.Column("qty_handled_base", Quantity(), nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("warranty_date", sa.Date(), nullable=True),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("source_document_line_id", KEY, nullable=True),
        sa.Column("reason_code_id", KEY, nullable=True),
    ]


def constraints_of_warehouse_activity_line() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_activity_line"),
        sa.UniqueConstraint(
            "activity_id", "line_no", name="uq_warehouse_activity_line_activity_id_line_no"
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["warehouse_activity.id"],
            name="fk_warehouse_activity_line_activity_id",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_warehouse_activity_line_item_id"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_warehouse_activity_line_variant_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_warehouse_activity_line_bin_id"),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_warehouse_activity_line_unit_of_measure_id",
        ),
        sa.ForeignKeyConstraint(
            ["reason_code_id"], ["reason_code.id"], name="fk_warehouse_activity_line_reason_code_id"
        ),
        sa.CheckConstraint(
            "action_type IN ('Take', 'Place')", name="ck_warehouse_activity_line_actiontype"
        ),
        sa.CheckConstraint(
            "(qty_outstanding = 0) = (qty_outstanding_base = 0)",
            name="ck_warehouse_activity_line_base_agrees_with_unit",
        ),
        sa.CheckConstraint(
            (
                "quantity = qty_handled + qty_outstanding AND quantity_base = "
                "qty_handled_base + qty_outstanding_base"
            ),
            name="ck_warehouse_activity_line_handled_plus_outstanding",
        ),
        sa.CheckConstraint(
            "0 <= qty_to_handle AND qty_to_handle <= qty_outstanding",
            name="ck_warehouse_activity_line_to_handle_in_range",
        ),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_warehouse_activity_line_description_length"
        ),
        sa.CheckConstraint(
            "length(serial_no) <= 50", name="ck_warehouse_activity_line_serial_no_length"
        ),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_warehouse_activity_line_lot_no_length"),
        sa.CheckConstraint(
            "length(package_no) <= 50", name="ck_warehouse_activity_line_package_no_length"
        ),
    ]
