"""Stock beside named numbers: what others take without naming it, they find there (6.3, 4.4).

A document that takes any two of the five drills in a bin does not stand against the one that a
shipment names, as long as two others lie there.

This module must never say which of them a claim without numbers will mean: a worker's scan does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import NO_NUMBERS
from scanner_app.inventory.location import Location
from scanner_app.inventory.tracking_information import NumberOfItem, numbers_by_kind
from scanner_app.quantities import ZERO
from scanner_app.warehouse.held_stock import held_in_bins
from scanner_app.warehouse.pickable_stock import Claim, GoodsInUnit, PickableStock, Wanted

GoodsInBin = tuple[int, int, int]


class StockBeside:
    """How much lies in the bins that documents take from without naming numbers.

    Only bins from which goods with named numbers are wanted are read, in one look-up.
    """

    def __init__(
        self,
        session: Session,
        location: Location,
        claims: Mapping[GoodsInUnit, Sequence[Claim]],
        wanted_in_bins: Collection[tuple[GoodsInUnit, int]],
        blocked: set[NumberOfItem],
    ) -> None:
        """Read what lies beside; without such bins nothing is asked."""
        free = {
            (unit, claim.bin_id)
            for unit, of_unit in claims.items()
            for claim in of_unit
            if names_nothing(claim)
        }
        claimed_in = free.intersection(wanted_in_bins)
        self._there = dict.fromkeys(claimed_in, ZERO)
        self._units = {unit for unit, _ in claimed_in}
        keys: set[GoodsInBin] = {(*unit[:2], bin_id) for unit, bin_id in claimed_in if bin_id}
        for goods, parts in (held_in_bins(session, location, keys) if keys else {}).items():
            for part in parts:
                place = ((*goods, part.unit_of_measure_id), part.bin_id)
                if place in self._there and not blocked.intersection(
                    numbers_by_kind(*goods, part.numbers)
                ):
                    self._there[place] += part.quantity_base

    def lacking(self, wanted: Wanted, found: PickableStock, claims: Iterable[Claim]) -> list[Claim]:
        """What of the named numbers has to stay for those who name nothing, bin by bin."""
        unit = wanted.goods_in_unit
        if unit not in self._units:
            return []
        claimed: defaultdict[int | None, Decimal] = defaultdict(lambda: ZERO)
        free: dict[int | None, Claim] = {}
        for claim in claims:
            claimed[claim.bin_id] += claim.quantity_base
            if names_nothing(claim):
                free[claim.bin_id] = claim
        left: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
        for part, quantity in found:
            left[part.bin_id] += quantity
        lacking = []
        for bin_id, quantity in left.items():
            if (unit, bin_id) in self._there:
                short = quantity - (self._there[unit, bin_id] - claimed[bin_id])
                if short > ZERO:
                    lacking.append(Claim(free[bin_id].reason, short, bin_id, NO_NUMBERS))
        return lacking


def names_nothing(claim: Claim) -> bool:
    """Whether a claim on a bin may mean any number in it."""
    return claim.bin_id is not None and claim.numbers == NO_NUMBERS
