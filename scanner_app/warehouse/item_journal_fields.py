"""The fields of item journal batches and their lines: captions and what they specify.

This module must never know a rule, only words.
"""

import enum

from scanner_app.errors import N_
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.warehouse.journal_fields import (
    BATCH_NAME,
    ITEM_NO,
    NUMBERS,
    REASON_CODE,
    REASON_OF_BATCH,
    TRACKING,
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
TRACKING_FIELDS = tuple(field.name for field in LINE_FIELDS if field.tab == NUMBERS)


def line_fields(*, with_tracking: bool) -> Fields:
    """The fields of a line: its numbers only where the batch has Item Tracking on Lines."""
    return tuple(field for field in LINE_FIELDS if with_tracking or field.tab != NUMBERS)
