"""Assigning numbers in bulk: Assign Serial No., Lot No., Package No. and Create Customized SN.

Each verb locks the item, so that two people never make the same number, gives all the numbers or
none, and makes them scannable in the same transaction (docs/domain.md 2.12.1). They never commit:
the caller does.

This module must never write stock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.inventory.assign_numbers_refusals import (
    NOT_CHOSEN,
    NOT_TRACKED,
    CustomizedNumberExists,
    CustomizedNumberTooLong,
    NumberOfSeriesExists,
    QuantityToCreateNotReadable,
    SerialNosNotManual,
    StartNumberMissing,
    VariantNotFound,
)
from scanner_app.inventory.assigned_number import AssignedNumberBatch
from scanner_app.inventory.counted_number import counted_numbers, read_counted
from scanner_app.inventory.inventory_setup import package_nos
from scanner_app.inventory.item import Item, ItemVariant
from scanner_app.inventory.item_card import find_item
from scanner_app.inventory.item_refusals import ItemUnknown
from scanner_app.inventory.item_setup import NUMBER_LENGTH
from scanner_app.inventory.item_tracking_code import ItemTrackingCode, tracked_numbers
from scanner_app.inventory.number_series import NumberSeries, lock_series, take_numbers
from scanner_app.inventory.number_series_setup import read_increment
from scanner_app.inventory.record_numbers import first_that_exists, record_numbers
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.inventory.typed_fields import VALUE_SHOWN_MAX, at_field, read_whole_number
from scanner_app.records import to_code

QUANTITY_MAX = 1000
NUMBER_CHARS_MAX = 50


@dataclass(frozen=True)
class Asked:
    """For which item and variant numbers are asked, and what is made beside them.

    Attributes:
        create_new_lot: whether serial numbers get a new lot number together.
        create_cards: whether every number gets its information card.
    """

    item_no: str
    variant_code: str = ""
    create_new_lot: bool = False
    create_cards: bool = False


@dataclass(frozen=True)
class TypedNumbers:
    """The numbers that a person wants, as typed: the first, the step and how many."""

    start: str
    increment: str
    quantity: str


@dataclass(frozen=True)
class _Target:
    """The item, or the variant of it, that numbers are made for."""

    item: Item
    variant_id: int
    tracking_code: ItemTrackingCode | None

    @property
    def owner(self) -> tuple[int, int]:
        """Whose numbers they are: the item and its variant."""
        return (self.item.id, self.variant_id)


def assign_serial_nos(
    session: Session, asked: Asked, quantity: str, on_date: date, change: Change
) -> AssignedNumberBatch:
    """Assign the next serial numbers of the item's series: all of them, or none.

    Raises:
        QuantityToCreateNotReadable: unless it is a whole number from 1 to 1000.
        RuleRefused: as `check_tracked`, `series_of` and `take_numbers` raise it.
        NumberOfSeriesExists: when somebody made one of the numbers before.
    """
    wanted = at_field("quantity", read_quantity_to_create, quantity)
    target = _lock_target(session, asked)
    if asked.create_new_lot:
        kinds = (NumberKind.SERIAL, NumberKind.LOT)
        lock_series(session, [series_of(session, target.item, kind) for kind in kinds])
    numbers = _take(session, target, NumberKind.SERIAL, wanted, on_date)
    lot_no = _take_lot(session, target, asked, on_date)
    return _record(session, target, asked, NumberKind.SERIAL, numbers, change, lot_no=lot_no)


def assign_lot_no(
    session: Session, asked: Asked, on_date: date, change: Change
) -> AssignedNumberBatch:
    """Assign the next lot number of the item's series; refusals as `assign_serial_nos`."""
    return _assign_one(session, asked, NumberKind.LOT, on_date, change)


def assign_package_no(
    session: Session, asked: Asked, on_date: date, change: Change
) -> AssignedNumberBatch:
    """Assign the company's next package number; refusals as `assign_serial_nos`."""
    return _assign_one(session, asked, NumberKind.PACKAGE, on_date, change)


def create_customized_serial_nos(
    session: Session, asked: Asked, typed: TypedNumbers, on_date: date, change: Change
) -> AssignedNumberBatch:
    """Assign serial numbers counted up from one that was typed.

    Raises:
        QuantityToCreateNotReadable, IncrementNotReadable: for what is no such number.
        StartNumberMissing, NumberCannotBeCounted, CodeTooLong, CodeNotReadable: for the first.
        SerialNosNotManual: when the item has a series whose Manual Nos. is off.
        CustomizedNumberTooLong, CustomizedNumberExists: for the numbers that follow.
        RuleRefused: as `check_tracked` raises it.
    """
    wanted = at_field("quantity", read_quantity_to_create, typed.quantity)
    step = int(at_field("increment", read_increment, typed.increment))
    first = at_field("start", read_start_number, typed.start)
    target = _lock_target(session, asked)
    check_tracked(target.item, target.tracking_code, NumberKind.SERIAL)
    _check_manual(session, target.item)
    numbers = counted_numbers(first, step, wanted)
    if len(numbers[-1]) > NUMBER_CHARS_MAX:
        raise CustomizedNumberTooLong(maximum=NUMBER_CHARS_MAX, at="start")
    if number := first_that_exists(session, target.owner, NumberKind.SERIAL, numbers):
        raise CustomizedNumberExists(number=number, no=target.item.no, at="start")
    lot_no = _take_lot(session, target, asked, on_date)
    return _record(session, target, asked, NumberKind.SERIAL, numbers, change, lot_no=lot_no)


