"""Posting shipments: what is picked leaves, whole or partly."""

# ruff: noqa: S608 - what a person could type by hand is what is tested

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from scanner_app.code_index import CodeKind, Meaning, index_codes, meanings_of
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.item_tracking import ItemTrackingLine
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.posting_refusals import ExpiredOnPostingDate
from scanner_app.warehouse.post_shipment import NothingPicked
from scanner_app.warehouse.register_activity import DocumentGone
from scanner_app.warehouse.shipment import PostedShipment, PostedShipmentLine, WarehouseShipment
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.documents import Part, add_shipment, pick, register, scan, ship
from tests.warehouse.masters import DAY, Goods


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("LOT", "lot", units={"BOX": 6})


def pick_and_register(white: Warehouse, shipment: int, quantity: int | None = None) -> None:
    activity = pick(white, shipment)
    scan(white, activity, quantity=quantity)
    register(white, activity)


def test_what_is_picked_leaves_bin_and_ledger(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 2, lot("L1"), unit="BOX")
    shipment = add_shipment(white, Part(goods, 2, lot("L1"), unit="BOX"))
    index = Meaning("SH0001", CodeKind.SHIPMENT, shipment)
    white.write(lambda session: index_codes(session, [index]))
    pick_and_register(white, shipment)
    assert white.in_bins(goods) == {("SHIP", lot("L1")): 12}
    assert ship(white, shipment) == "PS0001"
    assert white.in_bins(goods) == white.in_ledger(goods) == {}
    with white.database.read() as session:
        row = ItemLedgerEntry
        entry = session.scalars(select(row).order_by(row.id.desc())).first()
        assert entry is not None
        assert (entry.entry_type, entry.quantity, entry.source_no) == (EntryType.SALE, -12, "SO1")
        line = session.scalars(select(PostedShipmentLine)).one()
        assert (line.quantity, line.quantity_base, line.lot_no) == (2, 12, "L1")
        assert session.scalars(select(WarehouseShipment)).all() == []
        assert session.scalars(select(ItemTrackingLine)).all() == []
        assert meanings_of(session, ["SH0001"]) == []
    with pytest.raises(DocumentGone):
        ship(white, shipment)
    white.assert_sound()


def test_a_part_leaves_and_the_rest_can_follow(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "B", 5, lot("L2"))
    shipment = add_shipment(white, Part(goods, 10))
    activity = pick(white, shipment)
    scan(white, activity, pairs=[1], quantity=3)
    register(white, activity)
    ship(white, shipment)
    assert white.in_ledger(goods) == {lot("L1"): 2, lot("L2"): 5}
    with pytest.raises(NothingPicked):
        ship(white, shipment)
    scan(white, activity)
    register(white, activity)
    ship(white, shipment)
    with white.database.read() as session:
        rows = session.scalars(select(PostedShipmentLine).order_by(PostedShipmentLine.id))
        shipped = [(row.lot_no, row.quantity) for row in rows]
        assert len(session.scalars(select(PostedShipment)).all()) == 2
    assert shipped == [("L1", 3), ("L1", 2), ("L2", 5)]
    assert white.in_ledger(goods) == {}
    white.assert_sound()


def test_serials_leave_as_they_were_scanned(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    for number in ("S1", "S2", "S3"):
        white.stock(goods, "A", 1, serial(number))
    shipment = add_shipment(white, Part(goods, 2))
    activity = pick(white, shipment)
    for pair, number in ((1, "S3"), (2, "S1")):
        scan(white, activity, pairs=[pair], numbers=serial(number))
    register(white, activity)
    ship(white, shipment)
    assert white.in_ledger(goods) == {serial("S2"): 1}
    white.assert_sound()


def test_a_shipment_that_is_not_picked_stays(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    shipment = add_shipment(white, Part(goods, 5))
    pick(white, shipment)
    with pytest.raises(NothingPicked):
        ship(white, shipment)


def test_strict_expiration_is_tested_again_when_it_leaves(white: Warehouse) -> None:
    goods = white.add_item(
        "LOTEXP", "lot", use_expiration_dates=True, strict_expiration_posting=True
    )
    white.stock(goods, "A", 5, lot("L1"), expiration_date=DAY)
    shipment = add_shipment(white, Part(goods, 5))
    pick_and_register(white, shipment)
    tomorrow = Warehouse(
        white.database, white.location, type(white.by)(white.by.user_id, days(1), white.by.at)
    )
    with pytest.raises(ExpiredOnPostingDate):
        ship(tomorrow, shipment)
    ship(white, shipment)
    white.assert_sound()


@pytest.mark.parametrize(
    "change",
    [
        "qty_picked_base = quantity_base + 1",
        "qty_shipped_base = 1",
        "qty_shipped_base = -1, qty_picked_base = 0",
    ],
)
def test_the_database_keeps_shipped_within_picked(
    white: Warehouse, goods: Goods, change: str
) -> None:
    add_shipment(white, Part(goods, 5))
    with pytest.raises(IntegrityError, match="shipped_within_picked"):
        white.write(
            lambda session: session.execute(text(f"UPDATE warehouse_shipment_line SET {change}"))
        )
