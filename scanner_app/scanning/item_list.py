"""The list of items: those that are looked for, in the order of their numbers, a part at a time.

A part begins after the number that the one before ended with, so that it takes no longer at the
end than at the beginning, and nothing is counted. Found are items by the beginnings of number,
GTIN, references and words, as Tell Me finds them.

This module must never change anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, literal_column, select, union
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeIndexEntry, select_beginning
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.item_word import select_items_by_words, words_of
from scanner_app.scanning.resolve import CODE_LENGTH
from scanner_app.scanning.tell_me import beginnings_of_items

# SQLite uses a partial index only for its very condition.
IS_BLOCKED: ColumnElement[bool] = literal_column("item.blocked")


@dataclass(frozen=True)
class WantedItems:
    """Which items are looked for.

    Attributes:
        after_no: the number that the part before ended with.
        tracking_code: the code that they have, '' for any.
        blocked: whether they are blocked, None for both.
    """

    query: str = ""
    after_no: str = ""
    tracking_code: str = ""
    blocked: bool | None = None


@dataclass(frozen=True)
class ItemRow:
    """One item of the list."""

    no: str
    description: str
    gtin: str
    unit: str
    tracking_code: str | None
    blocked: bool


@dataclass(frozen=True)
class ItemPart:
    """Items in the order of their numbers, and whether more follow."""

    rows: Sequence[ItemRow]
    more: bool


def list_items(session: Session, wanted: WantedItems, day: date, rows_max: int) -> ItemPart:
    """The next items that are looked for; references count while they are valid on the day."""
    code = ItemTrackingCode
    statement = (
        select(Item.no, Item.description, Item.gtin, UnitOfMeasure.code, code.code, Item.blocked)
        .join(UnitOfMeasure, UnitOfMeasure.id == Item.base_unit_of_measure_id)
        .outerjoin(code, code.id == Item.item_tracking_code_id)
        .where(Item.no > wanted.after_no, *_conditions(wanted, day))
        .order_by(Item.no)
        .limit(rows_max + 1)
    )
    rows = [ItemRow(*row) for row in session.execute(statement)]
    return ItemPart(rows[:rows_max], more=len(rows) > rows_max)


def _conditions(wanted: WantedItems, day: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.query:
        conditions.append(Item.id.in_(_found(wanted.query, day)))
    if wanted.tracking_code:
        of_code = select(ItemTrackingCode.id).where(ItemTrackingCode.code == wanted.tracking_code)
        conditions.append(Item.item_tracking_code_id == of_code.scalar_subquery())
    if wanted.blocked is not None:
        conditions.append(IS_BLOCKED if wanted.blocked else ~Item.blocked)
    return conditions


def _found(query: str, day: date) -> Select[int]:
    """The items that the query finds, each once; a query of no word and no code finds none."""
    parts = [select(Item.id).where(Item.id.is_(None))]
    if len(query) <= CODE_LENGTH:
        parts += [
            select_beginning(beginning, day)
            .order_by(None)
            .with_only_columns(CodeIndexEntry.item_id)
            for beginning in beginnings_of_items(query.upper())
        ]
    if words := words_of(query):
        parts.append(select_items_by_words(words))
    return select(union(*parts).subquery().c[0])
