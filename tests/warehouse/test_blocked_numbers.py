"""What a blocked number is kept out of, and what it still takes part in (docs/domain.md 2.7)."""

import pytest

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.posting_refusals import CardMissing, NumberBlocked
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.warehouse.adjustment_sync import unsynchronised
from scanner_app.warehouse.create_pick import NothingToPick, plan_pick
from scanner_app.warehouse.pickable_stock import LeftOut
from scanner_app.warehouse.shipment import WarehouseShipment
from scanner_app.warehouse.waiting_numbers import blocked_numbers
from tests.builders import Warehouse, lot, serial
from tests.inventory.information_cards import add, block, edit
from tests.warehouse.counting import calculate, count, post_proposals, proposals
from tests.warehouse.documents import (
    Part,
    add_shipment,
    move,
    pick,
    post_receipt,
    receive,
    register,
    scan,
    ship,
)
from tests.warehouse.masters import Goods

ALL = TrackingNumbers("S1", "L1", "P1")
OTHER = TrackingNumbers("S2", "L2", "P2")
LOT = NumberKind.LOT
EVERY_KIND = pytest.mark.parametrize("kind", NumberKind)


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    white.change(white.location, require_put_away=True)
    return white.add_item("ALL", "serial", "lot", "package")


def number_of(kind: NumberKind) -> str:
    return ALL.as_tuple()[list(NumberKind).index(kind)]


def block_all(white: Warehouse, kind: NumberKind) -> int:
    """Block that number of item ALL which is of the kind."""
    return block(white, kind, "ALL", number_of(kind))


@EVERY_KIND
def test_a_blocked_number_is_left_out_of_a_pick(
    white: Warehouse, goods: Goods, kind: NumberKind
) -> None:
    for bin_code, numbers in (("A", ALL), ("B", OTHER)):
        white.stock(goods, bin_code, 1, numbers)
    block_all(white, kind)
    activity = pick(white, add_shipment(white, Part(goods, 1)))
    scan(white, activity, numbers=OTHER)
    register(white, activity)
    assert ("SHIP", OTHER) in white.in_bins(goods)
    shipment_id = add_shipment(white, Part(goods, 1))
    with pytest.raises(NothingToPick):
        pick(white, shipment_id)
    with white.database.read() as session:
        shipment = session.get_one(WarehouseShipment, shipment_id)
        [line] = plan_pick(session, shipment, white.by.work_date)
        assert line.left_out[LeftOut.BLOCKED] == 1


def test_a_blocked_serial_keeps_no_lot_of_the_same_name_out_of_a_pick(white: Warehouse) -> None:
    goods = white.add_item("ALL", "serial", "lot")
    white.stock(goods, "A", 1, serial("1001", "L1"))
    white.stock(goods, "B", 1, serial("S2", "1001"))
    block(white, NumberKind.SERIAL, "ALL", "1001")
    activity = pick(white, add_shipment(white, Part(goods, 2)))
    scan(white, activity)
    register(white, activity)
    assert ("SHIP", serial("S2", "1001")) in white.in_bins(goods)


@EVERY_KIND
def test_the_take_lines_of_a_pick_are_tested_when_it_is_registered(
    white: Warehouse, goods: Goods, kind: NumberKind
) -> None:
    white.stock(goods, "A", 1, ALL)
    activity = pick(white, add_shipment(white, Part(goods, 1)))
    scan(white, activity)
    card_id = block_all(white, kind)
    with pytest.raises(NumberBlocked) as refused:
        register(white, activity)
    assert refused.value.parameters == {
        "kind": kind.value,
        "number": number_of(kind),
        "item_no": "ALL",
    }
    assert white.in_bins(goods) == {("A", ALL): 1}
    edit(white, kind, card_id, blocked="No")
    register(white, activity)
    assert white.in_bins(goods) == {("SHIP", ALL): 1}


@EVERY_KIND
def test_a_put_away_of_a_blocked_number_registers(
    white: Warehouse, goods: Goods, kind: NumberKind
) -> None:
    put_away = receive(white, Part(goods, 1, ALL))
    block_all(white, kind)
    scan(white, put_away)
    register(white, put_away)
    assert white.in_bins(goods) == {("A", ALL): 1}


@EVERY_KIND
def test_a_movement_of_a_blocked_number_registers(
    white: Warehouse, goods: Goods, kind: NumberKind
) -> None:
    white.stock(goods, "A", 1, ALL)
    block_all(white, kind)
    move(white, "A", "C", Part(goods, 1, ALL))
    assert white.in_bins(goods) == {("C", ALL): 1}


