"""Why something waits for the sync: the entries behind each balance of the adjustment bin.

Only entries since the balance was last zero are read, so that history costs nothing
(docs/domain.md 8.1).

This module must never change anything.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import BalanceKey, BinBalance, key_of
from scanner_app.warehouse.warehouse_ledger import WarehouseEntry

Cause = tuple[int, int, int, int, str, str, str]


@dataclass(frozen=True)
class Evidence:
    """One registration that changed a balance: where, by whom, why, and when."""

    quantity_base: Decimal
    bin_code: str
    user_name: str
    reason: str
    registering_date: date
    reference_no: str
    batch_name: str


def evidence_of(
    session: Session, balances: Sequence[BinBalance]
) -> dict[BalanceKey, list[Evidence]]:
    """The registrations behind each balance, oldest first, in two look-ups."""
    if not balances:
        return {}
    settled = {key_of(balance): balance.settled_entry_id for balance in balances}
    entry = WarehouseEntry
    rows = session.execute(
        select(entry, User.user_name, ReasonCode.code)
        .join(User, User.id == entry.user_id)
        .outerjoin(ReasonCode, ReasonCode.id == entry.reason_code_id)
        .where(
            entry.bin_id == balances[0].bin_id,
            entry.item_id.in_({balance.item_id for balance in balances}),
            entry.id > min(settled.values()),
        )
        .order_by(entry.id)
    ).all()
    open_ = [row for row in rows if row[0].id > settled.get(key_of(row[0]), row[0].id)]
    bins = _bins_across(session, [row for row, _, _ in open_])
    found: defaultdict[BalanceKey, list[Evidence]] = defaultdict(list)
    for row, user_name, reason in open_:
        found[key_of(row)].append(
            Evidence(
                quantity_base=row.quantity_base,
                bin_code=bins.get(_cause(row), ""),
                user_name=user_name,
                reason=reason or "",
                registering_date=row.registering_date,
                reference_no=row.reference_no,
                batch_name=row.journal_batch_name,
            )
        )
    return dict(found)


def _cause(row: WarehouseEntry) -> Cause:
    return (row.register_id, *key_of(row)[1:])


def _bins_across(session: Session, entries: Sequence[WarehouseEntry]) -> dict[Cause, str]:
    """The real bins in which the same registrations wrote their other halves."""
    row = WarehouseEntry
    statement = (
        select(row, Bin.code)
        .join(Bin, Bin.id == row.bin_id)
        .where(
            row.register_id.in_({entry.register_id for entry in entries}),
            row.bin_id != entries[0].bin_id,
            row.item_id.in_({entry.item_id for entry in entries}),
        )
        .order_by(row.id)
    )
    return {_cause(entry): code for entry, code in session.execute(statement)}
