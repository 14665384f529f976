"""Item tracking lines, and what is known about a serial, lot or package no."""

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, Code, Quantity

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    create_item_tracking_line()
    create_known_expiration_date()
    create_lot_no_information()
    create_package_no_information()
    create_serial_no_information()


def downgrade() -> None:
    drop_tables(
        "serial_no_information",
        "package_no_information",
        "lot_no_information",
        "known_expiration_date",
        "item_tracking_line",
    )


def create_item_tracking_line() -> None:
    op.create_table(
        "item_tracking_line",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source_type", sa.String(20), nullable=False),
        sa.Column("source_line_id", KEY, nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("warranty_date", sa.Date(), nullable=True),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("qty_to_handle_base", Quantity(), nullable=False),
        sa.Column("qty_handled_base", Quantity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_tracking_line"),
        sa.CheckConstraint(
            (
                "qty_to_handle_base >= 0 AND qty_handled_base >= 0 AND "
                "qty_to_handle_base + qty_handled_base <= quantity_base"
            ),
            name="ck_item_tracking_line_handled_within_quantity",
        ),
        sa.CheckConstraint(
            ("source_type IN ('Item Journal Line', 'Receipt Line', 'Shipment Line')"),
            name="ck_item_tracking_line_trackingsource",
        ),
        sa.CheckConstraint(
            "length(serial_no) <= 50", name="ck_item_tracking_line_serial_no_length"
        ),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_item_tracking_line_lot_no_length"),
        sa.CheckConstraint(
            "length(package_no) <= 50", name="ck_item_tracking_line_package_no_length"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_item_tracking_line_source", "item_tracking_line", ["source_type", "source_line_id"]
    )


def create_known_expiration_date() -> None:
    op.create_table(
        "known_expiration_date",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("number", Code(50), nullable=False),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("item_ledger_entry_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_known_expiration_date"),
        sa.UniqueConstraint(
            "item_id",
            "variant_id",
            "kind",
            "number",
            name="uq_known_expiration_date_item_id_variant_id_kind_number",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_known_expiration_date_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_known_expiration_date_variant_id"
        ),
        sa.CheckConstraint(
            "kind IN ('Serial', 'Lot', 'Package')", name="ck_known_expiration_date_numberkind"
        ),
        sa.CheckConstraint("length(number) <= 50", name="ck_known_expiration_date_number_length"),
        sqlite_autoincrement=True,
    )


def create_lot_no_information() -> None:
    op.create_table(
        "lot_no_information",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.String(250), nullable=False),
        sa.Column("test_quality", sa.String(20), nullable=False),
        sa.Column("certificate_number", Code(20), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lot_no_information"),
        sa.UniqueConstraint(
            "item_id",
            "variant_id",
            "lot_no",
            name="uq_lot_no_information_item_id_variant_id_lot_no",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_lot_no_information_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_lot_no_information_variant_id"
        ),
        sa.CheckConstraint(
            "test_quality IN ('', 'Good', 'Average', 'Bad')",
            name="ck_lot_no_information_testquality",
        ),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_lot_no_information_lot_no_length"),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_lot_no_information_description_length"
        ),
        sa.CheckConstraint("length(comment) <= 250", name="ck_lot_no_information_comment_length"),
        sa.CheckConstraint(
            "length(certificate_number) <= 20",
            name="ck_lot_no_information_certificate_number_length",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lot_no_information_lot_no", "lot_no_information", ["lot_no"])


def create_package_no_information() -> None:
    op.create_table(
        "package_no_information",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.String(250), nullable=False),
        sa.Column("country_region_code", Code(10), nullable=False),
        sa.Column("certificate_number", Code(20), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_package_no_information"),
        sa.UniqueConstraint(
            "item_id",
            "variant_id",
            "package_no",
            name="uq_package_no_information_item_id_variant_id_package_no",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_package_no_information_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_package_no_information_variant_id"
        ),
        sa.CheckConstraint(
            "length(package_no) <= 50", name="ck_package_no_information_package_no_length"
        ),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_package_no_information_description_length"
        ),
        sa.CheckConstraint(
            "length(comment) <= 250", name="ck_package_no_information_comment_length"
        ),
        sa.CheckConstraint(
            "length(country_region_code) <= 10",
            name="ck_package_no_information_country_region_code_length",
        ),
        sa.CheckConstraint(
            "length(certificate_number) <= 20",
            name="ck_package_no_information_certificate_number_length",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_package_no_information_package_no", "package_no_information", ["package_no"]
    )


def create_serial_no_information() -> None:
    op.create_table(
        "serial_no_information",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.String(250), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_serial_no_information"),
        sa.UniqueConstraint(
            "item_id",
            "variant_id",
            "serial_no",
            name="uq_serial_no_information_item_id_variant_id_serial_no",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_serial_no_information_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_serial_no_information_variant_id"
        ),
        sa.CheckConstraint(
            "length(serial_no) <= 50", name="ck_serial_no_information_serial_no_length"
        ),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_serial_no_information_description_length"
        ),
        sa.CheckConstraint(
            "length(comment) <= 250", name="ck_serial_no_information_comment_length"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_serial_no_information_serial_no", "serial_no_information", ["serial_no"])
