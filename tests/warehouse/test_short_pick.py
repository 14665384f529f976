"""What a pick did not find is sought elsewhere, until somebody has looked (docs/domain.md 6.11)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.scanning.activity_work import ActivityWork
from scanner_app.scanning.document_work import Scanned
from scanner_app.scanning.given import NOTHING_GIVEN
from scanner_app.scanning.keep_scan import NewScan
from scanner_app.scanning.note_missing import MISSING, NO_REASON, note_missing, reasons_to_choose
from scanner_app.warehouse.activity import WarehouseActivity
from scanner_app.warehouse.pickable_stock import LeftOut
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.short_pick import (
    ShortPick,
    ShortPickSettled,
    count_open_short_picks,
    open_short_picks,
    settle_short_pick,
)
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.counting import add_count, count, count_bin, register_count
from tests.warehouse.documents import Part, add_shipment, miss, pick, register, scan
from tests.warehouse.masters import Goods
from tests.warehouse.picks import picked, plan, why_not


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("LOT", "lot", units={"BOX": 6})


def short_pick(white: Warehouse, goods: Goods, *, there: int, missing: int) -> int:
    """A shipment of which so many were picked from bin A and the rest was not there."""
    shipment_id = add_shipment(white, Part(goods, there + missing))
    pick_id = pick(white, shipment_id)
    scan(white, pick_id, quantity=there, pairs=[1], numbers=lot("L1"))
    miss(white, pick_id, missing)
    register(white, pick_id)
    return shipment_id


def open_here(white: Warehouse) -> int:
    with white.database.read() as session:
        return count_open_short_picks(session, white.location)


def test_the_shipment_gets_it_from_another_bin(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "B", 5, lot("L1"))
    shipment_id = short_pick(white, goods, there=2, missing=1)
    [line] = plan(white, shipment_id)
    assert (line.demand.missing_base, line.taken_base) == (1, 1)
    assert picked(white, Part(goods, 7)) == [("A", lot("L1"), 2), ("B", lot("L1"), 5)]
    assert why_not(white, Part(goods, 1)) == {
        LeftOut.MISSING: 1,
        LeftOut.ON_OTHER_DOCUMENTS: 7,
        LeftOut.NOT_A_PICK_BIN: 2,
    }


def test_only_the_number_that_was_missing_is_left_out(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 3, lot("L1"))
    white.stock(goods, "A", 3, lot("L2"))
    shipment_id = add_shipment(white, Part(goods, 2, lot("L2")))
    pick_id = pick(white, shipment_id)
    miss(white, pick_id, 2)
    register(white, pick_id)
    assert picked(white, Part(goods, 6)) == [("A", lot("L1"), 3), ("A", lot("L2"), 1)]


def test_nothing_taken_is_kept_without_a_registered_pick(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 12, lot("L1"))
    short_pick(white, goods, there=0, missing=4)
    with white.database.read() as session:
        [short] = open_short_picks(session, white.location, {goods.id})
    assert (short.quantity, short.quantity_base, short.registered_no) == (4, 4, "")


def test_a_count_of_the_bin_settles_it(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "B", 5, lot("L1"))
    short_pick(white, goods, there=2, missing=1)
    count(white, {"B": [Part(goods, 5, lot("L1"))]})
    assert open_here(white) == 1
    count(white, {"A": [Part(goods, 3, lot("L1"))]})
    assert open_here(white) == 0
    assert picked(white, Part(goods, 8)) == [("A", lot("L1"), 3), ("B", lot("L1"), 5)]


def test_a_bin_that_was_counted_before_settles_nothing(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    earlier = By(white.by.user_id, white.by.work_date, white.by.at - timedelta(hours=1))
    short_pick(white, goods, there=0, missing=5)
    batch_id = add_count(white, "A")
    count_bin(white, batch_id, "A", Part(goods, 5, lot("L1")), by=earlier)
    register_count(white, batch_id)
    assert open_here(white) == 1


def test_who_sees_the_goods_settles_it_once(white: Warehouse, goods: Goods) -> None:
    other = another_location(white, "GREEN", "G1")
    white.stock(goods, "A", 5, lot("L1"))
    short_pick(white, goods, there=0, missing=5)
    with white.database.read() as session:
        [short] = open_short_picks(session, white.location, {goods.id})

    def settle(location: Location) -> None:
        at, user_id = white.by.at, white.by.user_id
        white.write(lambda s: settle_short_pick(s, location, short.id, user_id, at))

    with pytest.raises(ShortPickSettled):
        settle(other.location)
    settle(white.location)
    with pytest.raises(ShortPickSettled):
        settle(white.location)
    assert picked(white, Part(goods, 5)) == [("A", lot("L1"), 5)]


def test_a_company_without_reasons_notes_it_without_one(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    pick_id = pick(white, add_shipment(white, Part(goods, 5)))
    tapped = NewScan("U", 1, 0, NO_REASON, step=MISSING, choice="1")

    def note(session: Session) -> None:
        assert reasons_to_choose(session) == [(NO_REASON, "")]
        activity = session.get_one(WarehouseActivity, pick_id)
        scanned = Scanned(tapped, None, 1, white.by)
        work = ActivityWork(session, activity, white.location, scanned, NOTHING_GIVEN, [])
        assert note_missing(work).code == "Missing"

    white.write(note)
    assert register(white, pick_id).short_lines == 1
    with white.database.read() as session:
        assert session.scalars(select(ShortPick.reason_code_id)).all() == [None]
