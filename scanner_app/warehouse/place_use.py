"""What stands against changing or removing a location, zone or bin type.

Each question stops at the first row that it finds (docs/domain.md 4.5). None is asked while goods
move, only when a supervisor changes the set-up.

This module must never say no: that is `set_up_location` and its neighbours.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Table, exists, literal, or_, select, union_all
from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_ledger import ItemBalance
from scanner_app.records import Base
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.bin import Bin, Zone
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance
from scanner_app.warehouse.manual_journal_line import ManualJournalLine, ReclassificationLine
from scanner_app.warehouse.receipt import WarehouseReceipt
from scanner_app.warehouse.shipment import WarehouseShipment
from scanner_app.warehouse.transfer_order import TransferOrder
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
)

RECEIPT, SHIPMENT, COUNT, JOURNAL = "receipt", "shipment", "count", "journal"
TRANSFER = "transfer"
EVERY_DOCUMENT = frozenset({RECEIPT, SHIPMENT, COUNT, JOURNAL, TRANSFER, *ActivityType})
# In the order in which they are asked and named: what people can remove themselves comes first.
USERS_OF_PLACES = {
    "bin": N_("bins"),
    "zone": N_("zones"),
    "warehouse_employee": N_("warehouse employees"),
    "warehouse_receipt": N_("receipts"),
    "warehouse_shipment": N_("shipments"),
    "transfer_order": N_("transfer orders"),
    "warehouse_activity": N_("put-aways, picks or movements"),
    "warehouse_journal_batch": N_("counts and warehouse journals"),
    "manual_journal_line": N_("warehouse journal lines"),
    "reclassification_line": N_("warehouse journal lines"),
    "item_journal_line": N_("item journal lines"),
}
HISTORY = N_("entries and scans that were made here")


def user_of(session: Session, table: type[Base], record_id: int) -> str:
    """What still points to a record, whichever table it is in; '' when nothing does."""
    for name, column in _columns_to(table):
        if session.scalar(select(exists().where(column == record_id))):
            return USERS_OF_PLACES.get(name, HISTORY)
    return ""


def open_document_at(session: Session, location_id: int, kinds: Collection[str]) -> str:
    """An open document of one of the kinds at a location, '' when there is none.

    Whatever is posted or registered stood in one of them before, so that a flag which waits for
    them never changes under somebody who has read it.
    """
    receipt, shipment, activity = WarehouseReceipt, WarehouseShipment, WarehouseActivity
    parts = []
    if RECEIPT in kinds:
        parts.append(select(receipt.no).where(receipt.location_id == location_id))
    if SHIPMENT in kinds:
        parts.append(select(shipment.no).where(shipment.location_id == location_id))
    if TRANSFER in kinds:
        order = TransferOrder
        places = (order.transfer_from_id, order.transfer_to_id, order.in_transit_id)
        parts.append(select(order.no).where(or_(*(place == location_id for place in places))))
    if types := [kind for kind in ActivityType if kind in kinds]:
        at_location = activity.location_id == location_id
        parts.append(select(activity.no).where(at_location, activity.type.in_(types)))
    if COUNT in kinds:
        parts.append(
            select(WarehouseJournalBatch.name)
            .join(BinCount, BinCount.batch_id == WarehouseJournalBatch.id)
            .where(
                WarehouseJournalBatch.location_id == location_id,
                BinCount.state != BinCountState.REGISTERED,
            )
        )
    if JOURNAL in kinds:
        lines = ItemJournalLine.batch_id == ItemJournalBatch.id
        line = ItemJournalLine
        at_location = or_(line.location_id == location_id, line.new_location_id == location_id)
        parts.append(select(ItemJournalBatch.name).where(lines, at_location))
        at_location = WarehouseJournalBatch.location_id == location_id
        for of_warehouse in (ManualJournalLine, ReclassificationLine):
            lines = of_warehouse.batch_id == WarehouseJournalBatch.id
            parts.append(select(WarehouseJournalBatch.name).where(lines, at_location))
    found = union_all(*parts).subquery()
    return session.scalar(select(found.c[0]).limit(1)) or ""


def item_on_inventory(session: Session, location_id: int) -> str:
    """An item of which the item ledger has stock at a location, '' when there is none."""
    held = (
        select(Item.no)
        .join(ItemBalance, ItemBalance.item_id == Item.id)
        .where(ItemBalance.location_id == location_id, ItemBalance.quantity > literal(0))
    )
    return session.scalar(held.limit(1)) or ""


def bin_with_stock(session: Session, location_id: int) -> str:
    """A bin of a location that holds stock or differences, '' when there is none."""
    held = (
        select(Bin.code)
        .join(BinBalance, BinBalance.bin_id == Bin.id)
        .where(BinBalance.location_id == location_id, HAS_STOCK)
    )
    return session.scalar(held.limit(1)) or ""


def has_other_zone(session: Session, location_id: int, zone_id: int = 0) -> bool:
    """Whether a location has a zone besides this one."""
    other = exists().where(Zone.location_id == location_id, Zone.id != zone_id)
    return bool(session.scalar(select(other)))


def _columns_to(table: type[Base]) -> list[tuple[str, ColumnElement[Any]]]:
    """The columns of all tables that point to a table, by the name of theirs."""
    wanted: Table = Base.metadata.tables[table.__tablename__]
    found = [
        (each.name, column)
        for each in Base.metadata.sorted_tables
        for column in each.columns
        if any(key.column.table is wanted for key in column.foreign_keys)
    ]
    order = list(USERS_OF_PLACES)
    return sorted(found, key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
