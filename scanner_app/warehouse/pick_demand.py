"""What a shipment still needs: neither picked nor on a pick yet, named numbers first.

This module must never look at stock (docs/domain.md 6.3).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import (
    NO_NUMBERS,
    TrackingNumbers,
    TrackingSource,
    numbers_of,
    tracking_lines_of,
)
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.location import Location
from scanner_app.quantities import ONE, ZERO
from scanner_app.warehouse.pickable_stock import Wanted
from scanner_app.warehouse.picked_numbers import (
    QuantityOfLine,
    open_picks,
    registered_picks,
)
from scanner_app.warehouse.register_activity import items_with_codes
from scanner_app.warehouse.shipment import WarehouseShipment, WarehouseShipmentLine


@dataclass(frozen=True)
class Demand:
    """What one shipment line still needs, of one set of named numbers, in base units."""

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

    def wanted_at(self, location: Location, work_date: date) -> Wanted:
        """What is looked for in the bins of a location."""
        return Wanted(
            location=location,
            item=self.item,
            tracking_code=self.tracking_code,
            variant_id=self.line.variant_id,
            unit_of_measure_id=self.unit_at(location)[0],
            named=self.named,
            work_date=work_date,
        )


def demands_of(session: Session, shipment: WarehouseShipment) -> list[Demand]:
    """What the lines of a shipment still need, in their order."""
    row = WarehouseShipmentLine
    lines = session.scalars(
        select(row).where(row.shipment_id == shipment.id).order_by(row.line_no)
    ).all()
    ids = [line.id for line in lines]
    on_picks = open_picks(session, ids)
    begun = defaultdict[int, list[QuantityOfLine]](list)
    for of_line in on_picks + registered_picks(session, ids):
        begun[of_line[0]].append(of_line)
    tracking = tracking_lines_of(session, TrackingSource.SHIPMENT_LINE, ids)
    items = items_with_codes(session, {line.item_id for line in lines})
    outstanding = dict.fromkeys(ids, ZERO)
    for line_id, _, quantity in on_picks:
        outstanding[line_id] += quantity
    demands: list[Demand] = []
    for line in lines:
        item, code = items[line.item_id]
        missing = line.quantity_base - line.qty_picked_base - outstanding[line.id]
        for named in tracking.get(line.id, []):
            done = _quantity_of(begun[line.id], numbers_of(named))
            part = min(missing, named.quantity_base - done)
            if part > 0:
                demands.append(Demand(line, item, code, numbers_of(named), part))
                missing -= part
        if missing > 0:
            demands.append(Demand(line, item, code, NO_NUMBERS, missing))
    return demands


def _quantity_of(begun: Sequence[QuantityOfLine], named: TrackingNumbers) -> Decimal:
    """How much of the named numbers is picked or on a pick already, of what was begun of a line."""
    return sum(
        (
            quantity
            for _, numbers, quantity in begun
            if numbers.completed_by(named) == numbers and numbers.agree_with(named)
        ),
        ZERO,
    )
