"""Writing warehouse entries: the one place where bins change (docs/domain.md 1.1, 1.4, 5.4).

Balances are locked in key order, checked, and only then entries, balances and the register are
written. What a bin does not hold cannot leave it; a serial no. stands in one real bin only.

This module must never decide what to move: registering and posting verbs tell it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NoReturn

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scanner_app.counters import next_register_number
from scanner_app.database import next_key
from scanner_app.errors import N_, InvariantBroken, RuleRefused
from scanner_app.insert_rows import insert_in_order
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import check_serial_quantity, describe
from scanner_app.inventory.location import Location
from scanner_app.many_keys import holding_one_of
from scanner_app.quantities import ZERO, from_base
from scanner_app.update_rows import update_rows
from scanner_app.warehouse.bin import Bin, check_open_inbound, check_open_outbound
from scanner_app.warehouse.bin_balance import (
    HAS_STOCK,
    BalanceKey,
    BalanceOwner,
    BinBalance,
    LockedBalance,
    forget_read_balances,
    lock_balances,
)
from scanner_app.warehouse.default_bin import select_default_bins
from scanner_app.warehouse.new_warehouse_entry import NewWarehouseEntry, Registration
from scanner_app.warehouse.warehouse_ledger import (
    WarehouseEntry,
    WarehouseEntryType,
    WarehouseRegister,
)

SerialOfItem = tuple[int, int, str]


class QuantityInBinInsufficient(RuleRefused):
    """A bin holds less than is to be taken out of it."""

    message = N_("Bin {bin_code} holds {available} {unit} of {what}, {quantity} are to leave it.")
    way_out = N_("Take what is there, or count the bin.")
    field = "Quantity"


class SerialFoundInInventory(RuleRefused):
    """A serial no. would stand in two bins."""

    message = N_("Serial No. {serial_no} of item {item_no} is already in bin {bin_code}.")
    way_out = N_("Scan the bin where it lies; if it is not in {bin_code}, count {bin_code} too.")
    field = "Serial No."


@dataclass(frozen=True)
class _Change:
    """What one registration does to one balance."""

    balance: LockedBalance
    net: Decimal
    entries: tuple[NewWarehouseEntry, ...]

    @property
    def final(self) -> Decimal:
        return self.balance.quantity_base + self.net


def write_warehouse_entries(
    session: Session, registration: Registration, entries: Sequence[NewWarehouseEntry]
) -> WarehouseRegister:
    """Check and write entries under one register, in the order given.

    Raises:
        BinBlocked, QuantityInBinInsufficient, SerialFoundInInventory, SerialQuantityNotOne.
    """
    if not entries:
        raise InvariantBroken("a register without entries")
    for entry in entries:
        _check_entry(entry)
    changes = _changes(session, entries)
    _check_bins_hold_enough(session, changes)
    _check_serials_in_one_bin(session, changes)
    register_id = next_key(session, WarehouseRegister.__tablename__)
    ids = _insert_entries(session, registration, register_id, entries)
    _update_balances(session, registration, changes, max(ids))
    location = session.get_one(Location, entries[0].bin.location_id)
    select_default_bins(session, location, entries)
    return _insert_register(session, registration, register_id, ids)


def mark_balances(session: Session, bin_: Bin) -> None:
    """Let the balances of a bin know whether it is the adjustment bin; all of them are 0."""
    statement = update(BinBalance).where(BinBalance.bin_id == bin_.id)
    session.execute(statement.values(is_adjustment_bin=bin_.is_adjustment_bin))


def _check_entry(entry: NewWarehouseEntry) -> None:
    """Blocked bins close in one direction; a serial no. is one unit."""
    if entry.serial_specific:
        check_serial_quantity(entry.numbers, entry.quantity_base)
    if entry.entry_type is not WarehouseEntryType.MOVEMENT:
        return  # A count or a posting states what is so; blocks close bins to movements.
    if entry.quantity_base > 0:
        check_open_inbound(entry.bin)
    else:
        check_open_outbound(entry.bin)


def _changes(session: Session, entries: Sequence[NewWarehouseEntry]) -> list[_Change]:
    grouped: defaultdict[BalanceKey, list[NewWarehouseEntry]] = defaultdict(list)
    for entry in entries:
        grouped[entry.key].append(entry)
    owners = {
        key: BalanceOwner(
            group[0].bin.location_id, group[0].bin.is_adjustment_bin, group[0].serial_specific
        )
        for key, group in grouped.items()
    }
    balances = lock_balances(session, owners)
    return [
        _Change(balances[key], sum((e.quantity_base for e in group), ZERO), tuple(group))
        for key, group in grouped.items()
    ]


def _check_bins_hold_enough(session: Session, changes: Iterable[_Change]) -> None:
    for change in changes:
        entry = change.entries[0]
        if change.final < 0 and not entry.bin.is_adjustment_bin:
            raise insufficient(session, entry, change.balance.quantity_base, -change.net)


def insufficient(
    session: Session, entry: NewWarehouseEntry, held: Decimal, wanted: Decimal
) -> QuantityInBinInsufficient:
    """What is said of an entry whose bin holds less than is to leave it, both in base units."""
    item = session.get_one(Item, entry.item_id)
    per = entry.qty_per_unit_of_measure
    return QuantityInBinInsufficient(
        bin_code=entry.bin.code,
        available=from_base(held, per),
        quantity=from_base(wanted, per),
        unit=session.get_one(UnitOfMeasure, entry.unit_of_measure_id).code,
        what=describe(item.no, entry.numbers),
    )


def _check_serials_in_one_bin(session: Session, changes: Sequence[_Change]) -> None:
    """A serial may arrive in a bin only when it stands in no other once all is written."""
    arriving: dict[SerialOfItem, _Change] = {}
    for change in changes:
        balance = change.balance
        if change.net > 0 and balance.serial_no and not balance.is_adjustment_bin:
            serial = (balance.item_id, balance.variant_id, balance.serial_no)
            twice = balance.serial_specific and arriving.setdefault(serial, change) is not change
            if twice or (balance.serial_specific and change.final > 1):
                _refuse_second_bin(session, arriving[serial].balance)
    changed = {change.balance.id: change.final for change in changes}
    for holder in _holders_of(session, arriving):
        serial = (holder.item_id, holder.variant_id, holder.serial_no)
        remains = changed.get(holder.id, holder.quantity_base) > 0
        if remains and holder.id != arriving[serial].balance.id:
            _refuse_second_bin(session, holder)


def _holders_of(session: Session, arriving: Mapping[SerialOfItem, _Change]) -> Sequence[BinBalance]:
    if not arriving:
        return []
    location_id = next(iter(arriving.values())).balance.location_id
    return holders_of_serials(session, location_id, arriving)


def holders_of_serials(
    session: Session, location_id: int, serials: Collection[SerialOfItem]
) -> Sequence[BinBalance]:
    """The real bins of a location in which these serials stand before anything is written."""
    row = BinBalance
    real = select(row).where(
        row.location_id == location_id, row.is_adjustment_bin.is_(False), HAS_STOCK
    )
    of_serial = (row.item_id, row.variant_id, row.serial_no)
    statement = holding_one_of(session, real, of_serial, sorted(serials))
    return session.scalars(statement.order_by(row.id)).all()


def _refuse_second_bin(session: Session, balance: BinBalance | LockedBalance) -> NoReturn:
    raise SerialFoundInInventory(
        serial_no=balance.serial_no,
        item_no=session.get_one(Item, balance.item_id).no,
        bin_code=session.get_one(Bin, balance.bin_id).code,
    )


def _insert_entries(
    session: Session,
    registration: Registration,
    register_id: int,
    entries: Sequence[NewWarehouseEntry],
) -> list[int]:
    rows = [_row(registration, register_id, entry) for entry in entries]
    return insert_in_order(session, WarehouseEntry, rows)


def _row(registration: Registration, register_id: int, entry: NewWarehouseEntry) -> dict[str, Any]:
    return {
        "register_id": register_id,
        "registering_date": entry.registering_date or registration.registering_date,
        "location_id": entry.bin.location_id,
        "zone_id": entry.bin.zone_id,
        "bin_id": entry.bin.id,
        "item_id": entry.item_id,
        "variant_id": entry.variant_id,
        "unit_of_measure_id": entry.unit_of_measure_id,
        "qty_per_unit_of_measure": entry.qty_per_unit_of_measure,
        "quantity": entry.quantity,
        "quantity_base": entry.quantity_base,
        "entry_type": entry.entry_type,
        "serial_no": entry.numbers.serial_no,
        "lot_no": entry.numbers.lot_no,
        "package_no": entry.numbers.package_no,
        "warranty_date": entry.warranty_date,
        "expiration_date": entry.expiration_date,
        "reference_document": registration.document,
        "reference_no": registration.reference_no,
        "source_no": entry.source_no,
        "journal_batch_name": registration.journal_batch_name,
        "reason_code_id": entry.reason_code_id,
        "user_id": registration.user_id,
    }


def _update_balances(
    session: Session, registration: Registration, changes: Sequence[_Change], last_entry_id: int
) -> None:
    """Decreases come first: a serial leaves its old bin before it stands in the new one."""
    rows = [
        (change.balance.id, _changed_row(change, registration.registered_at, last_entry_id))
        for change in sorted(changes, key=lambda change: change.net)
    ]
    update_rows(session, BinBalance, rows)
    forget_read_balances(session)


def _changed_row(change: _Change, at: datetime, last_entry_id: int) -> dict[str, Any]:
    balance = change.balance
    # What leaves a real bin says nothing of what stays; the adjustment bin goes below 0.
    saying = [e for e in change.entries if e.quantity_base >= 0 or balance.is_adjustment_bin]
    dated = next((e for e in reversed(saying) if e.expiration_date), None)
    warranted = next((e for e in reversed(saying) if e.warranty_date), None)
    settled = change.final == 0
    return {
        "quantity_base": change.final,
        "version": balance.version + len(change.entries),
        "expiration_date": dated.expiration_date if dated else balance.expiration_date,
        "warranty_date": warranted.warranty_date if warranted else balance.warranty_date,
        "unsettled_since": None if settled else balance.unsettled_since or at,
        "settled_entry_id": last_entry_id if settled else balance.settled_entry_id,
    }


def _insert_register(
    session: Session, registration: Registration, register_id: int, ids: Sequence[int]
) -> WarehouseRegister:
    register = WarehouseRegister(
        id=register_id,
        no=next_register_number(session, WarehouseRegister.__tablename__),
        created_at=registration.registered_at,
        user_id=registration.user_id,
        source_code=registration.source_code,
        journal_batch_name=registration.journal_batch_name,
        from_entry_no=min(ids),
        to_entry_no=max(ids),
    )
    session.add(register)
    session.flush()
    return register
