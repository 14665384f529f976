"""Users, their sessions, what they sent and what they changed."""

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements, final_once_set_statements
from scanner_app.migrations.steps import create_guard, drop_guard_function, drop_tables
from scanner_app.records import KEY, Code, UtcInstant

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_register_counter()
    create_user_account()
    create_change_log_entry()
    create_posted_request()
    create_user_session()


def downgrade() -> None:
    drop_tables(
        "user_session", "posted_request", "change_log_entry", "user_account", "register_counter"
    )
    drop_guard_function()


def create_register_counter() -> None:
    op.create_table(
        "register_counter",
        sa.Column("name", Code(20), nullable=False),
        sa.Column("last_number", KEY, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_register_counter"),
        sa.CheckConstraint("length(name) <= 20", name="ck_register_counter_name_length"),
    )


def create_user_account() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", KEY, nullable=False),
        sa.Column("user_name", Code(50), nullable=False),
        sa.Column("full_name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.String(250), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("user_name", name="uq_user_account_user_name"),
        sa.CheckConstraint("role IN ('worker', 'supervisor')", name="ck_user_account_role"),
        sa.CheckConstraint("length(user_name) <= 50", name="ck_user_account_user_name_length"),
        sa.CheckConstraint("length(full_name) <= 100", name="ck_user_account_full_name_length"),
        sa.CheckConstraint(
            "length(password_hash) <= 250", name="ck_user_account_password_hash_length"
        ),
        sqlite_autoincrement=True,
    )


def create_change_log_entry() -> None:
    op.create_table(
        "change_log_entry",
        sa.Column("id", KEY, nullable=False),
        sa.Column("changed_at", UtcInstant(), nullable=False),
        sa.Column("user_id", KEY, nullable=True),
        sa.Column("table_name", sa.String(63), nullable=False),
        sa.Column("record_name", sa.String(100), nullable=False),
        sa.Column("field_name", sa.String(63), nullable=False),
        sa.Column("old_value", sa.String(250), nullable=False),
        sa.Column("new_value", sa.String(250), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change_log_entry"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_change_log_entry_user_id"
        ),
        sa.CheckConstraint(
            "length(table_name) <= 63", name="ck_change_log_entry_table_name_length"
        ),
        sa.CheckConstraint(
            "length(record_name) <= 100", name="ck_change_log_entry_record_name_length"
        ),
        sa.CheckConstraint(
            "length(field_name) <= 63", name="ck_change_log_entry_field_name_length"
        ),
        sa.CheckConstraint("length(old_value) <= 250", name="ck_change_log_entry_old_value_length"),
        sa.CheckConstraint("length(new_value) <= 250", name="ck_change_log_entry_new_value_length"),
    )
    create_guard(append_only_statements, "change_log_entry")


def create_posted_request() -> None:
    op.create_table(
        "posted_request",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uuid", Code(36), nullable=False),
        sa.Column("digest", Code(64), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("endpoint", sa.String(100), nullable=False),
        sa.Column("posted_at", UtcInstant(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_posted_request"),
        sa.UniqueConstraint("uuid", name="uq_posted_request_uuid"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_posted_request_user_id"),
        sa.CheckConstraint("length(uuid) <= 36", name="ck_posted_request_uuid_length"),
        sa.CheckConstraint("length(digest) <= 64", name="ck_posted_request_digest_length"),
        sa.CheckConstraint("length(endpoint) <= 100", name="ck_posted_request_endpoint_length"),
        sqlite_autoincrement=True,
    )
    create_guard(final_once_set_statements, "posted_request", "answer")


def create_user_session() -> None:
    op.create_table(
        "user_session",
        sa.Column("id", KEY, nullable=False),
        sa.Column("identity_hash", Code(64), nullable=False),
        sa.Column("user_id", KEY, nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcInstant(), nullable=False),
        sa.Column("last_seen_at", UtcInstant(), nullable=False),
        sa.Column("expires_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user_session"),
        sa.UniqueConstraint("identity_hash", name="uq_user_session_identity_hash"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_user_session_user_id"),
        sa.CheckConstraint(
            "length(identity_hash) <= 64", name="ck_user_session_identity_hash_length"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_user_session_expires_at", "user_session", ["expires_at"])
    op.create_index("ix_user_session_user_id", "user_session", ["user_id"])
