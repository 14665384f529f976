"""What an item's card offers and lists besides its fields: codes to choose, units, references.

This module must never change anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_reference import ItemReference
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.web.texts import gettext

Choices = list[tuple[str, str]]
REFERENCES_SHOWN_MAX = 50


@dataclass(frozen=True)
class ItemChoices:
    """What can be chosen on the card, blank first; pairs of code and words."""

    units: Choices
    tracking_codes: Choices
    series: Choices


@dataclass(frozen=True)
class ItemLists:
    """What else belongs to an item, to be read only."""

    units: Sequence[Any]
    variants: Sequence[ItemVariant]
    references: Sequence[Any]
    more_references: bool


def item_choices(session: Session) -> ItemChoices:
    """Every code that a card may name."""
    return ItemChoices(
        units=_choices(session, UnitOfMeasure),
        tracking_codes=_choices(session, ItemTrackingCode),
        series=_choices(session, NumberSeries),
    )


def item_lists(session: Session, item: Item) -> ItemLists:
    """Units, variants and the first references of an item."""
    units = session.execute(
        select(UnitOfMeasure.code, UnitOfMeasure.description, ItemUnit.qty_per_unit_of_measure)
        .join(UnitOfMeasure, UnitOfMeasure.id == ItemUnit.unit_of_measure_id)
        .where(ItemUnit.item_id == item.id)
        .order_by(ItemUnit.qty_per_unit_of_measure, UnitOfMeasure.code)
    ).all()
    variants = session.scalars(
        select(ItemVariant)
        .where(ItemVariant.item_id == item.id, ItemVariant.code != "")
        .order_by(ItemVariant.code)
    ).all()
    reference = ItemReference
    references = session.execute(
        select(reference, ItemVariant.code, UnitOfMeasure.code)
        .join(ItemVariant, ItemVariant.id == reference.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == reference.unit_of_measure_id)
        .where(reference.item_id == item.id)
        .order_by(reference.reference_no)
        .limit(REFERENCES_SHOWN_MAX + 1)
    ).all()
    more = len(references) > REFERENCES_SHOWN_MAX
    return ItemLists(units, variants, references[:REFERENCES_SHOWN_MAX], more)


def _choices(session: Session, table: Any) -> Choices:  # noqa: ANN401 - of three tables
    rows = session.execute(select(table.code, table.description).order_by(table.code))
    named = [(code, f"{code}: {words}" if words else code) for code, words in rows]
    return [("", gettext("None")), *named]
