"""Item balances: locking and updating the sums beside the item ledger (docs/domain.md 1.4).

A balance counts only the numbers that are specific for the item: others say nothing about what
is left.

This module must never be called by anything but `inventory.posting`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scanner_app.inventory.item_ledger import ItemBalance
from scanner_app.many_keys import holding_one_of
from scanner_app.quantities import ZERO
from scanner_app.upsert import insert_into


@dataclass(frozen=True, order=True)
class ItemBalanceKey:
    """What one item balance is of; the order is the order in which rows are locked."""

    item_id: int
    variant_id: int
    location_id: int
    serial_no: str = ""
    lot_no: str = ""
    package_no: str = ""

    def as_tuple(self) -> tuple[int, int, int, str, str, str]:
        """The columns of the key, in order."""
        return (
            self.item_id,
            self.variant_id,
            self.location_id,
            self.serial_no,
            self.lot_no,
            self.package_no,
        )


KEY_COLUMNS = (
    ItemBalance.item_id,
    ItemBalance.variant_id,
    ItemBalance.location_id,
    ItemBalance.serial_no,
    ItemBalance.lot_no,
    ItemBalance.package_no,
)


def lock_item_balances(
    session: Session, keys: Mapping[ItemBalanceKey, bool]
) -> dict[ItemBalanceKey, ItemBalance]:
    """Create the missing balances and lock all in key order; the values say serial specific."""
    ordered = sorted(keys)
    names = [column.key for column in KEY_COLUMNS]
    rows = [
        dict(zip(names, key.as_tuple(), strict=True))
        | {"serial_specific": keys[key], "quantity": ZERO}
        for key in ordered
    ]
    session.execute(insert_into(session, ItemBalance).on_conflict_do_nothing(), rows)
    statement = (
        holding_one_of(
            session, select(ItemBalance), KEY_COLUMNS, [key.as_tuple() for key in ordered]
        )
        .order_by(*KEY_COLUMNS)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {_key_of(balance): balance for balance in session.scalars(statement)}


def change_item_balances(session: Session, changes: Iterable[tuple[ItemBalance, Decimal]]) -> None:
    """Add to locked balances; decreases come first, so that a serial is never in two places."""
    rows = [
        {"id": balance.id, "quantity": balance.quantity + change}
        for balance, change in sorted(changes, key=lambda pair: pair[1])
    ]
    session.execute(update(ItemBalance), rows)


def _key_of(balance: ItemBalance) -> ItemBalanceKey:
    return ItemBalanceKey(*(getattr(balance, column.key) for column in KEY_COLUMNS))
