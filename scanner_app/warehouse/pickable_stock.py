"""Pickable stock: what may be picked now, and why the rest may not (docs/domain.md 4.4, 6.4).

Counted out are bins that are not for picking, the receipt and shipment bin, dedicated bins, bins
closed to outbound movement, blocked numbers, expired numbers where posting is strict, what other
picks take, and stock that a count found and nobody has synced yet.

This module must never reserve anything: a pick line does.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.location import Location
from scanner_app.inventory.tracking_information import (
    NumberOfItem,
    find_cards,
    numbers_by_kind,
)
from scanner_app.quantities import ZERO
from scanner_app.warehouse.activity import ActionType, WarehouseActivityLine
from scanner_app.warehouse.bin import Bin, BinType, BlockMovement
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance


@dataclass(frozen=True)
class StockInBin:
    """A quantity of one set of numbers in one bin, in base units."""

    bin: Bin
    unit_of_measure_id: int
    numbers: TrackingNumbers
    expiration_date: date | None
    warranty_date: date | None
    available_base: Decimal


@dataclass
class PickableStock:
    """What may be picked, in the order in which it should be, and the rest by reason."""

    stock: list[StockInBin]
    first_expired_first_out: bool
    left_out: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))

    def leave_out(
        self, reason: str, quantity: Decimal, bin_id: int | None, numbers: TrackingNumbers
    ) -> None:
        """Take a quantity out of the stock it can mean, and remember why."""
        for index, part in enumerate(self.stock):
            fits = (bin_id is None or part.bin.id == bin_id) and part.numbers.agree_with(numbers)
            less = min(quantity, part.available_base) if fits else ZERO
            self.stock[index] = replace(part, available_base=part.available_base - less)
            self.left_out[reason] += less
            quantity -= less


@dataclass(frozen=True)
class Wanted:
    """What is looked for: an item in a unit of measure, with the numbers that were named."""

    location: Location
    item: Item
    tracking_code: ItemTrackingCode | None
    variant_id: int
    unit_of_measure_id: int
    named: TrackingNumbers
    work_date: date

    @property
    def first_expired_first_out(self) -> bool:
        """Whether the date decides the order, before the ranking of the bins."""
        code = self.tracking_code
        dated = code is not None and code.use_expiration_dates
        return dated and self.location.pick_according_to_fefo

    @property
    def strict(self) -> bool:
        """Whether expired numbers are left out."""
        return self.tracking_code is not None and self.tracking_code.strict_expiration_posting


def pickable_stock(session: Session, wanted: Wanted) -> PickableStock:
    """The stock that may be picked for what is wanted."""
    rows = _stock(session, wanted)
    result = PickableStock([], wanted.first_expired_first_out)
    blocked = _blocked_numbers(session, wanted, rows)
    for part, bin_type in rows:
        reason = _reason_against(wanted, part, bin_type, blocked)
        if reason:
            result.left_out[reason] += part.available_base
        else:
            result.stock.append(part)
    _leave_out_other_picks(session, wanted, result)
    _leave_out_unsynced(session, wanted, result)
    result.stock = [part for part in result.stock if part.available_base > 0]
    result.stock.sort(key=lambda part: _order(wanted, part))
    return result


def _stock(session: Session, wanted: Wanted) -> list[tuple[StockInBin, BinType | None]]:
    row = BinBalance
    statement = (
        select(row, Bin, BinType)
        .join(Bin, Bin.id == row.bin_id)
        .outerjoin(BinType, BinType.id == Bin.bin_type_id)
        .where(
            row.location_id == wanted.location.id,
            row.item_id == wanted.item.id,
            row.variant_id == wanted.variant_id,
            row.unit_of_measure_id == wanted.unit_of_measure_id,
            row.is_adjustment_bin.is_(False),
            HAS_STOCK,
        )
        .order_by(row.id)
    )
    named = zip((row.serial_no, row.lot_no, row.package_no), wanted.named.as_tuple(), strict=True)
    for column, number in named:
        if number:
            statement = statement.where(column == number)
    return [
        (
            StockInBin(
                bin=bin_,
                unit_of_measure_id=balance.unit_of_measure_id,
                numbers=numbers_of(balance),
                expiration_date=balance.expiration_date,
                warranty_date=balance.warranty_date,
                available_base=balance.quantity_base,
            ),
            bin_type,
        )
        for balance, bin_, bin_type in session.execute(statement)
    ]


def _blocked_numbers(
    session: Session, wanted: Wanted, rows: Sequence[tuple[StockInBin, BinType | None]]
) -> set[NumberOfItem]:
    numbers = {
        number
        for part, _ in rows
        for number in numbers_by_kind(wanted.item.id, wanted.variant_id, part.numbers)
    }
    return {number for number, card in find_cards(session, numbers).items() if card.blocked}


def _reason_against(
    wanted: Wanted, part: StockInBin, bin_type: BinType | None, blocked: set[NumberOfItem]
) -> str:
    """Why this stock does not count, or nothing."""
    bin_ = part.bin
    closed = bin_.block_movement in (BlockMovement.OUTBOUND, BlockMovement.ALL)
    dock = bin_.id in (wanted.location.receipt_bin_id, wanted.location.shipment_bin_id)
    if closed or dock or bin_.dedicated or (bin_type is not None and not bin_type.pick):
        return "not_for_picking"
    if blocked.intersection(numbers_by_kind(wanted.item.id, wanted.variant_id, part.numbers)):
        return "blocked"
    undated = wanted.first_expired_first_out and part.expiration_date is None
    expired = part.expiration_date is not None and part.expiration_date < wanted.work_date
    if wanted.strict and (expired or undated):
        return "expired"
    return ""


def _leave_out_other_picks(session: Session, wanted: Wanted, result: PickableStock) -> None:
    """Take lines of other documents, by their numbers, else from what the bin holds."""
    line = WarehouseActivityLine
    bin_ids = sorted({part.bin.id for part in result.stock})
    taken = session.execute(
        select(line.bin_id, line.serial_no, line.lot_no, line.package_no, line.qty_outstanding_base)
        .where(
            line.bin_id.in_(bin_ids),
            line.item_id == wanted.item.id,
            line.variant_id == wanted.variant_id,
            line.unit_of_measure_id == wanted.unit_of_measure_id,
            line.action_type == ActionType.TAKE,
        )
        .order_by(line.id)
    ).all()
    by_numbers = sorted(
        taken, key=lambda row: sum(bool(number) for number in row[1:4]), reverse=True
    )
    for bin_id, serial_no, lot_no, package_no, quantity in by_numbers:
        numbers = TrackingNumbers(serial_no, lot_no, package_no)
        result.leave_out("on_other_picks", quantity, bin_id, numbers)


def _leave_out_unsynced(session: Session, wanted: Wanted, result: PickableStock) -> None:
    """What a count found counts only after the sync; what it missed is already gone."""
    row = BinBalance
    found = session.scalars(
        select(row).where(
            row.bin_id == wanted.location.adjustment_bin_id,
            row.item_id == wanted.item.id,
            row.variant_id == wanted.variant_id,
            row.unit_of_measure_id == wanted.unit_of_measure_id,
            HAS_STOCK,
        )
    )
    for balance in found:
        if balance.quantity_base < 0:
            result.leave_out("waiting_for_sync", -balance.quantity_base, None, numbers_of(balance))


Order = tuple[date, int, str, TrackingNumbers]


def _order(wanted: Wanted, part: StockInBin) -> Order:
    """FEFO by date, then by number; else the highest ranking bin first."""
    if wanted.first_expired_first_out:
        return (part.expiration_date or date.max, 0, "", part.numbers)
    return (date.min, -part.bin.bin_ranking, part.bin.code, part.numbers)
