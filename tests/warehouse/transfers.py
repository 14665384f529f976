"""Transfers for tests: lines from one place to another, posted as an item journal posts them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_ledger import ItemApplicationEntry, ItemLedgerEntry
from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.posting_line import Posting, TransferTo
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.post_item_journal import JournalPart, Posted, post
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseEntry
from tests.builders import Warehouse
from tests.warehouse.masters import Goods

# Numbers, quantity and expiration date of an item ledger entry.
Entry = tuple[TrackingNumbers, Decimal, date | None]


def transfer(
    place: Warehouse,
    goods: Goods,
    quantity: Decimal | int,
    numbers: TrackingNumbers,
    new_numbers: TrackingNumbers | None = None,
    *,
    bin_code: str = "",
    to: Warehouse | None = None,
    new_bin_code: str = "",
    new_date: date | None = None,
    **fields: object,
) -> JournalPart:
    """So much of the goods from a place to another; what is not given stays as it is."""
    there = to or place
    new = numbers if new_numbers is None else new_numbers
    line = place.line(goods, -quantity, numbers, entry_type=EntryType.TRANSFER, **fields)  # type: ignore[arg-type]
    new_bin_code = new_bin_code or ("" if to else bin_code)
    arrives = TransferTo(there.location, new, new_date, in_other_bin=new_bin_code != bin_code)
    line = replace(line, transfer_to=arrives)
    return JournalPart(line, place.bins.get(bin_code), there.bins.get(new_bin_code))


def posting_of(
    white: Warehouse,
    *parts: JournalPart,
    document: WarehouseDocument = WarehouseDocument.ITEM_JOURNAL,
) -> Callable[[Session], Posted]:
    """The work of posting parts together."""
    posting = Posting(white.by.work_date, white.by.at, white.by.user_id, "TEST")

    def work(session: Session) -> Posted:
        hold_set_up(session)
        return post(session, posting, parts, document)

    return work


def post_transfers(
    white: Warehouse,
    *parts: JournalPart,
    document: WarehouseDocument = WarehouseDocument.ITEM_JOURNAL,
) -> Posted:
    """Post parts together."""
    return white.write(posting_of(white, *parts, document=document))


def refused(white: Warehouse, code: str, *parts: JournalPart) -> Mapping[str, object]:
    """Post parts that are refused for this; returns what the refusal says."""
    with pytest.raises(RuleRefused) as met:
        post_transfers(white, *parts)
    assert met.value.code == code
    return met.value.parameters


def transferred(white: Warehouse, goods: Goods) -> list[Entry]:
    """What the Transfer entries of an item say, in order."""
    row = ItemLedgerEntry
    of_item = (row.item_id == goods.id, row.entry_type == EntryType.TRANSFER)
    with white.database.read() as session:
        entries = session.scalars(select(row).where(*of_item).order_by(row.id))
        return [(numbers_of(e), e.quantity, e.expiration_date) for e in entries]


def warranties(white: Warehouse, goods: Goods) -> list[date | None]:
    """The warranty dates of what came in of an item, in order."""
    row = ItemLedgerEntry
    of_item = select(row.warranty_date).where(row.item_id == goods.id, row.quantity > 0)
    with white.database.read() as session:
        return list(session.scalars(of_item.order_by(row.id)))


def moved(white: Warehouse, goods: Goods) -> list[tuple[str, TrackingNumbers, Decimal]]:
    """What the warehouse entries of an item by an item journal say, in order."""
    row = WarehouseEntry
    of_item = (row.item_id == goods.id, row.reference_document == WarehouseDocument.ITEM_JOURNAL)
    with white.database.read() as session:
        entries = session.scalars(select(row).where(*of_item).order_by(row.id))
        return [(e.entry_type.value, numbers_of(e), e.quantity_base) for e in entries]


def traced(white: Warehouse) -> list[tuple[int, int, int | None, int | None, Decimal]]:
    """Every application entry: of which entry, inbound, outbound, transferred from, quantity."""
    row = ItemApplicationEntry
    with white.database.read() as session:
        return [
            (
                a.item_ledger_entry_id,
                a.inbound_item_entry_id,
                a.outbound_item_entry_id,
                a.transferred_from_entry_id,
                a.quantity,
            )
            for a in session.scalars(select(row).order_by(row.id))
        ]
