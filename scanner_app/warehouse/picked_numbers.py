"""Which numbers of a shipment line are on a pick, picked or shipped (docs/domain.md 6.3, 6.5).

This module must never change anything.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.quantities import ZERO
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    RegisteredActivity,
    RegisteredActivityLine,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.shipment import PostedShipmentLine

QuantityOfLine = tuple[int, TrackingNumbers, Decimal]


def registered_picks(session: Session, line_ids: Sequence[int]) -> list[QuantityOfLine]:
    """What registered picks brought to each shipment line, by its numbers, in base units."""
    row, pick = RegisteredActivityLine, RegisteredActivity
    of_picks = (pick.id == row.registered_activity_id, pick.type == ActivityType.PICK)
    return _placed(session, row, row.quantity_base, of_picks, line_ids)


def open_picks(session: Session, line_ids: Sequence[int]) -> list[QuantityOfLine]:
    """What open picks still bring to each shipment line, by its numbers, in base units."""
    row, pick = WarehouseActivityLine, WarehouseActivity
    of_picks = (pick.id == row.activity_id, pick.type == ActivityType.PICK)
    return _placed(session, row, row.qty_outstanding_base, of_picks, line_ids)


def shipped_numbers(session: Session, line_ids: Sequence[int]) -> list[QuantityOfLine]:
    """What has left of each shipment line, by its numbers, in base units."""
    row = PostedShipmentLine
    by_numbers = (row.shipment_line_id, row.serial_no, row.lot_no, row.package_no)
    rows = session.execute(
        select(*by_numbers, func.sum(row.quantity_base, type_=row.quantity_base.type))
        .where(row.shipment_line_id.in_(line_ids))
        .group_by(*by_numbers)
    )
    return [(line, TrackingNumbers(s, lot, p), quantity) for line, s, lot, p, quantity in rows]


def picked_and_not_shipped(session: Session, line_ids: Sequence[int]) -> list[QuantityOfLine]:
    """What registered picks brought to each line and no shipment took yet, in base units."""
    open_: defaultdict[tuple[int, TrackingNumbers], Decimal] = defaultdict(lambda: ZERO)
    for line_id, numbers, quantity in registered_picks(session, line_ids):
        open_[(line_id, numbers)] += quantity
    for line_id, numbers, quantity in shipped_numbers(session, line_ids):
        open_[(line_id, numbers)] -= quantity
    return [(*key, quantity) for key, quantity in sorted(open_.items()) if quantity > 0]


def _placed(
    session: Session,
    row: type[RegisteredActivityLine | WarehouseActivityLine],
    quantity_base: SQLColumnExpression[Decimal],
    of_picks: tuple[ColumnElement[bool], ...],
    line_ids: Sequence[int],
) -> list[QuantityOfLine]:
    by_numbers = (row.source_document_line_id, row.serial_no, row.lot_no, row.package_no)
    rows = session.execute(
        select(*by_numbers, func.sum(quantity_base, type_=row.quantity_base.type))
        .where(
            *of_picks,
            row.action_type == ActionType.PLACE,
            row.source_document_line_id.in_(line_ids),
        )
        .group_by(*by_numbers)
    )
    return [(line or 0, TrackingNumbers(s, lot, p), quantity) for line, s, lot, p, quantity in rows]
