"""Item balances read for pages: what the item ledger says about sets of numbers now.

This module must never lock or write.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_ledger import ItemBalance
from scanner_app.many_keys import holding_one_of
from scanner_app.quantities import ZERO

UnitKey = tuple[int, int, int, str, str, str]


def quantities_on_inventory(
    session: Session, location_id: int, rows: Sequence[Any]
) -> dict[UnitKey, Decimal]:
    """The quantity on inventory for each row's item, variant, unit and numbers.

    The item ledger knows no unit of measure, so every unit of the same numbers gets their sum.
    """
    balance = ItemBalance
    wanted = {
        (row.item_id, row.variant_id, row.serial_no, row.lot_no, row.package_no) for row in rows
    }
    key = (
        balance.item_id,
        balance.variant_id,
        balance.serial_no,
        balance.lot_no,
        balance.package_no,
    )
    statement = select(*key, balance.quantity).where(balance.location_id == location_id)
    found = session.execute(holding_one_of(session, statement, key, wanted))
    by_numbers = {(i, v, s, lot, p): quantity for i, v, s, lot, p, quantity in found}
    return {
        (
            row.item_id,
            row.variant_id,
            row.unit_of_measure_id,
            row.serial_no,
            row.lot_no,
            row.package_no,
        ): by_numbers.get(
            (row.item_id, row.variant_id, row.serial_no, row.lot_no, row.package_no), ZERO
        )
        for row in rows
    }
