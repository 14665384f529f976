"""Lines of picks say what is missing, and short picks are kept until somebody has looked."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.made_anew import make_anew, with_columns
from scanner_app.migrations.steps import where
from scanner_app.records import KEY, Code, Quantity, UtcInstant

revision = "0038"
down_revision = "0037"

LINE, SHORT = "warehouse_activity_line", "short_pick"
CHECK = f"ck_{LINE}_to_handle_in_range"
OLD_RANGE = "0 <= qty_to_handle AND qty_to_handle <= qty_outstanding"
RANGE = "0 <= qty_to_handle AND 0 <= qty_missing AND qty_to_handle + qty_missing <= qty_outstanding"
MISSING, REASON = ("qty_missing", "qty_missing_base"), "missing_reason_id"
POINTS = f"fk_{LINE}_{REASON}"
DOCUMENTS = ("activity_no", "source_no", "registered_no")
NUMBERS = ("serial_no", "lot_no", "package_no")
POINTERS = {
    "location_id": "location",
    "bin_id": "bin",
    "item_id": "item",
    "variant_id": "item_variant",
    "unit_of_measure_id": "unit_of_measure",
    "reason_code_id": "reason_code",
    "user_id": "user_account",
    "settled_by_id": "user_account",
}
IS_OPEN = "settled_at IS NULL"


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        make_anew(LINE, with_missing, dict.fromkeys(MISSING, "0"))
    else:
        for name in MISSING:
            op.add_column(LINE, sa.Column(name, Quantity(), nullable=False, server_default="0"))
            op.alter_column(LINE, name, server_default=None)
        op.add_column(LINE, sa.Column(REASON, KEY, nullable=True))
        op.create_foreign_key(POINTS, LINE, "reason_code", [REASON], ["id"])
        limit(RANGE)
    create_short_pick()


def downgrade() -> None:
    """What is noted as missing is open to be picked again."""
    op.drop_table(SHORT)
    if op.get_context().dialect.name == "sqlite":
        make_anew(LINE, without_missing)
        return
    limit(OLD_RANGE)
    for name in (*MISSING, REASON):
        op.drop_column(LINE, name)


def limit(condition: str) -> None:
    op.drop_constraint(op.f(CHECK), LINE, type_="check")
    op.create_check_constraint(op.f(CHECK), LINE, condition)


def with_missing(parts: list[str]) -> list[str]:
    columns: list[sa.Column[Any]] = [
        *(sa.Column(name, Quantity(), nullable=False) for name in MISSING),
        sa.Column(REASON, KEY, nullable=True),
    ]
    rest = [part for part in parts if not part.startswith(f"CONSTRAINT {CHECK} ")]
    points = f"CONSTRAINT {POINTS} FOREIGN KEY({REASON}) REFERENCES reason_code (id)"
    return with_columns(rest, columns, [f"CONSTRAINT {CHECK} CHECK ({RANGE})", points])


def without_missing(parts: list[str]) -> list[str]:
    gone = (*MISSING, REASON)
    rest = [part for part in parts if not any(name in part for name in gone)]
    return [*rest, f"CONSTRAINT {CHECK} CHECK ({OLD_RANGE})"]


def create_short_pick() -> None:
    named = sa.CheckConstraint
    op.create_table(
        SHORT,
        sa.Column("id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        *(sa.Column(name, Code(20), nullable=False) for name in DOCUMENTS),
        sa.Column("bin_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("variant_id", KEY, nullable=False),
        sa.Column("unit_of_measure_id", KEY, nullable=False),
        sa.Column("qty_per_unit_of_measure", Quantity(), nullable=False),
        sa.Column("quantity", Quantity(), nullable=False),
        sa.Column("quantity_base", Quantity(), nullable=False),
        *(sa.Column(name, Code(50), nullable=False) for name in NUMBERS),
        sa.Column("reason_code_id", KEY, nullable=True),
        sa.Column("noted_at", UtcInstant(), nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("settled_at", UtcInstant(), nullable=True),
        sa.Column("settled_by_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{SHORT}"),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=f"fk_{SHORT}_{name}")
            for name, table in POINTERS.items()
        ),
        named("quantity > 0 AND quantity_base > 0", name=f"ck_{SHORT}_quantity_missing"),
        named("(settled_at IS NULL) = (settled_by_id IS NULL)", name=f"ck_{SHORT}_settled_by_whom"),
        *(named(f"length({name}) <= 20", name=f"ck_{SHORT}_{name}_length") for name in DOCUMENTS),
        *(named(f"length({name}) <= 50", name=f"ck_{SHORT}_{name}_length") for name in NUMBERS),
        sqlite_autoincrement=True,
    )
    op.create_index(f"ix_{SHORT}_activity_no", SHORT, ["activity_no"])
    op.create_index(f"ix_{SHORT}_open", SHORT, ["location_id", "item_id"], **where(IS_OPEN))
    op.create_index(f"ix_{SHORT}_open_bin", SHORT, ["bin_id"], **where(IS_OPEN))
