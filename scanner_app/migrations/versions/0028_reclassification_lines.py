"""The Warehouse Reclassification Journal: a third template of warehouse journals, and its lines."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, Code, Quantity

revision = "0028"
down_revision = "0027"

BATCH = "warehouse_journal_batch"
COPY = "warehouse_journal_batch_copy"
LINE = "reclassification_line"
OLD_TEMPLATES = "template IN ('Physical Inventory', 'Item')"
TEMPLATES = "template IN ('Physical Inventory', 'Item', 'Reclassification')"
COLUMNS = "id, location_id, template, name, description, reason_code_id, blind, lock_version"


def upgrade() -> None:
    allow_templates(TEMPLATES)
    op.create_table(
        LINE,
        *columns_of_line(),
        *constraints_of_line(),
        *lengths_of_line(),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """What only the third template has goes."""
    drop_tables(LINE)
    op.execute(f"DELETE FROM {BATCH} WHERE template = 'Reclassification'")  # noqa: S608 - names of ours
    allow_templates(OLD_TEMPLATES)


def allow_templates(templates: str) -> None:
    name = f"ck_{BATCH}_warehousejournaltemplate"
    if op.get_context().dialect.name == "sqlite":
        make_batches_anew(templates)
        return
    op.drop_constraint(name, BATCH, type_="check")
    op.create_check_constraint(name, BATCH, templates)


def make_batches_anew(templates: str) -> None:
    """SQLite changes no constraint of a table that is there, and lines point to this one.

    So the name stays free for a moment only, and what points to it is asked at the commit, when
    every batch is back. No id is given out again: a count of bins keeps each of them.
    """
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TABLE {COPY} AS SELECT {COLUMNS} FROM {BATCH}")  # noqa: S608 - names of ours
    op.drop_table(BATCH)
    create_warehouse_journal_batch(templates)
    op.execute(f"INSERT INTO {BATCH} ({COLUMNS}) SELECT {COLUMNS} FROM {COPY}")  # noqa: S608 - names of ours
    op.drop_table(COPY)


def create_warehouse_journal_batch(templates: str) -> None:
    op.create_table(
        BATCH,
        sa.Column("id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("template", sa.String(20), nullable=False),
        sa.Column("name", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("lock_version", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{BATCH}"),
        sa.UniqueConstraint(
            "location_id", "template", "name", name=f"uq_{BATCH}_location_id_template_name"
        ),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=f"fk_{BATCH}_location_id"),
        sa.ForeignKeyConstraint(
            ["reason_code_id"], ["reason_code.id"], name=f"fk_{BATCH}_reason_code_id"
        ),
        sa.CheckConstraint(templates, name=f"ck_{BATCH}_warehousejournaltemplate"),
        sa.CheckConstraint("length(name) <= 10", name=f"ck_{BATCH}_name_length"),
        sa.CheckConstraint("length(description) <= 100", name=f"ck_{BATCH}_description_length"),
        sqlite_autoincrement=True,
    )


def columns_of_line() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("registering_date", sa.Date(), nullable=False),
        sa.Column("whse_document_no", Code(20), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        sa.Column("serial_no", Code(50), nullable=False),
        sa.Column("lot_no", Code(50), nullable=False),
        sa.Column("package_no", Code(50), nullable=False),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.Column("from_bin_id", KEY, nullable=True),
        sa.Column("to_bin_id", KEY, nullable=True),
        sa.Column("new_serial_no", Code(50), nullable=False),
        sa.Column("new_lot_no", Code(50), nullable=False),
        sa.Column("new_package_no", Code(50), nullable=False),
        sa.Column("new_expiration_date", sa.Date(), nullable=True),
    ]


def constraints_of_line() -> list[sa.Constraint]:
    points_to = {
        "batch_id": BATCH,
        "item_id": "item",
        "variant_id": "item_variant",
        "unit_of_measure_id": "unit_of_measure",
        "reason_code_id": "reason_code",
        "from_bin_id": "bin",
        "to_bin_id": "bin",
    }
    return [
        sa.PrimaryKeyConstraint("id", name=f"pk_{LINE}"),
        sa.UniqueConstraint("batch_id", "line_no", name=f"uq_{LINE}_batch_id_line_no"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_{LINE}_{column}")
            for column, table in points_to.items()
        ),
        sa.CheckConstraint(
            "quantity > 0 AND quantity_base > 0", name=f"ck_{LINE}_quantity_above_zero"
        ),
        sa.CheckConstraint(
            "(serial_no = '' AND new_serial_no = '') OR quantity_base = 100000",
            name=f"ck_{LINE}_serial_is_one_unit",
        ),
    ]


def lengths_of_line() -> list[sa.Constraint]:
    lengths = {
        "whse_document_no": 20,
        "description": 100,
        "serial_no": 50,
        "lot_no": 50,
        "package_no": 50,
        "new_serial_no": 50,
        "new_lot_no": 50,
        "new_package_no": 50,
    }
    return [
        sa.CheckConstraint(f"length({column}) <= {length}", name=f"ck_{LINE}_{column}_length")
        for column, length in lengths.items()
    ]
