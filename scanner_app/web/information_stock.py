"""What an information card shows besides its fields: how much of the number is where.

This module must never change anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.information_stock import StockOfNumber, stock_of_number
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.location import Location
from scanner_app.inventory.tracking_information import CARD_TABLES, Card, NumberKind
from scanner_app.scanning.look_up import ROWS_SHOWN_MAX, Lies, where_it_lies


@dataclass(frozen=True)
class ShownStock:
    """The stock of a number, and the bins of the chosen location where it lies.

    Attributes:
        is_specific: whether the item ledger keeps stock by this number at all.
        location_code: the location whose bins are listed, '' where none is chosen.
    """

    item_description: str
    unit: str
    is_specific: bool
    of_number: StockOfNumber
    location_code: str
    rows: Sequence[Lies]

    @property
    def more(self) -> bool:
        """Whether there may be more bins than are listed."""
        return len(self.rows) == ROWS_SHOWN_MAX


def shown_stock(
    session: Session, kind: NumberKind, card: Card, location: Location | None, today: date
) -> ShownStock:
    """What there is of the number of a card."""
    item, unit, code = session.execute(
        select(Item, UnitOfMeasure.code, ItemTrackingCode)
        .join(UnitOfMeasure, UnitOfMeasure.id == Item.base_unit_of_measure_id)
        .outerjoin(ItemTrackingCode, ItemTrackingCode.id == Item.item_tracking_code_id)
        .where(Item.id == card.item_id)
    ).one()
    field = CARD_TABLES[kind][1]
    numbers = TrackingNumbers(**{field: getattr(card, field)})
    rows: Sequence[Lies] = ()
    if location:
        rows = where_it_lies(session, location, card.item_id, card.variant_id, numbers)
    return ShownStock(
        item_description=item.description,
        unit=unit,
        is_specific=getattr(code, f"{kind.value.lower()}_specific_tracking", False),
        of_number=stock_of_number(session, kind, card, today),
        location_code=location.code if location else "",
        rows=rows,
    )
