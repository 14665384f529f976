"""Whether a bin takes what a scan put there (docs/domain.md 4.6, 10.4).

It is said while the goods are still in the hand; registering asks once more.

This module must never take anything back: what is refused leaves no effect by itself.
"""

from collections.abc import Sequence
from decimal import Decimal

from scanner_app.inventory.location import BinCapacityPolicy
from scanner_app.quantities import to_base
from scanner_app.scanning.activity_pairs import Pair
from scanner_app.scanning.activity_work import ActivityWork
from scanner_app.scanning.outcomes import Outcome
from scanner_app.warehouse.activity import ActivityType
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_room import Change, check_class, exceeded_by_scan


def check_room_of_placed(
    work: ActivityWork, placed: Sequence[tuple[Pair, Decimal]]
) -> Outcome | None:
    """Ask of all pairs that were placed by a scan; what a pick brings to the dock is not asked.

    Returns the warning where the location allows more than the maximum.

    Raises:
        WarehouseClassDiffers: for goods of another class.
        MaxQtyExceeded: for too many of them, where the location prohibits that.
    """
    if work.type is ActivityType.PICK:
        return None
    changes = [
        _change(pair, pair.place_bin, quantity) for pair, quantity in placed if pair.place_bin
    ]
    for each in changes:
        check_class(work.session, work.location, each.bin, each.item)
    exceeded = exceeded_by_scan(work.session, work.location, changes)
    if exceeded is None:
        return None
    if work.location.bin_capacity_policy is BinCapacityPolicy.PROHIBIT_MORE:
        raise exceeded
    return Outcome("PlacedAboveMaximum", dict(exceeded.parameters))


def _change(pair: Pair, bin_: Bin, quantity: Decimal) -> Change:
    line = pair.place
    factor = line.qty_per_unit_of_measure
    return Change(
        bin_,
        pair.item,
        line.variant_id,
        line.unit_of_measure_id,
        factor,
        to_base(quantity, factor),
    )
