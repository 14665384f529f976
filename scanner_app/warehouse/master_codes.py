"""Master codes: bins, items, references and documents become scannable (docs/domain.md 10.3).

Whoever makes such a record calls its function here in the same transaction. Tracking numbers
and warehouse activities are indexed by the verbs that write them.

This module must never decide what a code means: it writes every meaning there is.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from scanner_app.barcodes.plain_codes import GTIN_DIGITS, has_right_check_digit
from scanner_app.code_index import CodeKind, Meaning, gtin_14, index_codes
from scanner_app.inventory.item import Item, ItemVariant
from scanner_app.inventory.item_reference import ItemReference
from scanner_app.inventory.item_word import index_words
from scanner_app.warehouse.receipt import WarehouseReceipt
from scanner_app.warehouse.shipment import WarehouseShipment
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch

GTIN_LENGTHS = (8, 12, 13, GTIN_DIGITS)


def index_bins(session: Session, location_id: int, ids_by_code: Mapping[str, int]) -> None:
    """Make the bins of a location scannable there."""
    index_codes(
        session,
        [
            Meaning(code, CodeKind.BIN, bin_id, location_id=location_id)
            for code, bin_id in ids_by_code.items()
        ],
    )


def index_item(session: Session, item: Item) -> None:
    """Make an item scannable by number and GTIN, that of the base unit, and found by its words."""
    index_words(session, item)
    meanings = [Meaning(item.no, CodeKind.ITEM, item.id, item_id=item.id)]
    if item.gtin:
        meanings.append(
            Meaning(
                gtin_14(item.gtin),
                CodeKind.GTIN,
                item.id,
                item_id=item.id,
                unit_of_measure_id=item.base_unit_of_measure_id,
            )
        )
    index_codes(session, meanings)


def index_reference(session: Session, reference: ItemReference) -> None:
    """Make a reference scannable while it is valid; a GTIN also in its one form of 14 digits."""
    variant = session.get_one(ItemVariant, reference.variant_id)
    index_codes(
        session,
        [
            Meaning(
                code=code,
                kind=CodeKind.REFERENCE,
                target_id=reference.id,
                item_id=reference.item_id,
                variant_id=variant.id if variant.code else 0,
                unit_of_measure_id=reference.unit_of_measure_id,
                valid_from=reference.starting_date,
                valid_to=reference.ending_date,
            )
            for code in codes_of_reference(reference.reference_no)
        ],
    )


def codes_of_reference(number: str) -> set[str]:
    """The forms in which a reference is scanned: as it is, and a GTIN also with 14 digits."""
    if len(number) in GTIN_LENGTHS and has_right_check_digit(number):
        return {number, gtin_14(number)}
    return {number}


def index_batch(session: Session, batch: WarehouseJournalBatch) -> None:
    """Make a count scannable by its name."""
    meaning = Meaning(batch.name, CodeKind.COUNT, batch.id, location_id=batch.location_id)
    index_codes(session, [meaning])


def index_documents(
    session: Session,
    kind: CodeKind,
    documents: Sequence[WarehouseReceipt] | Sequence[WarehouseShipment],
) -> None:
    """Make receipts or shipments scannable; posting the whole of one takes its code out."""
    index_codes(
        session,
        [
            Meaning(document.no, kind, document.id, location_id=document.location_id)
            for document in documents
        ],
    )
