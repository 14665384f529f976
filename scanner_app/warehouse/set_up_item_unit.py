"""The units in which an item counts: how many base units each holds (docs/domain.md 2.11, 3.2).

This module must never change the base unit: that is a field of the item's card.
"""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemUnit, UnitOfMeasure
from scanner_app.inventory.item_part_refusals import (
    BaseUnitIsOne,
    ItemUnitInUse,
    ItemUnitTaken,
    ItemUnitUnknown,
)
from scanner_app.inventory.item_setup import NUMBER_LENGTH
from scanner_app.inventory.item_unit_card import CAPTIONS, read_unit_card, unit_card
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.item_part import PartOfItem
from scanner_app.warehouse.item_part_use import place_of_unit, record_of_unit


def new_item_unit(session: Session, item: Item, card: TextCard, _: TextCard) -> ItemUnit:
    """A further unit of an item.

    Raises:
        ItemUnitUnknown: for a unit of measure that is not there.
        ItemUnitTaken: when the item counts in it already.
    """
    code = card["code"]
    unit = None
    if code.isprintable():
        unit = session.scalar(select(UnitOfMeasure).where(UnitOfMeasure.code == code))
    if unit is None:
        raise ItemUnitUnknown(code=code[:NUMBER_LENGTH])
    held = select(ItemUnit.id).where(
        ItemUnit.item_id == item.id, ItemUnit.unit_of_measure_id == unit.id
    )
    if session.scalar(held) is not None:
        raise ItemUnitTaken(no=item.no, code=code)
    return ItemUnit(
        item_id=item.id,
        unit_of_measure_id=unit.id,
        qty_per_unit_of_measure=Decimal(card["qty_per_unit_of_measure"]),
    )


def change_item_unit(
    session: Session, item: Item, row: ItemUnit, card: TextCard, _: TextCard
) -> None:
    """Let a unit hold another quantity.

    Raises:
        BaseUnitIsOne: for the base unit.
        ItemUnitInUse: when a quantity is written down in the unit.
    """
    _check_is_no_base_unit(item, row, card["code"])
    if place := place_of_unit(session, row):
        raise ItemUnitInUse(code=card["code"], no=item.no, place=place)
    row.qty_per_unit_of_measure = Decimal(card["qty_per_unit_of_measure"])


def check_removal_of_unit(session: Session, item: Item, row: ItemUnit) -> None:
    """Refuse to remove a unit that something names.

    Raises:
        BaseUnitIsOne: for the base unit.
        ItemUnitInUse: when a quantity, a reference or the put-away is in the unit.
    """
    code = unit_card(session, row)["code"]
    _check_is_no_base_unit(item, row, code)
    if place := place_of_unit(session, row) or record_of_unit(session, row):
        raise ItemUnitInUse(code=code, no=item.no, place=place)


def _check_is_no_base_unit(item: Item, row: ItemUnit, code: str) -> None:
    if item.base_unit_of_measure_id == row.unit_of_measure_id:
        raise BaseUnitIsOne(code=code, no=item.no)


UNITS = PartOfItem(
    model=ItemUnit,
    captions=CAPTIONS,
    kept=frozenset({"code"}),
    read=read_unit_card,
    card_of=unit_card,
    make=new_item_unit,
    change=change_item_unit,
    check_removal=check_removal_of_unit,
)
