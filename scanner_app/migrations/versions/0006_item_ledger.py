"""The item ledger with its registers, applications and balances."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.steps import create_guard, drop_tables, where
from scanner_app.records import KEY, Code, Quantity, UtcInstant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    create_item_register()
    create_item_balance()
    create_item_ledger_entry()
    create_item_application_entry()
    create_open_item_ledger_entry()


def downgrade() -> None:
    drop_tables(
        "open_item_ledger_entry",
        "item_application_entry",
        "item_ledger_entry",
        "item_balance",
        "item_register",
    )


def create_item_register() -> None:
    op.create_table(
        "item_register",
        sa.Column("id", KEY, nullable=False),
        sa.Column("no", KEY, nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("source_code", Code(10), nullable=False),
        sa.Column("journal_batch_name", Code(10), nullable=False),
        sa.Column("from_entry_no", KEY, nullable=False),
        sa.Column("to_entry_no", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_register"),
        sa.UniqueConstraint("no", name="uq_item_register_no"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_item_register_user_id"),
        sa.CheckConstraint("length(source_code) <= 10", name="ck_item_register_source_code_length"),
        sa.CheckConstraint(
            "length(journal_batch_name) <= 10", name="ck_item_register_journal_batch_name_length"
        ),
    )
    create_guard(append_only_statements, "item_register")


def create_item_balance() -> None:
    op.create_table(
        "item_balance",
        sa.Column("id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("serial_specific", sa.Boolean(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_balance"),
        sa.UniqueConstraint(
            "item_id",
            "variant_id",
            "location_id",
            "serial_no",
            "lot_no",
            "package_no",
            name="uq_item_balance_key",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_item_balance_location_id"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_balance_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_item_balance_variant_id"
        ),
        sa.CheckConstraint("quantity >= 0", name="ck_item_balance_quantity_not_negative"),
        sa.CheckConstraint(
            "NOT serial_specific OR serial_no = '' OR quantity IN (0, 100000)",
            name="ck_item_balance_serial_is_one_unit",
        ),
        sa.CheckConstraint("length(serial_no) <= 50", name="ck_item_balance_serial_no_length"),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_item_balance_lot_no_length"),
        sa.CheckConstraint("length(package_no) <= 50", name="ck_item_balance_package_no_length"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_item_balance_serial", "item_balance", ["item_id", "variant_id", "serial_no"]
    )
    op.create_index(
        "uq_item_balance_serial",
        "item_balance",
        ["item_id", "variant_id", "serial_no"],
        unique=True,
        **where("serial_specific AND serial_no <> '' AND quantity > 0"),
    )


def create_item_ledger_entry() -> None:
    op.create_table(
        "item_ledger_entry",
        *columns_of_item_ledger_entry(),
        *constraints_of_item_ledger_entry(),
    )
    op.create_index("ix_item_ledger_entry_document", "item_ledger_entry", ["document_no"])
    op.create_index(
        "ix_item_ledger_entry_item", "item_ledger_entry", ["item_id", "variant_id", "location_id"]
    )
    op.create_index("ix_item_ledger_entry_lot_no", "item_ledger_entry", ["lot_no"])
    op.create_index("ix_item_ledger_entry_package_no", "item_ledger_entry", ["package_no"])
    op.create_index("ix_item_ledger_entry_register_id", "item_ledger_entry", ["register_id"])
    op.create_index("ix_item_ledger_entry_serial_no", "item_ledger_entry", ["serial_no"])
    create_guard(append_only_statements, "item_ledger_entry")


def columns_of_item_ledger_entry() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("register_id", KEY, nullable=False),
        sa.Column("entry_type", sa.String(20), nullable=False),
        sa.Column("posting_date", sa.Date(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("document_no", Code(20), nullable=False),
        sa.Column("source_no", Code(20), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("warranty_date", sa.Date(), nullable=True),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.Column("warehouse_adjustment", sa.Boolean(), nullable=False),
    ]


def constraints_of_item_ledger_entry() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_item_ledger_entry"),
        sa.ForeignKeyConstraint(
            ["register_id"],
            ["item_register.id"],
            name="fk_item_ledger_entry_register_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_ledger_entry_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_item_ledger_entry_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_item_ledger_entry_location_id"
        ),
        sa.ForeignKeyConstraint(
            ["unit_of_measure_id"],
            ["unit_of_measure.id"],
            name="fk_item_ledger_entry_unit_of_measure_id",
        ),
        sa.ForeignKeyConstraint(
            ["reason_code_id"], ["reason_code.id"], name="fk_item_ledger_entry_reason_code_id"
        ),
        sa.CheckConstraint(
            (
                "entry_type IN ('Purchase', 'Sale', 'Positive Adjmt.', 'Negative "
                "Adjmt.', 'Transfer')"
            ),
            name="ck_item_ledger_entry_entrytype",
        ),
        sa.CheckConstraint("quantity <> 0", name="ck_item_ledger_entry_quantity_not_zero"),
        sa.CheckConstraint(
            "length(document_no) <= 20", name="ck_item_ledger_entry_document_no_length"
        ),
        sa.CheckConstraint("length(source_no) <= 20", name="ck_item_ledger_entry_source_no_length"),
        sa.CheckConstraint(
            "length(description) <= 100", name="ck_item_ledger_entry_description_length"
        ),
        sa.CheckConstraint("length(serial_no) <= 50", name="ck_item_ledger_entry_serial_no_length"),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_item_ledger_entry_lot_no_length"),
        sa.CheckConstraint(
            "length(package_no) <= 50", name="ck_item_ledger_entry_package_no_length"
        ),
    ]


def create_item_application_entry() -> None:
    op.create_table(
        "item_application_entry",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_ledger_entry_id", KEY, nullable=False),
        sa.Column("inbound_item_entry_id", KEY, nullable=False),
        sa.Column("outbound_item_entry_id", KEY, nullable=True),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("posting_date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_application_entry"),
        sa.ForeignKeyConstraint(
            ["item_ledger_entry_id"],
            ["item_ledger_entry.id"],
            name="fk_item_application_entry_item_ledger_entry_id",
        ),
        sa.ForeignKeyConstraint(
            ["inbound_item_entry_id"],
            ["item_ledger_entry.id"],
            name="fk_item_application_entry_inbound_item_entry_id",
        ),
        sa.ForeignKeyConstraint(
            ["outbound_item_entry_id"],
            ["item_ledger_entry.id"],
            name="fk_item_application_entry_outbound_item_entry_id",
        ),
        sa.CheckConstraint(
            "(outbound_item_entry_id IS NULL) = (quantity > 0)",
            name="ck_item_application_entry_sign_follows_direction",
        ),
    )
    op.create_index(
        "ix_item_application_entry_inbound_item_entry_id",
        "item_application_entry",
        ["inbound_item_entry_id"],
    )
    op.create_index(
        "ix_item_application_entry_item_ledger_entry_id",
        "item_application_entry",
        ["item_ledger_entry_id"],
    )
    create_guard(append_only_statements, "item_application_entry")


def create_open_item_ledger_entry() -> None:
    op.create_table(
        "open_item_ledger_entry",
        sa.Column("item_ledger_entry_id", KEY, autoincrement=False, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("posting_date", sa.Date(), nullable=False),
        sa.Column("expiration_date", sa.Date(), nullable=True),
        sa.Column("remaining_quantity", Quantity(), nullable=False),
        sa.PrimaryKeyConstraint("item_ledger_entry_id", name="pk_open_item_ledger_entry"),
        sa.ForeignKeyConstraint(
            ["item_ledger_entry_id"],
            ["item_ledger_entry.id"],
            name="fk_open_item_ledger_entry_item_ledger_entry_id",
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_open_item_ledger_entry_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_open_item_ledger_entry_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_open_item_ledger_entry_location_id"
        ),
        sa.CheckConstraint(
            "remaining_quantity > 0", name="ck_open_item_ledger_entry_remaining_quantity_positive"
        ),
        sa.CheckConstraint(
            "length(serial_no) <= 50", name="ck_open_item_ledger_entry_serial_no_length"
        ),
        sa.CheckConstraint("length(lot_no) <= 50", name="ck_open_item_ledger_entry_lot_no_length"),
        sa.CheckConstraint(
            "length(package_no) <= 50", name="ck_open_item_ledger_entry_package_no_length"
        ),
    )
    op.create_index(
        "ix_open_item_ledger_entry_stock",
        "open_item_ledger_entry",
        ["item_id", "variant_id", "location_id", "serial_no", "lot_no", "package_no"],
    )
