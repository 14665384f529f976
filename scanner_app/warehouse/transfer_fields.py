"""The fields of transfer orders and their lines: captions and what they specify.

This module must never know a rule, only words.
"""

from scanner_app.errors import N_
from scanner_app.warehouse.journal_fields import (
    ITEM_NO,
    REASON_CODE,
    UNIT,
    VARIANT,
    day_field,
    record_field,
)
from scanner_app.warehouse.record_card import CardField, FieldKind, Fields

TRANSFER_FROM = record_field(
    "transfer_from",
    N_("Transfer-from Code"),
    N_("Specifies the location that the goods leave."),
    10,
)
TRANSFER_TO = record_field(
    "transfer_to", N_("Transfer-to Code"), N_("Specifies the location where the goods go."), 10
)
IN_TRANSIT = record_field(
    "in_transit",
    N_("In-Transit Code"),
    N_("Specifies the location at which the goods are on their way."),
    10,
)
LOCATIONS: Fields = (TRANSFER_FROM, TRANSFER_TO, IN_TRANSIT)
TRANSFER_FIELDS: Fields = (
    *LOCATIONS,
    day_field(
        "shipment_date", N_("Shipment Date"), N_("Specifies the day on which the goods leave.")
    ),
    day_field(
        "receipt_date", N_("Receipt Date"), N_("Specifies the day on which the goods arrive.")
    ),
)
TRANSFER_FROM_BIN = record_field(
    "transfer_from_bin",
    N_("Transfer-from Bin Code"),
    N_("Specifies the bin that the goods leave, where the location has bins and no shipments."),
    20,
)
TRANSFER_TO_BIN = record_field(
    "transfer_to_bin",
    N_("Transfer-to Bin Code"),
    N_("Specifies the bin where the goods arrive, where the location has bins and no receipts."),
    20,
)
TRANSFER_LINE_FIELDS: Fields = (
    ITEM_NO,
    VARIANT,
    CardField(
        "quantity",
        N_("Quantity"),
        N_("Specifies how much of it is to be transferred."),
        FieldKind.QUANTITY,
        30,
    ),
    UNIT,
    TRANSFER_FROM_BIN,
    TRANSFER_TO_BIN,
    REASON_CODE,
)
