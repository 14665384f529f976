"""Item balances: locking and updating the sums beside the item ledger (docs/domain.md 1.4).

A balance counts only the numbers that are specific for the item: others say nothing about what
is left.

This module must never be called by anything but `inventory.posting`.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_ledger import ItemBalance
from scanner_app.many_keys import holding_one_of
from scanner_app.quantities import ZERO
from scanner_app.send_rows import send_rows
from scanner_app.update_rows import update_rows
from scanner_app.upsert import insert_into


class ItemBalanceKey(NamedTuple):
    """What one item balance is of; the order is the order in which rows are locked."""

    item_id: int
    variant_id: int
    location_id: int
    serial_no: str = ""
    lot_no: str = ""
    package_no: str = ""


class LockedItemBalance(NamedTuple):
    """A row that is locked, as it was then."""

    id: int
    quantity: Decimal


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
) -> dict[ItemBalanceKey, LockedItemBalance]:
    """Create the missing balances and lock all in key order; the values say serial specific."""
    ordered = sorted(keys)
    rows = [{**key._asdict(), "serial_specific": keys[key], "quantity": ZERO} for key in ordered]
    send_rows(session, insert_into(session, ItemBalance.__table__).on_conflict_do_nothing(), rows)
    columns = select(ItemBalance.id, ItemBalance.quantity, *KEY_COLUMNS)
    locking = holding_one_of(session, columns, KEY_COLUMNS, ordered).order_by(*KEY_COLUMNS)
    return {
        ItemBalanceKey(*row[2:]): LockedItemBalance(*row[:2])
        for row in session.execute(locking.with_for_update())
    }


def change_item_balances(
    session: Session, changes: Iterable[tuple[LockedItemBalance, Decimal]]
) -> None:
    """Add to locked balances; decreases come first, so that a serial is never in two places."""
    update_rows(
        session,
        ItemBalance,
        [
            (balance.id, {"quantity": balance.quantity + change})
            for balance, change in sorted(changes, key=lambda pair: pair[1])
        ],
    )
