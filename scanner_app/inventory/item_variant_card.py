"""Item Variant: what one variant of an item says, as people read and type it.

This module must never write, nor ask what stands against a change (docs/domain.md 2.11).
"""

from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.description import read_description
from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.item_part_refusals import VariantCodeMissing
from scanner_app.inventory.text_card import NO, YES, TextCard
from scanner_app.records import to_code

CODE_LENGTH = 10
CAPTIONS = {"code": N_("Code"), "description": N_("Description"), "blocked": N_("Blocked")}


def variant_card(_: Session, row: ItemVariant) -> TextCard:
    """What a variant says."""
    blocked = YES if row.blocked else NO
    return {"code": row.code, "description": row.description, "blocked": blocked}


def read_variant_card(typed: TextCard) -> TextCard:
    """Return what was typed as a variant keeps it.

    Raises:
        VariantCodeMissing: when no code was typed: every item has the blank variant.
        CodeTooLong, CodeNotReadable: for what is no code.
        DescriptionTooLong, DescriptionNotReadable: for what is no description.
    """
    code = to_code(typed["code"], CODE_LENGTH)
    if not code:
        raise VariantCodeMissing
    return {
        "code": code,
        "description": read_description(typed["description"]),
        "blocked": YES if typed["blocked"] == YES else NO,
    }
