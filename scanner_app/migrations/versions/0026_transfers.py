"""What a transfer brought in names the entry it was taken from; open entries by their numbers."""

import sqlalchemy as sa
from alembic import op

from scanner_app.guards import append_only_statements
from scanner_app.migrations.steps import create_guard, where
from scanner_app.records import KEY, Quantity

revision = "0026"
down_revision = "0025"

APPLICATION, OPEN = "item_application_entry", "open_item_ledger_entry"
TRANSFERRED_FROM = "transferred_from_entry_id"
OLD_COLUMNS = ", ".join(  # noqa: FLY002 - one line would be too long
    (
        "id",
        "item_ledger_entry_id",
        "inbound_item_entry_id",
        "outbound_item_entry_id",
        "quantity",
        "posting_date",
    )
)
KINDS = ("serial", "lot", "package")


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        make_applications_anew([TRANSFERRED_FROM])
    else:
        op.add_column(APPLICATION, sa.Column(TRANSFERRED_FROM, KEY, nullable=True))
        op.create_foreign_key(
            f"fk_{APPLICATION}_{TRANSFERRED_FROM}",
            APPLICATION,
            "item_ledger_entry",
            [TRANSFERRED_FROM],
            ["id"],
        )
    for kind in KINDS:
        op.create_index(
            f"ix_{OPEN}_{kind}",
            OPEN,
            ["item_id", "variant_id", f"{kind}_no"],
            **where(f"{kind}_no <> ''"),
        )


def downgrade() -> None:
    for kind in KINDS:
        op.drop_index(f"ix_{OPEN}_{kind}", OPEN)
    if op.get_context().dialect.name == "sqlite":
        make_applications_anew([])
    else:
        op.drop_column(APPLICATION, TRANSFERRED_FROM)


def make_applications_anew(more: list[str]) -> None:
    """SQLite adds no constraint to a table that is there; nothing points to this one."""
    copy = f"{APPLICATION}_copy"
    op.execute(f"CREATE TABLE {copy} AS SELECT {OLD_COLUMNS} FROM {APPLICATION}")  # noqa: S608 - names of ours
    op.drop_table(APPLICATION)
    create_applications(more)
    op.execute(f"INSERT INTO {APPLICATION} ({OLD_COLUMNS}) SELECT {OLD_COLUMNS} FROM {copy}")  # noqa: S608 - names of ours
    op.drop_table(copy)


def create_applications(more: list[str]) -> None:
    pointing = ["item_ledger_entry_id", "inbound_item_entry_id", "outbound_item_entry_id", *more]
    required = {"item_ledger_entry_id", "inbound_item_entry_id"}
    op.create_table(
        APPLICATION,
        sa.Column("id", KEY, nullable=False),
        *(sa.Column(column, KEY, nullable=column not in required) for column in pointing),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("posting_date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{APPLICATION}"),
        *(
            sa.ForeignKeyConstraint(
                [column], ["item_ledger_entry.id"], name=f"fk_{APPLICATION}_{column}"
            )
            for column in pointing
        ),
        sa.CheckConstraint(
            "(outbound_item_entry_id IS NULL) = (quantity > 0)",
            name=f"ck_{APPLICATION}_sign_follows_direction",
        ),
    )
    for column in ("inbound_item_entry_id", "item_ledger_entry_id"):
        op.create_index(f"ix_{APPLICATION}_{column}", APPLICATION, [column])
    create_guard(append_only_statements, APPLICATION)
