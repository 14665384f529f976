"""Create pick: from which bins a released shipment is taken (docs/domain.md 6.3, 6.4).

First expired first out proposes the numbers; numbers named on the shipment come first; other
tracked items leave the number to the worker, who scans what is in the bin.

This module must never pick more than the shipment line still needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    TrackingNumbers,
    TrackingSource,
    describe,
    numbers_of,
)
from scanner_app.inventory.item_tracking_code import ItemTrackingCode, numbers_in_warehouse
from scanner_app.inventory.location import Location
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.quantities import ONE, ZERO, from_base
from scanner_app.warehouse.activity import (
    ActivityType,
    WarehouseActivity,
)
from scanner_app.warehouse.new_activity import NewPair, insert_activity
from scanner_app.warehouse.pickable_stock import (
    PickableStock,
    StockInBin,
    Wanted,
    pickable_stock,
)
from scanner_app.warehouse.picked_numbers import (
    QuantityOfLine,
    open_picks,
    registered_picks,
)
from scanner_app.warehouse.post_receipt import tracking_lines_of
from scanner_app.warehouse.register_activity import By, DocumentGone, items_with_codes
from scanner_app.warehouse.shipment import (
    ShipmentStatus,
    WarehouseShipment,
    WarehouseShipmentLine,
)


class ShipmentNotReleased(RuleRefused):
    """Only a released shipment is picked."""

    message = N_("Shipment {shipment_no} is not released.")
    way_out = N_("Release the shipment first.")
    field = "Status"


class NothingToPick(RuleRefused):
    """No line can be picked, and this is why for the first of them."""

    message = N_(
        "Nothing can be picked for {shipment_no}. {what}: {wanted} wanted, {blocked} blocked,"
        " {expired} expired, {not_for_picking} in bins that are not for picking,"
        " {on_other_picks} on other picks, {waiting_for_sync} found and waiting for sync."
    )
    way_out = N_("Put stock away, unblock it or sync what was found, then create the pick again.")


class NothingLeftToPick(RuleRefused):
    """Everything is picked or on a pick already."""

    message = N_("Everything of {shipment_no} is picked or on a pick already.")
    way_out = N_("Open the pick, or post the shipment.")


@dataclass
class _Demand:
    """What one shipment line still needs, of one set of named numbers."""

    line: WarehouseShipmentLine
    item: Item
    tracking_code: ItemTrackingCode | None
    named: TrackingNumbers
    missing_base: Decimal

    def unit_at(self, location: Location) -> tuple[int, Decimal]:
        """The unit of measure in which the bins hold the item, and its base units."""
        if location.directed_put_away_and_pick:
            return self.line.unit_of_measure_id, self.line.qty_per_unit_of_measure
        return self.item.base_unit_of_measure_id, ONE


def create_pick(session: Session, shipment_id: int, by: By) -> WarehouseActivity:
    """Make a pick of all that a shipment still needs and the bins can give.

    Raises:
        ShipmentNotReleased, NothingLeftToPick, NothingToPick.
    """
    hold_set_up(session)
    shipment = lock_shipment(session, shipment_id)
    if shipment.status is not ShipmentStatus.RELEASED:
        raise ShipmentNotReleased(shipment_no=shipment.no)
    location = session.get_one(Location, shipment.location_id)
    demands = _demands(session, shipment)
    if not demands:
        raise NothingLeftToPick(shipment_no=shipment.no)
    pairs: list[NewPair] = []
    shortage: tuple[_Demand, PickableStock] | None = None
    for demand in demands:
        found = pickable_stock(session, _wanted(location, demand, by))
        _leave_out_planned(found, pairs, demand)
        taken = list(_pairs(location, demand, found, shipment.bin_id))
        pairs.extend(taken)
        shortage = shortage or (None if taken else (demand, found))
    if not pairs and shortage:
        raise _nothing_to_pick(shipment, *shortage)
    header = WarehouseActivity(
        type=ActivityType.PICK,
        location_id=location.id,
        source_no=shipment.no,
        due_date=shipment.shipment_date,
    )
    return insert_activity(session, header, pairs, by)


def lock_shipment(session: Session, shipment_id: int) -> WarehouseShipment:
    """Lock the header, so that picking and posting one shipment take turns.

    Raises:
        DocumentGone: when it is not there any more.
    """
    statement = select(WarehouseShipment).where(WarehouseShipment.id == shipment_id)
    shipment = session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if shipment is None:
        raise DocumentGone(document=str(shipment_id))
    return shipment


def _demands(session: Session, shipment: WarehouseShipment) -> list[_Demand]:
    row = WarehouseShipmentLine
    lines = session.scalars(
        select(row).where(row.shipment_id == shipment.id).order_by(row.line_no)
    ).all()
    ids = [line.id for line in lines]
    on_picks = open_picks(session, ids)
    begun = on_picks + registered_picks(session, ids)
    tracking = tracking_lines_of(session, TrackingSource.SHIPMENT_LINE, ids)
    items = items_with_codes(session, {line.item_id for line in lines})
    demands: list[_Demand] = []
    for line in lines:
        item, code = items[line.item_id]
        outstanding = sum((q for line_id, _, q in on_picks if line_id == line.id), ZERO)
        missing = line.quantity_base - line.qty_picked_base - outstanding
        for named in tracking.get(line.id, []):
            done = _quantity_of(begun, line.id, numbers_of(named))
            part = min(missing, named.quantity_base - done)
            if part > 0:
                demands.append(_Demand(line, item, code, numbers_of(named), part))
                missing -= part
        if missing > 0:
            demands.append(_Demand(line, item, code, NO_NUMBERS, missing))
    return demands


def _quantity_of(begun: Sequence[QuantityOfLine], line_id: int, named: TrackingNumbers) -> Decimal:
    """How much of the named numbers is picked or on a pick already."""
    return sum(
        (
            quantity
            for id_, numbers, quantity in begun
            if id_ == line_id
            and numbers.completed_by(named) == numbers
            and numbers.agree_with(named)
        ),
        ZERO,
    )


def _wanted(location: Location, demand: _Demand, by: By) -> Wanted:
    return Wanted(
        location=location,
        item=demand.item,
        tracking_code=demand.tracking_code,
        variant_id=demand.line.variant_id,
        unit_of_measure_id=demand.unit_at(location)[0],
        named=demand.named,
        work_date=by.work_date,
    )


def _leave_out_planned(found: PickableStock, pairs: list[NewPair], demand: _Demand) -> None:
    """What earlier lines of this pick take is not there for later ones."""
    for pair in pairs:
        if pair.item.id == demand.item.id and pair.variant_id == demand.line.variant_id:
            found.leave_out(
                "on_other_picks",
                pair.quantity * pair.qty_per_unit_of_measure,
                pair.take_bin_id,
                pair.numbers,
            )


def _pairs(
    location: Location, demand: _Demand, found: PickableStock, place_bin_id: int
) -> Iterator[NewPair]:
    """One pair for each quantity of a bin, one for each unit of an item with serial nos."""
    asked = numbers_in_warehouse(demand.tracking_code)
    per_unit = demand.unit_at(location)[1]
    available = sum((part.available_base for part in found.stock), ZERO)
    numbers_decided = found.first_expired_first_out or available <= demand.missing_base
    missing = demand.missing_base
    for part in found.stock:
        taken = min(missing, part.available_base)
        numbers = part.numbers if numbers_decided else demand.named
        step = ONE if asked.serial else taken
        pair = _pair_of_nothing(demand, part, numbers, per_unit, place_bin_id)
        while taken > 0:
            yield replace(pair, quantity=from_base(step, per_unit))
            taken -= step
            missing -= step


def _pair_of_nothing(
    demand: _Demand,
    part: StockInBin,
    numbers: TrackingNumbers,
    per_unit: Decimal,
    place_bin_id: int,
) -> NewPair:
    decided = numbers == part.numbers
    return NewPair(
        item=demand.item,
        variant_id=demand.line.variant_id,
        unit_of_measure_id=part.unit_of_measure_id,
        qty_per_unit_of_measure=per_unit,
        quantity=ZERO,
        numbers=numbers,
        take_bin_id=part.bin.id,
        place_bin_id=place_bin_id,
        warranty_date=part.warranty_date if decided else None,
        expiration_date=part.expiration_date if decided else None,
        source_document_line_id=demand.line.id,
    )


def _nothing_to_pick(
    shipment: WarehouseShipment, demand: _Demand, found: PickableStock
) -> NothingToPick:
    return NothingToPick(
        shipment_no=shipment.no,
        what=describe(demand.item.no, demand.named),
        wanted=demand.missing_base,
        blocked=found.left_out["blocked"],
        expired=found.left_out["expired"],
        not_for_picking=found.left_out["not_for_picking"],
        on_other_picks=found.left_out["on_other_picks"],
        waiting_for_sync=found.left_out["waiting_for_sync"],
    )
