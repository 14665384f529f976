"""Create pick: from which bins a released shipment is taken (docs/domain.md 6.3, 6.4).

First expired first out proposes the numbers; numbers named on the shipment come first; other
tracked items leave the number to the worker, who scans what is in the bin.

This module must never pick more than the shipment line still needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.item_tracking_code import numbers_in_warehouse
from scanner_app.inventory.location import Location
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.quantities import ONE, ZERO, from_base
from scanner_app.warehouse.activity import (
    ActivityType,
    WarehouseActivity,
)
from scanner_app.warehouse.new_activity import NewPair, insert_activity
from scanner_app.warehouse.pick_demand import Demand, demands_of
from scanner_app.warehouse.pickable_stock import Claim, LeftOut, PickableStock, StockInBin, Wanted
from scanner_app.warehouse.register_activity import By, DocumentGone
from scanner_app.warehouse.shipment import ShipmentStatus, WarehouseShipment
from scanner_app.warehouse.stock_to_pick import StockToPick


class ShipmentNotReleased(RuleRefused):
    """Only a released shipment is picked."""

    message = N_("Shipment {shipment_no} is not released.")
    way_out = N_("Release the shipment first.")
    field = "Status"


class NothingToPick(RuleRefused):
    """No line can be picked; `plan_pick` says why, line by line."""

    message = N_("Nothing can be picked for {shipment_no} now.")
    way_out = N_(
        "Look what was found and why it does not count. Put it away, unblock it or sync what was"
        " found, then create the pick again."
    )


class NothingLeftToPick(RuleRefused):
    """Everything is picked or on a pick already."""

    message = N_("Everything of {shipment_no} is picked or on a pick already.")
    way_out = N_("Open the pick, or post the shipment.")


@dataclass(frozen=True)
class PlannedLine:
    """What one line of a shipment gets, in base units, and what else was found of its item.

    Attributes:
        left_out: how much does not count, by reason; empty where the line gets all it needs.
        found_since: the first day on which something was found that waits for the sync.
    """

    demand: Demand
    taken_base: Decimal
    pairs: Sequence[NewPair]
    left_out: dict[LeftOut, Decimal]
    found_since: date | None

    @property
    def short_base(self) -> Decimal:
        """How much of it cannot be picked."""
        return self.demand.missing_base - self.taken_base


def create_pick(session: Session, shipment_id: int, by: By) -> WarehouseActivity:
    """Make a pick of all that a shipment still needs and the bins can give.

    Raises:
        ShipmentNotReleased, NothingLeftToPick, NothingToPick.
    """
    hold_set_up(session)
    shipment = lock_shipment(session, shipment_id)
    if shipment.status is not ShipmentStatus.RELEASED:
        raise ShipmentNotReleased(shipment_no=shipment.no)
    planned = plan_pick(session, shipment, by.work_date)
    if not planned:
        raise NothingLeftToPick(shipment_no=shipment.no)
    pairs = [pair for line in planned for pair in line.pairs]
    if not pairs:
        raise NothingToPick(shipment_no=shipment.no)
    header = WarehouseActivity(
        type=ActivityType.PICK,
        location_id=shipment.location_id,
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


def plan_pick(session: Session, shipment: WarehouseShipment, work_date: date) -> list[PlannedLine]:
    """What a pick would take now for each line that still needs something; nothing is written.

    Lines with named numbers are planned first: nothing else will do for them.
    """
    location = session.get_one(Location, shipment.location_id)
    demands = demands_of(session, shipment)
    wants = [demand.wanted_at(location, work_date) for demand in demands]
    missing = [demand.missing_base for demand in demands]
    stock = StockToPick(session, location, list(zip(wants, missing, strict=True)))
    planned: dict[int, PlannedLine] = {}
    for place in sorted(range(len(demands)), key=lambda place: not wants[place].named):
        wanted = wants[place]
        line = _plan_line(demands[place], wanted, stock.find(wanted), shipment.bin_id)
        stock.plan(wanted, [_claim(pair) for pair in line.pairs])
        planned[place] = line
    return [planned[place] for place in range(len(demands))]


def _plan_line(
    demand: Demand, wanted: Wanted, found: PickableStock, place_bin_id: int
) -> PlannedLine:
    taken = min(demand.missing_base, found.available_base)
    pairs = tuple(_pairs(demand, wanted, found, place_bin_id))
    is_short = taken < demand.missing_base
    left_out = {reason: left for reason, left in found.left_out.items() if left} if is_short else {}
    return PlannedLine(demand, taken, pairs, left_out, found.found_since if is_short else None)


def _claim(pair: NewPair) -> Claim:
    quantity = pair.quantity * pair.qty_per_unit_of_measure
    return Claim(LeftOut.ON_OTHER_DOCUMENTS, quantity, pair.take_bin_id, pair.numbers)


def _pairs(
    demand: Demand, wanted: Wanted, found: PickableStock, place_bin_id: int
) -> Iterator[NewPair]:
    """One pair for each quantity of a bin, one for each unit of an item with serial nos."""
    asked = numbers_in_warehouse(demand.tracking_code)
    per_unit = demand.unit_at(wanted.location)[1]
    missing = demand.missing_base
    numbers_decided = wanted.first_expired_first_out or found.available_base <= missing
    for part, left in found:
        taken = min(missing, left)
        numbers = part.numbers if numbers_decided else demand.named
        step = ONE if asked.serial else taken
        pair = _pair(demand, part, numbers, per_unit, from_base(step, per_unit), place_bin_id)
        while taken > 0:
            yield pair
            taken -= step
            missing -= step
        if missing <= ZERO:
            return


def _pair(
    demand: Demand,
    part: StockInBin,
    numbers: TrackingNumbers,
    per_unit: Decimal,
    quantity: Decimal,
    place_bin_id: int,
) -> NewPair:
    decided = numbers == part.numbers
    return NewPair(
        item=demand.item,
        variant_id=demand.line.variant_id,
        unit_of_measure_id=part.unit_of_measure_id,
        qty_per_unit_of_measure=per_unit,
        quantity=quantity,
        numbers=numbers,
        take_bin_id=part.bin_id,
        place_bin_id=place_bin_id,
        warranty_date=part.warranty_date if decided else None,
        expiration_date=part.expiration_date if decided else None,
        source_document_line_id=demand.line.id,
    )
