"""Item words: the words of an item's number and description, so that people find it by them.

Business Central searches the text itself. Words are kept without case and accents, each once for
an item, and are found by how they begin (docs/decisions.md, "Tell Me finds by beginnings").

This module must never decide which of several items is meant.
"""

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from scanner_app.beginnings import begins_with
from scanner_app.inventory.item import Item
from scanner_app.records import Base, Code50, Id
from scanner_app.upsert import insert_into

WORD_LENGTH_MAX = 50

_WORD = re.compile(r"[^\W_]+")


class ItemWord(Base):
    """One word that an item is found by."""

    __tablename__ = "item_word"
    __table_args__ = (
        UniqueConstraint("item_id", "word"),
        Index("ix_item_word_word_item_id", "word", "item_id"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    word: Mapped[Code50]


def words_of(text: str) -> list[str]:
    """The words of a text in their order, upper-cased and without accents."""
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return [word[:WORD_LENGTH_MAX] for word in _WORD.findall(plain.upper())]


def index_words(session: Session, item: Item) -> None:
    """Keep the words by which an item is found, in the transaction that names or renames it."""
    words = sorted({*words_of(item.no), *words_of(item.description)})
    session.execute(
        delete(ItemWord).where(ItemWord.item_id == item.id, ItemWord.word.not_in(words))
    )
    if words:
        rows = [{"item_id": item.id, "word": word} for word in words]
        session.execute(insert_into(session, ItemWord).on_conflict_do_nothing(), rows)


def item_ids_by_words(session: Session, words: Sequence[str], rows_max: int) -> list[int]:
    """The first items that have a word beginning with each of the words.

    One that fits twice stands there twice, so that the first rows can be had without sorting all.
    """
    if not words:
        return []
    statement = select_items_by_words(words).order_by(ItemWord.word, ItemWord.item_id)
    return list(session.scalars(statement.limit(rows_max)))


def select_items_by_words(words: Sequence[str]) -> Select[int]:
    """The items that have a word beginning with each of the words, of which there is one."""
    longest, *others = sorted(set(words), key=lambda word: (-len(word), word))
    statement = select(ItemWord.item_id).where(begins_with(ItemWord.word, longest))
    for other in others:
        word = aliased(ItemWord)
        has_word = select(word.id).where(
            word.item_id == ItemWord.item_id, begins_with(word.word, other)
        )
        statement = statement.where(has_word.exists())
    return statement
