"""The number series that documents of the warehouse ask for by their codes (docs/domain.md 2.12).

This module must never give a number: the verbs take their own.
"""

from scanner_app.warehouse import (
    adjustment_sync,
    new_activity,
    post_receipt,
    post_shipment,
    register_activity,
    register_differences,
    transfer_progress,
)
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS
from scanner_app.warehouse.transfer_kind import TRANSFERS

SERIES_OF_DOCUMENTS = frozenset(
    {
        adjustment_sync.SERIES,
        RECEIPTS.series,
        SHIPMENTS.series,
        *register_differences.SERIES.values(),
        post_receipt.SERIES_OF_POSTED,
        post_shipment.SERIES_OF_POSTED,
        TRANSFERS.series,
        *transfer_progress.SERIES_OF_POSTED.values(),
        *new_activity.SERIES.values(),
        *register_activity.SERIES_OF_REGISTERED.values(),
    }
)
