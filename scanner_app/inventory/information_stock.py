"""What is on inventory of a number now, for its information card (docs/domain.md 2.13).

Read are the item balances and what is open, never the entries of the past.

This module must never lock or write.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_ledger import ItemBalance, OpenItemLedgerEntry
from scanner_app.inventory.location import Location
from scanner_app.inventory.tracking_information import (
    CARD_TABLES,
    Card,
    NumberKind,
    NumberOfItem,
    known_expiration_dates,
)
from scanner_app.quantities import ZERO

# Written as a literal, because SQLite uses a partial index only for its very condition.
ON_INVENTORY = ItemBalance.quantity > literal_column("0")


@dataclass(frozen=True)
class StockOfNumber:
    """What is on inventory of a number, by location, and how much of it has expired."""

    places: tuple[tuple[str, Decimal], ...]
    expired: Decimal
    expiration_date: date | None

    @property
    def inventory(self) -> Decimal:
        """The sum over all locations."""
        return sum((quantity for _, quantity in self.places), ZERO)


def stock_of_number(session: Session, kind: NumberKind, card: Card, today: date) -> StockOfNumber:
    """The stock of the number of a card; a date before today has expired."""
    field = CARD_TABLES[kind][1]
    places = session.execute(
        select(Location.code, Location.id, _sum(ItemBalance.quantity))
        .join(Location, Location.id == ItemBalance.location_id)
        .where(*_of_card(ItemBalance, field, card), ON_INVENTORY)
        .group_by(Location.code, Location.id)
        .order_by(Location.code)
    ).all()
    entry = OpenItemLedgerEntry
    expired = session.scalar(
        select(_sum(entry.remaining_quantity)).where(
            *_of_card(entry, field, card),
            entry.location_id.in_([location_id for _, location_id, _ in places]),
            entry.expiration_date < today,
        )
    )
    return StockOfNumber(
        places=tuple((code, quantity) for code, _, quantity in places),
        expired=expired or ZERO,
        expiration_date=_known_date(session, kind, card),
    )


def _known_date(session: Session, kind: NumberKind, card: Card) -> date | None:
    """The date of the number, else that of the one lot in which it lies."""
    field = CARD_TABLES[kind][1]
    # As DISTINCT this would be read by lot on SQLite, through all stock of the item.
    first, last = session.execute(
        select(func.min(ItemBalance.lot_no), func.max(ItemBalance.lot_no)).where(
            *_of_card(ItemBalance, field, card), ON_INVENTORY
        )
    ).one()
    of_item = (card.item_id, card.variant_id)
    own: NumberOfItem = (*of_item, kind, getattr(card, field))
    of_lot: NumberOfItem = (*of_item, NumberKind.LOT, first) if first and first == last else own
    known = known_expiration_dates(session, {own, of_lot})
    return known.get(own) or known.get(of_lot)


def _of_card(table: Any, field: str, card: Card) -> tuple[Any, ...]:  # noqa: ANN401 - of two tables
    return (
        table.item_id == card.item_id,
        table.variant_id == card.variant_id,
        getattr(table, field) == getattr(card, field),
    )


def _sum(column: Any) -> Any:  # noqa: ANN401 - a sum is as exact as its column
    return func.sum(column, type_=column.type)
