"""The fields of item journal batches and their lines: captions and what they specify.

This module must never know a rule, only words.
"""

import enum

from scanner_app.errors import N_
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalTemplate
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.warehouse.journal_fields import (
    BATCH_NAME,
    ITEM_NO,
    NEW_TRACKING,
    NUMBERS,
    REASON_CODE,
    REASON_OF_BATCH,
    TRACKING,
    TRANSFER_TRACKING,
    UNIT,
    VARIANT,
    day_field,
    record_field,
)
from scanner_app.warehouse.place_fields import DESCRIPTION
from scanner_app.warehouse.record_card import CardField, FieldKind, Fields


class JournalEntryType(enum.StrEnum):
    """The entry types that a person may choose on an item journal line."""

    POSITIVE_ADJUSTMENT = EntryType.POSITIVE_ADJUSTMENT.value
    NEGATIVE_ADJUSTMENT = EntryType.NEGATIVE_ADJUSTMENT.value
    PURCHASE = EntryType.PURCHASE.value
    SALE = EntryType.SALE.value


BATCH_FIELDS: Fields = (
    BATCH_NAME,
    DESCRIPTION,
    record_field(
        "number_series",
        N_("No. Series"),
        N_("Specifies where the Document No. of its lines comes from; empty is typed."),
        20,
    ),
    REASON_OF_BATCH,
    CardField(
        "item_tracking_on_lines",
        N_("Item Tracking on Lines"),
        N_("Specifies that numbers and their dates are typed on the lines of this batch."),
        FieldKind.SWITCH,
    ),
)

LINE_FIELDS: Fields = (
    day_field(
        "posting_date",
        N_("Posting Date"),
        N_("Specifies the day of the entries; empty is today."),
    ),
    day_field(
        "document_date",
        N_("Document Date"),
        N_("Specifies the day from which dates are calculated; empty is the Posting Date."),
    ),
    CardField(
        "document_no",
        N_("Document No."),
        N_("Specifies the document behind the line; empty is that of the line before, or new."),
        FieldKind.CODE,
        20,
    ),
    CardField(
        "entry_type",
        N_("Entry Type"),
        N_("Specifies whether stock comes in or leaves, and why."),
        FieldKind.CHOICE,
        20,
        choices=JournalEntryType,
    ),
    ITEM_NO,
    VARIANT,
    record_field("location", N_("Location Code"), N_("Specifies where the stock is."), 10),
    record_field("bin", N_("Bin Code"), N_("Specifies the bin, where the location has bins."), 20),
    CardField(
        "quantity",
        N_("Quantity"),
        N_("Specifies how much it is; a minus turns the direction round."),
        FieldKind.SIGNED_QUANTITY,
        30,
    ),
    UNIT,
    REASON_CODE,
    CardField(
        "applies_to_entry",
        N_("Applies-to Entry"),
        N_("Specifies the entry that stock is taken from; empty is the oldest of its numbers."),
        FieldKind.ENTRY_NO,
        15,
        is_record=True,
    ),
    *TRACKING,
)
NEW_PLACE: Fields = (
    record_field(
        "new_location",
        N_("New Location Code"),
        N_("Specifies where the stock goes; empty is where it is."),
        10,
    ),
    record_field(
        "new_bin",
        N_("New Bin Code"),
        N_("Specifies the bin where it goes; on a new line, empty is the bin where it is."),
        20,
    ),
)
_QUANTITY = CardField(
    "quantity",
    N_("Quantity"),
    N_("Specifies how much of it is transferred."),
    FieldKind.QUANTITY,
    30,
)
_OF_ITEM = {field.name: field for field in LINE_FIELDS}
TRANSFER_LINE_FIELDS: Fields = (
    *(_OF_ITEM[name] for name in ("posting_date", "document_date", "document_no")),
    *(_OF_ITEM[name] for name in ("item_no", "variant", "location", "bin")),
    *NEW_PLACE,
    _QUANTITY,
    *(_OF_ITEM[name] for name in ("unit", "reason_code", "applies_to_entry")),
    *TRANSFER_TRACKING,
)
# Whatever a line says, of either journal.
EVERY_LINE_FIELD: Fields = (*LINE_FIELDS, *NEW_PLACE, *NEW_TRACKING)
TRACKING_FIELDS = tuple(field.name for field in EVERY_LINE_FIELD if field.tab == NUMBERS)


def batch_fields(template: ItemJournalTemplate) -> Fields:
    """The fields of a batch: what a transfer changes is always typed on its lines."""
    is_item = template is ItemJournalTemplate.ITEM
    return tuple(each for each in BATCH_FIELDS if is_item or not each.is_switch)


def line_fields(batch: ItemJournalBatch) -> Fields:
    """The fields of a line; of the item journal numbers only with Item Tracking on Lines."""
    if batch.template is ItemJournalTemplate.TRANSFER:
        return TRANSFER_LINE_FIELDS
    return tuple(
        field for field in LINE_FIELDS if batch.item_tracking_on_lines or field.tab != NUMBERS
    )
