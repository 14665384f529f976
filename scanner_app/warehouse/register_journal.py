"""Register a physical inventory: each difference moves between its bin and the adjustment bin.

Closed bins are registered, bins that are not closed stay. A line without a difference registers
two entries of quantity 0, the proof that it was counted. The item ledger is not touched
(docs/domain.md 7.6).

This module must never register a line whose bin moved since its expectation was taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import (
    check_numbers_given,
    check_serial_quantity,
    describe,
    numbers_of,
)
from scanner_app.inventory.item_tracking_code import ItemTrackingCode, numbers_in_warehouse
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.posting_refusals import (
    ExpirationDateDiffers,
    ExpirationDateMissing,
    WarrantyDateMissing,
)
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.inventory.tracking_information import (
    NumberOfItem,
    dated_number,
    known_expiration_dates,
)
from scanner_app.quantities import ZERO, from_base
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import BalanceOwner, key_of, lock_balances
from scanner_app.warehouse.calculate_inventory import lock_batch
from scanner_app.warehouse.expectation import moved_lines
from scanner_app.warehouse.new_warehouse_entry import NewWarehouseEntry, Registration
from scanner_app.warehouse.register_activity import By, items_with_codes
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)
from scanner_app.warehouse.warehouse_ledger import (
    WarehouseDocument,
    WarehouseEntryType,
    WarehouseRegister,
)
from scanner_app.warehouse.warehouse_posting import write_warehouse_entries

SERIES = "PHYSINV"
SOURCE_CODE = "WHPHYSINVT"
Items = dict[int, tuple[Item, ItemTrackingCode | None]]


class NothingCounted(RuleRefused):
    """No bin is closed."""

    message = N_("No bin of {batch_name} is counted and closed.")
    way_out = N_("Count a bin and scan it again to close it.")


class AdjustmentBinMissing(RuleRefused):
    """The location names no adjustment bin."""

    message = N_("Location {location} has no adjustment bin.")
    way_out = N_("Ask a supervisor to enter one on the location.")
    field = "Adjustment Bin Code"


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
    if location.adjustment_bin_id is None:
        raise AdjustmentBinMissing(location=location.code)
    lines = _lines(session, counts)
    items = items_with_codes(session, {line.item_id for line in lines})
    _lock_bins(session, location, lines, items)
    _check_not_moved(session, counts, items)
    _check_lines(session, lines, items)
    no = take_number(session, SERIES, by.work_date)
    register = None
    if lines:
        adjustment_bin = session.get_one(Bin, location.adjustment_bin_id)
        entries = _entries(session, batch, lines, items, adjustment_bin)
        register = write_warehouse_entries(session, _registration(batch, no, by), entries)
    differences = sum(1 for line in lines if line.difference_base)
    _close_counts(session, counts, register, by)
    remaining = _remaining(session, batch)
    return RegisteredCount(no, len(counts), remaining, len(lines), differences)


def _closed(session: Session, batch: WarehouseJournalBatch) -> Sequence[BinCount]:
    statement = select(BinCount).where(
        BinCount.batch_id == batch.id, BinCount.state == BinCountState.CLOSED
    )
    return session.scalars(statement.order_by(BinCount.bin_id).with_for_update()).all()


def _lines(session: Session, counts: Sequence[BinCount]) -> Sequence[WarehouseJournalLine]:
    """Minus before plus: a misplaced serial no. leaves its bin before it enters the other."""
    row = WarehouseJournalLine
    lines = session.scalars(
        select(row)
        .where(row.bin_count_id.in_([count.id for count in counts]))
        .order_by(row.line_no)
    ).all()
    return sorted(lines, key=lambda line: (line.difference_base or ZERO, line.line_no))


def _lock_bins(
    session: Session, location: Location, lines: Sequence[WarehouseJournalLine], items: Items
) -> None:
    """From here on nothing moves in the balances that were counted."""
    owners = {
        key_of(line): BalanceOwner(
            location.id,
            is_adjustment_bin=False,
            serial_specific=_serial_is_specific(items[line.item_id][1]),
        )
        for line in lines
    }
    lock_balances(session, owners)


def _serial_is_specific(code: ItemTrackingCode | None) -> bool:
    return code is not None and code.serial_specific_tracking


def _check_not_moved(session: Session, counts: Sequence[BinCount], items: Items) -> None:
    for _, key in moved_lines(session, counts):
        item = items[key.item_id][0] if key.item_id in items else session.get_one(Item, key.item_id)
        raise MovedSinceCalculated(
            what=describe(item.no, key.numbers), bin_code=session.get_one(Bin, key.bin_id).code
        )


def _check_lines(session: Session, lines: Sequence[WarehouseJournalLine], items: Items) -> None:
    """Numbers on every line, also without a difference; dates on what comes in."""
    arriving = [line for line in lines if (line.difference_base or ZERO) > 0]
    known = known_expiration_dates(session, {n for line in arriving if (n := _dated(line))})
    for line in lines:
        item, code = items[line.item_id]
        check_numbers_given(numbers_of(line), numbers_in_warehouse(code), item.no)
        check_serial_quantity(numbers_of(line), line.difference_base or ZERO)
    for line in arriving:
        item, code = items[line.item_id]
        if code and code.require_warranty_date_entry and line.warranty_date is None:
            raise WarrantyDateMissing(item_no=item.no)
        _check_expiration_date(line, item, code, known)


def _dated(line: WarehouseJournalLine) -> NumberOfItem | None:
    return dated_number(line.item_id, line.variant_id, numbers_of(line))


def _check_expiration_date(
    line: WarehouseJournalLine,
    item: Item,
    code: ItemTrackingCode | None,
    known: dict[NumberOfItem, date | None],
) -> None:
    """Required and, where the item ledger knows the number, equal to what it says."""
    if code is None or not code.use_expiration_dates:
        return
    number = _dated(line)
    if number in known and line.expiration_date not in (None, known[number]):
        raise ExpirationDateDiffers(
            item_no=item.no,
            number=number[3],
            known=str(known[number] or "-"),
            given=str(line.expiration_date),
        )
    date_ = line.expiration_date or (known.get(number) if number else None)
    if code.require_expiration_date_entry and date_ is None:
        raise ExpirationDateMissing(item_no=item.no)
    line.expiration_date = date_


def _registration(batch: WarehouseJournalBatch, no: str, by: By) -> Registration:
    return Registration(
        registering_date=by.work_date,
        registered_at=by.at,
        user_id=by.user_id,
        source_code=SOURCE_CODE,
        document=WarehouseDocument.PHYSICAL_INVENTORY,
        reference_no=no,
        journal_batch_name=batch.name,
    )


def _entries(
    session: Session,
    batch: WarehouseJournalBatch,
    lines: Sequence[WarehouseJournalLine],
    items: Items,
    adjustment_bin: Bin,
) -> list[NewWarehouseEntry]:
    """Two entries for each line, equal and opposite, the one that takes first."""
    ids = {line.bin_id for line in lines}
    bins = {bin_.id: bin_ for bin_ in session.scalars(select(Bin).where(Bin.id.in_(sorted(ids))))}
    entries: list[NewWarehouseEntry] = []
    for line in lines:
        difference = line.difference_base or ZERO
        code = items[line.item_id][1]
        in_bin = _entry(batch, line, code, bins[line.bin_id], difference)
        in_adjustment_bin = _entry(batch, line, code, adjustment_bin, -difference)
        pair = (in_bin, in_adjustment_bin) if difference < 0 else (in_adjustment_bin, in_bin)
        entries.extend(pair)
    return entries


def _entry(
    batch: WarehouseJournalBatch,
    line: WarehouseJournalLine,
    code: ItemTrackingCode | None,
    bin_: Bin,
    quantity_base: Decimal,
) -> NewWarehouseEntry:
    positive = quantity_base > 0 or (quantity_base == 0 and not bin_.is_adjustment_bin)
    return NewWarehouseEntry(
        bin=bin_,
        item_id=line.item_id,
        variant_id=line.variant_id,
        unit_of_measure_id=line.unit_of_measure_id,
        qty_per_unit_of_measure=line.qty_per_unit_of_measure,
        quantity=from_base(quantity_base, line.qty_per_unit_of_measure),
        quantity_base=quantity_base,
        numbers=numbers_of(line),
        serial_specific=_serial_is_specific(code),
        entry_type=(
            WarehouseEntryType.POSITIVE_ADJUSTMENT
            if positive
            else WarehouseEntryType.NEGATIVE_ADJUSTMENT
        ),
        warranty_date=line.warranty_date,
        expiration_date=line.expiration_date,
        reason_code_id=line.reason_code_id or batch.reason_code_id,
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
    session.flush()


def _remaining(session: Session, batch: WarehouseJournalBatch) -> int:
    statement = select(func.count(BinCount.id)).where(
        BinCount.batch_id == batch.id, BinCount.state != BinCountState.REGISTERED
    )
    return session.scalar(statement) or 0
