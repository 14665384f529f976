"""One scan on one activity: what it works with and what it leaves behind.

This module must never resolve a code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.location import Location
from scanner_app.scanning.activity_pairs import Pair, pair_by_number
from scanner_app.scanning.document_work import Scanned
from scanner_app.scanning.given import Given, GivenUnit
from scanner_app.scanning.unit_stock import NO_STOCK, UnitStock
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity

PAIR_NO_CHARS_MAX = 10


@dataclass
class ActivityWork:
    """One scan on one activity, with what is half given before and after it.

    `used` are the numbers that lines name already: a free line gets others.
    """

    session: Session
    activity: WarehouseActivity
    location: Location
    scanned: Scanned
    given: Given
    effects: list[dict[str, Any]]
    stock: UnitStock = NO_STOCK
    used: set[TrackingNumbers] = field(default_factory=set)

    @property
    def type(self) -> ActivityType:
        """Put-away, pick or movement."""
        return self.activity.type

    def hold(self, **given: Any) -> None:  # noqa: ANN401 - fields of Given
        """What is half given from now on, and nothing else; lines that are skipped stay so."""
        self.given = Given(**({"skipped": self.given.skipped} | given))

    def changed(self, pair: Pair, before: dict[str, Any], split_off: int = 0) -> None:
        """Remember how a pair was and is, and which pair was split off from it."""
        self.effects.append({"before": before, "after": pair.state, "split_off": split_off})


class NothingLeftOfLine(RuleRefused):
    """The line is scanned whole, noted as missing, or gone."""

    message = N_("Nothing of that line is left.")
    way_out = N_("Go on with the line on the screen.")


def line_on_page(work: ActivityWork) -> Pair:
    """The pair that the page showed when something was tapped; `choice` is its number.

    Raises:
        NothingLeftOfLine: when nothing of it is left to scan.
    """
    choice = work.scanned.new.choice
    pair_no = int(choice) if choice.isdecimal() and len(choice) < PAIR_NO_CHARS_MAX else 0
    pair = pair_by_number(work.session, work.activity, pair_no)
    if pair is None or not pair.remaining:
        raise NothingLeftOfLine
    return pair


def pairs_of(unit: GivenUnit, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs a given unit fills: all of a package, else those of its item and numbers."""
    if unit.whole_package:
        return [
            pair
            for pair in pairs
            if pair.asked.package and pair.numbers.package_no in ("", unit.package_no)
        ]
    return [
        pair
        for pair in pairs
        if (pair.item.id, pair.take.variant_id) == (unit.item_id, unit.variant_id)
        and pair.numbers.agree_with(unit.numbers)
    ]
