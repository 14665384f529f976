"""Stock To Pick: what a location holds of the items that a pick asks for (docs/domain.md 6.3).

A pick of 500 lines takes as many look-ups as a pick of one. What comes first in the order of the
pick is read as far as the lines need it; all of an item is read only where that is not enough,
because then it is said why the rest does not count.

This module must never decide what may be picked: `pickable_stock` does.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.location import Location
from scanner_app.inventory.tracking_information import blocked_numbers_of
from scanner_app.quantities import ZERO
from scanner_app.warehouse.claims_on_stock import claims_on_stock
from scanner_app.warehouse.first_held_stock import FirstHeldStock, Sought
from scanner_app.warehouse.held_stock import HeldOfGoods, all_held, held_of_named_numbers
from scanner_app.warehouse.pickable_stock import (
    Claim,
    GoodsInUnit,
    PickableStock,
    StockInBin,
    Wanted,
    pickable_stock,
)
from scanner_app.warehouse.stock_beside import StockBeside, names_nothing


class StockToPick:
    """What may be picked for each thing that is wanted, less what was planned before."""

    def __init__(
        self, session: Session, location: Location, wants: Sequence[tuple[Wanted, Decimal]]
    ) -> None:
        """Read what lies there of all that is wanted, each with the quantity that is missing."""
        goods = {wanted.goods for wanted, _ in wants}
        self._blocked = blocked_numbers_of(session, {item_id for item_id, _ in goods})
        self._claims = claims_on_stock(session, location, goods)
        self._missing = defaultdict[GoodsInUnit, list[Decimal]](list)
        for wanted, missing in wants:
            self._missing[wanted.goods_in_unit].append(missing)
        self._found: dict[tuple[GoodsInUnit, TrackingNumbers], PickableStock] = {}
        self._planned: dict[tuple[GoodsInUnit, TrackingNumbers], int] = {}
        named = [wanted for wanted, _ in wants if wanted.named]
        self._beside = self._find_named(session, location, named)
        unnamed = {wanted.goods_in_unit: wanted for wanted, _ in wants if not wanted.named}
        self._find_unnamed(session, location, unnamed)

    def find(self, wanted: Wanted) -> PickableStock:
        """What may be picked for it now."""
        unit = wanted.goods_in_unit
        key, claims = (unit, wanted.named), self._claims[unit]
        found = self._found[key]
        found.leave_out(_on_its_numbers(wanted, claims[self._planned[key] :]))
        self._planned[key] = len(claims)
        if wanted.named:
            found.leave_out(self._beside.lacking(wanted, found, claims))
        return found

    def plan(self, wanted: Wanted, claims: Sequence[Claim]) -> None:
        """What an earlier line takes is not there for later ones."""
        self._claims[wanted.goods_in_unit].extend(claims)

    def _find_named(
        self, session: Session, location: Location, wants: Sequence[Wanted]
    ) -> StockBeside:
        """Keep what lies there of the numbers; returns what lies beside them."""
        held = held_of_named_numbers(session, location, wants)
        once = {(wanted.goods_in_unit, wanted.named): wanted for wanted in wants}
        for wanted in once.values():
            self._keep(wanted, self._pickable(wanted, held[wanted.goods, wanted.named]))
        in_bins = {
            (wanted.goods_in_unit, part.bin_id)
            for wanted in once.values()
            for part in held[wanted.goods, wanted.named]
        }
        return StockBeside(session, location, self._claims, in_bins, self._blocked)

    def _find_unnamed(
        self, session: Session, location: Location, unnamed: Mapping[GoodsInUnit, Wanted]
    ) -> None:
        blocked = {kind for _, _, kind, _ in self._blocked}
        first = FirstHeldStock(session, location, blocked)
        rest = list(unnamed.values())
        for read in (first.read_first_contents, first.add_up_contents):
            if rest:
                rest = self._keep_enough(rest, read([self._sought(wanted) for wanted in rest]))
        held = all_held(session, location, {wanted.goods for wanted in rest}) if rest else {}
        for wanted in rest:
            self._keep(wanted, self._pickable(wanted, held.get(wanted.goods, ())))

    def _sought(self, wanted: Wanted) -> Sought:
        """As much as does for all lines when claims take what comes first."""
        missing, claims = self._missing[wanted.goods_in_unit], self._claims[wanted.goods_in_unit]
        claimed = sum((claim.quantity_base for claim in claims), ZERO)
        return Sought(wanted, sum(missing, ZERO) + claimed, len(missing), len(claims))

    def _keep_enough(self, wants: Sequence[Wanted], held: HeldOfGoods) -> list[Wanted]:
        """Keep what is more than enough for all lines of its goods; returns what is not.

        With just enough the pick would name the numbers, so then nothing may be left unread.
        """
        rest = []
        for wanted in wants:
            found = self._pickable(wanted, held.get(wanted.goods, ()))
            if found.available_base > sum(self._missing[wanted.goods_in_unit], ZERO):
                self._keep(wanted, found)
            else:
                rest.append(wanted)
        return rest

    def _pickable(self, wanted: Wanted, held: Sequence[StockInBin]) -> PickableStock:
        claims = _on_its_numbers(wanted, self._claims[wanted.goods_in_unit])
        return pickable_stock(wanted, held, self._blocked, claims)

    def _keep(self, wanted: Wanted, found: PickableStock) -> None:
        key = (wanted.goods_in_unit, wanted.named)
        self._found[key] = found
        self._planned[key] = len(self._claims[wanted.goods_in_unit])


def _on_its_numbers(wanted: Wanted, claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims that stand against the numbers that were named; all where none was.

    A shipment may name hundreds of an item, and each is claimed by one line. A claim on a bin that
    names nothing is met by what lies beside them.
    """
    if not wanted.named:
        return claims
    serial_no = wanted.named.serial_no
    return [
        claim
        for claim in claims
        if not names_nothing(claim)
        and (not serial_no or claim.numbers.serial_no in ("", serial_no))
    ]