@EVERY_KIND
def test_a_blocked_number_is_counted(white: Warehouse, goods: Goods, kind: NumberKind) -> None:
    white.stock(goods, "A", 1, ALL)
    block_all(white, kind)
    count(white, {"A": [], "B": [Part(goods, 1, ALL)]})
    assert white.in_bins(goods) == {("B", ALL): 1}
    white.assert_sound()


@EVERY_KIND
def test_a_receipt_and_a_shipment_of_a_blocked_number_are_refused(
    white: Warehouse, goods: Goods, kind: NumberKind
) -> None:
    white.stock(goods, "A", 1, ALL)
    shipment = add_shipment(white, Part(goods, 1))
    activity = pick(white, shipment)
    scan(white, activity)
    register(white, activity)
    block_all(white, kind)
    with pytest.raises(NumberBlocked):
        ship(white, shipment)
    with pytest.raises(NumberBlocked):
        receive(white, Part(goods, 1, ALL))
    assert white.in_bins(goods) == {("SHIP", ALL): 1}


def test_a_card_that_must_exist_may_be_made_before_the_delivery(white: Warehouse) -> None:
    white.change(white.location, require_put_away=False)
    goods = white.add_item("SN", "serial", serial_info_inbound_must_exist=True)
    delivery = Part(goods, 1, serial("S1"))
    with pytest.raises(CardMissing):
        receive(white, delivery)
    add(white, NumberKind.SERIAL, "SN", "S1", description="Ordered in May")
    post_receipt(white, 1)
    assert white.in_ledger(goods) == {serial("S1"): 1}


@EVERY_KIND
def test_a_difference_of_a_blocked_number_waits_while_the_others_are_posted(
    white: Warehouse, goods: Goods, kind: NumberKind
) -> None:
    white.stock(goods, "A", 1, ALL)
    white.stock(goods, "A", 1, OTHER)
    card_id = block_all(white, kind)
    count(white, {"A": []})
    assert calculate(white).numbers == 1
    post_proposals(white)
    assert white.in_ledger(goods) == {ALL: 1}
    with white.database.read() as session:
        [waiting] = unsynchronised(session, white.location)
        [(blocked_kind, number, card)] = blocked_numbers(session, [waiting]).values()
    assert (blocked_kind, number, card.id) == (kind, number_of(kind), card_id)
    assert calculate(white).lines == 0
    white.assert_sound()
    edit(white, kind, card_id, blocked="No")
    assert calculate(white).numbers == 1
    post_proposals(white)
    assert white.in_ledger(goods) == {}
    white.assert_sound()


def test_what_was_found_of_a_blocked_number_waits_too(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    block(white, LOT, "LOT", "L1")
    count(white, {"A": [Part(goods, 3, lot("L1")), Part(goods, 4, lot("L2"))]})
    calculate(white)
    assert [line.quantity_base for line in proposals(white)] == [4]
    post_proposals(white)
    assert white.in_ledger(goods) == {lot("L2"): 4}
    white.assert_sound()


def test_a_number_blocked_after_the_calculation_refuses_the_whole_posting(
    white: Warehouse,
) -> None:
    """What is posted is posted whole; calculating again leaves the number out."""
    goods = white.add_item("LOT", "lot")
    count(white, {"A": [Part(goods, 3, lot("L1")), Part(goods, 4, lot("L2"))]})
    calculate(white)
    block(white, LOT, "LOT", "L1")
    with pytest.raises(NumberBlocked):
        post_proposals(white)
    assert white.in_ledger(goods) == {}
    calculate(white)
    post_proposals(white)
    assert white.in_ledger(goods) == {lot("L2"): 4}


def test_a_calculation_in_which_all_is_blocked_takes_no_number(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    count(white, {"A": [Part(goods, 3, lot("L1"))]})
    block(white, LOT, "LOT", "L1")
    assert calculate(white).document_no == ""
    count(white, {"B": [Part(goods, 1, lot("L2"))]})
    assert calculate(white).document_no == "SYNC0001"


@EVERY_KIND
def test_a_card_blocks_its_own_item_only(white: Warehouse, goods: Goods, kind: NumberKind) -> None:
    """The same lot no. of two items is two lots."""
    other = white.add_item("OTHER", "serial", "lot", "package")
    white.stock(other, "B", 1, ALL)
    block(white, kind, "ALL", number_of(kind))
    activity = pick(white, add_shipment(white, Part(other, 1)))
    scan(white, activity)
    register(white, activity)
    assert white.in_bins(other) == {("SHIP", ALL): 1}
