"""Locations, no. series, reason codes and item tracking codes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, Code

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    create_item_tracking_code()
    create_location()
    create_number_series()
    create_reason_code()
    create_number_series_line()


def downgrade() -> None:
    drop_tables(
        "number_series_line", "reason_code", "number_series", "location", "item_tracking_code"
    )


def create_item_tracking_code() -> None:
    op.create_table(
        "item_tracking_code",
        *columns_of_item_tracking_code(),
        *constraints_of_item_tracking_code(),
        sqlite_autoincrement=True,
    )


def columns_of_item_tracking_code() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("warranty_date_formula", Code(20), nullable=False),
        sa.Column("require_warranty_date_entry", sa.Boolean(), nullable=False),
        sa.Column("use_expiration_dates", sa.Boolean(), nullable=False),
        sa.Column("require_expiration_date_entry", sa.Boolean(), nullable=False),
        sa.Column("strict_expiration_posting", sa.Boolean(), nullable=False),
        sa.Column("serial_specific_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_warehouse_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_info_inbound_must_exist", sa.Boolean(), nullable=False),
        sa.Column("serial_info_outbound_must_exist", sa.Boolean(), nullable=False),
        sa.Column("serial_purchase_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_purchase_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_sales_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_sales_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_positive_adjmt_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_positive_adjmt_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_negative_adjmt_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_negative_adjmt_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_transfer_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_manufacturing_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_manufacturing_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_assembly_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("serial_assembly_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("create_serial_info_on_posting", sa.Boolean(), nullable=False),
        sa.Column("lot_specific_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_warehouse_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_info_inbound_must_exist", sa.Boolean(), nullable=False),
        sa.Column("lot_info_outbound_must_exist", sa.Boolean(), nullable=False),
        sa.Column("lot_purchase_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_purchase_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_sales_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_sales_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_positive_adjmt_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_positive_adjmt_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_negative_adjmt_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_negative_adjmt_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_transfer_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_manufacturing_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_manufacturing_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_assembly_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lot_assembly_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("create_lot_info_on_posting", sa.Boolean(), nullable=False),
        sa.Column("package_specific_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_warehouse_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_info_inbound_must_exist", sa.Boolean(), nullable=False),
        sa.Column("package_info_outbound_must_exist", sa.Boolean(), nullable=False),
        sa.Column("package_purchase_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_purchase_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_sales_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_sales_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_positive_adjmt_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_positive_adjmt_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_negative_adjmt_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_negative_adjmt_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_transfer_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_manufacturing_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_manufacturing_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_assembly_inbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("package_assembly_outbound_tracking", sa.Boolean(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
    ]


def constraints_of_item_tracking_code() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_item_tracking_code"),
        sa.UniqueConstraint("code", name="uq_item_tracking_code_code"),
        sa.CheckConstraint("code <> ''", name="ck_item_tracking_code_code_not_blank"),
        sa.CheckConstraint(
            (
                "use_expiration_dates OR NOT (require_expiration_date_entry OR "
                "strict_expiration_posting)"
            ),
            name="ck_item_tracking_code_expiration_rules_need_dates",
        ),
        sa.CheckConstraint(
            "NOT lot_warehouse_tracking OR lot_specific_tracking",
            name="ck_item_tracking_code_lot_warehouse_needs_specific",
        ),
        sa.CheckConstraint(
            "NOT package_warehouse_tracking OR package_specific_tracking",
            name="ck_item_tracking_code_package_warehouse_needs_specific",
        ),
        sa.CheckConstraint(
            "NOT serial_warehouse_tracking OR serial_specific_tracking",
            name="ck_item_tracking_code_serial_warehouse_needs_specific",
        ),
        sa.CheckConstraint("length(code) <= 10", name="ck_item_tracking_code_code_length"),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_item_tracking_code_description_length"
        ),
        sa.CheckConstraint(
            "length(warranty_date_formula) <= 20",
            name="ck_item_tracking_code_warranty_date_formula_length",
        ),
    ]


def create_location() -> None:
    op.create_table(
        "location",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", Code(10), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("time_zone", sa.String(50), nullable=False),
        sa.Column("bin_mandatory", sa.Boolean(), nullable=False),
        sa.Column("directed_put_away_and_pick", sa.Boolean(), nullable=False),
        sa.Column("require_receive", sa.Boolean(), nullable=False),
        sa.Column("require_shipment", sa.Boolean(), nullable=False),
        sa.Column("require_put_away", sa.Boolean(), nullable=False),
        sa.Column("require_pick", sa.Boolean(), nullable=False),
        sa.Column("use_cross_docking", sa.Boolean(), nullable=False),
        sa.Column("use_as_in_transit", sa.Boolean(), nullable=False),
        sa.Column("pick_according_to_fefo", sa.Boolean(), nullable=False),
        sa.Column("allow_breakbulk", sa.Boolean(), nullable=False),
        sa.Column("check_warehouse_class", sa.Boolean(), nullable=False),
        sa.Column("always_create_put_away_line", sa.Boolean(), nullable=False),
        sa.Column("always_create_pick_line", sa.Boolean(), nullable=False),
        sa.Column("scan_each_unit", sa.Boolean(), nullable=False),
        sa.Column("put_away_template_code", Code(10), nullable=False),
        sa.Column("bin_capacity_policy", sa.String(20), nullable=False),
        sa.Column("default_bin_selection", sa.String(20), nullable=False),
        sa.Column("receipt_bin_id", KEY, nullable=True),
        sa.Column("shipment_bin_id", KEY, nullable=True),
        sa.Column("adjustment_bin_id", KEY, nullable=True),
        sa.Column("cross_dock_bin_id", KEY, nullable=True),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_location"),
        sa.UniqueConstraint("code", name="uq_location_code"),
        sa.CheckConstraint(
            ("bin_capacity_policy IN ('Never Check', 'Allow More', 'Prohibit More')"),
            name="ck_location_bincapacitypolicy",
        ),
        sa.CheckConstraint(
            "default_bin_selection IN ('', 'Fixed Bin', 'Last-Used Bin')",
            name="ck_location_defaultbinselection",
        ),
        sa.CheckConstraint(
            "NOT directed_put_away_and_pick OR bin_mandatory",
            name="ck_location_directed_needs_bins",
        ),
        sa.CheckConstraint("length(code) <= 10", name="ck_location_code_length"),
        sa.CheckConstraint("length(name) <= 100", name="ck_location_name_length"),
        sa.CheckConstraint("length(time_zone) <= 50", name="ck_location_time_zone_length"),
        sa.CheckConstraint(
            "length(put_away_template_code) <= 10", name="ck_location_put_away_template_code_length"
        ),
        sqlite_autoincrement=True,
    )


def create_number_series() -> None:
    op.create_table(
        "number_series",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", Code(20), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("default_nos", sa.Boolean(), nullable=False),
        sa.Column("manual_nos", sa.Boolean(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_number_series"),
        sa.UniqueConstraint("code", name="uq_number_series_code"),
        sa.CheckConstraint("length(code) <= 20", name="ck_number_series_code_length"),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_number_series_description_length"
        ),
        sqlite_autoincrement=True,
    )


def create_reason_code() -> None:
    op.create_table(
        "reason_code",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reason_code"),
        sa.UniqueConstraint("code", name="uq_reason_code_code"),
        sa.CheckConstraint("length(code) <= 10", name="ck_reason_code_code_length"),
        sa.CheckConstraint("length(description) <= 100", name="ck_reason_code_description_length"),
        sqlite_autoincrement=True,
    )


def create_number_series_line() -> None:
    op.create_table(
        "number_series_line",
        sa.Column("id", KEY, nullable=False),
        sa.Column("number_series_id", KEY, nullable=False),
        sa.Column("starting_date", sa.Date(), nullable=False),
        sa.Column("starting_no", Code(20), nullable=False),
        sa.Column("ending_no", Code(20), nullable=False),
        sa.Column("warning_no", Code(20), nullable=False),
        sa.Column("increment_by", KEY, nullable=False),
        sa.Column("last_no_used", Code(20), nullable=False),
        sa.Column("allow_gaps", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_number_series_line"),
        sa.UniqueConstraint(
            "number_series_id",
            "starting_date",
            name="uq_number_series_line_number_series_id_starting_date",
        ),
        sa.ForeignKeyConstraint(
            ["number_series_id"],
            ["number_series.id"],
            name="fk_number_series_line_number_series_id",
        ),
        sa.CheckConstraint(
            "length(starting_no) <= 20", name="ck_number_series_line_starting_no_length"
        ),
        sa.CheckConstraint(
            "length(ending_no) <= 20", name="ck_number_series_line_ending_no_length"
        ),
        sa.CheckConstraint(
            "length(warning_no) <= 20", name="ck_number_series_line_warning_no_length"
        ),
        sa.CheckConstraint(
            "length(last_no_used) <= 20", name="ck_number_series_line_last_no_used_length"
        ),
        sqlite_autoincrement=True,
    )
