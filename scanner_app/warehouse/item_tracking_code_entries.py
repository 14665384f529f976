"""Which items of an item tracking code the warehouse ledger knows (docs/domain.md 2.10).

This module must never decide what that forbids: that is `inventory.item_tracking_code_setup`.
"""

from sqlalchemy import exists
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking_code_use import find_item_of_code
from scanner_app.warehouse.bin_balance import BinBalance


def find_item_with_warehouse_entries(session: Session, code_id: int) -> str:
    """The number of an item of the code with warehouse entries, '' when there is none.

    A bin balance stays when it is 0: it tells of its entries, and there are far fewer of them.
    """
    return find_item_of_code(session, code_id, exists().where(BinBalance.item_id == Item.id))
