"""The lists of information cards: those that are looked for, in the order of their numbers.

A part begins after the card that the one before ended with, so that it takes no longer at the
end than at the beginning, and nothing is counted. Numbers and items are found by how they begin.

This module must never change anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from scanner_app.beginnings import begins_with
from scanner_app.inventory.item import Item, ItemVariant
from scanner_app.inventory.tracking_information import CARD_TABLES, NumberKind


@dataclass(frozen=True)
class WantedCards:
    """Which cards are looked for.

    Attributes:
        query: how their number or the No. of their item begins, in capitals.
        after: number and id of the card that the part before ended with.
        blocked: whether they are blocked, None for both.
    """

    query: str = ""
    after: tuple[str, int] = ("", 0)
    blocked: bool | None = None


@dataclass(frozen=True)
class CardRow:
    """One card of a list."""

    id: int
    number: str
    item_no: str
    variant_code: str
    item_description: str
    description: str
    blocked: bool


@dataclass(frozen=True)
class CardPart:
    """Cards in the order of their numbers, and whether more follow."""

    rows: Sequence[CardRow]
    more: bool


def list_cards(session: Session, kind: NumberKind, wanted: WantedCards, rows_max: int) -> CardPart:
    """The next cards that are looked for."""
    table, field = CARD_TABLES[kind]
    number = getattr(table, field)
    statement = (
        select(
            table.id,
            number,
            Item.no,
            ItemVariant.code,
            Item.description,
            table.description,
            table.blocked,
        )
        .join(Item, Item.id == table.item_id)
        .join(ItemVariant, ItemVariant.id == table.variant_id)
        .where(*_conditions(table, number, wanted))
        .order_by(number, table.id)
        .limit(rows_max + 1)
    )
    rows = [CardRow(*row) for row in session.execute(statement)]
    return CardPart(rows[:rows_max], more=len(rows) > rows_max)


def _conditions(table: Any, number: Any, wanted: WantedCards) -> list[ColumnElement[bool]]:  # noqa: ANN401 - of three tables
    after_number, after_id = wanted.after
    later = or_(number > after_number, table.id > after_id)
    conditions = [and_(number >= after_number, later)]
    if wanted.query:
        of_items = select(Item.id).where(begins_with(Item.no, wanted.query))
        conditions.append(or_(begins_with(number, wanted.query), table.item_id.in_(of_items)))
    if wanted.blocked is not None:
        # SQLite takes the index over Blocked and the number for an equality only.
        conditions.append(table.blocked == (true() if wanted.blocked else false()))
    return conditions
