"""Picks that a test creates, and why there is sometimes none."""

from decimal import Decimal
from typing import Any

import pytest

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.warehouse.activity import ActionType
from scanner_app.warehouse.create_pick import (
    NothingToPick,
    PlannedLine,
    plan_pick,
)
from scanner_app.warehouse.pickable_stock import LeftOut
from scanner_app.warehouse.shipment import WarehouseShipment
from tests.builders import Warehouse, days, lot
from tests.warehouse.documents import (
    Part,
    add_shipment,
    lines_of,
    pick,
)
from tests.warehouse.masters import DAY, Goods

DATED = {"use_expiration_dates": True}
STRICT = DATED | {"strict_expiration_posting": True}
Taken = list[tuple[str, TrackingNumbers, Decimal]]


def taken(white: Warehouse, pick_id: int) -> Taken:
    codes = {bin_.id: code for code, bin_ in white.bins.items()}
    return [
        (
            codes[line.bin_id or 0],
            TrackingNumbers(line.serial_no, line.lot_no, line.package_no),
            line.qty_outstanding,
        )
        for line in lines_of(white, pick_id)
        if line.action_type is ActionType.TAKE
    ]


def picked(white: Warehouse, *parts: Part) -> Taken:
    return taken(white, pick(white, add_shipment(white, *parts)))


def why_not(white: Warehouse, *parts: Part) -> dict[LeftOut, Decimal]:
    shipment_id = add_shipment(white, *parts)
    with pytest.raises(NothingToPick):
        pick(white, shipment_id)
    [line] = plan(white, shipment_id)
    assert line.short_base == line.demand.missing_base
    return line.left_out


def plan(white: Warehouse, shipment_id: int) -> list[PlannedLine]:
    """What a pick would take now."""
    with white.database.read() as session:
        return plan_pick(session, session.get_one(WarehouseShipment, shipment_id), DAY)


def fefo(white: Warehouse, *stock: tuple[str, str, int | None], **switches: Any) -> Goods:  # noqa: ANN401 - fields of any kind
    """An item picked first expired first out: bin, lot and days until it expires."""
    white.change(white.location, pick_according_to_fefo=True)
    goods = white.add_item("LOTEXP", "lot", **switches)
    for bin_code, number, expires in stock:
        expiration = None if expires is None else days(expires)
        white.stock(goods, bin_code, 5, lot(number), expiration_date=expiration)
    return goods
