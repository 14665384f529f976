"""What stands against changing a unit or variant of an item: ledgers, open lines, bins, records.

Each question stops at the first row that it finds, and asks by the item, so that it takes no
longer in an old ledger than in a young one (docs/domain.md 2.11).

This module must never say no: that is `set_up_item_unit` and `set_up_item_variant`.
"""

from typing import Any

from sqlalchemy import ColumnElement, exists, literal_column, select
from sqlalchemy.orm import Session

from scanner_app.errors import N_
from scanner_app.inventory.item import Item, ItemUnit, ItemVariant
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_reference import ItemReference
from scanner_app.inventory.tracking_information import (
    KnownExpirationDate,
    LotNoInformation,
    PackageNoInformation,
    SerialNoInformation,
)
from scanner_app.quantities import ONE, SCALE
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import HAS_ENTRIES, BinBalance
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.item_use import ITEM_LEDGER, WAREHOUSE_LEDGER, document_with
from scanner_app.warehouse.warehouse_journal import BinCount, BinCountState, CountEntry

COUNTED = N_("what was counted of it")
INFORMATION = N_("an information card")
PUT_AWAY_UNIT = N_("the Put-away Unit of Measure")
# SQLite uses a partial index only for its very condition.
NOT_IN_BASE_UNITS = ItemLedgerEntry.qty_per_unit_of_measure != literal_column(str(SCALE))
INFORMATION_TABLES = (
    SerialNoInformation,
    LotNoInformation,
    PackageNoInformation,
    KnownExpirationDate,
)


def place_of_unit(session: Session, row: ItemUnit) -> str:
    """Where quantities of an item are written down in a unit, '' when nowhere."""
    unit_id = row.unit_of_measure_id
    in_ledger = [
        ItemLedgerEntry.item_id == row.item_id,
        ItemLedgerEntry.unit_of_measure_id == unit_id,
    ]
    if row.qty_per_unit_of_measure != ONE:
        in_ledger.append(NOT_IN_BASE_UNITS)
    if _there_is(session, *in_ledger):
        return ITEM_LEDGER
    counted = CountEntry
    in_open_bin = (
        counted.item_id == row.item_id,
        counted.unit_of_measure_id == unit_id,
        BinCount.id == counted.bin_count_id,
        BinCount.state == BinCountState.OPEN,
    )
    if _there_is(session, *in_open_bin):
        return COUNTED
    return _place(session, row.item_id, "unit_of_measure_id", unit_id)


def record_of_unit(session: Session, row: ItemUnit) -> str:
    """What names a unit of an item without a quantity, '' when nothing does."""
    if reference := _reference(session, row.item_id, "unit_of_measure_id", row.unit_of_measure_id):
        return reference
    item = session.get_one(Item, row.item_id)
    return PUT_AWAY_UNIT if item.put_away_unit_of_measure_id == row.unit_of_measure_id else ""


def place_of_variant(session: Session, row: ItemVariant) -> str:
    """What names a variant, with or without a quantity, '' when nothing does."""
    entry, counted = ItemLedgerEntry, CountEntry
    if _there_is(session, entry.item_id == row.item_id, entry.variant_id == row.id):
        return ITEM_LEDGER
    # What was counted and taken back again names the variant for good.
    if _there_is(session, counted.item_id == row.item_id, counted.variant_id == row.id):
        return COUNTED
    if place := _place(session, row.item_id, "variant_id", row.id):
        return place
    if reference := _reference(session, row.item_id, "variant_id", row.id):
        return reference
    for table in INFORMATION_TABLES:
        if _there_is(session, table.item_id == row.item_id, table.variant_id == row.id):
            return INFORMATION
    return ""


def _place(session: Session, item_id: int, column: str, value: int) -> str:
    """The warehouse's part: its entries, open lines, and the rules of bins."""
    balance = BinBalance
    if _there_is(
        session, balance.item_id == item_id, getattr(balance, column) == value, HAS_ENTRIES
    ):
        return WAREHOUSE_LEDGER
    if document := document_with(session, item_id, column, value):
        return document
    content = select(Bin.code).join(BinContent, BinContent.bin_id == Bin.id)
    content = content.where(BinContent.item_id == item_id, getattr(BinContent, column) == value)
    return session.scalar(content.limit(1)) or ""


def _reference(session: Session, item_id: int, column: str, value: int) -> str:
    row = ItemReference
    named = select(row.reference_no).where(row.item_id == item_id, getattr(row, column) == value)
    return session.scalar(named.limit(1)) or ""


def _there_is(session: Session, *conditions: ColumnElement[bool] | Any) -> bool:  # noqa: ANN401 - columns of several tables
    return bool(session.scalar(select(exists().where(*conditions))))
