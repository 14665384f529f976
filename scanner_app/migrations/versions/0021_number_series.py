"""Number series that are set up by people, and the numbers that they assigned in bulk."""

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.steps import create_guard, drop_tables, where
from scanner_app.records import KEY, Code, UtcInstant

revision = "0021"
down_revision = "0020"

LINE = "number_series_line"
LINE_BEFORE = "number_series_line_before"
CHECKS = {
    "ck_number_series_line_starting_no_not_blank": "starting_no <> ''",
    "ck_number_series_line_increment_by_positive": "increment_by >= 1",
}
NUMBERS_OF_LINE = ("starting_no", "ending_no", "warning_no", "last_no_used")
ASSIGNED = ("assigned_number_batch", "assigned_number")


def upgrade() -> None:
    change_checks_of_line(CHECKS)
    for name in ("serial_nos_id", "lot_nos_id"):
        op.create_index(f"ix_item_{name}", "item", [name], **where(f"{name} IS NOT NULL"))
    create_inventory_setup()
    create_assigned_number_batch()
    create_assigned_number()
    for table in ASSIGNED:
        create_guard(append_only_statements, table)


def downgrade() -> None:
    drop_tables("assigned_number", "assigned_number_batch", "inventory_setup")
    for name in ("lot_nos_id", "serial_nos_id"):
        op.drop_index(f"ix_item_{name}", "item")
    change_checks_of_line({})


def change_checks_of_line(checks: dict[str, str]) -> None:
    """SQLite cannot add a CHECK to a table that is there: it is made anew."""
    if op.get_context().dialect.name != "sqlite":
        for name, rule in CHECKS.items():
            if checks:
                op.create_check_constraint(name, LINE, rule)
            else:
                op.drop_constraint(name, LINE, type_="check")
        return
    op.rename_table(LINE, LINE_BEFORE)
    create_number_series_line(checks)
    op.execute(f"INSERT INTO {LINE} SELECT * FROM {LINE_BEFORE}")  # noqa: S608 - names of ours
    op.drop_table(LINE_BEFORE)


def create_number_series_line(checks: dict[str, str]) -> None:
    op.create_table(
        LINE,
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
        *(sa.CheckConstraint(rule, name=name) for name, rule in checks.items()),
        *(
            sa.CheckConstraint(f"length({name}) <= 20", name=f"ck_{LINE}_{name}_length")
            for name in NUMBERS_OF_LINE
        ),
        sqlite_autoincrement=True,
    )


def create_inventory_setup() -> None:
    op.create_table(
        "inventory_setup",
        sa.Column("id", KEY, nullable=False),
        sa.Column("package_nos_id", KEY, nullable=True),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inventory_setup"),
        sa.ForeignKeyConstraint(
            ["package_nos_id"], ["number_series.id"], name="fk_inventory_setup_package_nos_id"
        ),
        sa.CheckConstraint("id = 1", name="ck_inventory_setup_one_row"),
        sqlite_autoincrement=True,
    )


def create_assigned_number_batch() -> None:
    op.create_table(
        "assigned_number_batch",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("quantity", KEY, nullable=False),
        sa.Column("first_no", Code(50), nullable=False),
        sa.Column("last_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("assigned_at", UtcInstant(), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assigned_number_batch"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_assigned_number_batch_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_assigned_number_batch_variant_id"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_assigned_number_batch_user_id"
        ),
        sa.CheckConstraint("quantity >= 1", name="ck_assigned_number_batch_quantity_positive"),
        sa.CheckConstraint(
            "kind IN ('Serial', 'Lot', 'Package')", name="ck_assigned_number_batch_numberkind"
        ),
        *(
            sa.CheckConstraint(
                f"length({name}) <= 50", name=f"ck_assigned_number_batch_{name}_length"
            )
            for name in ("first_no", "last_no", "lot_no")
        ),
    )
    op.create_index(
        "ix_assigned_number_batch_item_id_id", "assigned_number_batch", ["item_id", "id"]
    )


def create_assigned_number() -> None:
    op.create_table(
        "assigned_number",
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("number", Code(50), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assigned_number"),
        sa.UniqueConstraint(
            "item_id",
            "variant_id",
            "kind",
            "number",
            name="uq_assigned_number_item_id_variant_id_kind_number",
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["assigned_number_batch.id"], name="fk_assigned_number_batch_id"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_assigned_number_item_id"),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["item_variant.id"], name="fk_assigned_number_variant_id"
        ),
        sa.CheckConstraint("number <> ''", name="ck_assigned_number_number_not_blank"),
        sa.CheckConstraint(
            "kind IN ('Serial', 'Lot', 'Package')", name="ck_assigned_number_numberkind"
        ),
        sa.CheckConstraint("length(number) <= 50", name="ck_assigned_number_number_length"),
    )
    op.create_index("ix_assigned_number_batch_id", "assigned_number", ["batch_id"])
