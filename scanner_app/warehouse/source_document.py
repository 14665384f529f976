"""Source Document: what a receipt or shipment was made from, and what posting it means.

Which numbers are asked for follows from the entry type: a return brings stock in by a sale, and
sends stock back by a purchase (docs/domain.md 6.1, 6.5).

This module must never read or write a table.
"""

import enum

from scanner_app.inventory.item_tracking_code import EntryType


class SourceDocument(enum.StrEnum):
    """The document a receipt or shipment was made from."""

    PURCHASE_ORDER = "Purchase Order"
    SALES_RETURN_ORDER = "Sales Return Order"
    INBOUND_TRANSFER = "Inbound Transfer"
    SALES_ORDER = "Sales Order"
    PURCHASE_RETURN = "Purchase Return"
    OUTBOUND_TRANSFER = "Outbound Transfer"


class ReceiptSource(enum.StrEnum):
    """What a person may say that a receipt was made from."""

    PURCHASE_ORDER = SourceDocument.PURCHASE_ORDER.value
    SALES_RETURN_ORDER = SourceDocument.SALES_RETURN_ORDER.value


class ShipmentSource(enum.StrEnum):
    """What a person may say that a shipment was made from."""

    SALES_ORDER = SourceDocument.SALES_ORDER.value
    PURCHASE_RETURN = SourceDocument.PURCHASE_RETURN.value


class ImportedSource(enum.StrEnum):
    """What a row of a file may say that its receipt or shipment was made from."""

    PURCHASE_ORDER = SourceDocument.PURCHASE_ORDER.value
    SALES_RETURN_ORDER = SourceDocument.SALES_RETURN_ORDER.value
    SALES_ORDER = SourceDocument.SALES_ORDER.value
    PURCHASE_RETURN = SourceDocument.PURCHASE_RETURN.value


ENTRY_TYPES = {
    SourceDocument.PURCHASE_ORDER: EntryType.PURCHASE,
    SourceDocument.PURCHASE_RETURN: EntryType.PURCHASE,
    SourceDocument.SALES_ORDER: EntryType.SALE,
    SourceDocument.SALES_RETURN_ORDER: EntryType.SALE,
    SourceDocument.INBOUND_TRANSFER: EntryType.TRANSFER,
    SourceDocument.OUTBOUND_TRANSFER: EntryType.TRANSFER,
}
TRANSFERS = frozenset({SourceDocument.INBOUND_TRANSFER, SourceDocument.OUTBOUND_TRANSFER})
