"""What moving asks next on a device, and what is in the hand there (docs/domain.md 5.5).

This module must never change anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_tracking import describe
from scanner_app.quantities import ZERO
from scanner_app.scanning.apply_move_scan import takes_quantity
from scanner_app.scanning.given import GivenUnit
from scanner_app.scanning.move_work import moved_item
from scanner_app.scanning.open_move import MoveOnDevice

LINES_SHOWN_MAX = 6


@dataclass(frozen=True)
class HeldLine:
    """One thing in the hand; a package has no item of its own and no quantity."""

    words: str
    description: str = ""
    quantity: Decimal = ZERO
    unit: str = ""


@dataclass(frozen=True)
class MovePrompt:
    """What moving asks next.

    `question` is no-bins, unit, from-bin or to-bin. `lines` are the newest of what is in the hand,
    `held` says how many there are. `asked_for` is what the from bin is asked of; `item_no` and
    `picture` are of that, or of the newest in the hand. `quantity_for` names what a typed quantity
    belongs to, if anything.
    """

    question: str
    bin_code: str = ""
    lines: tuple[HeldLine, ...] = ()
    held: int = 0
    asked_for: str = ""
    item_no: str = ""
    description: str = ""
    picture: str = ""
    quantity_for: str = ""
    quantity_now: Decimal = ZERO
    quantity_unit: str = ""


def move_prompt(session: Session, found: MoveOnDevice) -> MovePrompt:
    """The next question of moving on one device."""
    given = found.given
    if not found.location.bin_mandatory:
        return MovePrompt("no-bins")
    bin_code = found.from_bin.code if found.from_bin else ""
    if not given.units:
        return MovePrompt("unit", bin_code)
    newest = given.units[-1]
    waits = bool(given.asks)
    question = "from-bin" if waits else "to-bin"
    held = () if waits else _lines(session, given.units[::-1][:LINES_SHOWN_MAX])
    count = 0 if waits else len(given.units)
    if newest.whole_package:
        asked_for = newest.package_no if waits else ""
        return MovePrompt(question, bin_code, held, count, asked_for)
    item = moved_item(session, newest)
    typed = takes_quantity(newest) and not waits
    return MovePrompt(
        question,
        bin_code,
        held,
        count,
        asked_for=item.words(newest) if waits else "",
        item_no=item.item.no,
        description=item.item.description,
        picture=item.picture,
        quantity_for=item.words(newest) if typed else "",
        quantity_now=newest.typed_quantity or ZERO,
        quantity_unit=item.unit,
    )


def _lines(session: Session, units: Sequence[GivenUnit]) -> tuple[HeldLine, ...]:
    """Each unit in words, with all items and units of measure in one look-up."""
    named = {
        (unit.item_id, unit.variant_id, unit.unit_of_measure_id): unit
        for unit in units
        if unit.item_id
    }
    rows = session.execute(
        select(Item, ItemVariant, UnitOfMeasure)
        .join(ItemVariant, ItemVariant.item_id == Item.id)
        .join(UnitOfMeasure, UnitOfMeasure.id.in_(sorted({key[2] for key in named})))
        .where(ItemVariant.id.in_(sorted({key[1] for key in named})))
    )
    known = {
        (item.id, variant.id, unit.id): (f"{item.no} {variant.code}".strip(), item, unit.code)
        for item, variant, unit in rows
    }
    lines = []
    for unit in units:
        if unit.whole_package:
            lines.append(HeldLine(unit.package_no))
            continue
        what, item, unit_code = known[unit.item_id, unit.variant_id, unit.unit_of_measure_id]
        lines.append(
            HeldLine(
                describe(what, unit.numbers),
                item.description,
                unit.typed_quantity or ZERO,
                unit_code,
            )
        )
    return tuple(lines)
