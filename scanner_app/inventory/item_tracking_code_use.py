"""What stands against changing an item tracking code: the items that use it and their entries.

Each question is asked of the database when a rule first needs it, through an index, and stops at
the first row (docs/domain.md 2.10).

This module must never say no: that is `item_tracking_code_setup`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_ledger import ItemLedgerEntry

FindItem = Callable[[Session, int], str]


def find_item_of_code(session: Session, code_id: int, *conditions: ColumnElement[bool]) -> str:
    """The number of an item that uses the code and meets the conditions, '' when there is none."""
    of_code = select(Item.no).where(Item.item_tracking_code_id == code_id, *conditions)
    return session.scalar(of_code.limit(1)) or ""


@dataclass(frozen=True)
class UseOfCode:
    """The items of one code; each answer is an item's number, '' when there is none.

    Attributes:
        find_item_in_warehouse: the warehouse's own answer, since it stands above this room.
    """

    session: Session
    code_id: int
    find_item_in_warehouse: FindItem

    @cached_property
    def item_using_it(self) -> str:
        """An item that uses the code."""
        return find_item_of_code(self.session, self.code_id)

    @cached_property
    def item_with_ledger_entries(self) -> str:
        """An item of the code with item ledger entries."""
        return find_item_of_code(
            self.session, self.code_id, exists().where(ItemLedgerEntry.item_id == Item.id)
        )

    @cached_property
    def item_with_dated_entries(self) -> str:
        """An item of the code with item ledger entries that have an expiration date."""
        dated = exists().where(
            ItemLedgerEntry.item_id == Item.id, ItemLedgerEntry.expiration_date.is_not(None)
        )
        return find_item_of_code(self.session, self.code_id, dated)

    @cached_property
    def item_that_calculates_dates(self) -> str:
        """An item of the code that has an Expiration Calculation."""
        return find_item_of_code(self.session, self.code_id, Item.expiration_calculation != "")

    @cached_property
    def item_with_warehouse_entries(self) -> str:
        """An item of the code with warehouse entries."""
        return self.find_item_in_warehouse(self.session, self.code_id)
