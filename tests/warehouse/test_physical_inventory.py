"""Counting bins: opened, seen, closed, and by whom."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import SerialQuantityNotOne
from scanner_app.warehouse.bin_balance import key_of
from scanner_app.warehouse.expectation import reopen_bin
from scanner_app.warehouse.physical_inventory import (
    BinAlreadyCounted,
    BinNotOnCount,
    BinTaken,
    SerialAlreadyCounted,
    close_bin,
    count_of_bin,
    count_units,
    lines_of,
    open_bin,
)
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.seen_in_bin import counted_so_far
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)
from scanner_app.warehouse.warehouse_ledger import WarehouseEntryType
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.counting import add_count, count_bin, register_count, seen
from tests.warehouse.documents import Part
from tests.warehouse.masters import Goods

Counted = dict[tuple[str, str, bool], tuple[Decimal, Decimal | None]]


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("LOT", "lot", units={"BOX": 6, "CAN": 2})


def in_count(
    white: Warehouse, batch_id: int, bin_code: str, work: Callable[[Session, BinCount], object]
) -> None:
    """Work on the count of a bin in a transaction of its own."""

    def find_and_work(session: Session) -> None:
        batch = session.get_one(WarehouseJournalBatch, batch_id)
        work(session, count_of_bin(session, batch, white.bins[bin_code]))

    white.write(find_and_work)


def begin(white: Warehouse, batch_id: int, bin_code: str, by: By) -> None:
    in_count(
        white, batch_id, bin_code, lambda s, count: open_bin(s, count, white.bins[bin_code], by)
    )


def see(white: Warehouse, batch_id: int, bin_code: str, part: Part) -> None:
    in_count(
        white,
        batch_id,
        bin_code,
        lambda s, count: count_units(s, count, [seen(part)], white.by, None),
    )


def lines(white: Warehouse) -> Counted:
    """Booked and counted by lot or serial, unit and kind of line."""
    units = {1: "PCS", 2: "BOX", 3: "CAN"}
    with white.database.read() as session:
        return {
            (
                line.serial_no or line.lot_no,
                units[line.unit_of_measure_id],
                line.phys_inventory,
            ): (line.qty_calculated_base, line.qty_phys_inventory_base)
            for line in session.scalars(select(WarehouseJournalLine))
        }


def test_what_was_not_seen_in_a_closed_bin_is_nought(white: Warehouse, goods: Goods) -> None:
    for number in ("L1", "L2"):
        white.stock(goods, "A", 5, lot(number))
    batch = add_count(white, "A")
    assert lines(white) == {("L1", "PCS", True): (5, None), ("L2", "PCS", True): (5, None)}
    count_bin(white, batch, "A", Part(goods, 3, lot("L1")), Part(goods, 1, lot("L1")))
    assert lines(white) == {("L1", "PCS", True): (5, 4), ("L2", "PCS", True): (5, 0)}


def test_what_was_seen_and_not_booked_is_a_manual_line(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 1, lot("L1"), unit="BOX")
    batch = add_count(white, "A")
    count_bin(
        white,
        batch,
        "A",
        Part(goods, 1, lot("L1"), unit="BOX"),
        Part(goods, 2, lot("L1"), unit="CAN"),
        Part(goods, 3, lot("L9"), days(9)),
        Part(goods, 1, lot("L9")),
    )
    assert lines(white) == {
        ("L1", "BOX", True): (6, 6),
        ("L1", "CAN", False): (0, 4),
        ("L9", "PCS", False): (0, 4),
    }
    with white.database.read() as session:
        row = WarehouseJournalLine
        assert session.scalar(select(row.expiration_date).where(row.lot_no == "L9")) == days(9)


def test_a_correction_takes_back_and_what_comes_to_nothing_is_no_line(
    white: Warehouse, goods: Goods
) -> None:
    batch = add_count(white, "A")
    begin(white, batch, "A", white.by)
    for quantity in (5, -2, -3):
        see(white, batch, "A", Part(goods, quantity, lot("L1")))

    def check(session: Session, count: BinCount) -> None:
        [entries] = counted_so_far(session, count).values()
        assert [entry.quantity for entry in entries] == [5, -2, -3]
        close_bin(session, count, counted_so_far(session, count), white.by)
        assert count.declared_empty
        assert not lines_of(session, count)

    in_count(white, batch, "A", check)


def test_an_empty_bin_is_counted_without_a_line(white: Warehouse, goods: Goods) -> None:
    batch = add_count(white, "A", "B")
    count_bin(white, batch, "A")
    count_bin(white, batch, "B", Part(goods, 1, lot("L1")))
    with white.database.read() as session:
        counts = session.scalars(select(BinCount).order_by(BinCount.id)).all()
    assert [(c.state, c.declared_empty) for c in counts] == [
        (BinCountState.CLOSED, True),
        (BinCountState.CLOSED, False),
    ]


def test_who_opened_a_bin_goes_on_and_others_are_told_who(white: Warehouse) -> None:
    other = white.add_user("OTHER")
    batch = add_count(white, "A")
    begin(white, batch, "A", white.by)
    begin(white, batch, "A", white.by)
    with pytest.raises(BinTaken) as taken:
        begin(white, batch, "A", other)
    assert taken.value.parameters == {"user_name": "WORKER", "bin_code": "A"}
    in_count(
        white,
        batch,
        "A",
        lambda session, count: close_bin(session, count, counted_so_far(session, count), white.by),
    )
    with pytest.raises(BinAlreadyCounted) as counted:
        begin(white, batch, "A", other)
    assert counted.value.parameters["user_name"] == "WORKER"


def test_a_bin_that_is_not_on_the_count_is_refused(white: Warehouse) -> None:
    batch = add_count(white, "A")
    with pytest.raises(BinNotOnCount):
        begin(white, batch, "B", white.by)
    count_bin(white, batch, "A")
    register_count(white, batch)
    with pytest.raises(BinNotOnCount):
        begin(white, batch, "A", white.by)


def test_a_serial_counts_once_in_a_batch(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    other = white.add_item("OTHER", "serial")
    batch = add_count(white, "A", "B")
    unit = Part(goods, 1, serial("S1"))
    count_bin(white, batch, "A", unit, Part(other, 1, serial("S1")))
    begin(white, batch, "B", white.by)
    with pytest.raises(SerialAlreadyCounted) as refused:
        see(white, batch, "B", unit)
    assert refused.value.parameters == {"serial_no": "S1", "bin_code": "A", "user_name": "WORKER"}
    with pytest.raises(SerialQuantityNotOne):
        see(white, batch, "B", Part(goods, 2, serial("S2")))


def test_a_serial_that_was_taken_back_may_be_seen_again(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    batch = add_count(white, "A", "B")
    begin(white, batch, "A", white.by)
    for quantity in (1, -1, 1, -1):
        see(white, batch, "A", Part(goods, quantity, serial("S1")))
    begin(white, batch, "B", white.by)
    see(white, batch, "B", Part(goods, 1, serial("S1")))


def test_a_reopened_bin_is_counted_anew(white: Warehouse, goods: Goods) -> None:
    serials = white.add_item("SN", "serial")
    white.stock(goods, "A", 5, lot("L1"))
    batch = add_count(white, "A")
    unit = Part(serials, 1, serial("S1"))
    count_bin(white, batch, "A", Part(goods, 4, lot("L1")), unit)
    in_count(white, batch, "A", reopen_bin)
    assert lines(white) == {("L1", "PCS", True): (5, None)}
    count_bin(white, batch, "A", Part(goods, 5, lot("L1")), unit)
    assert lines(white) == {("L1", "PCS", True): (5, 5), ("S1", "PCS", False): (0, 1)}

    def check(session: Session, count: BinCount) -> None:
        assert (count.round, count.state) == (2, BinCountState.CLOSED)
        assert sum(len(entries) for entries in counted_so_far(session, count).values()) == 2
        assert [key_of(line).serial_no for line in lines_of(session, count)] == ["", "S1"]

    in_count(white, batch, "A", check)


def test_what_was_seen_belongs_to_the_balance_of_its_bin(white: Warehouse, goods: Goods) -> None:
    key = seen(Part(goods, 1, lot("L1"), unit="BOX")).key(white.bins["A"].id)
    assert (key.bin_id, key.item_id, key.numbers) == (white.bins["A"].id, goods.id, lot("L1"))
    assert key.unit_of_measure_id == goods.units["BOX"][0]


def test_a_line_says_its_difference_and_its_sign() -> None:
    assert WarehouseJournalLine(qty_calculated_base=Decimal(5)).difference_base is None
    line = WarehouseJournalLine(qty_calculated_base=Decimal(5))
    for counted, entry_type in (
        (4, WarehouseEntryType.NEGATIVE_ADJUSTMENT),
        (5, WarehouseEntryType.POSITIVE_ADJUSTMENT),
        (6, WarehouseEntryType.POSITIVE_ADJUSTMENT),
    ):
        line.qty_phys_inventory_base = Decimal(counted)
        assert line.difference_base == counted - 5
        assert line.entry_type is entry_type
