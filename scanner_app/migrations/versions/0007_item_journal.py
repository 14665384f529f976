"""The item journal."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables, where
from scanner_app.records import KEY, Code, Quantity

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    create_item_journal_batch()
    create_item_journal_line()


def downgrade() -> None:
    drop_tables("item_journal_line", "item_journal_batch")


def create_item_journal_batch() -> None:
    op.create_table(
        "item_journal_batch",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("item_tracking_on_lines", sa.Boolean(), nullable=False),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.Column("number_series_id", KEY, nullable=True),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_journal_batch"),
        sa.UniqueConstraint("name", name="uq_item_journal_batch_name"),
        sa.ForeignKeyConstraint(
            ["reason_code_id"], ["reason_code.id"], name="fk_item_journal_batch_reason_code_id"
        ),
        sa.ForeignKeyConstraint(
            ["number_series_id"],
            ["number_series.id"],
            name="fk_item_journal_batch_number_series_id",
        ),
        sa.CheckConstraint("length(name) <= 10", name="ck_item_journal_batch_name_length"),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_item_journal_batch_description_length"
        ),
        sqlite_autoincrement=True,
    )


def create_item_journal_line() -> None:
    op.create_table(
        "item_journal_line",
        *columns_of_item_journal_line(),
        *constraints_of_item_journal_line(),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_item_journal_line_adjustment",
        "item_journal_line",
        ["location_id", "item_id"],
        **where("warehouse_adjustment"),
    )


def columns_of_item_journal_line() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("entry_type", sa.String(20), nullable=False),
        sa.Column("posting_date", sa.Date(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("document_no", Code(20), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("bin_id", KEY, nullable=True),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("warranty_date", sa.Date(), nullable=True),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("applies_to_entry_id", KEY, nullable=True),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.Column("warehouse_adjustment", sa.Boolean(), nullable=False),
        sa.Column("phys_inventory", sa.Boolean(), nullable=False),
        sa.Column("qty_calculated", Quantity(), nullable=False),
        sa.Column("qty_phys_inventory", Quantity(), nullable=False),
    ]


def constraints_of_item_journal_line() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_item_journal_line"),
        sa.UniqueConstraint("batch_id", "line_no", name="uq_item_journal_line_batch_id_line_no"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["item_journal_batch.id"], name="fk_item_journal_line_batch_id"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_journal_line_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_item_journal_line_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_item_journal_line_location_id"
        ),
        sa.ForeignKeyConstraint(["bin_id"], ["bin.id"], name="fk_item_journal_line_bin_id"),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_item_journal_line_unit_of_measure_id",
        ),
        sa.ForeignKeyConstraint(
            ["applies_to_entry_id"],
            ["item_ledger_entry.id"],
            name="fk_item_journal_line_applies_to_entry_id",
        ),
        sa.ForeignKeyConstraint(
            ["reason_code_id"], ["reason_code.id"], name="fk_item_journal_line_reason_code_id"
        ),
        sa.CheckConstraint(
            (
                "entry_type IN ('Purchase', 'Sale', 'Positive Adjmt.', 'Negative "
                "Adjmt.', 'Transfer')"
            ),
            name="ck_item_journal_line_entrytype",
        ),
        sa.CheckConstraint("quantity <> 0", name="ck_item_journal_line_quantity_not_zero"),
        sa.CheckConstraint(
            "length(document_no) <= 20", name="ck_item_journal_line_document_no_length"
        ),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_item_journal_line_description_length"
        ),
        sa.CheckConstraint("length(serial_no) <= 50", name="ck_item_journal_line_serial_no_length"),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_item_journal_line_lot_no_length"),
        sa.CheckConstraint(
            "length(package_no) <= 50", name="ck_item_journal_line_package_no_length"
        ),
    ]
