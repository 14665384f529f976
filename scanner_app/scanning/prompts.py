"""Prompts: what the screen asks next, read from the document and what is half given.

A prompt is made anew from the state of the document for every answer, so that a page that is
loaded again, on this or another device, asks the same (docs/domain.md 10.4, 10.7).

This module must never change anything, and never tell a blind counter what is expected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import TrackingNumbers, describe
from scanner_app.quantities import ZERO
from scanner_app.scanning.activity_pairs import Pair, open_pairs, pairs_in_view
from scanner_app.scanning.activity_work import pairs_of
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.scanning.open_activity import ActivityOnDevice
from scanner_app.warehouse.activity import (
    TO_REGISTER,
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.bin import Bin

PAIRS_AHEAD = 2
LINES_SHOWN_MAX = 200

LINE = WarehouseActivityLine
SCANNED_HALVES = (
    select(
        Item.no,
        LINE.serial_no,
        LINE.lot_no,
        LINE.package_no,
        LINE.qty_to_handle,
        LINE.qty_missing,
        UnitOfMeasure.code,
        Bin.code,
    )
    .join(Item, Item.id == LINE.item_id)
    .join(UnitOfMeasure, UnitOfMeasure.id == LINE.unit_of_measure_id)
    .outerjoin(Bin, Bin.id == LINE.bin_id)
    .where(
        LINE.activity_id == bindparam("activity_id"),
        LINE.action_type == bindparam("half"),
        TO_REGISTER,
    )
    .order_by(LINE.line_no)
    .limit(LINES_SHOWN_MAX)
)


@dataclass(frozen=True)
class ScannedLine:
    """A line that is scanned or noted as missing, as the list of what to register shows it."""

    words: str
    quantity: Decimal
    missing: Decimal
    unit: str
    bin_code: str


@dataclass(frozen=True)
class ActivityPrompt:
    """What a put-away, pick or movement asks next.

    `question` is unit, bin, any-bin or complete; `chips` are numbers with whether they were
    scanned; `quantity_for` names what a typed quantity would belong to, if anything; `picture`
    is the digest of the item's picture; `missing` is how much of the pair `pair_no` can be noted
    as missing, 0 where that is not asked.
    """

    question: str
    done: int
    total: int
    bin_code: str = ""
    other_bin_code: str = ""
    item_no: str = ""
    description: str = ""
    picture: str = ""
    chips: tuple[tuple[str, bool], ...] = ()
    to_handle: Decimal = Decimal(0)
    outstanding: Decimal = Decimal(0)
    unit: str = ""
    package_lines: int = 0
    quantity_for: str = ""
    quantity_now: Decimal = Decimal(0)
    quantity_unit: str = ""
    pair_no: int = 0
    missing: Decimal = Decimal(0)
    next_item_no: str = ""
    next_number: str = ""
    next_bin_code: str = ""


def activity_prompt(session: Session, found: ActivityOnDevice) -> ActivityPrompt:
    """The next question of an activity on one device."""
    activity, given, done, total = found.activity, found.given, found.done, found.total
    pairs = _pairs_in_view(session, activity, given)
    # In the order of the document, and what was skipped after all others.
    to_come = sorted(open_pairs(pairs), key=lambda pair: pair.take.pair_no in given.skipped)
    ahead = to_come[:PAIRS_AHEAD]
    in_hand = pairs_of(given.units[0], open_pairs(pairs)) if given.units else []
    open_for_number = _open_for_number(pairs, given)
    if not ahead:
        return ActivityPrompt(
            "complete",
            done,
            total,
            quantity_for=open_for_number.words if open_for_number else "",
            quantity_now=open_for_number.take.qty_to_handle if open_for_number else Decimal(0),
            quantity_unit=open_for_number.unit if open_for_number else "",
        )
    current = in_hand[0] if in_hand else _at_bin(activity.type, ahead, given) or ahead[0]
    following = next((pair for pair in ahead if pair.take is not current.take), None)
    question = "unit"
    if in_hand:
        question = "bin" if current.bin_to_scan(activity.type) else "any-bin"
    may_be_missing = activity.type is ActivityType.PICK and not in_hand
    typed = in_hand[0] if in_hand and _takes_number(given) else open_for_number
    return ActivityPrompt(
        question=question,
        done=done,
        total=total,
        bin_code=current.code_of_bin_to_scan(activity.type),
        other_bin_code=_other_bin(activity.type, current),
        item_no=current.item.no,
        description=current.item.description,
        picture=current.picture,
        chips=_chips(current, given, waits_for_bin=bool(in_hand)),
        to_handle=current.take.qty_to_handle,
        outstanding=current.take.qty_outstanding,
        unit=current.unit,
        package_lines=len(in_hand) if given.units and given.units[0].whole_package else 0,
        quantity_for=typed.words if typed else "",
        quantity_now=_quantity_now(typed, given),
        quantity_unit=typed.unit if typed else "",
        pair_no=current.take.pair_no,
        missing=current.remaining if may_be_missing else ZERO,
        next_item_no=following.item.no if following else "",
        next_number=_first_number(following) if following else "",
        next_bin_code=following.code_of_bin_to_scan(activity.type) if following else "",
    )


def scanned_lines(session: Session, activity: WarehouseActivity) -> list[ScannedLine]:
    """What registering now would register, in line order, in one look-up."""
    shown_half = ActionType.TAKE if activity.type is ActivityType.PICK else ActionType.PLACE
    rows = session.execute(SCANNED_HALVES, {"activity_id": activity.id, "half": shown_half})
    return [
        ScannedLine(
            describe(item_no, TrackingNumbers(*numbers)), quantity, missing, unit, bin_code or ""
        )
        for item_no, *numbers, quantity, missing, unit, bin_code in rows
    ]


def _pairs_in_view(session: Session, activity: WarehouseActivity, given: Given) -> list[Pair]:
    """What is ahead, what the first unit in the hand may fill, and the line just applied."""
    unit = given.units[0] if given.units else GivenUnit()
    return pairs_in_view(
        session,
        activity,
        first_open=PAIRS_AHEAD,
        skipped=given.skipped,
        pair_no=given.pair_no,
        item_id=0 if unit.whole_package else unit.item_id,
        package_no=unit.package_no if unit.whole_package else "",
    )


def _at_bin(type_: ActivityType, ahead: Sequence[Pair], given: Given) -> Pair | None:
    return next((pair for pair in ahead if given.bin_id == pair.bin_to_scan(type_)), None)


def _open_for_number(pairs: Sequence[Pair], given: Given) -> Pair | None:
    """The line just applied, whose quantity a typed number would replace."""
    if not given.pair_no:
        return None
    just_applied = (pair for pair in pairs if pair.take.pair_no == given.pair_no)
    return next((pair for pair in just_applied if pair.take.qty_to_handle > 0), None)


def _takes_number(given: Given) -> bool:
    unit = given.units[-1]
    return not unit.serial_no and not unit.whole_package


def _quantity_now(typed: Pair | None, given: Given) -> Decimal:
    if typed is None:
        return Decimal(0)
    if given.units:
        return given.units[-1].typed_quantity or typed.remaining
    return typed.take.qty_to_handle


def _chips(pair: Pair, given: Given, *, waits_for_bin: bool) -> tuple[tuple[str, bool], ...]:
    """The numbers of the line, each with whether the worker gave it."""
    words = ("Serial No.", "Lot No.", "Package No.")
    asked = (pair.asked.serial, pair.asked.lot, pair.asked.package)
    in_hand = given.units[0].numbers.as_tuple() if given.units else ("", "", "")
    chips = []
    for word, number, is_asked, held in zip(
        words, pair.numbers.as_tuple(), asked, in_hand, strict=True
    ):
        if number or is_asked:
            chips.append((f"{word} {number or held}".strip(), waits_for_bin and bool(held)))
    return tuple(chips)


def _first_number(pair: Pair) -> str:
    return next((number for number in pair.numbers.as_tuple() if number), "")


def _other_bin(type_: ActivityType, pair: Pair) -> str:
    other = pair.place_bin if type_ is ActivityType.PICK else pair.take_bin
    return other.code if other else ""
