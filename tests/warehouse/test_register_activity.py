"""Registering put-aways, picks and movements: whole, partly, or not at all."""

import pytest
from sqlalchemy import select

from scanner_app.code_index import meanings_of
from scanner_app.inventory.item_tracking import NumberMissing, SerialQuantityNotOne
from scanner_app.inventory.posting_refusals import NumberBlocked
from scanner_app.inventory.tracking_information import LotNoInformation
from scanner_app.warehouse.activity import (
    ActionType,
    RegisteredActivity,
    RegisteredActivityLine,
    WarehouseActivity,
)
from scanner_app.warehouse.activity_checks import (
    LineWithoutBin,
    NothingToRegister,
    TakeAndPlaceDiffer,
    TakeAndPlaceInSameBin,
)
from scanner_app.warehouse.receipt import PostedReceiptLine
from scanner_app.warehouse.register_activity import DocumentGone
from scanner_app.warehouse.warehouse_posting import QuantityInBinInsufficient
from tests.builders import Warehouse, lot, serial
from tests.warehouse.documents import (
    Part,
    add_movement,
    add_shipment,
    lines_of,
    move,
    pick,
    receive,
    register,
    scan,
)
from tests.warehouse.masters import Goods


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    white.change(white.location, require_put_away=True)
    return white.add_item("LOT", "lot", units={"BOX": 6})


def block(white: Warehouse, goods: Goods, number: str, *, blocked: bool = True) -> None:
    card = LotNoInformation(
        item_id=goods.id, variant_id=goods.variant_id, lot_no=number, blocked=blocked
    )
    white.write(lambda session: session.add(card))


def test_a_put_away_moves_stock_and_leaves_the_item_ledger_alone(
    white: Warehouse, goods: Goods
) -> None:
    put_away = receive(white, Part(goods, 10, lot("L1")))
    ledger = white.in_ledger(goods)
    scan(white, put_away)
    result = register(white, put_away)
    assert (result.no, result.lines, result.outstanding_lines) == ("RPU0001", 2, 0)
    assert white.in_bins(goods) == {("A", lot("L1")): 10}
    assert white.in_ledger(goods) == ledger
    white.assert_sound()


def test_what_is_scanned_is_registered_and_the_rest_stays(white: Warehouse, goods: Goods) -> None:
    put_away = receive(white, Part(goods, 10, lot("L1")))
    for quantity, outstanding in ((4, 6), (5, 1), (1, None)):
        scan(white, put_away, quantity=quantity)
        result = register(white, put_away)
        left = lines_of(white, put_away)
        assert result.outstanding_lines == len(left)
        if outstanding is not None:
            assert {line.qty_outstanding for line in left} == {outstanding}
            assert {line.qty_handled for line in left} == {10 - outstanding}
            assert {line.qty_to_handle for line in left} == {0}
    with white.database.read() as session:
        assert session.scalars(select(WarehouseActivity)).all() == []
        assert session.scalar(select(PostedReceiptLine.qty_put_away_base)) == 10
        numbers = session.scalars(select(RegisteredActivity.no)).all()
        quantities = session.scalars(select(RegisteredActivityLine.quantity)).all()
    assert numbers == ["RPU0001", "RPU0002", "RPU0003"]
    assert sorted(quantities) == [1, 1, 4, 4, 5, 5]
    white.assert_sound()


def test_a_document_that_is_registered_whole_is_gone_and_not_scannable(
    white: Warehouse, goods: Goods
) -> None:
    put_away = receive(white, Part(goods, 10, lot("L1")))
    with white.database.read() as session:
        assert [m.target_id for m in meanings_of(session, ["PU0001"])] == [put_away]
    scan(white, put_away)
    register(white, put_away)
    with pytest.raises(DocumentGone):
        register(white, put_away)
    with white.database.read() as session:
        assert meanings_of(session, ["PU0001"]) == []


def test_boxes_are_kept_as_boxes_with_their_base_quantity(white: Warehouse, goods: Goods) -> None:
    put_away = receive(white, Part(goods, 3, lot("L1"), unit="BOX"))
    scan(white, put_away, quantity=1)
    register(white, put_away)
    assert white.in_bins(goods) == {("A", lot("L1")): 6, ("RECV", lot("L1")): 12}
    [left, _] = lines_of(white, put_away)
    assert (left.qty_outstanding, left.qty_outstanding_base) == (2, 12)
    white.assert_sound()


