"""Counting a bin: open it, see what lies there, close it (docs/domain.md 7.3, 7.4).

Everything seen is a count entry; what a line counts to is their sum, taken when the bin is
closed. In a closed bin what was not seen is 0. A bin that is not closed is not counted.

This module must never change a booked quantity: `expectation` does, on request.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.errors import N_, RuleRefused
from scanner_app.insert_rows import insert_in_order
from scanner_app.inventory.item_tracking import TrackingNumbers, check_serial_quantity
from scanner_app.quantities import ZERO, to_base
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import BalanceKey, BinBalance, balances_of, key_of
from scanner_app.warehouse.calculate_inventory import (
    next_line_no,
    units_of_items,
)
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.seen_in_bin import total_base
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    CountEntry,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)


class BinNotOnCount(RuleRefused):
    """The bin is not among those to be counted."""

    message = N_("Bin {bin_code} is not on count {batch_name}.")
    way_out = N_("Scan a bin of the list, or ask a supervisor to add this one.")
    field = "Bin Code"


class BinTaken(RuleRefused):
    """Somebody else has the bin open."""

    message = N_("{user_name} is counting bin {bin_code}.")
    way_out = N_("Count another bin.")
    field = "Bin Code"


class BinAlreadyCounted(RuleRefused):
    """The bin is closed."""

    message = N_("Bin {bin_code} was counted and closed by {user_name}.")
    way_out = N_("Count another bin, or ask a supervisor to open it again.")
    field = "Bin Code"


class SerialAlreadyCounted(RuleRefused):
    """The same serial no. was seen before."""

    message = N_("Serial No. {serial_no} was already counted in bin {bin_code} by {user_name}.")
    way_out = N_("Leave it: it counts once.")
    field = "Serial No."


@dataclass(frozen=True)
class SeenUnit:
    """What was seen in a bin, in a unit of measure."""

    item_id: int
    variant_id: int
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    numbers: TrackingNumbers
    quantity: Decimal
    expiration_date: date | None = None
    warranty_date: date | None = None

    def key(self, bin_id: int) -> BalanceKey:
        """The balance it belongs to, in a bin."""
        return BalanceKey(
            bin_id,
            self.item_id,
            self.variant_id,
            self.unit_of_measure_id,
            *self.numbers.as_tuple(),
        )


def count_of_bin(session: Session, batch: WarehouseJournalBatch, bin_: Bin) -> BinCount:
    """The unregistered count of a bin in a batch, locked.

    Raises:
        BinNotOnCount: when the batch does not count the bin.
    """
    statement = select(BinCount).where(
        BinCount.batch_id == batch.id,
        BinCount.bin_id == bin_.id,
        BinCount.state != BinCountState.REGISTERED,
    )
    count = session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if count is None:
        raise BinNotOnCount(bin_code=bin_.code, batch_name=batch.name)
    return count


def open_bin(session: Session, count: BinCount, bin_: Bin, by: By) -> None:
    """Begin to count a bin; the one who began goes on.

    Raises:
        BinTaken: when somebody else counts it.
        BinAlreadyCounted: when it is closed.
    """
    if count.state is BinCountState.CLOSED:
        closed_by = session.get_one(User, count.closed_by_id)
        raise BinAlreadyCounted(bin_code=bin_.code, user_name=closed_by.user_name)
    if count.state is BinCountState.OPEN and count.opened_by_id != by.user_id:
        opened_by = session.get_one(User, count.opened_by_id)
        raise BinTaken(bin_code=bin_.code, user_name=opened_by.user_name)
    if count.state is BinCountState.TO_COUNT:
        count.state = BinCountState.OPEN
        count.opened_at, count.opened_by_id = by.at, by.user_id


def count_units(
    session: Session, count: BinCount, units: Sequence[SeenUnit], by: By, scan_id: int | None
) -> list[int]:
    """Keep what was seen in an open bin, all of it or nothing; returns the ids of the entries.

    Raises:
        SerialAlreadyCounted: when a serial no. was seen in this count before.
        SerialQuantityNotOne: for a serial no. with another quantity.
    """
    rows = [_entry_row(count, seen, by, scan_id) for seen in units]
    _check_serials_not_counted(session, count, units)
    return insert_in_order(session, CountEntry, rows)


def _entry_row(count: BinCount, seen: SeenUnit, by: By, scan_id: int | None) -> dict[str, Any]:
    base = to_base(seen.quantity, seen.qty_per_unit_of_measure)
    check_serial_quantity(seen.numbers, base)
    return {
        "bin_count_id": count.id,
        "round": count.round,
        "item_id": seen.item_id,
        "variant_id": seen.variant_id,
        "unit_of_measure_id": seen.unit_of_measure_id,
        "qty_per_unit_of_measure": seen.qty_per_unit_of_measure,
        "serial_no": seen.numbers.serial_no,
        "lot_no": seen.numbers.lot_no,
        "package_no": seen.numbers.package_no,
        "warranty_date": seen.warranty_date,
        "expiration_date": seen.expiration_date,
        "quantity": seen.quantity,
        "quantity_base": base,
        "counted_at": by.at,
        "user_id": by.user_id,
        "scan_id": scan_id,
    }


def close_bin(
    session: Session, count: BinCount, seen: Mapping[BalanceKey, list[CountEntry]], by: By
) -> None:
    """End the count of a bin: sum what was seen, set what was not seen to 0."""
    totals = {key: total_base(part) for key, part in seen.items()}
    by_key = {key_of(line): line for line in lines_of(session, count)}
    found = {key: seen[key] for key, total in totals.items() if key not in by_key and total > 0}
    balances = balances_of(session, [*by_key, *found])
    for key, line in by_key.items():
        line.qty_phys_inventory_base = totals.get(key, ZERO)
        line.counted_version = balances[key].version
    _insert_manual_lines(session, count, found, balances)
    count.state = BinCountState.CLOSED
    count.declared_empty = not any(total > 0 for total in totals.values())
    count.closed_at, count.closed_by_id = by.at, by.user_id
    session.flush()


def is_booked(session: Session, count: BinCount, key: BalanceKey) -> bool:
    """Whether a line of the bin's count is for this key."""
    row = WarehouseJournalLine
    columns = (row.item_id, row.variant_id, row.unit_of_measure_id)
    numbers = (row.serial_no, row.lot_no, row.package_no)
    same = zip((*columns, *numbers), key[1:], strict=True)
    statement = select(row.id).where(row.bin_count_id == count.id, *(c == v for c, v in same))
    return session.scalar(statement.limit(1)) is not None


