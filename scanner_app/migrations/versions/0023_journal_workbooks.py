"""Journals in workbooks: what a file said last, and the files that came back."""

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, Code, UtcInstant

revision = "0023"
down_revision = "0022"


def _workbooks() -> None:
    op.create_table(
        "journal_workbook",
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("key", Code(64), nullable=False),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_journal_workbook"),
        sa.UniqueConstraint("batch_id", "key", name="uq_journal_workbook_batch_id_key"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["item_journal_batch.id"], name="fk_journal_workbook_batch_id"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name="fk_journal_workbook_made_by_id"
        ),
        sa.CheckConstraint("length(key) <= 64", name="ck_journal_workbook_key_length"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal_workbook_row",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workbook_id", KEY, nullable=False),
        sa.Column("line_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=True),
        sa.Column("row_digest", Code(64), nullable=False),
        sa.Column("line_digest", Code(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_workbook_row"),
        sa.UniqueConstraint(
            "workbook_id", "line_id", name="uq_journal_workbook_row_workbook_id_line_id"
        ),
        sa.UniqueConstraint(
            "workbook_id", "line_no", name="uq_journal_workbook_row_workbook_id_line_no"
        ),
        sa.ForeignKeyConstraint(
            ["workbook_id"], ["journal_workbook.id"], name="fk_journal_workbook_row_workbook_id"
        ),
        sa.CheckConstraint(
            "length(row_digest) <= 64", name="ck_journal_workbook_row_row_digest_length"
        ),
        sa.CheckConstraint(
            "length(line_digest) <= 64", name="ck_journal_workbook_row_line_digest_length"
        ),
        sqlite_autoincrement=True,
    )


def _uploads() -> None:
    op.create_table(
        "journal_upload",
        sa.Column("id", KEY, nullable=False),
        sa.Column("workbook_id", KEY, nullable=False),
        sa.Column("file_name", sa.String(100), nullable=False),
        sa.Column("uploaded_at", UtcInstant(), nullable=False),
        sa.Column("uploaded_by_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_journal_upload"),
        sa.ForeignKeyConstraint(
            ["workbook_id"], ["journal_workbook.id"], name="fk_journal_upload_workbook_id"
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user_account.id"], name="fk_journal_upload_uploaded_by_id"
        ),
        sa.CheckConstraint("length(file_name) <= 100", name="ck_journal_upload_file_name_length"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_upload_workbook_id", "journal_upload", ["workbook_id"])
    op.create_table(
        "journal_upload_row",
        sa.Column("id", KEY, nullable=False),
        sa.Column("upload_id", KEY, nullable=False),
        sa.Column("row_no", KEY, nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_upload_row"),
        sa.UniqueConstraint("upload_id", "row_no", name="uq_journal_upload_row_upload_id_row_no"),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["journal_upload.id"], name="fk_journal_upload_row_upload_id"
        ),
        sqlite_autoincrement=True,
    )


def upgrade() -> None:
    _workbooks()
    _uploads()


def downgrade() -> None:
    drop_tables("journal_upload_row", "journal_upload", "journal_workbook_row", "journal_workbook")
