"""Behind each number that waits for the sync stand the registrations that made it differ."""

import pytest

from scanner_app.warehouse.adjustment_sync import unsynchronised
from scanner_app.warehouse.sync_evidence import evidence_of
from tests.builders import Warehouse, lot
from tests.warehouse.counting import calculate, count, post_proposals
from tests.warehouse.documents import Part
from tests.warehouse.masters import Goods


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("LOT", "lot")


def evidence(white: Warehouse) -> dict[str, list[tuple[str, str, int]]]:
    """Bin, worker and quantity of each registration, by lot."""
    with white.database.read() as session:
        balances = unsynchronised(session, white.location)
        found = evidence_of(session, balances)
    return {
        key.lot_no: [(one.bin_code, one.user_name, int(one.quantity_base)) for one in parts]
        for key, parts in found.items()
    }


def test_where_nothing_waits_there_is_nothing_to_show(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    assert evidence(white) == {}


def test_each_registration_says_its_bin_and_worker(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    count(white, {"A": [Part(goods, 3, lot("L1"))]})
    count(white, {"B": [Part(goods, 1, lot("L1"))]})
    assert evidence(white) == {"L1": [("A", "WORKER", 2), ("B", "WORKER", -1)]}


def test_what_was_posted_is_no_evidence_any_more(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    count(white, {"A": [Part(goods, 3, lot("L1"))]})
    calculate(white)
    post_proposals(white)
    count(white, {"A": [Part(goods, 4, lot("L1"))]})
    assert evidence(white) == {"L1": [("A", "WORKER", -1)]}