def lines_of(session: Session, count: BinCount) -> Sequence[WarehouseJournalLine]:
    """The journal lines of a bin's count, in order."""
    row = WarehouseJournalLine
    return session.scalars(
        select(row).where(row.bin_count_id == count.id).order_by(row.line_no)
    ).all()


def _check_serials_not_counted(
    session: Session, count: BinCount, units: Sequence[SeenUnit]
) -> None:
    """Once in a bin, and in no other open or closed bin of the same batch."""
    serials = {_serial_of(unit) for unit in units if unit.numbers.serial_no and unit.quantity > 0}
    if not serials:
        return
    entry = CountEntry
    rows = session.execute(
        select(entry, Bin.code, User.user_name)
        .join(BinCount, BinCount.id == entry.bin_count_id)
        .join(Bin, Bin.id == BinCount.bin_id)
        .join(User, User.id == entry.user_id)
        .where(
            BinCount.batch_id == count.batch_id,
            BinCount.state != BinCountState.REGISTERED,
            entry.round == BinCount.round,
            entry.item_id.in_(sorted({item_id for item_id, _, _ in serials})),
            entry.serial_no.in_(sorted({serial_no for _, _, serial_no in serials})),
        )
        .order_by(entry.id)
    )
    before: defaultdict[tuple[int, int, str], list[Any]] = defaultdict(list)
    for row in rows:
        before[row[0].item_id, row[0].variant_id, row[0].serial_no].append(row)
    for serial in sorted(serials & before.keys()):
        if total_base([entry for entry, _, _ in before[serial]]) > 0:
            _, bin_code, user_name = before[serial][-1]
            raise SerialAlreadyCounted(serial_no=serial[2], bin_code=bin_code, user_name=user_name)


def _serial_of(unit: SeenUnit) -> tuple[int, int, str]:
    return unit.item_id, unit.variant_id, unit.numbers.serial_no


def _insert_manual_lines(
    session: Session,
    count: BinCount,
    found: dict[BalanceKey, list[CountEntry]],
    balances: dict[BalanceKey, BinBalance],
) -> None:
    """What was found and not booked: a line of its own with nothing calculated."""
    if not found:
        return
    factors = units_of_items(session, {key.item_id for key in found})
    line_no = next_line_no(session, count.batch_id)
    rows: list[dict[str, Any]] = []
    for offset, (key, entries) in enumerate(sorted(found.items())):
        dated = [e.expiration_date for e in entries if e.expiration_date]
        warranted = [e.warranty_date for e in entries if e.warranty_date]
        balance = balances.get(key)
        version = balance.version if balance else 0
        columns = zip(
            ("bin_id", "item_id", "variant_id", "unit_of_measure_id"),
            key[:4],
            strict=True,
        )
        rows.append(
            dict(columns)
            | {
                "batch_id": count.batch_id,
                "line_no": line_no + offset * 10_000,
                "phys_inventory": False,
                "bin_count_id": count.id,
                "qty_per_unit_of_measure": factors[key.item_id, key.unit_of_measure_id],
                "serial_no": key.serial_no,
                "lot_no": key.lot_no,
                "package_no": key.package_no,
                "warranty_date": warranted[-1] if warranted else None,
                "expiration_date": dated[-1] if dated else None,
                "qty_calculated_base": ZERO,
                "qty_phys_inventory_base": sum((e.quantity_base for e in entries), ZERO),
                # Nothing is expected; stock that came in since was booked by other entries.
                "expected_version": 0 if balance and balance.quantity_base else version,
                "counted_version": version,
            }
        )
    session.execute(insert(WarehouseJournalLine), rows)
