"""The variants of an item; the blank one belongs to every item (docs/domain.md 2.11).

This module must never add, change or remove the blank variant.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemVariant
from scanner_app.inventory.item_part_refusals import (
    VariantCodeMissing,
    VariantInUse,
    VariantTaken,
)
from scanner_app.inventory.item_variant_card import CAPTIONS, read_variant_card, variant_card
from scanner_app.inventory.text_card import YES, TextCard
from scanner_app.warehouse.item_part import PartOfItem
from scanner_app.warehouse.item_part_use import place_of_variant


def new_variant(session: Session, item: Item, card: TextCard, _: TextCard) -> ItemVariant:
    """A further variant of an item.

    Raises:
        VariantTaken: when there is such a variant.
    """
    row = ItemVariant
    held = select(row.id).where(row.item_id == item.id, row.code == card["code"])
    if session.scalar(held) is not None:
        raise VariantTaken(no=item.no, code=card["code"])
    return ItemVariant(
        item_id=item.id,
        code=card["code"],
        description=card["description"],
        blocked=card["blocked"] == YES,
    )


def change_variant(
    _session: Session, _item: Item, row: ItemVariant, card: TextCard, _: TextCard
) -> None:
    """Let a variant be called otherwise, or be blocked; its code stays."""
    row.description = card["description"]
    row.blocked = card["blocked"] == YES


def check_removal_of_variant(session: Session, item: Item, row: ItemVariant) -> None:
    """Refuse to remove a variant that anything names.

    Raises:
        VariantCodeMissing: for the blank variant.
        VariantInUse: when an entry, a line, a bin, a reference or an information card names it.
    """
    if not row.code:
        raise VariantCodeMissing
    if place := place_of_variant(session, row):
        raise VariantInUse(code=row.code, no=item.no, place=place)


VARIANTS = PartOfItem(
    model=ItemVariant,
    captions=CAPTIONS,
    kept=frozenset({"code"}),
    read=read_variant_card,
    card_of=variant_card,
    make=new_variant,
    change=change_variant,
    check_removal=check_removal_of_variant,
)
