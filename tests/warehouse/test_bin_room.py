"""A bin takes goods of its warehouse class, and as many as its Max. Qty. (docs/domain.md 4.6)."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from scanner_app.inventory.location import BinCapacityPolicy
from scanner_app.warehouse.bin import BinType
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.bin_room import (
    BinKeptForClass,
    BinWithoutClass,
    MaxQtyExceeded,
    WarehouseClassDiffers,
)
from tests.builders import Warehouse, lot
from tests.warehouse.documents import (
    Part,
    add_movement,
    add_shipment,
    move,
    pick,
    receive,
    register,
    scan,
    ship,
)
from tests.warehouse.masters import Goods


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    white.change(
        white.location,
        require_put_away=True,
        check_warehouse_class=True,
        bin_capacity_policy=BinCapacityPolicy.PROHIBIT_MORE,
    )
    return white.add_item("LOT", "lot", units={"BOX": 6})


def limit(white: Warehouse, goods: Goods, bin_code: str, max_qty: int, unit: str = "PCS") -> None:
    content = BinContent(
        location_id=white.location.id,
        bin_id=white.bins[bin_code].id,
        item_id=goods.id,
        variant_id=goods.variant_id,
        unit_of_measure_id=goods.units[unit][0],
        max_qty=Decimal(max_qty),
    )
    white.write(lambda session: session.add(content))


def stock(white: Warehouse, goods: Goods, quantity: int, bin_code: str, unit: str = "PCS") -> None:
    """Goods of a lot that came by a put-away into a bin."""
    white.change(white.location, always_create_put_away_line=True)
    for code in ("A", "B", "C"):
        white.change(white.bins[code], bin_ranking=100 if code == bin_code else 0)
    put_away = receive(white, Part(goods, quantity, lot("L1"), unit=unit))
    scan(white, put_away)
    register(white, put_away)


def refused(white: Warehouse, activity: int, refusal: type[Exception]) -> Exception:
    """What a registration of all lines is refused with; nothing is written."""
    scan(white, activity)
    with pytest.raises(refusal) as refused_with:
        register(white, activity)
    return refused_with.value


def test_no_more_is_moved_into_a_bin_than_its_maximum(white: Warehouse, goods: Goods) -> None:
    stock(white, goods, 10, "A")
    limit(white, goods, "B", 7)
    move(white, "A", "B", Part(goods, 4, lot("L1")))
    moving = add_movement(white, "A", "B", Part(goods, 4, lot("L1")))
    refusal = refused(white, moving, MaxQtyExceeded)
    assert isinstance(refusal, MaxQtyExceeded)
    assert refusal.parameters == {
        "bin_code": "B",
        "item_no": "LOT",
        "unit": "PCS",
        "most": 7,
        "held": 4,
        "quantity": 4,
        "room": 3,
    }
    scan(white, moving, quantity=3)
    register(white, moving)


def test_the_maximum_is_counted_in_its_own_unit(white: Warehouse, goods: Goods) -> None:
    stock(white, goods, 3, "A", "BOX")
    limit(white, goods, "B", 2, "BOX")
    limit(white, goods, "B", 1, "PCS")
    move(white, "A", "B", Part(goods, 2, lot("L1"), unit="BOX"))
    refused(
        white, add_movement(white, "A", "B", Part(goods, 1, lot("L1"), unit="BOX")), MaxQtyExceeded
    )


def test_lines_of_one_document_fill_a_bin_together(white: Warehouse, goods: Goods) -> None:
    stock(white, goods, 8, "A")
    limit(white, goods, "B", 7)
    four = Part(goods, 4, lot("L1"))
    refused(white, add_movement(white, "A", "B", four, four), MaxQtyExceeded)


@pytest.mark.parametrize("policy", [BinCapacityPolicy.NEVER_CHECK, BinCapacityPolicy.ALLOW_MORE])
def test_elsewhere_more_may_be_registered(
    white: Warehouse, goods: Goods, policy: BinCapacityPolicy
) -> None:
    white.change(white.location, bin_capacity_policy=policy)
    stock(white, goods, 8, "A")
    limit(white, goods, "B", 7)
    move(white, "A", "B", Part(goods, 8, lot("L1")))


def test_a_bin_that_is_too_full_already_can_be_emptied(white: Warehouse, goods: Goods) -> None:
    stock(white, goods, 8, "A")
    limit(white, goods, "A", 1)
    move(white, "A", "B", Part(goods, 8, lot("L1")))


def test_goods_of_another_class_are_refused(white: Warehouse, goods: Goods) -> None:
    stock(white, goods, 8, "A")
    white.change(white.bins["B"], warehouse_class_code="COLD")
    moving = add_movement(white, "A", "B", Part(goods, 8, lot("L1")))
    refusal = refused(white, moving, WarehouseClassDiffers)
    assert isinstance(refusal, WarehouseClassDiffers)
    assert refusal.parameters == {
        "item_no": "LOT",
        "expected": "",
        "bin_code": "B",
        "found": "COLD",
    }
    white.change(goods.item, warehouse_class_code="COLD")
    register(white, moving)


@pytest.mark.parametrize(
    ("of_item", "of_bin", "refusal"),
    [
        ("", "COLD", BinKeptForClass),
        ("COLD", "", BinWithoutClass),
        ("COLD", "DRY", WarehouseClassDiffers),
    ],
)
def test_each_way_to_differ_has_its_words(
    white: Warehouse, goods: Goods, of_item: str, of_bin: str, refusal: type[Exception]
) -> None:
    stock(white, goods, 8, "A")
    white.change(goods.item, warehouse_class_code=of_item)
    white.change(white.bins["B"], warehouse_class_code=of_bin)
    moving = add_movement(white, "A", "B", Part(goods, 8, lot("L1")))
    assert type(refused(white, moving, WarehouseClassDiffers)) is refusal


def test_a_bin_without_a_type_has_a_class_too(white: Warehouse, goods: Goods) -> None:
    stock(white, goods, 8, "A")
    white.change(white.bins["B"], warehouse_class_code="COLD", bin_type_id=None)
    refused(white, add_movement(white, "A", "B", Part(goods, 8, lot("L1"))), WarehouseClassDiffers)


def test_classes_are_not_asked_where_the_location_does_not_check_them(
    white: Warehouse, goods: Goods
) -> None:
    stock(white, goods, 8, "A")
    white.change(white.location, check_warehouse_class=False)
    white.change(white.bins["B"], warehouse_class_code="COLD")
    move(white, "A", "B", Part(goods, 8, lot("L1")))


def test_quarantine_takes_goods_of_every_class(white: Warehouse, goods: Goods) -> None:
    stock(white, goods, 8, "A")
    of_quarantine = select(BinType.id).where(BinType.code == "QC")
    type_id = white.write(lambda session: session.scalars(of_quarantine).one())
    white.change(white.bins["B"], warehouse_class_code="COLD", bin_type_id=type_id)
    move(white, "A", "B", Part(goods, 8, lot("L1")))


def test_cold_goods_are_picked_to_the_dock_and_leave(white: Warehouse, goods: Goods) -> None:
    stock(white, goods, 8, "A")
    white.change(goods.item, warehouse_class_code="COLD")
    limit(white, goods, "SHIP", 1)
    shipment = add_shipment(white, Part(goods, 8))
    picking = pick(white, shipment)
    scan(white, picking, numbers=lot("L1"))
    register(white, picking)
    ship(white, shipment)
