"""The references of an item: what else it is scanned by, and when (docs/domain.md 2.11, 10.3).

The code index follows in the same transaction, so that a reference is scannable once it is
saved and no longer once it is removed.

This module must never forbid that a code stands for several goods: it asks whether that is meant.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import (
    ITEM_KINDS,
    CodeIndexEntry,
    CodeKind,
    forget_codes,
    meanings_of,
)
from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_part_refusals import (
    ReferenceMeansOther,
    ReferenceTaken,
    ReferenceUnitUnknown,
    VariantUnknown,
)
from scanner_app.inventory.item_reference import ItemReference, ReferenceType
from scanner_app.inventory.item_reference_card import (
    CAPTIONS,
    read_reference_card,
    reference_card,
)
from scanner_app.inventory.item_setup import NUMBER_LENGTH
from scanner_app.inventory.text_card import YES, TextCard, day_of
from scanner_app.warehouse.item_part import PartOfItem
from scanner_app.warehouse.master_codes import codes_of_reference, index_reference

# A field of the form that no reference keeps: the code is meant to stand for other goods too.
ALSO_ON_OTHERS = "also_on_others"


def new_reference(session: Session, item: Item, card: TextCard, typed: TextCard) -> ItemReference:
    """A further reference of an item.

    Raises:
        VariantUnknown, ReferenceUnitUnknown: for what the item does not have.
        ReferenceTaken: when it stands for the same variant and unit already.
        ReferenceMeansOther: when the code stands for other goods at the same time, unless the
            editor says that it is meant so.
    """
    row = ItemReference(
        item_id=item.id,
        variant_id=_find_variant(session, item, card["variant"]),
        unit_of_measure_id=_find_unit(session, item, card["unit"]),
        reference_type=ReferenceType(card["reference_type"]),
        reference_type_no="",
        reference_no=card["reference_no"],
        description=card["description"],
        starting_date=day_of(card["starting_date"]),
        ending_date=day_of(card["ending_date"]),
    )
    if _stands_there(session, row):
        raise ReferenceTaken(no=item.no, reference_no=row.reference_no)
    _check_meaning(session, row, card, typed)
    return row


def change_reference(
    session: Session, _: Item, row: ItemReference, card: TextCard, typed: TextCard
) -> None:
    """Let a reference be valid at another time, or be described otherwise.

    Raises:
        ReferenceMeansOther: when the code stands for other goods at the same time, unless the
            editor says that it is meant so.
    """
    new_days = day_of(card["starting_date"]), day_of(card["ending_date"])
    if new_days != (row.starting_date, row.ending_date):
        _check_meaning(session, row, card, typed)
    row.starting_date, row.ending_date = new_days
    row.description = card["description"]


def keep_scannable(session: Session, row: ItemReference) -> None:
    """Let the code index say what the reference says."""
    forget_reference(session, row)
    session.flush()
    index_reference(session, row)


def forget_reference(session: Session, row: ItemReference) -> None:
    """Let the code index know nothing of a reference."""
    forget_codes(session, CodeKind.REFERENCE, [row.id])


def _find_variant(session: Session, item: Item, code: str) -> int:
    found = None
    if code.isprintable():
        variant = ItemVariant
        of_item = select(variant.id).where(variant.item_id == item.id, variant.code == code)
        found = session.scalar(of_item)
    if found is None:
        raise VariantUnknown(no=item.no, code=code[:NUMBER_LENGTH])
    return found


def _find_unit(session: Session, item: Item, code: str) -> int:
    found = None
    if code.isprintable():
        found = session.scalar(
            select(UnitOfMeasure.id)
            .join(ItemUnit, ItemUnit.unit_of_measure_id == UnitOfMeasure.id)
            .where(ItemUnit.item_id == item.id, UnitOfMeasure.code == code)
        )
    if found is None:
        raise ReferenceUnitUnknown(no=item.no, code=code[:NUMBER_LENGTH])
    return found


def _stands_there(session: Session, new: ItemReference) -> bool:
    row = ItemReference
    same = select(row.id).where(
        row.reference_no == new.reference_no,
        row.item_id == new.item_id,
        row.variant_id == new.variant_id,
        row.unit_of_measure_id == new.unit_of_measure_id,
        row.reference_type == new.reference_type,
    )
    return session.scalar(same) is not None


def _check_meaning(session: Session, row: ItemReference, card: TextCard, typed: TextCard) -> None:
    if typed.get(ALSO_ON_OTHERS) == YES:
        return
    starting, ending = day_of(card["starting_date"]), day_of(card["ending_date"])
    own_variant_id = row.variant_id if card["variant"] else 0
    meanings = meanings_of(session, codes_of_reference(row.reference_no))
    for meaning in sorted(meanings, key=lambda meaning: meaning.item_id == row.item_id):
        if (
            meaning.kind in ITEM_KINDS
            and _overlaps(meaning, starting, ending)
            and not _is_same(meaning, row, own_variant_id)
        ):
            other = _in_words(session, meaning)
            raise ReferenceMeansOther(reference_no=row.reference_no, other=other)


def _overlaps(meaning: CodeIndexEntry, starting: date | None, ending: date | None) -> bool:
    begun = meaning.valid_from is None or ending is None or meaning.valid_from <= ending
    return begun and (meaning.valid_to is None or starting is None or starting <= meaning.valid_to)


def _is_same(meaning: CodeIndexEntry, row: ItemReference, own_variant_id: int) -> bool:
    """Whether a scan would mean the same item, variant and unit; an item no. names no unit."""
    if meaning.item_id != row.item_id or meaning.variant_id != own_variant_id:
        return False
    return meaning.unit_of_measure_id in (0, row.unit_of_measure_id)


def _in_words(session: Session, meaning: CodeIndexEntry) -> str:
    item = session.get_one(Item, meaning.item_id)
    variant = session.get(ItemVariant, meaning.variant_id)
    unit = session.get(UnitOfMeasure, meaning.unit_of_measure_id)
    return " ".join([item.no, *([variant.code] if variant else []), *([unit.code] if unit else [])])


REFERENCES = PartOfItem(
    model=ItemReference,
    captions=CAPTIONS,
    kept=frozenset({"reference_no", "reference_type", "variant", "unit"}),
    read=read_reference_card,
    card_of=reference_card,
    make=new_reference,
    change=change_reference,
    check_removal=lambda _session, _item, _row: None,
    index=keep_scannable,
    forget=forget_reference,
)
