"""Bin balance: how much of which numbers lies in a bin, beside the warehouse entries.

One row per location, bin, item, variant, unit of measure and set of numbers; its quantity is
the sum of the entries with that key, kept in their transaction (docs/domain.md 1.4). The
database refuses a negative bin and a serial no. in two bins by itself.

This module must never be written to by anything but `warehouse_posting`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    UniqueConstraint,
    literal_column,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.many_keys import holding_one_of
from scanner_app.quantities import SCALE, ZERO
from scanner_app.records import Base, Flag, Id, TrackingNumber, partial_index
from scanner_app.send_rows import send_rows
from scanner_app.upsert import insert_into


class BinBalance(Base):
    """The balance of one key. `version` counts its entries, so that a count sees movement."""

    __tablename__ = "bin_balance"
    __table_args__ = (
        UniqueConstraint(
            "bin_id",
            "item_id",
            "variant_id",
            "unit_of_measure_id",
            "serial_no",
            "lot_no",
            "package_no",
            name="uq_bin_balance_key",
        ),
        CheckConstraint("is_adjustment_bin OR quantity_base >= 0", name="bin_not_negative"),
        CheckConstraint(
            f"NOT serial_specific OR serial_no = '' OR quantity_base IN (0, {SCALE})"
            f" OR (is_adjustment_bin AND quantity_base = -{SCALE})",
            name="serial_is_one_unit",
        ),
        partial_index(
            "uq_bin_balance_serial",
            "location_id",
            "item_id",
            "variant_id",
            "serial_no",
            unique=True,
            where="serial_specific AND serial_no <> '' AND quantity_base > 0"
            " AND NOT is_adjustment_bin",
        ),
        partial_index("ix_bin_balance_stock", "bin_id", "item_id", where="quantity_base <> 0"),
        partial_index(
            "ix_bin_balance_item",
            "location_id",
            "item_id",
            "variant_id",
            "serial_no",
            "lot_no",
            where="quantity_base <> 0",
        ),
        # In the order in which a pick takes what expires, each item for itself.
        partial_index(
            "ix_bin_balance_expiration",
            "location_id",
            "item_id",
            "variant_id",
            "unit_of_measure_id",
            "expiration_date",
            where="quantity_base <> 0 AND expiration_date IS NOT NULL",
        ),
        # Only over rows with entries: an index of every row by item alone would be taken for scans,
        # which ask for an item and its numbers, and would read all stock of the item.
        partial_index("ix_bin_balance_entered", "item_id", where="version > 0"),
        partial_index("ix_bin_balance_package", "package_no", where="quantity_base <> 0"),
    )

    id: Mapped[Id]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    bin_id: Mapped[int] = mapped_column(ForeignKey("bin.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    is_adjustment_bin: Mapped[Flag]
    serial_specific: Mapped[Flag]
    quantity_base: Mapped[Decimal]
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=0)
    unsettled_since: Mapped[datetime | None]
    settled_entry_id: Mapped[int] = mapped_column(default=0)


# Written as a literal, because SQLite uses a partial index only for its very condition.
HAS_STOCK = BinBalance.quantity_base != literal_column("0")
# A balance counts its entries, and stays when it is 0: it tells of them, and there are far fewer.
HAS_ENTRIES = BinBalance.version > literal_column("0")


class BalanceKey(NamedTuple):
    """What one balance is of; the order is the order in which rows are locked."""

    bin_id: int
    item_id: int
    variant_id: int
    unit_of_measure_id: int
    serial_no: str = ""
    lot_no: str = ""
    package_no: str = ""

    @property
    def numbers(self) -> TrackingNumbers:
        """The tracking numbers of the key."""
        return TrackingNumbers(self.serial_no, self.lot_no, self.package_no)


class LockedBalance(NamedTuple):
    """A row that is locked, as it was then: its columns by their names."""

    id: int
    location_id: int
    bin_id: int
    item_id: int
    variant_id: int
    unit_of_measure_id: int
    serial_no: str
    lot_no: str
    package_no: str
    is_adjustment_bin: bool
    serial_specific: bool
    quantity_base: Decimal
    warranty_date: date | None
    expiration_date: date | None
    version: int
    unsettled_since: datetime | None
    settled_entry_id: int


KEY_COLUMNS = (
    BinBalance.bin_id,
    BinBalance.item_id,
    BinBalance.variant_id,
    BinBalance.unit_of_measure_id,
    BinBalance.serial_no,
    BinBalance.lot_no,
    BinBalance.package_no,
)


_LOCKED_COLUMNS = tuple(getattr(BinBalance, name) for name in LockedBalance._fields)


@dataclass(frozen=True)
class BalanceOwner:
    """What a new balance row must know besides its key."""

    location_id: int
    is_adjustment_bin: bool
    serial_specific: bool


def key_of(row: Any) -> BalanceKey:  # noqa: ANN401 - balances, entries and journal lines
    """The key of any row that carries its seven columns."""
    return BalanceKey(
        row.bin_id,
        row.item_id,
        row.variant_id,
        row.unit_of_measure_id,
        row.serial_no,
        row.lot_no,
        row.package_no,
    )


def lock_balances(
    session: Session, owners: dict[BalanceKey, BalanceOwner]
) -> dict[BalanceKey, LockedBalance]:
    """Create the missing balances and lock all of them in key order, until the commit."""
    if not owners:
        return {}
    keys = sorted(owners)
    unless_there = insert_into(session, BinBalance.__table__).on_conflict_do_nothing()
    send_rows(session, unless_there, [_blank_row(key, owners[key]) for key in keys])
    columns = holding_one_of(session, select(*_LOCKED_COLUMNS), KEY_COLUMNS, keys)
    rows = session.execute(columns.order_by(*KEY_COLUMNS).with_for_update()).all()
    forget_read_balances(session)
    locked = map(LockedBalance._make, rows)
    return {key_of(balance): balance for balance in locked}


def forget_read_balances(session: Session) -> None:
    """Let balances that the session has read be read anew: they may have changed since."""
    for read in [row for row in session.identity_map.values() if isinstance(row, BinBalance)]:
        session.expire(read)


def balances_of(session: Session, keys: Collection[BalanceKey]) -> dict[BalanceKey, BinBalance]:
    """Read balances without locking; a key that never had an entry is left out."""
    if not keys:
        return {}
    with_keys = holding_one_of(session, select(BinBalance), KEY_COLUMNS, keys)
    return {key_of(balance): balance for balance in session.scalars(with_keys)}


def stock_in_bins(
    session: Session, bin_ids: Collection[int], *, item_id: int | None = None
) -> list[BinBalance]:
    """Everything that lies in the bins, in key order."""
    statement = select(BinBalance).where(BinBalance.bin_id.in_(sorted(bin_ids)), HAS_STOCK)
    if item_id is not None:
        statement = statement.where(BinBalance.item_id == item_id)
    return list(session.scalars(statement.order_by(*KEY_COLUMNS)))


def _blank_row(key: BalanceKey, owner: BalanceOwner) -> dict[str, Any]:
    return {
        "location_id": owner.location_id,
        "bin_id": key.bin_id,
        "item_id": key.item_id,
        "variant_id": key.variant_id,
        "unit_of_measure_id": key.unit_of_measure_id,
        "serial_no": key.serial_no,
        "lot_no": key.lot_no,
        "package_no": key.package_no,
        "is_adjustment_bin": owner.is_adjustment_bin,
        "serial_specific": owner.serial_specific,
        "quantity_base": ZERO,
        "version": 0,
        "settled_entry_id": 0,
    }
