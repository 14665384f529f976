"""The fields of warehouse journal batches and their manual lines: captions and meaning.

This module must never know a rule, only words.
"""

from scanner_app.errors import N_
from scanner_app.warehouse.journal_fields import (
    BATCH_NAME,
    ITEM_NO,
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

BATCH_FIELDS: Fields = (BATCH_NAME, DESCRIPTION, REASON_OF_BATCH)

DOCUMENT_AND_ITEM: Fields = (
    day_field(
        "registering_date",
        N_("Registering Date"),
        N_("Specifies the day of the warehouse entries; empty is today."),
    ),
    CardField(
        "whse_document_no",
        N_("Whse. Document No."),
        N_("Specifies the document behind the line; empty is that of the line before, or new."),
        FieldKind.CODE,
        20,
    ),
    ITEM_NO,
    VARIANT,
)
FROM_BIN = record_field(
    "from_bin", N_("From Bin Code"), N_("Specifies the bin in which it lay before."), 20
)
TO_BIN = record_field(
    "to_bin",
    N_("To Bin Code"),
    N_("Specifies the bin in which it lies now; the same where only numbers or a date change."),
    20,
)

LINE_FIELDS: Fields = (
    *DOCUMENT_AND_ITEM,
    record_field("bin", N_("Bin Code"), N_("Specifies the bin in which more or less lies."), 20),
    CardField(
        "quantity",
        N_("Quantity"),
        N_("Specifies how much more lies in the bin than is booked; a minus says how much less."),
        FieldKind.SIGNED_QUANTITY,
        30,
    ),
    UNIT,
    REASON_CODE,
    *TRACKING,
)

RECLASSIFICATION_FIELDS: Fields = (
    *DOCUMENT_AND_ITEM,
    FROM_BIN,
    TO_BIN,
    CardField(
        "quantity",
        N_("Quantity"),
        N_("Specifies how much was moved or is called anew."),
        FieldKind.QUANTITY,
        30,
    ),
    UNIT,
    REASON_CODE,
    *TRANSFER_TRACKING,
)
