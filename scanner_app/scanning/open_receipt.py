"""An open receipt as one worker and one device meet it.

This module must never change a receipt: it finds it, or locks it for the scan that will.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.scanning.given import Given, given_on_device
from scanner_app.warehouse.document_kind import RECEIPTS
from scanner_app.warehouse.employee import check_works_at
from scanner_app.warehouse.receipt import WarehouseReceipt
from scanner_app.warehouse.warehouse_documents import find_warehouse_document, lock_document

RECEIPT = "receipt"


@dataclass(frozen=True)
class ReceiptOnDevice:
    """A receipt, and what is half given to it on a device."""

    receipt: WarehouseReceipt
    given: Given


def receipt_on_device(
    session: Session, receipt: WarehouseReceipt, identity: str
) -> ReceiptOnDevice:
    """What a page shows of a receipt on a device."""
    given = given_on_device(session, identity, RECEIPT, receipt.id)
    return ReceiptOnDevice(receipt, given)


def lock_open_receipt(
    session: Session, no: str, user_id: int
) -> tuple[WarehouseReceipt, Location] | None:
    """A receipt, locked, with its location; None when it is gone.

    Raises:
        NotWarehouseEmployee: for somebody who does not work there.
    """
    found = find_warehouse_document(session, RECEIPTS, no)
    if found is None:
        return None
    location = session.get_one(Location, found.location_id)
    check_works_at(session, user_id, location)
    return lock_document(session, RECEIPTS, no), location
