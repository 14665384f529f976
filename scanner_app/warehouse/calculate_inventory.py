"""Calculate Inventory: what the entries say lies in the bins to be counted (docs/domain.md 7.1).

One line for each bin, item, variant, unit of measure and set of numbers with stock; an empty bin
gets no line and is counted all the same. A bin stands in one count at a time.

This module must never look into the adjustment bin, and never write a ledger.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import ItemUnit
from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.inventory.tracking_information import dated_number, known_expiration_dates
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import BinBalance, stock_in_bins
from scanner_app.warehouse.register_activity import DocumentGone
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)


class BinOnOtherCount(RuleRefused):
    """The bin is in a count that is not registered yet."""

    message = N_("Bin {bin_code} is already on count {batch_name}.")
    way_out = N_("Count it there, or leave it out here.")
    field = "Bin Code"


class NoBinToCount(RuleRefused):
    """No bin of the location fits the filter."""

    message = N_("No bin of {location} fits.")
    way_out = N_("Choose another zone or bin.")
    field = "Bin Code"


def lock_batch(session: Session, batch_id: int) -> WarehouseJournalBatch:
    """Lock a batch, so that counting and registering it take turns.

    Raises:
        DocumentGone: when it is not there.
    """
    statement = select(WarehouseJournalBatch).where(WarehouseJournalBatch.id == batch_id)
    batch = session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if batch is None:
        raise DocumentGone(document=str(batch_id))
    return batch


def bins_to_count(
    session: Session, location_id: int, *, zone_id: int | None = None, codes: Collection[str] = ()
) -> Sequence[Bin]:
    """The bins of a location, of one zone, or with the given codes; never the adjustment bin."""
    statement = select(Bin).where(Bin.location_id == location_id, Bin.is_adjustment_bin.is_(False))
    if zone_id is not None:
        statement = statement.where(Bin.zone_id == zone_id)
    if codes:
        statement = statement.where(Bin.code.in_(sorted(codes)))
    return session.scalars(statement.order_by(Bin.code)).all()


def calculate_inventory(session: Session, batch_id: int, bins: Sequence[Bin]) -> int:
    """Add bins to a count, with a line for everything booked in them; returns the lines added.

    Raises:
        BinOnOtherCount: for a bin of any count that is not registered.
    """
    batch = lock_batch(session, batch_id)
    _lock_bins(session, bins)
    _check_on_no_count(session, bins)
    counts = [BinCount(batch_id=batch.id, bin_id=bin_.id) for bin_ in bins]
    session.add_all(counts)
    session.flush()
    by_bin = {count.bin_id: count for count in counts}
    return add_calculated_lines(session, by_bin, stock_in_bins(session, list(by_bin)))


def add_calculated_lines(
    session: Session, counts: dict[int, BinCount], balances: Sequence[BinBalance]
) -> int:
    """Insert a calculated line for each balance of bins that are counted."""
    if not balances:
        return 0
    factors = units_of_items(session, {balance.item_id for balance in balances})
    dates = known_expiration_dates(
        session,
        {
            number
            for b in balances
            if (number := dated_number(b.item_id, b.variant_id, numbers_of(b)))
        },
    )
    batch_id = next(iter(counts.values())).batch_id
    line_no = next_line_no(session, batch_id)
    rows: list[dict[str, Any]] = []
    for offset, balance in enumerate(balances):
        number = dated_number(balance.item_id, balance.variant_id, numbers_of(balance))
        known = dates.get(number) if number else None
        rows.append(
            {
                "batch_id": batch_id,
                "line_no": line_no + offset * 10_000,
                "phys_inventory": True,
                "bin_count_id": counts[balance.bin_id].id,
                "bin_id": balance.bin_id,
                "item_id": balance.item_id,
                "variant_id": balance.variant_id,
                "unit_of_measure_id": balance.unit_of_measure_id,
                "qty_per_unit_of_measure": factors[balance.item_id, balance.unit_of_measure_id],
                "serial_no": balance.serial_no,
                "lot_no": balance.lot_no,
                "package_no": balance.package_no,
                "warranty_date": balance.warranty_date,
                "expiration_date": known or balance.expiration_date,
                "qty_calculated_base": balance.quantity_base,
                "expected_version": balance.version,
            }
        )
    session.execute(insert(WarehouseJournalLine), rows)
    return len(rows)


def units_of_items(session: Session, item_ids: Collection[int]) -> dict[tuple[int, int], Any]:
    """Qty. per Unit of Measure by item and unit, in one look-up."""
    statement = select(ItemUnit).where(ItemUnit.item_id.in_(sorted(item_ids)))
    return {
        (unit.item_id, unit.unit_of_measure_id): unit.qty_per_unit_of_measure
        for unit in session.scalars(statement)
    }


def next_line_no(session: Session, batch_id: int) -> int:
    """The number of the next line of a batch, in steps of ten thousand."""
    last = session.scalar(
        select(func.max(WarehouseJournalLine.line_no)).where(
            WarehouseJournalLine.batch_id == batch_id
        )
    )
    return (last or 0) + 10_000


def _lock_bins(session: Session, bins: Sequence[Bin]) -> None:
    """Two counts that want the same bin take turns, so that the second sees the first."""
    ids = [bin_.id for bin_ in bins]
    session.execute(select(Bin.id).where(Bin.id.in_(ids)).order_by(Bin.id).with_for_update())


def bins_on_no_count(session: Session, bins: Sequence[Bin]) -> list[Bin]:
    """Those of the bins that no unregistered count has."""
    taken = set(
        session.scalars(
            select(BinCount.bin_id).where(
                BinCount.bin_id.in_([bin_.id for bin_ in bins]),
                BinCount.state != BinCountState.REGISTERED,
            )
        )
    )
    return [bin_ for bin_ in bins if bin_.id not in taken]


def _check_on_no_count(session: Session, bins: Sequence[Bin]) -> None:
    taken = session.execute(
        select(Bin.code, WarehouseJournalBatch.name)
        .select_from(BinCount)
        .join(Bin, Bin.id == BinCount.bin_id)
        .join(WarehouseJournalBatch, WarehouseJournalBatch.id == BinCount.batch_id)
        .where(
            BinCount.bin_id.in_([bin_.id for bin_ in bins]),
            BinCount.state != BinCountState.REGISTERED,
        )
        .order_by(Bin.code)
        .limit(1)
    ).first()
    if taken is not None:
        raise BinOnOtherCount(bin_code=taken[0], batch_name=taken[1])