def read_quantity_to_create(typed: str) -> int:
    """Return how many numbers are wanted.

    Raises:
        QuantityToCreateNotReadable: unless it is a whole number from 1 to 1000.
    """
    quantity = read_whole_number(typed, QUANTITY_MAX)
    if quantity is None:
        raise QuantityToCreateNotReadable(typed=typed[:VALUE_SHOWN_MAX], maximum=QUANTITY_MAX)
    return quantity


def read_start_number(typed: str) -> str:
    """Return the first of the serial numbers that a person wants.

    Raises:
        StartNumberMissing: when nothing was typed.
        NumberCannotBeCounted: when it holds no digits.
        CodeTooLong, CodeNotReadable: for what is no number.
    """
    first = to_code(typed, NUMBER_CHARS_MAX)
    if not first:
        raise StartNumberMissing
    read_counted(first)
    return first


def check_tracked(item: Item, code: ItemTrackingCode | None, kind: NumberKind) -> None:
    """Refuse a kind of number that the item's code asks for nowhere.

    Raises:
        SerialNosNotTracked, LotNosNotTracked, PackageNosNotTracked: by kind.
    """
    asked = tracked_numbers(code)
    if not {
        NumberKind.SERIAL: asked.serial,
        NumberKind.LOT: asked.lot,
        NumberKind.PACKAGE: asked.package,
    }[kind]:
        raise NOT_TRACKED[kind](no=item.no)


def series_of(session: Session, item: Item, kind: NumberKind) -> str:
    """The code of the series that gives numbers of a kind for an item, '' where none is chosen."""
    if kind is NumberKind.PACKAGE:
        return package_nos(session)
    series_id = item.serial_nos_id if kind is NumberKind.SERIAL else item.lot_nos_id
    return session.get_one(NumberSeries, series_id).code if series_id else ""


def _assign_one(
    session: Session, asked: Asked, kind: NumberKind, on_date: date, change: Change
) -> AssignedNumberBatch:
    target = _lock_target(session, asked)
    numbers = _take(session, target, kind, 1, on_date)
    return _record(session, target, asked, kind, numbers, change)


def _lock_target(session: Session, asked: Asked) -> _Target:
    """Numbers of one item are made by one person at a time; postings of it do not wait."""
    item = find_item(session, asked.item_no)
    if item is None:
        raise ItemUnknown(no=asked.item_no[:NUMBER_LENGTH])
    session.refresh(item, with_for_update={"key_share": True})
    code = asked.variant_code.strip().upper()
    variant_id = None
    if code.isprintable():
        of_item = select(ItemVariant.id).where(ItemVariant.item_id == item.id)
        variant_id = session.scalar(of_item.where(ItemVariant.code == code))
    if variant_id is None:
        raise VariantNotFound(no=item.no, code=code[:NUMBER_LENGTH], at="variant")
    tracking_code = None
    if item.item_tracking_code_id is not None:
        tracking_code = session.get_one(ItemTrackingCode, item.item_tracking_code_id)
    return _Target(item, variant_id, tracking_code)


def _take(
    session: Session, target: _Target, kind: NumberKind, quantity: int, on_date: date
) -> list[str]:
    """The next so many numbers of the item's series."""
    check_tracked(target.item, target.tracking_code, kind)
    series = series_of(session, target.item, kind)
    if not series:
        raise NOT_CHOSEN[kind](no=target.item.no)
    numbers = take_numbers(session, series, on_date, quantity)
    if number := first_that_exists(session, target.owner, kind, numbers):
        raise NumberOfSeriesExists(number=number, series=series, no=target.item.no)
    return numbers


def _take_lot(session: Session, target: _Target, asked: Asked, on_date: date) -> str:
    if not asked.create_new_lot:
        return ""
    [lot_no] = at_field(
        "create_new_lot",
        lambda _: _take(session, target, NumberKind.LOT, 1, on_date),
        "",
    )
    return lot_no


def _check_manual(session: Session, item: Item) -> None:
    if item.serial_nos_id is None:
        return
    series = session.get_one(NumberSeries, item.serial_nos_id)
    if not series.manual_nos:
        raise SerialNosNotManual(no=item.no, series=series.code)


def _record(
    session: Session,
    target: _Target,
    asked: Asked,
    kind: NumberKind,
    numbers: Sequence[str],
    change: Change,
    *,
    lot_no: str = "",
) -> AssignedNumberBatch:
    batch = AssignedNumberBatch(
        item_id=target.item.id,
        variant_id=target.variant_id,
        kind=kind,
        quantity=len(numbers),
        first_no=numbers[0],
        last_no=numbers[-1],
        lot_no=lot_no,
        assigned_at=change.changed_at,
        user_id=change.changed_by,
    )
    record_numbers(session, batch, numbers, create_cards=asked.create_cards)
    return batch
