"""What registered put-aways, picks and movements did."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.steps import create_guard, drop_tables
from scanner_app.records import KEY, Code, Quantity, UtcInstant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    create_registered_activity()
    create_registered_activity_line()


def downgrade() -> None:
    drop_tables("registered_activity_line", "registered_activity")


def create_registered_activity() -> None:
    op.create_table(
        "registered_activity",
        sa.Column("id", KEY, nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("no", Code(20), nullable=False),
        sa.Column("activity_no", Code(20), nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("source_no", Code(20), nullable=False),
        sa.Column("registering_date", sa.Date(), nullable=False),
        sa.Column("registered_at", UtcInstant(), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("register_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_registered_activity"),
        sa.UniqueConstraint("type", "no", name="uq_registered_activity_type_no"),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_registered_activity_location_id"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_registered_activity_user_id"
        ),
        sa.ForeignKeyConstraint(
            ["register_id"],
            ["warehouse_register.id"],
            name="fk_registered_activity_register_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.CheckConstraint(
            "type IN ('Put-away', 'Pick', 'Movement')", name="ck_registered_activity_activitytype"
        ),
        sa.CheckConstraint("length(no) <= 20", name="ck_registered_activity_no_length"),
        sa.CheckConstraint(
            "length(activity_no) <= 20", name="ck_registered_activity_activity_no_length"
        ),
        sa.CheckConstraint(
            "length(source_no) <= 20", name="ck_registered_activity_source_no_length"
        ),
    )
    op.create_index("ix_registered_activity_activity_no", "registered_activity", ["activity_no"])
    create_guard(append_only_statements, "registered_activity")


def create_registered_activity_line() -> None:
    op.create_table(
        "registered_activity_line",
        *columns_of_registered_activity_line(),
        *constraints_of_registered_activity_line(),
    )
    op.create_index(
        "ix_registered_activity_line_registered_activity_id",
        "registered_activity_line",
        ["registered_activity_id"],
    )
    op.create_index(
        "ix_registered_activity_line_source_document_line_id",
        "registered_activity_line",
        ["source_document_line_id"],
    )
    create_guard(append_only_statements, "registered_activity_line")


def columns_of_registered_activity_line() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("registered_activity_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("action_type", sa.String(20), nullable=False),
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
        sa.Column("warranty_date", sa.Date(), nullable=True),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("source_document_line_id", KEY, nullable=True),
        sa.Column("reason_code_id", KEY, nullable=True),
    ]


def constraints_of_registered_activity_line() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_registered_activity_line"),
        sa.ForeignKeyConstraint(
            ["registered_activity_id"],
            ["registered_activity.id"],
            name="fk_registered_activity_line_registered_activity_id",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name="fk_registered_activity_line_item_id"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_registered_activity_line_variant_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_registered_activity_line_bin_id"),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_registered_activity_line_unit_of_measure_id",
        ),
        sa.ForeignKeyConstraint(
            ["reason_code_id"],
            ["reason_code.id"],
            name="fk_registered_activity_line_reason_code_id",
        ),
        sa.CheckConstraint(
            "action_type IN ('Take', 'Place')", name="ck_registered_activity_line_actiontype"
        ),
        sa.CheckConstraint(
            "length(serial_no) <= 50", name="ck_registered_activity_line_serial_no_length"
        ),
        sa.CheckConstraint(
            "length(lot_no) <= 50", name="ck_registered_activity_line_lot_no_length"
        ),
        sa.CheckConstraint(
            "length(package_no) <= 50", name="ck_registered_activity_line_package_no_length"
        ),
    ]
