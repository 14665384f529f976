"""Item Reference: what one reference of an item says, as people read and type it.

Days are written as year, month and day, as a date field carries them. A wrong check digit is
refused nowhere here: a reference may be all digits and no GTIN (docs/domain.md 2.11).

This module must never write, nor ask what else a reference stands for.
"""

from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.description import read_description
from scanner_app.inventory.item import ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_part_refusals import (
    EndsBeforeItStarts,
    ReferenceMissing,
    ReferenceTypeUnknown,
)
from scanner_app.inventory.item_reference import ItemReference, ReferenceType
from scanner_app.inventory.text_card import TextCard, text_of_day
from scanner_app.inventory.typed_fields import VALUE_SHOWN_MAX, read_day_or_none
from scanner_app.records import to_code

REFERENCE_LENGTH = 50
CAPTIONS = {
    "reference_no": N_("Reference No."),
    "reference_type": N_("Reference Type"),
    "variant": N_("Variant Code"),
    "unit": N_("Unit of Measure"),
    "description": N_("Description"),
    "starting_date": N_("Starting Date"),
    "ending_date": N_("Ending Date"),
}


def reference_card(session: Session, row: ItemReference) -> TextCard:
    """What a reference says."""
    return {
        "reference_no": row.reference_no,
        "reference_type": row.reference_type.value,
        "variant": session.get_one(ItemVariant, row.variant_id).code,
        "unit": session.get_one(UnitOfMeasure, row.unit_of_measure_id).code,
        "description": row.description,
        "starting_date": text_of_day(row.starting_date),
        "ending_date": text_of_day(row.ending_date),
    }


def read_reference_card(typed: TextCard) -> TextCard:
    """Return what was typed as a reference keeps it.

    Raises:
        ReferenceMissing: when nothing was typed.
        CodeTooLong, CodeNotReadable: for what is no code.
        ReferenceTypeUnknown: for a type that is not there.
        DescriptionTooLong, DescriptionNotReadable: for what is no description.
        DateNotReadable: for what is no day.
        EndsBeforeItStarts: for a reference that would never be valid.
    """
    reference_no = to_code(typed["reference_no"], REFERENCE_LENGTH)
    if not reference_no:
        raise ReferenceMissing
    if typed["reference_type"] not in list(ReferenceType):
        raise ReferenceTypeUnknown(typed=typed["reference_type"][:VALUE_SHOWN_MAX])
    description = read_description(typed["description"])
    starting = read_day_or_none(CAPTIONS["starting_date"], typed["starting_date"])
    ending = read_day_or_none(CAPTIONS["ending_date"], typed["ending_date"])
    if starting and ending and ending < starting:
        raise EndsBeforeItStarts(starting=starting, ending=ending)
    return {
        "reference_no": reference_no,
        "reference_type": typed["reference_type"],
        "variant": typed["variant"].strip().upper(),
        "unit": typed["unit"].strip().upper(),
        "description": description,
        "starting_date": text_of_day(starting),
        "ending_date": text_of_day(ending),
    }
