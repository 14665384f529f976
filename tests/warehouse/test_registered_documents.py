"""The list of registered documents: by place, type, number and what they moved."""

import pytest

from scanner_app.warehouse.activity import ActivityType
from scanner_app.warehouse.registered_documents import (
    WantedDocuments,
    count_pairs,
    find_registered,
    list_registered,
    pairs_of_registered,
)
from tests.builders import Warehouse, another_location, lot, serial
from tests.warehouse.documents import Part, add_shipment, move, pick, receive, register, scan
from tests.warehouse.masters import Goods

PUT_AWAY, PICK, MOVEMENT = ActivityType.PUT_AWAY, ActivityType.PICK, ActivityType.MOVEMENT


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    """Lots that were put away, moved and picked: RPU0001, RMV0001 and RPI0001."""
    white.change(white.location, require_put_away=True)
    goods = white.add_item("LOT", "lot", "package")
    drill = white.add_item("SER", "serial")
    put_away = receive(white, Part(goods, 5, lot("L1", "PK1")), Part(drill, 1, serial("S1")))
    scan(white, put_away)
    register(white, put_away)
    move(white, "A", "B", Part(drill, 1, serial("S1")))
    picked = pick(white, add_shipment(white, Part(goods, 2)))
    scan(white, picked, numbers=lot("L1", "PK1"))
    register(white, picked)
    return goods


def numbers(white: Warehouse, **wanted: object) -> list[str]:
    with white.database.read() as session:
        part = list_registered(session, white.location, WantedDocuments(**wanted), 10)  # type: ignore[arg-type]
    assert not part.more
    return [row.no for row in part.rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["RPI0001", "RMV0001", "RPU0001"]),
        ({"type": PUT_AWAY}, ["RPU0001"]),
        ({"type": MOVEMENT, "query": "S1"}, ["RMV0001"]),
        ({"type": PICK, "query": "S1"}, []),
        ({"query": "S1"}, ["RMV0001", "RPU0001"]),
        ({"query": "L1"}, ["RPI0001", "RPU0001"]),
        ({"query": "PK1"}, ["RPI0001", "RPU0001"]),
        ({"query": "RPU0001"}, ["RPU0001"]),
        ({"query": "PU0001"}, ["RPU0001"]),
        ({"query": "PR0001"}, ["RPU0001"]),
        ({"query": "NONE"}, []),
    ],
)
def test_what_is_looked_for_is_found_the_newest_first(
    white: Warehouse, goods: Goods, wanted: dict[str, object], found: list[str]
) -> None:
    assert goods.id
    assert numbers(white, **wanted) == found


def test_a_part_begins_before_the_one_that_was_shown(white: Warehouse, goods: Goods) -> None:
    assert goods.id
    seen: list[str] = []
    before = 0
    with white.database.read() as session:
        for more in (True, True, False):
            wanted = WantedDocuments(before=before)
            part = list_registered(session, white.location, wanted, 1)
            [row] = part.rows
            assert part.more is more
            seen.append(row.no)
            before = row.id
    assert seen == ["RPI0001", "RMV0001", "RPU0001"]


def test_a_document_of_another_location_is_not_found(white: Warehouse, goods: Goods) -> None:
    assert goods.id
    other = another_location(white, "GREEN", "G1").location
    with white.database.read() as session:
        assert list_registered(session, other, WantedDocuments(), 10).rows == []
        assert list_registered(session, other, WantedDocuments(query="S1"), 10).rows == []
        assert find_registered(session, other, PUT_AWAY, "RPU0001") is None
        assert find_registered(session, white.location, PICK, "RPU0001") is None


def test_what_a_document_moved_is_read_in_parts(white: Warehouse, goods: Goods) -> None:
    with white.database.read() as session:
        registered = find_registered(session, white.location, PUT_AWAY, "RPU0001")
        assert registered is not None
        assert count_pairs(session, registered) == 2
        [first] = pairs_of_registered(session, registered, rows_max=1)
        [second] = pairs_of_registered(session, registered, rows_max=5, after_line_no=first.line_no)
    assert (first.item.id, first.numbers, first.quantity) == (goods.id, lot("L1", "PK1"), 5)
    assert (first.from_bin.code, first.to_bin.code, first.unit) == ("RECV", "A", "PCS")
    assert (second.what, second.moved_back_no) == ("SER Serial No. S1", "")
