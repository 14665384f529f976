"""What stands against changing or removing a bin: stock, open work, rules, entries.

Each question stops at the first row that it finds, and answers by the place as people call it
(docs/domain.md 4.5).

This module must never say no: that is `set_up_bin` and `set_up_location`.
"""

from typing import Any

from sqlalchemy import Select, exists, select, union_all
from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.location import Location
from scanner_app.warehouse.activity import WarehouseActivity, WarehouseActivityLine
from scanner_app.warehouse.bin_balance import HAS_ENTRIES, HAS_STOCK, BinBalance
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.manual_journal_line import ManualJournalLine, ReclassificationLine
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.shipment import WarehouseShipment
from scanner_app.warehouse.transfer_order import TransferOrder, TransferOrderLine
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
)

STOCK, CONTENT = N_("it holds stock"), N_("it has bin content")
ENTRIES, COUNTED = N_("it has warehouse entries"), N_("it stands in a registered count")
BINS_OF_LOCATION = {
    "receipt_bin_id": N_("Receipt Bin Code"),
    "shipment_bin_id": N_("Shipment Bin Code"),
    "adjustment_bin_id": N_("Adjustment Bin Code"),
    "cross_dock_bin_id": N_("Cross-Dock Bin Code"),
}


def holds_stock(session: Session, bin_id: int) -> bool:
    """Whether anything lies in the bin; of the adjustment bin, whether anything waits there."""
    return bool(session.scalar(select(exists().where(BinBalance.bin_id == bin_id, HAS_STOCK))))


def open_work(session: Session, bin_id: int) -> str:
    """A document, journal or count that is open and names the bin, '' when there is none."""
    found = union_all(*_open_work(bin_id)).subquery()
    return session.scalar(select(found.c[0]).limit(1)) or ""


def use_now(session: Session, bin_id: int) -> str:
    """Why the bin is not free: stock, open work or bin content, '' when it is."""
    if holds_stock(session, bin_id):
        return STOCK
    if document := open_work(session, bin_id):
        return document
    has_content = session.scalar(select(exists().where(BinContent.bin_id == bin_id)))
    return CONTENT if has_content else ""


def history_of(session: Session, bin_id: int) -> str:
    """What names the bin for good: entries or a count, '' when there is nothing."""
    entered = exists().where(BinBalance.bin_id == bin_id, HAS_ENTRIES)
    if session.scalar(select(entered)):
        return ENTRIES
    counted = exists().where(BinCount.bin_id == bin_id)
    return COUNTED if session.scalar(select(counted)) else ""


def role_of(location: Location, bin_id: int) -> str:
    """The field in which its location names the bin, '' when none does."""
    return next(
        (
            caption
            for name, caption in BINS_OF_LOCATION.items()
            if getattr(location, name) == bin_id
        ),
        "",
    )


def _open_work(bin_id: int) -> list[Select[Any]]:
    """Every kind of open work, by the name of its document."""
    batch, moved = WarehouseJournalBatch, ReclassificationLine
    transferred = TransferOrderLine
    lines = (
        (WarehouseActivity.no, WarehouseActivityLine, "activity_id", WarehouseActivity, "bin_id"),
        (ItemJournalBatch.name, ItemJournalLine, "batch_id", ItemJournalBatch, "bin_id"),
        (batch.name, ManualJournalLine, "batch_id", batch, "bin_id"),
        (batch.name, moved, "batch_id", batch, "from_bin_id"),
        (batch.name, moved, "batch_id", batch, "to_bin_id"),
        (WarehouseReceipt.no, WarehouseReceiptLine, "receipt_id", WarehouseReceipt, "bin_id"),
        (TransferOrder.no, transferred, "transfer_id", TransferOrder, "transfer_from_bin_id"),
        (TransferOrder.no, transferred, "transfer_id", TransferOrder, "transfer_to_bin_id"),
    )
    of_lines = [
        select(no)
        .join(line, getattr(line, key) == header.id)
        .where(getattr(line, column) == bin_id)
        for no, line, key, header, column in lines
    ]
    of_headers = [
        select(header.no).where(header.bin_id == bin_id)
        for header in (WarehouseReceipt, WarehouseShipment)
    ]
    of_counts = (
        select(WarehouseJournalBatch.name)
        .join(BinCount, BinCount.batch_id == WarehouseJournalBatch.id)
        .where(BinCount.bin_id == bin_id, BinCount.state != BinCountState.REGISTERED)
    )
    row = ItemJournalLine
    transfers = (
        select(ItemJournalBatch.name)
        .join(row, row.batch_id == ItemJournalBatch.id)
        .where(row.new_bin_id == bin_id)
    )
    return [*of_lines, transfers, *of_headers, of_counts]
