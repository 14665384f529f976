"""Where received stock should go."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from scanner_app.warehouse.activity import ActionType, WarehouseActivity
from scanner_app.warehouse.bin import BlockMovement
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.create_put_away import create_put_away
from scanner_app.warehouse.new_activity import NewPair
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.documents import (
    Part,
    add_movement,
    add_receipt,
    lines_of,
    post_receipt,
    receive,
    register,
    scan,
)
from tests.warehouse.masters import Goods


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    white.change(white.location, require_put_away=True)
    return white.add_item("LOT", "lot", units={"BOX": 6})


def places(white: Warehouse, put_away: int) -> list[tuple[str, Decimal]]:
    codes = {bin_.id: code for code, bin_ in white.bins.items()}
    return [
        (codes.get(line.bin_id or 0, ""), line.qty_outstanding)
        for line in lines_of(white, put_away)
        if line.action_type is ActionType.PLACE
    ]


def fix(white: Warehouse, goods: Goods, bin_code: str, max_qty: int, unit: str = "PCS") -> None:
    content = BinContent(
        location_id=white.location.id,
        bin_id=white.bins[bin_code].id,
        item_id=goods.id,
        variant_id=goods.variant_id,
        unit_of_measure_id=goods.units[unit][0],
        fixed=True,
        max_qty=Decimal(max_qty),
    )
    white.write(lambda session: session.add(content))


def test_an_empty_bin_is_suggested_by_ranking(white: Warehouse, goods: Goods) -> None:
    assert places(white, receive(white, Part(goods, 10, lot("L1")))) == [("A", 10)]
    white.change(white.bins["C"], bin_ranking=99)
    assert places(white, receive(white, Part(goods, 10, lot("L1")))) == [("C", 10)]


def test_a_bin_with_the_same_item_in_the_same_unit_comes_before_an_empty_one(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "B", 5, lot("L1"))
    white.stock(white.add_item("OTHER"), "A", 5)
    assert places(white, receive(white, Part(goods, 10, lot("L2")))) == [("B", 10)]
    assert places(white, receive(white, Part(goods, 1, lot("L2"), unit="BOX"))) == [("C", 1)]


def test_fixed_bins_are_filled_to_their_maximum_first(white: Warehouse, goods: Goods) -> None:
    fix(white, goods, "C", 12)
    fix(white, goods, "B", 5)
    white.stock(goods, "C", 2, lot("L1"))
    first = receive(white, Part(goods, 4, lot("L1")), Part(goods, 3, lot("L2")))
    assert places(white, first) == [("B", 4), ("B", 1), ("C", 2)]
    second = receive(white, Part(goods, 20, lot("L3")))
    assert places(white, second) == [("C", 8), ("A", 12)]
    scan(white, first)
    register(white, first)
    assert places(white, receive(white, Part(goods, 1, lot("L4")))) == [("A", 1)]


def test_a_maximum_counts_in_the_unit_of_the_content(white: Warehouse, goods: Goods) -> None:
    fix(white, goods, "C", 3, unit="BOX")
    white.stock(goods, "C", 1, lot("L1"), unit="BOX")
    put_away = receive(white, Part(goods, 5, lot("L1"), unit="BOX"))
    assert places(white, put_away) == [("C", 2), ("A", 3)]


def test_a_fixed_bin_without_a_maximum_takes_everything(white: Warehouse, goods: Goods) -> None:
    fix(white, goods, "C", 0)
    white.stock(goods, "C", 5, lot("L1"))
    assert places(white, receive(white, Part(goods, 999, lot("L1")))) == [("C", 999)]


@pytest.mark.parametrize(
    "unfit",
    [
        {"block_movement": BlockMovement.INBOUND},
        {"block_movement": BlockMovement.ALL},
        {"dedicated": True},
        {"cross_dock_bin": True},
        {"warehouse_class_code": "COLD"},
    ],
)
def test_a_bin_that_does_not_fit_is_not_suggested(
    white: Warehouse, goods: Goods, unfit: Mapping[str, object]
) -> None:
    fix(white, goods, "A", 0)
    white.stock(goods, "A", 5, lot("L1"))
    white.change(white.bins["A"], **unfit)
    assert places(white, receive(white, Part(goods, 10, lot("L1")))) == [("B", 10)]


def test_an_item_goes_to_bins_of_its_class_and_out_of_outbound_blocks(white: Warehouse) -> None:
    white.change(white.location, require_put_away=True)
    frozen = white.add_item("FROZEN", warehouse_class_code="COLD")
    white.change(white.bins["B"], warehouse_class_code="COLD", block_movement="Outbound")
    assert places(white, receive(white, Part(frozen, 10))) == [("B", 10)]


def test_what_fits_nowhere_gets_a_line_without_a_bin(white: Warehouse, goods: Goods) -> None:
    white.change(white.location, always_create_put_away_line=True)
    fix(white, goods, "A", 4)
    for code in ("B", "C"):
        white.change(white.bins[code], dedicated=True)
    assert places(white, receive(white, Part(goods, 10, lot("L1")))) == [("A", 4), ("", 6)]
    white.add_bin("QC1", "QC", bin_ranking=99)
    white.add_bin("BULK", "PUTAWAY")
    assert places(white, receive(white, Part(goods, 1, lot("L1")))) == [("BULK", 1)]


def test_what_fits_nowhere_is_left_out_where_no_line_without_a_bin_is_wanted(
    white: Warehouse, goods: Goods
) -> None:
    fix(white, goods, "A", 4)
    for code in ("B", "C"):
        white.change(white.bins[code], dedicated=True)
    assert places(white, receive(white, Part(goods, 10, lot("L1")))) == [("A", 4)]
    white.change(white.bins["A"], dedicated=True)
    assert post_receipt(white, add_receipt(white, Part(goods, 10, lot("L1")))) is None


def test_without_any_room_and_without_such_lines_there_is_no_put_away(
    white: Warehouse, goods: Goods
) -> None:
    white.change(white.location, require_put_away=True)
    for code in ("A", "B", "C"):
        white.change(white.bins[code], dedicated=True)
    assert post_receipt(white, add_receipt(white, Part(goods, 10, lot("L1")))) is None


def test_bins_without_types_are_suggested_but_never_the_one_the_goods_are_in(
    white: Warehouse,
) -> None:
    goods = white.add_item("PLAIN")
    basic = another_location(white, "BASIC", "DOCK", "OUT", "SHELF", require_put_away=True)
    docks = {"receipt_bin_id": basic.bins["DOCK"].id, "shipment_bin_id": basic.bins["OUT"].id}
    basic.change(basic.location, **docks)
    put_away = receive(basic, Part(goods, 10))
    assert places(basic, put_away) == [("SHELF", 10)]
    scan(basic, put_away)
    register(basic, put_away)
    assert basic.in_bins(goods) == {("SHELF", lot("")): 10}


def test_a_pair_that_names_its_bin_keeps_it(white: Warehouse, goods: Goods) -> None:
    unit_id, factor = goods.units["PCS"]
    pair = NewPair(
        item=goods.item,
        variant_id=goods.variant_id,
        unit_of_measure_id=unit_id,
        qty_per_unit_of_measure=factor,
        quantity=Decimal(3),
        numbers=lot("L1"),
        take_bin_id=white.bins["RECV"].id,
        place_bin_id=white.bins["C"].id,
    )

    def create(session: Session) -> WarehouseActivity | None:
        return create_put_away(session, white.location, "SRC", [pair], white.by)

    created = white.write(create)
    assert created is not None
    assert places(white, created.id) == [("C", 3)]


def test_a_movement_on_its_way_fills_a_fixed_bin(white: Warehouse, goods: Goods) -> None:
    fix(white, goods, "C", 5)
    white.stock(goods, "A", 5, lot("L1"))
    add_movement(white, "A", "C", Part(goods, 4, lot("L1")))
    assert places(white, receive(white, Part(goods, 2, lot("L1")))) == [("C", 1), ("A", 1)]


def test_a_location_without_put_aways_makes_none(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    assert post_receipt(white, add_receipt(white, Part(goods, 1))) is None
    assert white.in_bins(goods) == {("RECV", lot("")): 1}
