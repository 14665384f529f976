"""Devices, scans and the codes that can be scanned."""

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import final_once_set_statements
from scanner_app.migrations.steps import create_guard, drop_tables
from scanner_app.records import KEY, Code, UtcInstant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    create_device()
    create_code_index()
    create_open_document()
    create_scan()


def downgrade() -> None:
    drop_tables("scan", "open_document", "code_index", "device")


def create_device() -> None:
    op.create_table(
        "device",
        sa.Column("id", KEY, nullable=False),
        sa.Column("identity", Code(36), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("first_seen_at", UtcInstant(), nullable=False),
        sa.Column("last_seen_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        sa.UniqueConstraint("identity", name="uq_device_identity"),
        sa.CheckConstraint("length(identity) <= 36", name="ck_device_identity_length"),
        sa.CheckConstraint("length(name) <= 100", name="ck_device_name_length"),
        sqlite_autoincrement=True,
    )


def create_code_index() -> None:
    op.create_table(
        "code_index",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", Code(50), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("target_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_code_index"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_code_index_location_id"),
        sa.CheckConstraint(
            (
                "kind IN ('bin', 'item', 'gtin', 'reference', 'serial', 'lot', "
                "'package', 'put-away', 'pick', 'movement', 'count', 'receipt', "
                "'shipment')"
            ),
            name="ck_code_index_codekind",
        ),
        sa.CheckConstraint("length(code) <= 50", name="ck_code_index_code_length"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_code_index_target", "code_index", ["kind", "target_id"])
    op.create_index(
        "uq_code_index_meaning",
        "code_index",
        ["code", "kind", "target_id", "variant_id", "unit_of_measure_id"],
        unique=True,
    )


def create_open_document() -> None:
    op.create_table(
        "open_document",
        sa.Column("id", KEY, nullable=False),
        sa.Column("device_id", KEY, nullable=False),
        sa.Column("document_kind", sa.String(20), nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("refused_seq", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_open_document"),
        sa.UniqueConstraint(
            "device_id",
            "document_kind",
            "document_id",
            name="uq_open_document_device_id_document_kind_document_id",
        ),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_open_document_device_id"),
        sa.CheckConstraint(
            "length(document_kind) <= 20", name="ck_open_document_document_kind_length"
        ),
        sqlite_autoincrement=True,
    )


def create_scan() -> None:
    op.create_table(
        "scan",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uuid", Code(36), nullable=False),
        sa.Column("digest", Code(64), nullable=False),
        sa.Column("device_id", KEY, nullable=False),
        sa.Column("device_seq", KEY, nullable=False),
        sa.Column("seen_seq", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("sent_by_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=True),
        sa.Column("document_kind", sa.String(20), nullable=False),
        sa.Column("document_no", Code(20), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("choice", sa.String(120), nullable=False),
        sa.Column("raw", sa.String(520), nullable=False),
        sa.Column("symbology", sa.String(8), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("scanned_at", UtcInstant(), nullable=True),
        sa.Column("received_at", UtcInstant(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.Column("effect", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_scan"),
        sa.UniqueConstraint("uuid", name="uq_scan_uuid"),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_scan_device_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_scan_user_id"),
        sa.ForeignKeyConstraint(["sent_by_id"], ["user_account.id"], name="fk_scan_sent_by_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_scan_location_id"),
        sa.CheckConstraint(
            "source IN ('wedge', 'camera', 'photo', 'keypad', 'tap')", name="ck_scan_scansource"
        ),
        sa.CheckConstraint("length(uuid) <= 36", name="ck_scan_uuid_length"),
        sa.CheckConstraint("length(digest) <= 64", name="ck_scan_digest_length"),
        sa.CheckConstraint("length(document_kind) <= 20", name="ck_scan_document_kind_length"),
        sa.CheckConstraint("length(document_no) <= 20", name="ck_scan_document_no_length"),
        sa.CheckConstraint("length(step) <= 20", name="ck_scan_step_length"),
        sa.CheckConstraint("length(choice) <= 120", name="ck_scan_choice_length"),
        sa.CheckConstraint("length(raw) <= 520", name="ck_scan_raw_length"),
        sa.CheckConstraint("length(symbology) <= 8", name="ck_scan_symbology_length"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_scan_device", "scan", ["device_id", "device_seq"])
    op.create_index("ix_scan_document", "scan", ["document_kind", "document_no"])
    create_guard(final_once_set_statements, "scan", "outcome")
