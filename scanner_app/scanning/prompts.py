"""Prompts: what the screen asks next, read from the document and what is half given.

A prompt is made anew from the state of the document for every answer, so that a page that is
loaded again, on this or another device, asks the same (docs/domain.md 10.4, 10.7).

This module must never change anything, and never tell a blind counter what is expected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.scanning.activity_pairs import (
    Pair,
    first_open_pairs,
    load_pairs,
    open_pairs,
    progress_of,
    scanned_pairs,
)
from scanner_app.scanning.activity_work import pairs_of
from scanner_app.scanning.given import Given
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.bin import Bin

PAIRS_AHEAD = 2
LINES_SHOWN_MAX = 200


@dataclass(frozen=True)
class ScannedLine:
    """A line that is scanned, as the list of what will be registered shows it."""

    words: str
    quantity: Decimal
    unit: str
    bin_code: str


@dataclass(frozen=True)
class ActivityPrompt:
    """What a put-away, pick or movement asks next.

    `question` is unit, bin, any-bin or complete; `chips` are numbers with whether they were
    scanned; `quantity_for` names what a typed quantity would belong to, if anything.
    """

    question: str
    done: int
    total: int
    bin_code: str = ""
    other_bin_code: str = ""
    item_no: str = ""
    description: str = ""
    chips: tuple[tuple[str, bool], ...] = ()
    to_handle: Decimal = Decimal(0)
    outstanding: Decimal = Decimal(0)
    unit: str = ""
    package_lines: int = 0
    quantity_for: str = ""
    quantity_now: Decimal = Decimal(0)
    quantity_unit: str = ""
    next_item_no: str = ""
    next_number: str = ""
    next_bin_code: str = ""


def activity_prompt(session: Session, activity: WarehouseActivity, given: Given) -> ActivityPrompt:
    """The next question of an activity on one device."""
    done, total = progress_of(session, activity.id)
    ahead = first_open_pairs(session, activity, PAIRS_AHEAD)
    in_hand = _pairs_in_hand(session, activity, given)
    bins = _bin_codes(session, [*ahead, *in_hand])
    open_for_number = _open_for_number(session, activity, given)
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
    following = [pair for pair in ahead if pair.take.pair_no != current.take.pair_no]
    asked_bin = current.bin_to_scan(activity.type)
    waits_for_bin = bool(in_hand)
    question = "unit"
    if waits_for_bin:
        question = "bin" if asked_bin else "any-bin"
    typed = in_hand[0] if in_hand and _takes_number(given) else open_for_number
    return ActivityPrompt(
        question=question,
        done=done,
        total=total,
        bin_code=bins.get(asked_bin or 0, ""),
        other_bin_code=_other_bin(activity.type, current, bins),
        item_no=current.item.no,
        description=current.item.description,
        chips=_chips(current, given, waits_for_bin=waits_for_bin),
        to_handle=current.take.qty_to_handle,
        outstanding=current.take.qty_outstanding,
        unit=current.unit,
        package_lines=len(in_hand) if given.units and given.units[0].whole_package else 0,
        quantity_for=typed.words if typed else "",
        quantity_now=_quantity_now(typed, given),
        quantity_unit=typed.unit if typed else "",
        next_item_no=following[0].item.no if following else "",
        next_number=_first_number(following[0]) if following else "",
        next_bin_code=(
            bins.get(following[0].bin_to_scan(activity.type) or 0, "") if following else ""
        ),
    )


def scanned_lines(session: Session, activity: WarehouseActivity) -> list[ScannedLine]:
    """What registering now would register, in line order."""
    pairs = scanned_pairs(session, activity, LINES_SHOWN_MAX)
    bins = _bin_codes(session, pairs)
    return [
        ScannedLine(
            pair.words,
            pair.take.qty_to_handle,
            pair.unit,
            bins.get(pair.bin_to_scan(activity.type) or 0, ""),
        )
        for pair in pairs
    ]


def _pairs_in_hand(session: Session, activity: WarehouseActivity, given: Given) -> list[Pair]:
    if not given.units:
        return []
    first = given.units[0]
    if first.whole_package:
        ahead = first_open_pairs(session, activity, LINES_SHOWN_MAX)
        return pairs_of(first, ahead)
    return pairs_of(first, open_pairs(load_pairs(session, activity, item_ids={first.item_id})))


def _at_bin(type_: ActivityType, ahead: Sequence[Pair], given: Given) -> Pair | None:
    return next((pair for pair in ahead if given.bin_id == pair.bin_to_scan(type_)), None)


def _open_for_number(session: Session, activity: WarehouseActivity, given: Given) -> Pair | None:
    """The line just applied, whose quantity a typed number would replace."""
    if not given.pair_no:
        return None
    scanned = scanned_pairs(session, activity, LINES_SHOWN_MAX)
    return next((pair for pair in scanned if pair.take.pair_no == given.pair_no), None)


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


def _other_bin(type_: ActivityType, pair: Pair, bins: dict[int, str]) -> str:
    other = pair.place.bin_id if type_ is ActivityType.PICK else pair.take.bin_id
    return bins.get(other or 0, "")


def _bin_codes(session: Session, pairs: Sequence[Pair]) -> dict[int, str]:
    ids = {line.bin_id for pair in pairs for line in (pair.take, pair.place) if line.bin_id}
    if not ids:
        return {}
    rows = session.execute(select(Bin.id, Bin.code).where(Bin.id.in_(sorted(ids))))
    return {bin_id: code for bin_id, code in rows}
