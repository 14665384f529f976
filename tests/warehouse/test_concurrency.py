"""Many handhelds at once: nothing sold twice, no serial twice, nobody waits in a ring."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from scanner_app.database import Database
from scanner_app.errors import RuleRefused
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.posting_line import Posting
from scanner_app.inventory.posting_refusals import (
    InventoryInsufficient,
    SerialAlreadyOnInventory,
)
from scanner_app.warehouse.post_item_journal import JournalPart, post
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument
from tests.builders import Warehouse, another_location, lot, serial
from tests.warehouse.counting import calculate, count, post_proposals
from tests.warehouse.documents import Part, move
from tests.warehouse.masters import DAY

SELLERS = 40
WRITERS = 32


@pytest.fixture
def white(white: Warehouse) -> Iterator[Warehouse]:
    """More writers than a hall has may have to wait longer than a handheld would."""
    patient = Database(
        white.database.url.render_as_string(hide_password=False), writer_wait_seconds=30
    )
    yield Warehouse(patient, white.location, white.by, white.bins)
    patient.close()


def together(works: Sequence[Callable[[], object]]) -> Counter[str]:
    """Run all at the same moment; returns how often each thing came of it."""
    outcomes: list[str] = []
    begin = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        begin.wait()
        try:
            work()
        except RuleRefused as refusal:
            outcomes.append(refusal.code)
        except Exception as fault:  # noqa: BLE001 - whatever surfaces is compared below
            outcomes.append(repr(fault)[:200])
        else:
            outcomes.append("done")

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


def test_twenty_in_stock_are_sold_twenty_times(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    white.stock(goods, "A", 20)
    line = white.line(goods, -1, entry_type=EntryType.SALE)
    outcomes = together([lambda: white.post(line)] * SELLERS)
    assert outcomes == {"done": 20, InventoryInsufficient.__name__: 20}
    assert white.in_ledger(goods) == white.in_bins(goods) == {}
    white.assert_sound()


def test_one_serial_comes_in_once(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    line = white.line(goods, 1, serial("S1"))
    bins = ["A", "B"] * (WRITERS // 2)
    outcomes = together([lambda code=code: white.post(line, bin_code=code) for code in bins])  # type: ignore[misc]
    assert outcomes == {"done": 1, SerialAlreadyOnInventory.__name__: WRITERS - 1}
    white.assert_sound()


def test_one_serial_comes_in_at_one_location(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    places = [white, another_location(white, "BLUE", "A"), another_location(white, "GREEN", "A")]

    def post_at(place: Warehouse) -> None:
        place.post(place.line(goods, 1, serial("S1")))

    outcomes = together([lambda place=place: post_at(place) for place in places * 4])  # type: ignore[misc]
    assert outcomes["done"] == 1
    assert white.in_ledger(goods) == {serial("S1"): 1}
    white.assert_sound()


def test_movers_in_opposite_directions_never_wait_in_a_ring(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    unique = white.add_item("SN", "serial")
    for code in ("A", "B", "C"):
        for number in ("L1", "L2"):
            white.stock(goods, code, 100, lot(number))
        white.stock(unique, code, 1, serial(f"S-{code}"))
    routes = [("A", "B"), ("B", "A"), ("B", "C"), ("C", "A")] * (WRITERS // 4)

    def carry(route: tuple[str, str], turn: int) -> None:
        parts = [Part(goods, 1, lot("L1")), Part(goods, 2, lot("L2"))]
        move(white, *route, *(parts if turn % 2 else reversed(parts)))

    works = [lambda r=route, t=turn: carry(r, t) for turn, route in enumerate(routes)]
    assert together(works) == {"done": WRITERS}
    totals: Counter[str] = Counter()
    for (_, numbers), quantity in white.in_bins(goods).items():
        totals[numbers.lot_no] += int(quantity)
    assert totals == {"L1": 300, "L2": 300}
    white.assert_sound()


def test_a_serial_is_moved_by_one_of_many(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    white.stock(goods, "A", 1, serial("S1"))
    part = Part(goods, 1, serial("S1"))
    outcomes = together([lambda code=code: move(white, "A", code, part) for code in "BC" * 4])  # type: ignore[misc]
    assert outcomes == {"done": 1, "QuantityInBinInsufficient": 7}
    white.assert_sound()


def test_two_supervisors_who_sync_at_once_post_once(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    white.stock(goods, "A", 9, lot("L1"))
    count(white, {"A": [Part(goods, 5, lot("L1")), Part(goods, 3, lot("L2"))]})

    def supervise(batch: str) -> None:
        calculate(white, batch)
        post_proposals(white)

    for name in ("X", "Y"):
        calculate(white, name)
    outcomes = together([lambda name=name: supervise(name) for name in ("X", "Y")])  # type: ignore[misc]
    assert outcomes["done"] >= 1
    assert outcomes.keys() <= {"done", "NothingToPost", "AdjustmentChanged"}
    assert white.in_ledger(goods) == {lot("L1"): 5, lot("L2"): 3}
    assert calculate(white).lines == 0
    white.assert_sound()


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_a_serial_posted_at_two_locations_at_once_is_refused_by_its_rule(
    white: Warehouse,
) -> None:
    goods = white.add_item("SN", "serial")
    blue = another_location(white, "BLUE")
    posting = Posting(DAY, white.by.at, white.by.user_id, "TEST")
    here = JournalPart(white.line(goods, 1, serial("S1")), white.bins["A"])
    faults: list[BaseException] = []

    def post_there() -> None:
        try:
            blue.post(blue.line(goods, 1, serial("S1")), bin_code=None)
        except Exception as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    other = threading.Thread(target=post_there)

    def post_here(session: Session) -> None:
        post(session, posting, [here], WarehouseDocument.RECEIPT)
        session.flush()
        other.start()
        while not session.scalar(text("SELECT COUNT(*) FROM pg_locks WHERE NOT granted")):
            assert other.is_alive()

    white.write(post_here)
    other.join()
    with pytest.raises(SerialAlreadyOnInventory):
        raise faults[0]
