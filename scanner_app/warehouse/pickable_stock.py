"""Pickable stock: what may be picked now, and why the rest may not (docs/domain.md 4.4, 6.4).

Counted out are bins that are not for picking, the receipt and shipment bin, dedicated bins, bins
closed to outbound movement, blocked numbers, expired numbers where posting is strict, what other
documents take, what a pick did not find, and stock that a count found and nobody has synced yet.

This module must never ask the database, nor reserve anything: a pick line does.
"""

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from scanner_app.errors import N_
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.location import Location
from scanner_app.inventory.tracking_information import NumberOfItem, numbers_by_kind
from scanner_app.quantities import ZERO
from scanner_app.warehouse.bin import BlockMovement

Goods = tuple[int, int]  # item and variant
GoodsInUnit = tuple[int, int, int]


class LeftOut(enum.StrEnum):
    """Why stock does not count."""

    BLOCKED = N_("blocked")
    EXPIRED = N_("expired, or without the date that is asked")
    DEDICATED_BIN = N_("in dedicated bins")
    CLOSED_BIN = N_("in bins that are closed to outbound movement")
    NOT_A_PICK_BIN = N_("in bins that are not for picking")
    OTHER_UNIT = N_("in another unit of measure")
    ON_OTHER_DOCUMENTS = N_("on other documents")
    MISSING = N_("missing from their bins when they were to be picked")
    WAITING_FOR_SYNC = N_("found and waiting for the sync")


class StockInBin(NamedTuple):
    """A quantity of one set of numbers in one bin, in base units.

    Attributes:
        id: of the balance; of two that are alike the lower was there first.
        bin_type_pick: whether the type of the bin is for picking, None where it has no type.
    """

    numbers: TrackingNumbers
    id: int
    bin_id: int
    bin_code: str
    bin_ranking: int
    block_movement: BlockMovement
    dedicated: bool
    bin_type_pick: bool | None
    unit_of_measure_id: int
    expiration_date: date | None
    warranty_date: date | None
    quantity_base: Decimal


@dataclass(frozen=True)
class Claim:
    """A quantity that is not there for who comes now, in base units.

    Attributes:
        bin_id: the bin it is in, None where it may be in any.
        numbers: those that are known; a blank one may be any.
        since: the day on which it was found, where it waits for the sync.
    """

    reason: LeftOut
    quantity_base: Decimal
    bin_id: int | None
    numbers: TrackingNumbers
    since: date | None = None


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
    def goods(self) -> Goods:
        """What is wanted, in whatever unit and of whatever numbers."""
        return (self.item.id, self.variant_id)

    @property
    def goods_in_unit(self) -> GoodsInUnit:
        """What is wanted, of whatever numbers."""
        return (*self.goods, self.unit_of_measure_id)

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


class PickableStock:
    """What may be picked, in the order in which it should be, and the rest by reason.

    Attributes:
        available_base: how much may be picked, in base units.
        left_out: how much does not count, by reason.
        found_since: the first day on which something was found that waits for the sync.
    """

    def __init__(self, parts: Iterable[StockInBin], left_out: Mapping[LeftOut, Decimal]) -> None:
        self._parts = list(parts)
        self._left = [part.quantity_base for part in self._parts]
        self._in_bin: defaultdict[int, list[int]] = defaultdict(list)
        for place, part in enumerate(self._parts):
            self._in_bin[part.bin_id].append(place)
        self._first = 0
        self.available_base = sum(self._left, ZERO)
        self.left_out = defaultdict(lambda: ZERO, left_out)
        self.found_since: date | None = None

    def __iter__(self) -> Iterator[tuple[StockInBin, Decimal]]:
        """Each part of which something is left, and how much, in order."""
        for place in range(self._first, len(self._parts)):
            if self._left[place] > 0:
                yield self._parts[place], self._left[place]

    def leave_out(self, claims: Iterable[Claim]) -> None:
        """Take claims out of the stock they can mean, and remember why."""
        for claim in claims:
            rest = claim.quantity_base
            for place in self._places(claim):
                less = min(rest, self._left[place])
                if less > 0 and self._parts[place].numbers.agree_with(claim.numbers):
                    self._leave(claim, place, less)
                    rest -= less
        while self._first < len(self._left) and not self._left[self._first]:
            self._first += 1

    def _places(self, claim: Claim) -> Sequence[int]:
        if claim.bin_id is None:
            return range(len(self._parts))
        return self._in_bin.get(claim.bin_id, [])

    def _leave(self, claim: Claim, place: int, quantity: Decimal) -> None:
        self._left[place] -= quantity
        self.available_base -= quantity
        self.left_out[claim.reason] += quantity
        if claim.since is not None:
            self.found_since = min(claim.since, self.found_since or claim.since)


def pickable_stock(
    wanted: Wanted, held: Iterable[StockInBin], blocked: set[NumberOfItem], claims: Sequence[Claim]
) -> PickableStock:
    """What may be picked for what is wanted, of what is held of the item and its named numbers.

    Held is all of it at the location, or what comes first in the order of the pick; then the same
    is taken, but not all is said that was left out.
    """
    parts: list[StockInBin] = []
    left_out: defaultdict[LeftOut, Decimal] = defaultdict(lambda: ZERO)
    for part in held:
        reason = _reason_against(wanted, part, blocked)
        if reason:
            left_out[reason] += part.quantity_base
        else:
            parts.append(part)
    order = _by_date if wanted.first_expired_first_out else _by_bin
    found = PickableStock(sorted(parts, key=order), left_out)
    found.leave_out(claims)
    return found


def _reason_against(wanted: Wanted, part: StockInBin, blocked: set[NumberOfItem]) -> LeftOut | None:
    """Why this stock does not count; None where it does."""
    if reason := _reason_against_bin(wanted, part):
        return reason
    if blocked.intersection(numbers_by_kind(wanted.item.id, wanted.variant_id, part.numbers)):
        return LeftOut.BLOCKED
    undated = wanted.first_expired_first_out and part.expiration_date is None
    expired = part.expiration_date is not None and part.expiration_date < wanted.work_date
    if wanted.strict and (expired or undated):
        return LeftOut.EXPIRED
    return LeftOut.OTHER_UNIT if part.unit_of_measure_id != wanted.unit_of_measure_id else None


def _reason_against_bin(wanted: Wanted, part: StockInBin) -> LeftOut | None:
    docks = (wanted.location.receipt_bin_id, wanted.location.shipment_bin_id)
    if part.bin_id in docks or part.bin_type_pick is False:
        return LeftOut.NOT_A_PICK_BIN
    if part.block_movement in (BlockMovement.OUTBOUND, BlockMovement.ALL):
        return LeftOut.CLOSED_BIN
    return LeftOut.DEDICATED_BIN if part.dedicated else None


def _by_date(part: StockInBin) -> tuple[date, TrackingNumbers, int]:
    """First expired first out: by date, those without one last, then by number."""
    return (part.expiration_date or date.max, part.numbers, part.id)


def _by_bin(part: StockInBin) -> tuple[int, str, TrackingNumbers, int]:
    """The highest ranking bin first."""
    return (-part.bin_ranking, part.bin_code, part.numbers, part.id)
