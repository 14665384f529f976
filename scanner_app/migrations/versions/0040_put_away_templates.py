"""Put-away templates. What a location called its template so far becomes one."""

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.made_anew import make_anew, with_columns
from scanner_app.migrations.steps import drop_tables
from scanner_app.records import KEY, Code

revision = "0040"
down_revision = "0039"

TEMPLATE, LINE = "put_away_template", "put_away_template_line"
ITEM, OF_ITEM = "item", "put_away_template_code"
LENGTH, SHORT_ENOUGH = f"ck_{ITEM}_{OF_ITEM}_length", f"length({OF_ITEM}) <= 10"
FLAGS = (
    "find_fixed_bin",
    "find_floating_bin",
    "find_same_item",
    "find_unit_of_measure_match",
    "find_less_than_min_qty",
    "find_empty_bin",
)
RULES = {
    "fixed_or_floating": "find_fixed_bin <> find_floating_bin",
    "fixed_for_the_item": "find_same_item OR NOT find_fixed_bin",
    "unit_of_the_item": "find_same_item OR NOT find_unit_of_measure_match",
    "minimum_of_fixed": "NOT find_less_than_min_qty OR (find_fixed_bin AND NOT find_empty_bin)",
}
# How put-aways looked for bins before there were templates.
BEFORE = (
    {"find_fixed_bin", "find_same_item", "find_unit_of_measure_match"},
    {"find_floating_bin", "find_same_item", "find_unit_of_measure_match"},
    {"find_floating_bin", "find_empty_bin"},
)


def upgrade() -> None:
    op.create_table(
        TEMPLATE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", Code(10), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TEMPLATE}"),
        sa.UniqueConstraint("code", name=f"uq_{TEMPLATE}_code"),
        sa.CheckConstraint("length(code) <= 10", name=f"ck_{TEMPLATE}_code_length"),
        sa.CheckConstraint("length(description) <= 100", name=f"ck_{TEMPLATE}_description_length"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        LINE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("template_id", KEY, nullable=False),
        sa.Column("line_no", KEY, nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in FLAGS),
        sa.PrimaryKeyConstraint("id", name=f"pk_{LINE}"),
        sa.UniqueConstraint("template_id", "line_no", name=f"uq_{LINE}_template_id_line_no"),
        sa.ForeignKeyConstraint(["template_id"], [f"{TEMPLATE}.id"], name=f"fk_{LINE}_template_id"),
        *(sa.CheckConstraint(rule, name=f"ck_{LINE}_{name}") for name, rule in RULES.items()),
        sa.CheckConstraint("length(description) <= 100", name=f"ck_{LINE}_description_length"),
        sqlite_autoincrement=True,
    )
    make_those_that_locations_name()
    if op.get_context().dialect.name == "sqlite":
        make_anew(ITEM, with_code, {OF_ITEM: "''"})
        return
    op.add_column(ITEM, sa.Column(OF_ITEM, Code(10), nullable=False, server_default=""))
    op.alter_column(ITEM, OF_ITEM, server_default=None)
    op.create_check_constraint(op.f(LENGTH), ITEM, SHORT_ENOUGH)


def downgrade() -> None:
    """Locations keep the codes of their templates."""
    drop_tables(LINE, TEMPLATE)
    if op.get_context().dialect.name == "sqlite":
        make_anew(ITEM, without_code)
        return
    op.drop_column(ITEM, OF_ITEM)


def with_code(parts: list[str]) -> list[str]:
    column: sa.Column[str] = sa.Column(OF_ITEM, Code(10), nullable=False)
    return with_columns(parts, [column], [f"CONSTRAINT {LENGTH} CHECK ({SHORT_ENOUGH})"])


def without_code(parts: list[str]) -> list[str]:
    return [part for part in parts if OF_ITEM not in part]


def make_those_that_locations_name() -> None:
    """Every code that a location says is a template from now on, and finds the same bins."""
    code, column = sa.table("location", sa.column("put_away_template_code")), sa.column
    template = sa.table(TEMPLATE, column("id"), column("code"), column("description"))
    line = sa.table(
        LINE,
        *(column(name) for name in ("template_id", "line_no", "description", *FLAGS)),
    )
    connection = op.get_bind()
    names = sa.select(code.c.put_away_template_code).distinct()
    for name in sorted(filter(None, connection.scalars(names))):
        connection.execute(template.insert().values(code=name, description=""))
        made = sa.select(template.c.id).where(template.c.code == name)
        template_id = connection.scalars(made).one()
        for number, asked in enumerate(BEFORE, start=1):
            flags = {flag: flag in asked for flag in FLAGS}
            of_line = {"template_id": template_id, "line_no": number * 10_000, "description": ""}
            connection.execute(line.insert().values(of_line | flags))
