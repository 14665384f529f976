"""The booked quantity of a count, taken again when the bin moved meanwhile (docs/domain.md 7.5).

A line remembers the version of its balance when it was calculated. Entries since then make its
expectation worthless, and its count too, when they came after it.

This module must never guess: a bin whose count is worth nothing any more is counted again.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from scanner_app.warehouse.bin_balance import BalanceKey, balances_of, key_of, stock_in_bins
from scanner_app.warehouse.calculate_inventory import add_calculated_lines
from scanner_app.warehouse.physical_inventory import lines_of
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalLine,
)


def reopen_bin(session: Session, count: BinCount) -> None:
    """Count a bin anew: its counted quantities are dropped, its facts of earlier rounds stay."""
    drop_counted(session, count)
    count.state = BinCountState.TO_COUNT
    count.round += 1
    count.opened_at = count.closed_at = count.opened_by_id = count.closed_by_id = None
    count.declared_empty = False
    session.flush()
    session.expire_all()


def drop_counted(session: Session, count: BinCount) -> None:
    """Forget what the close of a bin wrote on its lines; the facts of the count stay."""
    row = WarehouseJournalLine
    session.execute(delete(row).where(row.bin_count_id == count.id, row.phys_inventory.is_(False)))
    session.execute(
        update(row)
        .where(row.bin_count_id == count.id)
        .values(qty_phys_inventory_base=None, counted_version=None)
    )


def moved_lines(session: Session, counts: Sequence[BinCount]) -> list[tuple[BinCount, BalanceKey]]:
    """Lines whose bin and numbers got entries since they were calculated (docs/domain.md 7.5)."""
    row = WarehouseJournalLine
    by_id = {count.id: count for count in counts}
    lines = session.scalars(select(row).where(row.bin_count_id.in_(by_id)).order_by(row.id)).all()
    expected = {key_of(line): line for line in lines}
    now = {key_of(b): b for b in stock_in_bins(session, [count.bin_id for count in counts])}
    now |= balances_of(session, list(expected.keys() - now.keys()))
    moved = [
        (by_id[line.bin_count_id], key)
        for key, line in expected.items()
        if (now[key].version if key in now else 0) != line.expected_version
    ]
    by_bin = {count.bin_id: count for count in counts}
    moved += [(by_bin[key.bin_id], key) for key in now.keys() - expected.keys()]
    return sorted(moved, key=lambda pair: pair[1])


def retake_expectation(session: Session, count: BinCount) -> bool:
    """Take the booked quantities of a bin again; returns whether it has to be counted again.

    A count made after the last movement stands; one made before it says nothing any more.
    """
    moved = {key for _, key in moved_lines(session, [count])}
    if not moved:
        return False
    lines = {key_of(line): line for line in lines_of(session, count)}
    now = balances_of(session, moved)
    stale = count.state is BinCountState.CLOSED and any(
        key not in lines or lines[key].counted_version != now[key].version for key in moved
    )
    if stale:
        reopen_bin(session, count)
        lines = {key_of(line): line for line in lines_of(session, count)}
    rows = [
        {
            "id": lines[key].id,
            "qty_calculated_base": now[key].quantity_base,
            "expected_version": now[key].version,
            "phys_inventory": True,
        }
        for key in moved & lines.keys()
    ]
    if rows:
        session.execute(update(WarehouseJournalLine), rows)
    new = [now[key] for key in sorted(moved - lines.keys()) if now[key].quantity_base != 0]
    add_calculated_lines(session, {count.bin_id: count}, new)
    session.expire_all()
    return stale
