"""From which bins a shipment is taken, and why sometimes from none."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingSource
from scanner_app.warehouse.create_pick import (
    NothingLeftToPick,
    ShipmentNotReleased,
)
from scanner_app.warehouse.register_activity import DocumentGone
from scanner_app.warehouse.shipment import ShipmentStatus, WarehouseShipmentLine
from tests.builders import Warehouse, another_location, days, lot, serial
from tests.warehouse.counting import count
from tests.warehouse.documents import (
    Part,
    add_shipment,
    add_tracking,
    lines_of,
    pick,
    receive,
    register,
    scan,
    ship,
)
from tests.warehouse.masters import DAY, Goods
from tests.warehouse.picks import DATED, STRICT, fefo, picked, taken, why_not


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("LOT", "lot", units={"BOX": 6})


def test_the_highest_ranking_comes_first(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    for code in ("C", "A", "B"):
        white.stock(goods, code, 5)
    assert picked(white, Part(goods, 12)) == [
        ("A", lot(""), 5),
        ("B", lot(""), 5),
        ("C", lot(""), 2),
    ]


def test_the_number_is_left_to_the_worker_where_there_is_a_choice(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "B", 5, lot("L2"))
    assert picked(white, Part(goods, 7)) == [("A", lot(""), 5), ("B", lot(""), 2)]


def test_the_number_is_named_when_all_is_needed_anyway(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(5))
    shipment = add_shipment(white, Part(goods, 9))
    pick_id = pick(white, shipment)
    assert taken(white, pick_id) == [("A", lot("L1"), 5)]
    assert {line.expiration_date for line in lines_of(white, pick_id)} == {days(5)}
    assert {line.bin_id for line in lines_of(white, pick_id)} == {
        white.bins["A"].id,
        white.bins["SHIP"].id,
    }


def test_serials_get_a_pair_for_each_unit(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    for number in ("S1", "S2", "S3"):
        white.stock(goods, "A", 1, serial(number))
    assert picked(white, Part(goods, 2)) == [("A", serial(""), 1)] * 2


def test_named_numbers_come_first_and_no_other_is_taken_for_them(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "B", 5, lot("L2"))
    assert picked(white, Part(goods, 3, lot("L2"))) == [("B", lot("L2"), 3)]
    assert why_not(white, Part(goods, 3, lot("L9"))) == {}
    named_and_on_a_pick = add_shipment(white, Part(goods, 2, lot("L1")))
    pick(white, named_and_on_a_pick)
    with pytest.raises(NothingLeftToPick):
        pick(white, named_and_on_a_pick)
    assert picked(white, Part(goods, 3, lot("L2"))) == [("B", lot("L2"), 2)]


def test_a_named_number_is_not_picked_beyond_what_was_named(white: Warehouse, goods: Goods) -> None:
    shipment = add_shipment(white, Part(goods, 10))
    named = [Part(goods, quantity, lot(n), to_handle=0) for n, quantity in (("L1", 4), ("L2", 6))]

    def name(session: Session) -> None:
        line = session.scalars(select(WarehouseShipmentLine)).one()
        for part in named:
            add_tracking(session, TrackingSource.SHIPMENT_LINE, line.id, part)

    white.write(name)
    white.stock(goods, "A", 20, lot("L1"))
    first = pick(white, shipment)
    scan(white, first, quantity=4)
    register(white, first)
    white.stock(goods, "B", 20, lot("L2"))
    assert taken(white, pick(white, shipment)) == [("B", lot("L2"), 6)]


def test_first_expired_first_out_goes_before_ranking(white: Warehouse) -> None:
    goods = fefo(white, ("A", "LATE", 9), ("C", "SOON", 1), ("B", "NONE", None), **DATED)
    assert picked(white, Part(goods, 13)) == [
        ("C", lot("SOON"), 5),
        ("A", lot("LATE"), 5),
        ("B", lot("NONE"), 3),
    ]


def test_numbers_of_one_date_go_by_number(white: Warehouse) -> None:
    goods = fefo(white, ("A", "L2", 5), ("C", "L1", 5), **DATED)
    assert picked(white, Part(goods, 6)) == [("C", lot("L1"), 5), ("A", lot("L2"), 1)]


def test_expired_stock_is_picked_first_where_posting_is_not_strict(white: Warehouse) -> None:
    goods = fefo(white, ("A", "GOOD", 5), ("C", "OLD", -5), **DATED)
    assert picked(white, Part(goods, 1)) == [("C", lot("OLD"), 1)]


def test_strict_posting_without_fefo_leaves_out_what_is_expired(white: Warehouse) -> None:
    goods = fefo(white, ("A", "OLD", -1), ("C", "NONE", None), **STRICT)
    white.change(white.location, pick_according_to_fefo=False)
    assert picked(white, Part(goods, 20)) == [("C", lot("NONE"), 5)]


def test_two_lines_of_one_shipment_do_not_take_the_same_stock(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    found = picked(white, Part(goods, 4), Part(goods, 4), Part(white.add_item("NONE"), 1))
    assert found == [("A", lot(""), 4), ("A", lot("L1"), 1)]


def test_what_a_count_missed_is_gone_already(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    count(white, {"A": [Part(goods, 2, lot("L1"))]})
    assert picked(white, Part(goods, 5)) == [("A", lot("L1"), 2)]


def test_boxes_are_picked_from_boxes(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 12, lot("L1"))
    white.stock(goods, "B", 3, lot("L1"), unit="BOX")
    assert picked(white, Part(goods, 2, unit="BOX")) == [("B", lot(""), 2)]


def test_named_serials_are_found_beside_lines_without_numbers(white: Warehouse) -> None:
    saws = white.add_item("SAW", "serial")
    for number in ("S1", "S2", "S3"):
        white.stock(saws, "A", 1, serial(number))
    found = picked(white, Part(saws, 1, serial("S2")), Part(saws, 9))
    assert found == [("A", serial(number), 1) for number in ("S2", "S1", "S3")]


def test_a_location_that_is_not_directed_picks_base_units_from_its_shelves(
    white: Warehouse,
) -> None:
    goods = white.add_item("PLAIN", units={"BOX": 6})
    basic = another_location(white, "BASIC", "DOCK", "SHIP", "SHELF", require_put_away=True)
    docks = {"receipt_bin_id": basic.bins["DOCK"].id, "shipment_bin_id": basic.bins["SHIP"].id}
    basic.change(basic.location, **docks)
    put_away = receive(basic, Part(goods, 3, unit="BOX"))
    scan(basic, put_away)
    register(basic, put_away)
    assert basic.in_bins(goods) == {("SHELF", lot("")): 18}
    shipment = add_shipment(basic, Part(goods, 2, unit="BOX"))
    first = pick(basic, shipment)
    assert taken(basic, first) == [("SHELF", lot(""), 12)]
    scan(basic, first)
    register(basic, first)
    assert picked(basic, Part(goods, 2, unit="BOX")) == [("SHELF", lot(""), 6)]
    ship(basic, shipment)
    basic.assert_sound()


def test_only_a_released_shipment_with_something_left_is_picked(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    shut = add_shipment(white, Part(goods, 1), status=ShipmentStatus.OPEN)
    with pytest.raises(ShipmentNotReleased):
        pick(white, shut)
    shipment = add_shipment(white, Part(goods, 5), shipment_date=DAY)
    pick(white, shipment)
    with pytest.raises(NothingLeftToPick):
        pick(white, shipment)
    with pytest.raises(DocumentGone):
        pick(white, 999)


def test_the_rest_of_a_short_pick_is_picked_later(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    shipment = add_shipment(white, Part(goods, 8))
    first = pick(white, shipment)
    scan(white, first, quantity=4)
    register(white, first)
    white.stock(goods, "A", 5, lot("L2"))
    assert taken(white, pick(white, shipment)) == [("A", lot(""), 3)]
