"""The warehouse entries and their registers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.steps import create_guard, drop_tables
from scanner_app.records import KEY, Code, Quantity, UtcInstant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    create_warehouse_register()
    create_warehouse_entry()


def downgrade() -> None:
    drop_tables("warehouse_entry", "warehouse_register")


def create_warehouse_register() -> None:
    op.create_table(
        "warehouse_register",
        sa.Column("id", KEY, nullable=False),
        sa.Column("no", KEY, nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("source_code", Code(10), nullable=False),
        sa.Column("journal_batch_name", Code(10), nullable=False),
        sa.Column("from_entry_no", KEY, nullable=False),
        sa.Column("to_entry_no", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_register"),
        sa.UniqueConstraint("no", name="uq_warehouse_register_no"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_warehouse_register_user_id"
        ),
        sa.CheckConstraint(
            "length(source_code) <= 10", name="ck_warehouse_register_source_code_length"
        ),
        sa.CheckConstraint(
            "length(journal_batch_name) <= 10",
            name="ck_warehouse_register_journal_batch_name_length",
        ),
    )
    create_guard(append_only_statements, "warehouse_register")


def create_warehouse_entry() -> None:
    op.create_table(
        "warehouse_entry",
        *columns_of_warehouse_entry(),
        *constraints_of_warehouse_entry(),
    )
    op.create_index(
        "ix_warehouse_entry_balance",
        "warehouse_entry",
        [
            "bin_id",
            "item_id",
            "variant_id",
            "unit_of_measure_id",
            "serial_no",
            "lot_no",
            "package_no",
        ],
    )
    op.create_index("ix_warehouse_entry_lot_no", "warehouse_entry", ["lot_no"])
    op.create_index("ix_warehouse_entry_package_no", "warehouse_entry", ["package_no"])
    op.create_index(
        "ix_warehouse_entry_reference", "warehouse_entry", ["reference_document", "reference_no"]
    )
    op.create_index("ix_warehouse_entry_register_id", "warehouse_entry", ["register_id"])
    op.create_index("ix_warehouse_entry_serial_no", "warehouse_entry", ["serial_no"])
    create_guard(append_only_statements, "warehouse_entry")


def columns_of_warehouse_entry() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("register_id", KEY, nullable=False),
        sa.Column("registering_date", sa.Date(), nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("zone_id", KEY, nullable=True),
        sa.Column("bin_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("entry_type", sa.String(20), nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("warranty_date", sa.Date(), nullable=True),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("reference_document", sa.String(20), nullable=False),
        sa.Column("reference_no", Code(20), nullable=False),
        sa.Column("source_no", Code(20), nullable=False),
        sa.Column("journal_batch_name", Code(10), nullable=False),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.Column("user_id", KEY, nullable=False),
    ]


def constraints_of_warehouse_entry() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_warehouse_entry"),
        sa.ForeignKeyConstraint(
            ["register_id"],
            ["warehouse_register.id"],
            name="fk_warehouse_entry_register_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_warehouse_entry_location_id"
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name="fk_warehouse_entry_zone_id"),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_warehouse_entry_bin_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_warehouse_entry_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_warehouse_entry_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_warehouse_entry_unit_of_measure_id",
        ),
        sa.ForeignKeyConstraint(
            ["reason_code_id"], ["reason_code.id"], name="fk_warehouse_entry_reason_code_id"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_warehouse_entry_user_id"
        ),
        sa.CheckConstraint(
            (
                "reference_document IN ('Receipt', 'Put-away', 'Pick', 'Movement', "
                "'Shipment', 'Phys. Inventory', 'Item Journal')"
            ),
            name="ck_warehouse_entry_warehousedocument",
        ),
        sa.CheckConstraint(
            "entry_type IN ('Negative Adjmt.', 'Positive Adjmt.', 'Movement')",
            name="ck_warehouse_entry_warehouseentrytype",
        ),
        sa.CheckConstraint("length(serial_no) <= 50", name="ck_warehouse_entry_serial_no_length"),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_warehouse_entry_lot_no_length"),
        sa.CheckConstraint("length(package_no) <= 50", name="ck_warehouse_entry_package_no_length"),
        sa.CheckConstraint(
            "length(reference_no) <= 20", name="ck_warehouse_entry_reference_no_length"
        ),
        sa.CheckConstraint("length(source_no) <= 20", name="ck_warehouse_entry_source_no_length"),
        sa.CheckConstraint(
            "length(journal_batch_name) <= 10", name="ck_warehouse_entry_journal_batch_name_length"
        ),
    ]
