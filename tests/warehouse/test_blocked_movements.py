"""Blocked numbers in inventory movements: put aside where nothing goes out, for a reason (2.7)."""

import pytest
from sqlalchemy import and_, or_, update
from sqlalchemy.orm import Session

from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.warehouse.activity import ActionType, WarehouseActivityLine
from scanner_app.warehouse.activity_checks import BlockedNumberNotKept, BlockedNumberWithoutReason
from scanner_app.warehouse.bin import BlockMovement
from tests.builders import Warehouse, lot
from tests.inventory.information_cards import block
from tests.warehouse.documents import Part, add_movement, register, scan
from tests.warehouse.masters import Goods
from tests.warehouse.test_blocked_numbers import ALL, EVERY_KIND, LOT, block_all


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("ALL", "serial", "lot", "package")


def inventory_movement(white: Warehouse, goods: Goods, reason_id: int | None = None) -> int:
    """Of item ALL from A to C, at a location without directed put-away and pick."""
    white.stock(goods, "A", 1, ALL)
    white.change(white.location, directed_put_away_and_pick=False)
    movement = add_movement(white, "A", "C", Part(goods, 1, ALL))
    of_movement = update(WarehouseActivityLine).where(WarehouseActivityLine.activity_id == movement)
    white.write(lambda session: session.execute(of_movement.values(reason_code_id=reason_id)))
    scan(white, movement)
    return movement


@EVERY_KIND
def test_an_inventory_movement_keeps_a_blocked_number_where_nothing_goes_out(
    white: Warehouse, goods: Goods, kind: NumberKind
) -> None:
    white.change(white.bins["C"], block_movement=BlockMovement.OUTBOUND)
    movement = inventory_movement(white, goods, add_reason(white))
    block_all(white, kind)
    register(white, movement)
    assert white.in_bins(goods) == {("C", ALL): 1}


def test_an_inventory_movement_lets_no_blocked_number_out(white: Warehouse, goods: Goods) -> None:
    movement = inventory_movement(white, goods, add_reason(white))
    block_all(white, LOT)
    with pytest.raises(BlockedNumberNotKept) as refused:
        register(white, movement)
    assert refused.value.parameters == {
        "kind": "Lot",
        "number": "L1",
        "item_no": "ALL",
        "bin_code": "C",
    }


def test_an_inventory_movement_takes_no_blocked_number_without_a_reason(
    white: Warehouse, goods: Goods
) -> None:
    white.change(white.bins["C"], block_movement=BlockMovement.OUTBOUND)
    movement = inventory_movement(white, goods)
    block_all(white, LOT)
    with pytest.raises(BlockedNumberWithoutReason) as refused:
        register(white, movement)
    assert refused.value.parameters == {"kind": "Lot", "number": "L1", "item_no": "ALL"}


@pytest.mark.parametrize("block_movement", [BlockMovement.BLANK, BlockMovement.OUTBOUND])
def test_each_place_of_a_blocked_number_is_tested_whatever_pair_its_take_has(
    white: Warehouse, block_movement: BlockMovement
) -> None:
    """A number in two pairs is balanced over both: one may be taken, the other placed."""
    goods = white.add_item("LOT", "lot")
    white.stock(goods, "A", 2, lot("L1"))
    white.change(white.location, directed_put_away_and_pick=False)
    white.change(white.bins["C"], block_movement=block_movement)
    movement = add_movement(white, "A", "C", Part(goods, 1, lot("L1")), Part(goods, 1, lot("L1")))
    line = WarehouseActivityLine
    of_movement = update(line).where(line.activity_id == movement)
    crossed = or_(
        and_(line.action_type == ActionType.TAKE, line.pair_no == 1),
        and_(line.action_type == ActionType.PLACE, line.pair_no == 2),
    )
    handled = {"qty_to_handle": 1, "qty_to_handle_base": 1, "reason_code_id": add_reason(white)}
    white.write(lambda session: session.execute(of_movement.where(crossed).values(handled)))
    block(white, LOT, "LOT", "L1")
    if block_movement is BlockMovement.BLANK:
        with pytest.raises(BlockedNumberNotKept):
            register(white, movement)
    else:
        register(white, movement)
        assert white.in_bins(goods) == {("A", lot("L1")): 1, ("C", lot("L1")): 1}


def test_an_inventory_movement_of_another_number_goes_where_it_likes(
    white: Warehouse, goods: Goods
) -> None:
    block(white, LOT, "ALL", "L9")
    register(white, inventory_movement(white, goods))
    assert white.in_bins(goods) == {("C", ALL): 1}


def add_reason(white: Warehouse) -> int:
    """A reason to move something to quarantine."""

    def work(session: Session) -> int:
        reason = ReasonCode(code="QUARANTINE", description="Quarantine")
        session.add(reason)
        session.flush()
        return reason.id

    return white.write(work)
