"""The fields of receipts and shipments and their lines: captions and what they specify.

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
from scanner_app.warehouse.source_document import ReceiptSource, ShipmentSource

SOURCE_NO = CardField(
    "source_no",
    N_("Source No."),
    N_("Specifies the number of the order behind it; entries keep it."),
    FieldKind.CODE,
    20,
)
QUANTITY = CardField(
    "quantity", N_("Quantity"), N_("Specifies how much of it is ordered."), FieldKind.QUANTITY, 30
)
QTY_TO_RECEIVE = CardField(
    "qty_to_receive",
    N_("Qty. to Receive"),
    N_("Specifies how much came and is posted next; empty is all that is outstanding."),
    FieldKind.OPTIONAL_QUANTITY,
    30,
)

RECEIPT_FIELDS: Fields = (
    CardField(
        "source_document",
        N_("Source Document"),
        N_("Specifies what the goods come by: an order of ours, or what a customer sends back."),
        FieldKind.CHOICE,
        choices=ReceiptSource,
    ),
    SOURCE_NO,
    record_field(
        "bin",
        N_("Bin Code"),
        N_("Specifies where the goods are received; empty is the Receipt Bin of the location."),
        20,
    ),
    day_field(
        "expected_receipt_date",
        N_("Expected Receipt Date"),
        N_("Specifies the day on which the goods are expected."),
    ),
)
SHIPMENT_FIELDS: Fields = (
    CardField(
        "source_document",
        N_("Source Document"),
        N_("Specifies what the goods leave for: an order of a customer, or back to a vendor."),
        FieldKind.CHOICE,
        choices=ShipmentSource,
    ),
    SOURCE_NO,
    record_field(
        "bin",
        N_("Bin Code"),
        N_("Specifies where picks bring the goods; empty is the Shipment Bin of the location."),
        20,
    ),
    day_field(
        "shipment_date", N_("Shipment Date"), N_("Specifies the day on which the goods leave.")
    ),
)
RECEIPT_LINE_FIELDS: Fields = (
    ITEM_NO,
    VARIANT,
    QUANTITY,
    UNIT,
    QTY_TO_RECEIVE,
    record_field(
        "bin",
        N_("Bin Code"),
        N_("Specifies where this line is received; empty is the bin of the receipt."),
        20,
    ),
    REASON_CODE,
)
SHIPMENT_LINE_FIELDS: Fields = (ITEM_NO, VARIANT, QUANTITY, UNIT, REASON_CODE)
