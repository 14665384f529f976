"""What stands against changing an item: its entries in both ledgers, and open documents.

Each question stops at the first row that it finds (docs/domain.md 2.11).

This module must never say no: that is `set_up_item`.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, union_all
from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_tracking import ItemTrackingLine, TrackingSource
from scanner_app.warehouse.activity import WarehouseActivity, WarehouseActivityLine
from scanner_app.warehouse.bin_balance import HAS_ENTRIES, BinBalance
from scanner_app.warehouse.manual_journal_line import ManualJournalLine, ReclassificationLine
from scanner_app.warehouse.receipt import WarehouseReceipt, WarehouseReceiptLine
from scanner_app.warehouse.shipment import WarehouseShipment, WarehouseShipmentLine
from scanner_app.warehouse.transfer_order import TransferOrder, TransferOrderLine
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    CountEntry,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)

ITEM_LEDGER, WAREHOUSE_LEDGER = N_("item ledger entries"), N_("warehouse entries")


def has_ledger_entries(session: Session, item_id: int) -> bool:
    """Whether the item ledger knows the item."""
    return bool(session.scalar(select(exists().where(ItemLedgerEntry.item_id == item_id))))


def has_warehouse_entries(session: Session, item_id: int) -> bool:
    """Whether the warehouse ledger knows the item."""
    of_item = exists().where(BinBalance.item_id == item_id, HAS_ENTRIES)
    return bool(session.scalar(select(of_item)))


def open_document_with_numbers(session: Session, item_id: int) -> str:
    """A document or count that carries numbers of the item, '' when there is none."""
    return _first(session, [*_numbered_lines(item_id), *_lines_with_tracking(item_id)])


def open_document(session: Session, item_id: int) -> str:
    """A document or count that has a line of the item, '' when there is none."""
    return _first(session, [select(no).where(*joined) for no, _, joined in _lines(item_id)])


def document_with(session: Session, item_id: int, column: str, value: int) -> str:
    """A document or count with a line of one unit or variant of the item, '' for none."""
    lines = _lines(item_id)
    parts = [
        select(no).where(*joined, getattr(line, column) == value) for no, line, joined in lines
    ]
    return _first(session, parts)


def _first(session: Session, parts: list[Select[Any]]) -> str:
    found = union_all(*parts).subquery()
    return session.scalar(select(found.c[0]).limit(1)) or ""


def _lines(item_id: int) -> list[tuple[Any, Any, tuple[ColumnElement[bool], ...]]]:
    """Every kind of open line: the name of its document, the line, and how both are joined."""
    activity, journal, count = WarehouseActivityLine, ItemJournalLine, WarehouseJournalLine
    manual, moved = ManualJournalLine, ReclassificationLine
    receipt, shipment = WarehouseReceiptLine, WarehouseShipmentLine
    transfer = TransferOrderLine
    documents = (
        (WarehouseActivity.no, activity, WarehouseActivity.id == activity.activity_id),
        (ItemJournalBatch.name, journal, ItemJournalBatch.id == journal.batch_id),
        (WarehouseJournalBatch.name, count, WarehouseJournalBatch.id == count.batch_id),
        (WarehouseJournalBatch.name, manual, WarehouseJournalBatch.id == manual.batch_id),
        (WarehouseJournalBatch.name, moved, WarehouseJournalBatch.id == moved.batch_id),
        (WarehouseReceipt.no, receipt, WarehouseReceipt.id == receipt.receipt_id),
        (WarehouseShipment.no, shipment, WarehouseShipment.id == shipment.shipment_id),
        (TransferOrder.no, transfer, TransferOrder.id == transfer.transfer_id),
    )
    return [(no, line, (joined, line.item_id == item_id)) for no, line, joined in documents]


def _numbered_lines(item_id: int) -> list[Select[Any]]:
    """Lines that name numbers themselves, and what was seen in a bin that is being counted."""
    numbered = [
        select(no).where(*joined, _has_numbers(line))
        for no, line, joined in _lines(item_id)
        if hasattr(line, "lot_no")
    ]
    seen = (
        select(WarehouseJournalBatch.name)
        .join(BinCount, BinCount.batch_id == WarehouseJournalBatch.id)
        .join(CountEntry, CountEntry.bin_count_id == BinCount.id)
        .where(
            BinCount.state == BinCountState.OPEN,
            CountEntry.item_id == item_id,
            _has_numbers(CountEntry),
        )
    )
    return [*numbered, seen]


def _lines_with_tracking(item_id: int) -> list[Select[Any]]:
    """Lines whose numbers stand on item tracking lines."""
    sources = {
        ItemJournalLine: TrackingSource.ITEM_JOURNAL_LINE,
        WarehouseReceiptLine: TrackingSource.RECEIPT_LINE,
        WarehouseShipmentLine: TrackingSource.SHIPMENT_LINE,
        TransferOrderLine: TrackingSource.TRANSFER_LINE,
    }
    tracking = ItemTrackingLine
    return [
        select(no).where(
            *joined,
            and_(tracking.source_type == sources[line], tracking.source_line_id == line.id),
        )
        for no, line, joined in _lines(item_id)
        if line in sources
    ]


def _has_numbers(line: Any) -> ColumnElement[bool]:  # noqa: ANN401 - lines of several tables
    names = ("serial_no", "lot_no", "package_no", "new_serial_no", "new_lot_no", "new_package_no")
    return or_(*(getattr(line, name) != "" for name in names if hasattr(line, name)))
