"""Items with their units, variants and references."""

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, Code, Quantity

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    create_unit_of_measure()
    create_item()
    create_item_unit()
    create_item_variant()
    create_item_reference()


def downgrade() -> None:
    drop_tables("item_reference", "item_variant", "item_unit", "item", "unit_of_measure")


def create_unit_of_measure() -> None:
    op.create_table(
        "unit_of_measure",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit_of_measure"),
        sa.UniqueConstraint("code", name="uq_unit_of_measure_code"),
        sa.CheckConstraint("length(code) <= 10", name="ck_unit_of_measure_code_length"),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_unit_of_measure_description_length"
        ),
        sqlite_autoincrement=True,
    )


def create_item() -> None:
    op.create_table(
        "item",
        sa.Column("id", KEY, nullable=False),
        sa.Column("no", Code(20), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("base_unit_of_measure_id", KEY, nullable=False),
        sa.Column("put_away_unit_of_measure_id", KEY, nullable=True),
        sa.Column("item_tracking_code_id", KEY, nullable=True),
        sa.Column("serial_nos_id", KEY, nullable=True),
        sa.Column("lot_nos_id", KEY, nullable=True),
        sa.Column("expiration_calculation", Code(20), nullable=False),
        sa.Column("gtin", Code(14), nullable=False),
        sa.Column("warehouse_class_code", Code(10), nullable=False),
        sa.Column("item_category_code", Code(20), nullable=False),
        sa.Column("qty_rounding_precision", Quantity(), nullable=False),
        sa.Column("unit_cost", Quantity(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.UniqueConstraint("no", name="uq_item_no"),
        sa.ForeignKeyConstraint(
            ["base_unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_item_base_unit_of_measure_id",
        ),
        sa.ForeignKeyConstraint(
            ["put_away_unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_item_put_away_unit_of_measure_id",
        ),
        sa.ForeignKeyConstraint(
            ["item_tracking_code_id"],
            ["item_tracking_code.id"],
            name="fk_item_item_tracking_code_id",
        ),
        sa.ForeignKeyConstraint(
            ["serial_nos_id"], ["number_series.id"], name="fk_item_serial_nos_id"
        ),
        sa.ForeignKeyConstraint(["lot_nos_id"], ["number_series.id"], name="fk_item_lot_nos_id"),
        sa.CheckConstraint("length(no) <= 20", name="ck_item_no_length"),
        sa.CheckConstraint("length(description) <= 100", name="ck_item_description_length"),
        sa.CheckConstraint(
            "length(expiration_calculation) <= 20", name="ck_item_expiration_calculation_length"
        ),
        sa.CheckConstraint("length(gtin) <= 14", name="ck_item_gtin_length"),
        sa.CheckConstraint(
            "length(warehouse_class_code) <= 10", name="ck_item_warehouse_class_code_length"
        ),
        sa.CheckConstraint(
            "length(item_category_code) <= 20", name="ck_item_item_category_code_length"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_item_item_tracking_code_id", "item", ["item_tracking_code_id"])


def create_item_unit() -> None:
    op.create_table(
        "item_unit",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_unit"),
        sa.UniqueConstraint(
            "item_id", "unit_of_measure_id", name="uq_item_unit_item_id_unit_of_measure_id"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_unit_item_id"),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"], ["unit_of_measure.id"], name="fk_item_unit_unit_of_measure_id"
        ),
        sa.CheckConstraint(
            "qty_per_unit_of_measure > 0", name="ck_item_unit_qty_per_unit_of_measure_positive"
        ),
        sqlite_autoincrement=True,
    )


def create_item_variant() -> None:
    op.create_table(
        "item_variant",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("code", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_variant"),
        sa.UniqueConstraint("item_id", "code", name="uq_item_variant_item_id_code"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_variant_item_id"),
        sa.CheckConstraint("length(code) <= 10", name="ck_item_variant_code_length"),
        sa.CheckConstraint("length(description) <= 100", name="ck_item_variant_description_length"),
        sqlite_autoincrement=True,
    )


def create_item_reference() -> None:
    op.create_table(
        "item_reference",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("reference_type", sa.String(20), nullable=False),
        sa.Column("reference_type_no", Code(20), nullable=False),
        sa.Column("reference_no", Code(50), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("starting_date", sa.Date(), nullable=True),
        sa.Column("ending_date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_item_reference"),
        sa.UniqueConstraint(
            "item_id",
            "variant_id",
            "unit_of_measure_id",
            "reference_type",
            "reference_type_no",
            "reference_no",
            name="uq_item_reference_meaning",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_reference_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_item_reference_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_item_reference_unit_of_measure_id",
        ),
        sa.CheckConstraint(
            "reference_type IN ('', 'Customer', 'Vendor', 'Bar Code')",
            name="ck_item_reference_referencetype",
        ),
        sa.CheckConstraint(
            "length(reference_type_no) <= 20", name="ck_item_reference_reference_type_no_length"
        ),
        sa.CheckConstraint(
            "length(reference_no) <= 50", name="ck_item_reference_reference_no_length"
        ),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_item_reference_description_length"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_item_reference_reference_no", "item_reference", ["reference_no"])
