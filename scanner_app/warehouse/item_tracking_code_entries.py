"""Which items of an item tracking code the warehouse ledger knows (docs/domain.md 2.10).

This module must never decide what that forbids: that is `inventory.item_tracking_code_setup`.
"""

from sqlalchemy import exists
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking_code_use import find_item_of_code
from scanner_app.warehouse.bin_balance import HAS_ENTRIES, BinBalance


def find_item_with_warehouse_entries(session: Session, code_id: int) -> str:
    """The number of an item of the code with warehouse entries, '' when there is none."""
    of_item = exists().where(BinBalance.item_id == Item.id, HAS_ENTRIES)
    return find_item_of_code(session, code_id, of_item)
