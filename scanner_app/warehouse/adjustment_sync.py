"""Calculate Warehouse Adjustment: what waits in the adjustment bin becomes journal lines.

Stock that the adjustment bin holds is missing: a Negative Adjmt. Stock it owes was found: a
Positive Adjmt. Plus and minus of the same number cancel before a line is made (docs/domain.md 8).
What is blocked is left out and waits, see `waiting_numbers`.
The lines of a location stand in one place only: calculating again replaces them, whoever made
them, so that nothing is ever proposed twice.

This module must never post, and never change a line into something else than the bin says.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_tracking import ItemTrackingLine, TrackingSource, numbers_of
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import take_number
from scanner_app.quantities import ZERO, from_base
from scanner_app.warehouse.bin_balance import BinBalance, key_of, stock_in_bins
from scanner_app.warehouse.calculate_inventory import units_of_items
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.register_differences import AdjustmentBinMissing
from scanner_app.warehouse.waiting_numbers import blocked_numbers

SERIES = "SYNC"
BATCH_NAME = "SYNC"
LineKey = tuple[int, int, int, EntryType]


@dataclass(frozen=True)
class Calculated:
    """What a calculation proposed."""

    document_no: str
    lines: int
    numbers: int


def unsynchronised(
    session: Session, location: Location, item_ids: Collection[int] = ()
) -> Sequence[BinBalance]:
    """Every balance of the adjustment bin that is not zero, of all or of some items.

    Raises:
        AdjustmentBinMissing: when the location names no adjustment bin.
    """
    if location.adjustment_bin_id is None:
        raise AdjustmentBinMissing(location=location.code)
    balances = stock_in_bins(session, [location.adjustment_bin_id])
    return [b for b in balances if not item_ids or b.item_id in item_ids]


def calculate_warehouse_adjustment(
    session: Session,
    location: Location,
    batch: ItemJournalBatch,
    by: By,
    item_ids: Collection[int] = (),
) -> Calculated:
    """Replace the proposed lines of a location by what the adjustment bin says now.

    What is blocked is not proposed: it would refuse the whole posting.

    Raises:
        AdjustmentBinMissing: when the location names no adjustment bin.
    """
    lock_sync(session, location)
    _delete_proposals(session, location, item_ids)
    waiting = unsynchronised(session, location, item_ids)
    blocked = blocked_numbers(session, waiting)
    balances = [balance for balance in waiting if key_of(balance) not in blocked]
    if not balances:
        return Calculated("", 0, 0)
    document_no = take_number(session, SERIES, by.work_date)
    grouped: defaultdict[LineKey, list[BinBalance]] = defaultdict(list)
    for balance in balances:
        missing = balance.quantity_base > 0
        kind = EntryType.NEGATIVE_ADJUSTMENT if missing else EntryType.POSITIVE_ADJUSTMENT
        key = (balance.item_id, balance.variant_id, balance.unit_of_measure_id, kind)
        grouped[key].append(balance)
    factors = units_of_items(session, {balance.item_id for balance in balances})
    line_no = _last_line_no(session, batch)
    lines = []
    for offset, (key, part) in enumerate(sorted(grouped.items()), start=1):
        line = _line(location, batch, document_no, by, key, part, factors[key[0], key[2]])
        line.line_no = line_no + offset * 10_000
        lines.append((line, part))
    session.add_all(line for line, _ in lines)
    session.flush()
    session.add_all(_tracking(line, balance) for line, part in lines for balance in part)
    session.flush()
    return Calculated(document_no, len(lines), len(balances))


def lock_sync(session: Session, location: Location) -> None:
    """One calculation or posting of a location at a time; the adjustment bin's own lock.

    On SQLite the one writer is the lock. Counts go on registering meanwhile on PostgreSQL: what
    they add is seen when the line is posted.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(7315, :location_id)")
        session.execute(lock, {"location_id": location.id})


def proposed_lines(session: Session, location: Location) -> Sequence[ItemJournalLine]:
    """The lines proposed for a location, wherever they stand, in order."""
    row = ItemJournalLine
    return session.scalars(
        select(row)
        .where(row.location_id == location.id, row.warehouse_adjustment.is_(True))
        .order_by(row.batch_id, row.line_no)
    ).all()


def _delete_proposals(session: Session, location: Location, item_ids: Collection[int]) -> None:
    lines = proposed_lines(session, location)
    ids = [line.id for line in lines if not item_ids or line.item_id in item_ids]
    delete_journal_lines(session, ids)


def delete_journal_lines(session: Session, line_ids: Sequence[int]) -> None:
    """Delete journal lines with their item tracking lines."""
    tracking = ItemTrackingLine
    session.execute(
        delete(tracking).where(
            tracking.source_type == TrackingSource.ITEM_JOURNAL_LINE,
            tracking.source_line_id.in_(line_ids),
        )
    )
    # Fetched ids find the lines that the session has read; each of them would be looked for in all.
    session.execute(
        delete(ItemJournalLine).where(ItemJournalLine.id.in_(line_ids)),
        execution_options={"synchronize_session": "fetch"},
    )


def _last_line_no(session: Session, batch: ItemJournalBatch) -> int:
    row = ItemJournalLine
    return session.scalar(select(func.max(row.line_no)).where(row.batch_id == batch.id)) or 0


def _line(
    location: Location,
    batch: ItemJournalBatch,
    document_no: str,
    by: By,
    key: LineKey,
    part: Sequence[BinBalance],
    per_unit: Decimal,
) -> ItemJournalLine:
    item_id, variant_id, unit_of_measure_id, entry_type = key
    total = abs(sum((balance.quantity_base for balance in part), ZERO))
    return ItemJournalLine(
        batch_id=batch.id,
        entry_type=entry_type,
        posting_date=by.work_date,
        document_date=by.work_date,
        document_no=document_no,
        item_id=item_id,
        variant_id=variant_id,
        location_id=location.id,
        bin_id=location.adjustment_bin_id,
        unit_of_measure_id=unit_of_measure_id,
        qty_per_unit_of_measure=per_unit,
        quantity=from_base(total, per_unit),
        quantity_base=total,
        reason_code_id=batch.reason_code_id,
        warehouse_adjustment=True,
    )


def _tracking(line: ItemJournalLine, balance: BinBalance) -> ItemTrackingLine:
    """One set of numbers; dates are carried only by what was found."""
    numbers = numbers_of(balance)
    found = line.entry_type is EntryType.POSITIVE_ADJUSTMENT
    quantity = abs(balance.quantity_base)
    return ItemTrackingLine(
        source_type=TrackingSource.ITEM_JOURNAL_LINE,
        source_line_id=line.id,
        serial_no=numbers.serial_no,
        lot_no=numbers.lot_no,
        package_no=numbers.package_no,
        warranty_date=balance.warranty_date if found else None,
        expiration_date=balance.expiration_date if found else None,
        quantity_base=quantity,
        qty_to_handle_base=quantity,
    )
