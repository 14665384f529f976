"""Move stock from bin to bin without a document before it (docs/domain.md 5.5, 5.6).

The movement is made and registered in one transaction, so that all checks of registering hold and
one registered movement tells what was done.

This module must never change what is moved: numbers and dates travel with the stock.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.new_activity import NewPair, autofill_qty_to_handle, insert_activity
from scanner_app.warehouse.register_activity import (
    By,
    RegisteredResult,
    items_with_codes,
    register_warehouse_activity,
)
from scanner_app.warehouse.stock_to_move import (
    PartToMove,
    StockToMove,
    check_move_from,
    check_move_to,
)

Move = tuple[PartToMove, int]  # and the id of the bin it goes to


def move_stock(
    session: Session, stock: StockToMove, parts: Sequence[PartToMove], to_bin: Bin, by: By
) -> RegisteredResult:
    """Register a movement of parts of what lies in one bin to another.

    Raises:
        RuleRefused: the first rule that does not hold; nothing is written then.
    """
    hold_set_up(session)
    check_move_from(session, stock.location, stock.bin)
    check_move_to(session, stock.location, to_bin)
    return register_movement(session, stock, [(part, to_bin.id) for part in parts], by)


def register_movement(
    session: Session, stock: StockToMove, moves: Sequence[Move], by: By, source_no: str = ""
) -> RegisteredResult:
    """Register a movement of parts of what lies in some bins, each to a bin of its own.

    Raises:
        RuleRefused: the first rule that does not hold; nothing is written then.
    """
    stock.check([part for part, _ in moves])
    movement = WarehouseActivity(
        type=ActivityType.MOVEMENT,
        location_id=stock.location.id,
        source_no=source_no,
        assigned_user_id=by.user_id,
        assigned_at=by.at,
    )
    insert_activity(session, movement, _pairs(session, stock, moves), by)
    autofill_qty_to_handle(session, movement)
    return register_warehouse_activity(session, movement.id, by)


def _pairs(session: Session, stock: StockToMove, moves: Sequence[Move]) -> list[NewPair]:
    items = items_with_codes(session, {part.goods[0] for part, _ in moves})
    return [
        NewPair(
            item=items[part.goods[0]][0],
            variant_id=part.goods[1],
            unit_of_measure_id=part.stock.unit_of_measure_id,
            qty_per_unit_of_measure=stock.per_unit[part.goods[0], part.stock.unit_of_measure_id],
            quantity=stock.in_unit(part, part.quantity_base),
            numbers=part.stock.numbers,
            take_bin_id=part.stock.bin_id,
            place_bin_id=to_bin_id,
            warranty_date=part.stock.warranty_date,
            expiration_date=part.stock.expiration_date,
        )
        for part, to_bin_id in moves
    ]
