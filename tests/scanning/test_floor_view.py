"""The floor view: what is open and late, who scanned last, how many lines an hour."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from scanner_app.scanning.floor_view import floor_documents, last_scans, lines_per_hour
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.bin import BlockMovement
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.set_up_location import find_location
from tests.builders import Warehouse, another_location, lot
from tests.scanning.floor import NOON, Floor
from tests.warehouse.documents import (
    Part,
    add_movement,
    add_shipment,
    move,
    pick,
    receive,
    register,
    scan,
)
from tests.warehouse.masters import DAY, Goods


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    white.change(white.location, require_put_away=True)
    return white.add_item("LOT", "lot")


def states(white: Warehouse) -> list[tuple[str, str, int, int, int, bool]]:
    with white.database.read() as session:
        return [
            (each.no, each.user_name, each.done, each.total, each.blocked, each.is_late)
            for each in floor_documents(session, white.location, DAY)
        ]


def test_late_documents_come_first_then_those_that_are_begun(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    put_away = receive(white, Part(goods, 4, lot("L1")), Part(goods, 5, lot("L2")))
    begun = receive(white, Part(goods, 1, lot("L3")))
    today = pick(white, add_shipment(white, Part(goods, 1), shipment_date=DAY))
    late = pick(white, add_shipment(white, Part(goods, 2), shipment_date=DAY - timedelta(days=1)))
    with white.database.read() as session:
        activity = session.get_one(WarehouseActivity, begun)
    white.change(activity, assigned_user_id=white.by.user_id)
    scan(white, put_away, pairs=[1])
    assert late > today
    assert states(white) == [
        ("PI0002", "", 0, 1, 0, True),
        ("PU0002", "WORKER", 0, 1, 0, False),
        ("PU0001", "", 1, 2, 0, False),
        ("PI0001", "", 0, 1, 0, False),
    ]
    white.change(white.bins["A"], block_movement=BlockMovement.OUTBOUND)
    assert [blocked for *_, blocked, _ in states(white)] == [1, 0, 0, 1]
    white.change(white.bins["A"], block_movement=BlockMovement.INBOUND)
    assert [blocked for *_, blocked, _ in states(white)] == [0, 1, 2, 0]


def test_movements_stand_there_and_other_locations_do_not(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    add_movement(white, "A", "B", Part(goods, 1, lot("L1")))
    other = another_location(white, "GREEN", "G1").location
    with white.database.read() as session:
        [movement] = floor_documents(session, white.location, DAY)
        assert floor_documents(session, other, DAY) == []
    assert (movement.type, movement.due_date) == (ActivityType.MOVEMENT, None)


def test_lines_are_counted_by_the_hour_on_the_wall(white: Warehouse, goods: Goods) -> None:
    white.change(white.location, time_zone="Asia/Kolkata")
    white.stock(goods, "A", 9, lot("L1"))
    earlier = By(white.by.user_id, white.by.work_date, white.by.at - timedelta(hours=2))
    move(replace(white, by=earlier), "A", "B", Part(goods, 1, lot("L1")))
    put_away = receive(white, Part(goods, 4, lot("L1")), Part(goods, 5, lot("L2")))
    scan(white, put_away)
    register(white, put_away)
    with white.database.read() as session:
        hours = lines_per_hour(session, white.location, white.by.at)
    # 9:30 in UTC is three in the afternoon there.
    assert [hour.starts_at.strftime("%H:%M") for hour in hours][-1] == "15:00"
    assert [hour.lines for hour in hours] == [0, 0, 0, 0, 0, 1, 0, 2]


def users_seen(floor: Floor, code: str, later: timedelta) -> list[tuple[str, str, bool]]:
    def read(session: Session) -> list[tuple[str, str, bool]]:
        location = find_location(session, code)
        assert location is not None
        found = last_scans(session, location, NOON + later)
        return [(scan.user_name, scan.document_no, scan.refused) for scan in found]

    return floor.read(read)


def test_the_last_scan_of_everybody(floor: Floor) -> None:
    soon, next_day = timedelta(minutes=5), timedelta(hours=13)
    assert users_seen(floor, "WHITE", soon) == []
    worker = floor.opened("put-away", "PA-00001")
    worker.scan("CONTAINER010")
    floor.opened("put-away", "PA-00002", "WORKER2").scan("FX-5101")
    worker.scan("NOWHERE")
    assert users_seen(floor, "WHITE", soon) == [
        ("WORKER1", "PA-00001", True),
        ("WORKER2", "PA-00002", False),
    ]
    assert users_seen(floor, "WHITE", next_day) == []
    assert users_seen(floor, "BLUE", soon) == []
