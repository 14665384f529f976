"""Goods that are put into another bin than their line names (docs/domain.md 10.4).

What the location says decides: it is refused, it takes a second scan of the same bin, or one is
enough. Take bins are never changed here: what is picked elsewhere may not be free.

This module must never move a line into a bin that put-aways do not use.
"""

from collections.abc import Sequence
from decimal import Decimal

from scanner_app.inventory.location import OtherBinPolicy
from scanner_app.scanning.activity_pairs import Pair, split_off
from scanner_app.scanning.activity_work import ActivityWork, pairs_of
from scanner_app.scanning.given import GivenUnit
from scanner_app.warehouse.activity import ActivityType
from scanner_app.warehouse.bin import Bin, BinType, check_open_inbound
from scanner_app.warehouse.bin_room import has_class_of


def fitting_elsewhere(
    work: ActivityWork, units: Sequence[GivenUnit], pairs: Sequence[Pair], bin_: Bin
) -> list[tuple[Pair, GivenUnit]]:
    """The pairs of the units in the hand that may go into a bin they do not name.

    Raises:
        BinBlocked: when the bin is closed to it.
    """
    policy = work.location.other_bin_policy
    prohibited = policy is OtherBinPolicy.PROHIBIT or work.type is ActivityType.PICK
    if prohibited or not work.given.units or not _is_for_put_away(work, bin_):
        return []
    return [
        (pair, unit)
        for unit in units
        for pair in pairs_of(unit, pairs)
        if pair.take.bin_id != bin_.id and has_class_of(work.location, bin_, pair.item)
    ]


def needs_second_scan(work: ActivityWork, bin_: Bin) -> bool:
    """Whether this is the first scan of a bin that no line in the hand names."""
    warns = work.location.other_bin_policy is OtherBinPolicy.WARN
    return warns and work.given.other_bin_id != bin_.id


def part_for_bin(work: ActivityWork, pair: Pair, quantity: Decimal, bin_: Bin | None) -> Pair:
    """The pair that goes into a bin: a part for another bin than the line names stands apart."""
    if bin_ is None or work.type is ActivityType.PICK:
        return pair
    stays = pair.place.bin_id in (None, bin_.id) or quantity == pair.take.qty_outstanding
    if stays:
        return pair
    before = pair.state
    part = split_off(work.session, work.activity, pair, quantity)
    work.changed(pair, before, part.take.pair_no)
    return part


def _is_for_put_away(work: ActivityWork, bin_: Bin) -> bool:
    """No dock, not the adjustment bin, and where bins have types, one that says Put Away."""
    location = work.location
    docks = (location.receipt_bin_id, location.shipment_bin_id)
    if bin_.is_adjustment_bin or bin_.id in docks:
        return False
    check_open_inbound(bin_)
    return bin_.bin_type_id is None or work.session.get_one(BinType, bin_.bin_type_id).put_away
