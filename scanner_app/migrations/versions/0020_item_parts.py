"""The picture of an item, and the index that tells which further units an item was posted in."""

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, Code, UtcInstant

revision = "0020"
down_revision = "0019"

NOT_IN_BASE_UNITS = sa.text("qty_per_unit_of_measure <> 100000")


def upgrade() -> None:
    op.create_index(
        "ix_item_ledger_entry_unit",
        "item_ledger_entry",
        ["item_id", "unit_of_measure_id"],
        sqlite_where=NOT_IN_BASE_UNITS,
        postgresql_where=NOT_IN_BASE_UNITS,
    )
    op.create_table(
        "item_picture",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("content_type", Code(20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", Code(64), nullable=False),
        sa.Column("width", KEY, nullable=False),
        sa.Column("height", KEY, nullable=False),
        sa.Column("changed_at", UtcInstant(), nullable=False),
        sa.Column("changed_by_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_item_picture"),
        sa.UniqueConstraint("item_id", name="uq_item_picture_item_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_picture_item_id"),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["user_account.id"], name="fk_item_picture_changed_by_id"
        ),
        sa.CheckConstraint("width BETWEEN 1 AND 480", name="ck_item_picture_width_small"),
        sa.CheckConstraint("height BETWEEN 1 AND 480", name="ck_item_picture_height_small"),
        sa.CheckConstraint("length(content) <= 61440", name="ck_item_picture_content_small"),
        sa.CheckConstraint("length(sha256) = 64", name="ck_item_picture_digest_whole"),
        sa.CheckConstraint(
            "length(content_type) <= 20", name="ck_item_picture_content_type_length"
        ),
        sa.CheckConstraint("length(sha256) <= 64", name="ck_item_picture_sha256_length"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    drop_tables("item_picture")
    op.drop_index("ix_item_ledger_entry_unit", "item_ledger_entry")
