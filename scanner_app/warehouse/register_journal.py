"""Register a physical inventory: each difference moves between its bin and the adjustment bin.

Closed bins are registered, bins that are not closed stay. A line without a difference registers
two entries of quantity 0, the proof that it was counted. The item ledger is not touched
(docs/domain.md 7.6).

This module must never register a line whose bin moved since its expectation was taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import describe
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.bin import Bin, bins_by_id
from scanner_app.warehouse.calculate_inventory import lock_batch
from scanner_app.warehouse.difference import Difference, difference_of_count, in_order
from scanner_app.warehouse.expectation import moved_lines
from scanner_app.warehouse.register_activity import By, items_with_codes
from scanner_app.warehouse.register_differences import (
    SERIES,
    adjustment_bin_of,
    check_numbers,
    known_dates,
    lock_bins,
    with_dates,
    write_differences,
)
from scanner_app.warehouse.short_pick import settle_counted
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)
from scanner_app.warehouse.warehouse_ledger import WarehouseRegister


class NothingCounted(RuleRefused):
    """No bin is closed."""

    message = N_("No bin of {batch_name} is counted and closed.")
    way_out = N_("Count a bin and scan it again to close it.")


class MovedSinceCalculated(RuleRefused):
    """Entries came in between the calculation and the registration."""

    message = N_("{what} moved in bin {bin_code} since the count was calculated.")
    way_out = N_("Take the expectation again for bin {bin_code}, then register.")
    field = "Qty. (Calculated)"


@dataclass(frozen=True)
class RegisteredCount:
    """What a registration of a count did."""

    no: str
    bins: int
    bins_remaining: int
    lines: int
    differences: int


def register_warehouse_journal(session: Session, batch_id: int, by: By) -> RegisteredCount:
    """Register the closed bins of a count.

    Raises:
        RuleRefused: the first check that does not hold; nothing is written then.
    """
    hold_set_up(session)
    batch = lock_batch(session, batch_id)
    location = session.get_one(Location, batch.location_id)
    counts = _closed(session, batch)
    if not counts:
        raise NothingCounted(batch_name=batch.name)
    differences = _differences(session, _lines(session, counts))
    adjustment = adjustment_bin_of(session, location)
    lock_bins(session, differences)
    _check_not_moved(session, counts)
    for difference in differences:
        check_numbers(difference)
    known = known_dates(session, differences, adjustment)
    dated = [with_dates(difference, known) for difference in differences]
    no = take_number(session, SERIES[batch.template], by.work_date)
    register = write_differences(session, batch, dated, adjustment, no, by) if dated else None
    _close_counts(session, counts, register, by)
    remaining = _remaining(session, batch)
    different = sum(1 for each in differences if each.quantity_base)
    return RegisteredCount(no, len(counts), remaining, len(differences), different)


def _closed(session: Session, batch: WarehouseJournalBatch) -> Sequence[BinCount]:
    statement = select(BinCount).where(
        BinCount.batch_id == batch.id, BinCount.state == BinCountState.CLOSED
    )
    return session.scalars(statement.order_by(BinCount.bin_id).with_for_update()).all()


def _lines(session: Session, counts: Sequence[BinCount]) -> Sequence[WarehouseJournalLine]:
    row = WarehouseJournalLine
    of_counts = row.bin_count_id.in_([count.id for count in counts])
    return session.scalars(select(row).where(of_counts).order_by(row.line_no)).all()


def _differences(session: Session, lines: Sequence[WarehouseJournalLine]) -> list[Difference]:
    items = items_with_codes(session, {line.item_id for line in lines})
    bins = bins_by_id(session, {line.bin_id for line in lines})
    return in_order(
        [difference_of_count(line, bins[line.bin_id], *items[line.item_id]) for line in lines]
    )


def _check_not_moved(session: Session, counts: Sequence[BinCount]) -> None:
    for _, key in moved_lines(session, counts):
        raise MovedSinceCalculated(
            what=describe(session.get_one(Item, key.item_id).no, key.numbers),
            bin_code=session.get_one(Bin, key.bin_id).code,
        )


def _close_counts(
    session: Session, counts: Sequence[BinCount], register: WarehouseRegister | None, by: By
) -> None:
    row = WarehouseJournalLine
    session.execute(delete(row).where(row.bin_count_id.in_([count.id for count in counts])))
    for count in counts:
        count.state = BinCountState.REGISTERED
        count.registered_at = by.at
        count.warehouse_register_id = register.id if register else None
    closed_at = {count.bin_id: count.closed_at for count in counts if count.closed_at}
    settle_counted(session, closed_at, user_id=by.user_id, at=by.at)


def _remaining(session: Session, batch: WarehouseJournalBatch) -> int:
    statement = select(func.count(BinCount.id)).where(
        BinCount.batch_id == batch.id, BinCount.state != BinCountState.REGISTERED
    )
    return session.scalar(statement) or 0