def test_nothing_scanned_is_nothing_to_register(white: Warehouse, goods: Goods) -> None:
    put_away = receive(white, Part(goods, 10, lot("L1")))
    with pytest.raises(NothingToRegister):
        register(white, put_away)


def test_what_is_taken_is_placed_number_by_number(white: Warehouse, goods: Goods) -> None:
    put_away = receive(white, Part(goods, 10, lot("L1")), Part(goods, 10, lot("L2")))
    scan(white, put_away, quantity=10, pairs=[1], action=ActionType.TAKE)
    scan(white, put_away, quantity=10, pairs=[2], action=ActionType.PLACE)
    with pytest.raises(TakeAndPlaceDiffer) as refused:
        register(white, put_away)
    assert (refused.value.parameters["taken"], refused.value.parameters["placed"]) == (10, 0)
    scan(white, put_away)
    register(white, put_away)
    assert white.in_bins(goods) == {("A", lot("L1")): 10, ("A", lot("L2")): 10}


def test_an_asked_number_that_is_still_open_cannot_be_registered(
    white: Warehouse, goods: Goods
) -> None:
    for number in ("L1", "L2"):
        white.stock(goods, "A", 5, lot(number))
    activity = pick(white, add_shipment(white, Part(goods, 5)))
    scan(white, activity)
    with pytest.raises(NumberMissing):
        register(white, activity)
    scan(white, activity, numbers=lot("L2"))
    register(white, activity)
    assert white.in_bins(goods) == {("A", lot("L1")): 5, ("SHIP", lot("L2")): 5}


def test_a_serial_line_of_more_than_one_is_refused(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    white.stock(goods, "A", 1, serial("S1"))
    movement = add_movement(white, "A", "B", Part(goods, 2, serial("S1")))
    scan(white, movement)
    with pytest.raises(SerialQuantityNotOne):
        register(white, movement)


def test_a_line_without_a_bin_waits_for_it(white: Warehouse, goods: Goods) -> None:
    white.change(white.location, always_create_put_away_line=True)
    for code in ("A", "B", "C"):
        white.change(white.bins[code], dedicated=True)
    put_away = receive(white, Part(goods, 10, lot("L1")))
    scan(white, put_away)
    with pytest.raises(LineWithoutBin):
        register(white, put_away)
    scan(white, put_away, bin_code="C")
    register(white, put_away)
    assert white.in_bins(goods) == {("C", lot("L1")): 10}


def test_a_movement_has_to_move(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    with pytest.raises(TakeAndPlaceInSameBin):
        move(white, "A", "A", Part(goods, 5, lot("L1")))
    move(white, "A", "B", Part(goods, 5, lot("L1")))
    assert white.in_bins(goods) == {("B", lot("L1")): 5}
    white.assert_sound()


def test_a_lot_blocked_after_the_pick_was_made_stops_it(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    activity = pick(white, add_shipment(white, Part(goods, 5)))
    block(white, goods, "L1")
    scan(white, activity)
    with pytest.raises(NumberBlocked):
        register(white, activity)


def test_a_card_that_is_not_blocked_stops_nothing(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    block(white, goods, "L1", blocked=False)
    activity = pick(white, add_shipment(white, Part(goods, 5)))
    scan(white, activity)
    register(white, activity)
    assert white.in_bins(goods) == {("SHIP", lot("L1")): 5}


def test_a_blocked_lot_is_put_away_and_moved_to_quarantine(white: Warehouse, goods: Goods) -> None:
    put_away = receive(white, Part(goods, 5, lot("L1")))
    block(white, goods, "L1")
    scan(white, put_away)
    register(white, put_away)
    move(white, "A", "C", Part(goods, 5, lot("L1")))
    assert white.in_bins(goods) == {("C", lot("L1")): 5}


def test_stock_that_went_away_meanwhile_is_not_registered_twice(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    first, second = (add_movement(white, "A", b, Part(goods, 5, lot("L1"))) for b in ("B", "C"))
    for movement in (first, second):
        scan(white, movement)
    register(white, first)
    with pytest.raises(QuantityInBinInsufficient):
        register(white, second)
    assert {line.qty_to_handle for line in lines_of(white, second)} == {5}
    white.assert_sound()
