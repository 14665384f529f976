"""Apply a typed quantity to a put-away, pick or movement (docs/domain.md 10.5).

This module must never accept a number that no scan asked for.
"""

from dataclasses import replace
from decimal import Decimal

from scanner_app.errors import N_, RuleRefused
from scanner_app.quantities import ZERO
from scanner_app.scanning.activity_pairs import Pair, load_pairs, pair_by_number
from scanner_app.scanning.activity_work import ActivityWork, pairs_of
from scanner_app.scanning.document_work import QuantityNotAsked
from scanner_app.scanning.outcomes import Outcome
from scanner_app.scanning.room_in_bin import check_room_of_placed
from scanner_app.warehouse.activity import (
    QuantityAboveOutstanding,
    set_qty_to_handle,
)


class NothingInHand(RuleRefused):
    """Zero of a unit that waits for its bin."""

    message = N_("0 leaves nothing to put into a bin.")
    way_out = N_("Scan the unit again and type how many you hold, or go on with another.")
    field = "Quantity"


def apply_activity_quantity(work: ActivityWork, quantity: Decimal) -> Outcome:
    """A typed number belongs to the unit in the hand, else to the line just applied.

    Raises:
        QuantityNotAsked: when neither waits for one.
        QuantityAboveOutstanding: when it is more than is left.
        MaxQtyExceeded: when it is more than the bin may hold.
    """
    if work.given.units and quantity == ZERO:
        raise NothingInHand
    if work.given.units:
        *others, last = work.given.units
        pairs = pairs_of(last, load_pairs(work.session, work.activity, item_ids={last.item_id}))
        if not last.item_id or last.serial_no or not pairs:
            raise QuantityNotAsked(quantity=quantity)
        left = sum((pair.remaining for pair in pairs), ZERO)
        if quantity > left:
            raise QuantityAboveOutstanding(quantity=quantity, outstanding=left, unit=pairs[0].unit)
        work.hold(units=(*others, replace(last, quantity=str(quantity))))
        return _quantity_given(pairs[0], quantity)
    pair = pair_by_number(work.session, work.activity, work.given.pair_no)
    if pair is None:
        raise QuantityNotAsked(quantity=quantity)
    before, more = pair.state, quantity - pair.take.qty_to_handle
    for line in (pair.take, pair.place):
        set_qty_to_handle(line, quantity, pair.unit)
    work.changed(pair, before)
    return check_room_of_placed(work, [(pair, more)]) or _quantity_given(pair, quantity)


def _quantity_given(pair: Pair, quantity: Decimal) -> Outcome:
    return Outcome("QuantityGiven", {"quantity": quantity, "unit": pair.unit, "what": pair.words})
