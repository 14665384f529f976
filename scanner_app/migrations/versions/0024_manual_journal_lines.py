"""Warehouse journals of two templates, and the lines that people type in them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, Code, Quantity

revision = "0024"
down_revision = "0023"

BATCH = "warehouse_journal_batch"
COPY = "warehouse_journal_batch_copy"
LINE = "manual_journal_line"
PHYSICAL_INVENTORY = "Physical Inventory"
TEMPLATES = "template IN ('Physical Inventory', 'Item')"
COLUMNS = "id, location_id, name, description, reason_code_id, blind, lock_version"


def upgrade() -> None:
    give_batches_a_template()
    create_manual_journal_line()


def downgrade() -> None:
    drop_tables(LINE)
    take_the_template_from_batches()


def give_batches_a_template() -> None:
    if op.get_context().dialect.name == "sqlite":
        make_batches_anew(with_template=True)
        return
    op.add_column(
        BATCH,
        sa.Column(
            "template",
            sa.String(20),
            nullable=False,
            server_default=sa.text(f"'{PHYSICAL_INVENTORY}'"),
        ),
    )
    op.alter_column(BATCH, "template", server_default=None)
    op.drop_constraint(f"uq_{BATCH}_location_id_name", BATCH, type_="unique")
    op.create_unique_constraint(
        f"uq_{BATCH}_location_id_template_name", BATCH, ["location_id", "template", "name"]
    )
    op.create_check_constraint(f"ck_{BATCH}_warehousejournaltemplate", BATCH, TEMPLATES)


def take_the_template_from_batches() -> None:
    """What only the other template has goes; counts stay."""
    op.execute(f"DELETE FROM {BATCH} WHERE template <> '{PHYSICAL_INVENTORY}'")  # noqa: S608 - names of ours
    if op.get_context().dialect.name == "sqlite":
        make_batches_anew(with_template=False)
        return
    op.drop_constraint(f"uq_{BATCH}_location_id_template_name", BATCH, type_="unique")
    op.drop_column(BATCH, "template")
    op.create_unique_constraint(f"uq_{BATCH}_location_id_name", BATCH, ["location_id", "name"])


def make_batches_anew(*, with_template: bool) -> None:
    """SQLite changes no constraint of a table that is there, and counts point to this one.

    So the name stays free for a moment only, and what points to it is asked at the commit, when
    every batch is back. No id is given out again: a count of bins keeps each of them.
    """
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE {COPY} AS SELECT {COLUMNS} FROM {BATCH}")  # noqa: S608 - names of ours
    op.drop_table(BATCH)
    create_warehouse_journal_batch(with_template=with_template)
    names, values = COLUMNS, COLUMNS
    if with_template:
        names, values = f"{COLUMNS}, template", f"{COLUMNS}, '{PHYSICAL_INVENTORY}'"
    op.execute(f"INSERT INTO {BATCH} ({names}) SELECT {values} FROM {COPY}")  # noqa: S608 - names of ours
    op.drop_table(COPY)


def create_warehouse_journal_batch(*, with_template: bool) -> None:
    unique = ("location_id", "template", "name") if with_template else ("location_id", "name")
    template: list[Any] = []
    if with_template:
        template = [
            sa.Column("template", sa.String(20), nullable=False),
            sa.CheckConstraint(TEMPLATES, name=f"ck_{BATCH}_warehousejournaltemplate"),
        ]
    op.create_table(
        BATCH,
        sa.Column("id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        *template,
        sa.Column("name", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{BATCH}"),
        sa.UniqueConstraint(*unique, name=f"uq_{BATCH}_{'_'.join(unique)}"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=f"fk_{BATCH}_location_id"),
        sa.ForeignKeyConstraint(
            ["reason_code_id"], ["reason_code.id"], name=f"fk_{BATCH}_reason_code_id"
        ),
        sa.CheckConstraint("length(name) <= 10", name=f"ck_{BATCH}_name_length"),
        sa.CheckConstraint("length(description) <= 100", name=f"ck_{BATCH}_description_length"),
        sqlite_autoincrement=True,
    )


def create_manual_journal_line() -> None:
    op.create_table(
        LINE,
        *columns_of_manual_journal_line(),
        *constraints_of_manual_journal_line(),
        sqlite_autoincrement=True,
    )


def columns_of_manual_journal_line() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("registering_date", sa.Date(), nullable=False),
        sa.Column("whse_document_no", Code(20), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
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
        sa.Column("reason_code_id", KEY, nullable=True),
    ]


def constraints_of_manual_journal_line() -> list[sa.Constraint]:
    points_to = {
        "batch_id": BATCH,
        "item_id": "item",
        "variant_id": "item_variant",
        "bin_id": "bin",
        "unit_of_measure_id": "unit_of_measure",
        "reason_code_id": "reason_code",
    }
    lengths = {
        "whse_document_no": 20,
        "description": 100,
        "serial_no": 50,
        "lot_no": 50,
        "package_no": 50,
    }
    return [
        sa.PrimaryKeyConstraint("id", name=f"pk_{LINE}"),
        sa.UniqueConstraint("batch_id", "line_no", name=f"uq_{LINE}_batch_id_line_no"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_{LINE}_{column}")
            for column, table in points_to.items()
        ),
        sa.CheckConstraint(
            "quantity <> 0 AND quantity_base <> 0", name=f"ck_{LINE}_quantity_not_zero"
        ),
        sa.CheckConstraint(
            "serial_no = '' OR quantity_base IN (-100000, 100000)",
            name=f"ck_{LINE}_serial_is_one_unit",
        ),
        *(
            sa.CheckConstraint(f"length({column}) <= {length}", name=f"ck_{LINE}_{column}_length")
            for column, length in lengths.items()
        ),
    ]
