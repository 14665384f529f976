"""What Tell Me finds by: the words of items, and an index of codes without tracking numbers."""

import re
import unicodedata
from itertools import islice

import sqlalchemy as sa
from alembic import op

from scanner_app.migrations.steps import drop_tables, where
from scanner_app.records import KEY, Code

revision = "0016"
down_revision = "0015"

ROWS_AT_ONCE = 5000


def upgrade() -> None:
    create_item_word()
    fill_item_word()
    op.create_index(
        "ix_code_index_name",
        "code_index",
        ["kind", "location_id", "code"],
        **where("kind NOT IN ('lot', 'package', 'serial')"),
    )


def downgrade() -> None:
    op.drop_index("ix_code_index_name", "code_index")
    drop_tables("item_word")


def create_item_word() -> None:
    op.create_table(
        "item_word",
        sa.Column("id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("word", Code(50), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_word"),
        sa.UniqueConstraint("item_id", "word", name="uq_item_word_item_id_word"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_word_item_id"),
        sa.CheckConstraint("length(word) <= 50", name="ck_item_word_word_length"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_item_word_word_item_id", "item_word", ["word", "item_id"])


def fill_item_word() -> None:
    """The items that are there are found by their words too."""
    connection = op.get_bind()
    words = sa.table("item_word", sa.column("item_id", KEY), sa.column("word", Code(50)))
    items = connection.execute(sa.text("SELECT id, no, description FROM item ORDER BY id")).all()
    rows = (
        {"item_id": item_id, "word": word}
        for item_id, no, description in items
        for word in sorted(words_of(f"{no} {description}"))
    )
    while some := list(islice(rows, ROWS_AT_ONCE)):
        connection.execute(sa.insert(words), some)


def words_of(text: str) -> set[str]:
    """As `inventory.item_word` did when this step was written."""
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return {word[:50] for word in re.findall(r"[^\W_]+", plain.upper())}
