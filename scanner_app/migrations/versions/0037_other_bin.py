"""A location says what happens when goods are put into another bin than the line names."""

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.made_anew import make_anew, with_columns

revision = "0037"
down_revision = "0036"

LOCATION, POLICY = "location", "other_bin_policy"
CHECK = f"ck_{LOCATION}_otherbinpolicy"
VALUES = f"{POLICY} IN ('Prohibit', 'Warn', 'Allow')"


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        make_anew(LOCATION, with_policy, {POLICY: "'Warn'"})
        return
    op.add_column(LOCATION, sa.Column(POLICY, sa.String(20), nullable=False, server_default="Warn"))
    op.alter_column(LOCATION, POLICY, server_default=None)
    op.create_check_constraint(op.f(CHECK), LOCATION, VALUES)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        make_anew(LOCATION, without_policy)
        return
    op.drop_column(LOCATION, POLICY)


def with_policy(parts: list[str]) -> list[str]:
    column = sa.Column(POLICY, sa.String(20), nullable=False)
    return with_columns(parts, [column], [f"CONSTRAINT {CHECK} CHECK ({VALUES})"])


def without_policy(parts: list[str]) -> list[str]:
    return [part for part in parts if POLICY not in part]
