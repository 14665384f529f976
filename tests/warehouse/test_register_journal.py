"""Registering counts: pairs of entries, order, dates, and what moved meanwhile."""

from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import NumberMissing, SerialQuantityNotOne
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.adjustment_sync import unsynchronised
from scanner_app.warehouse.expectation import moved_lines, retake_expectation
from scanner_app.warehouse.register_activity import DocumentGone
from scanner_app.warehouse.register_differences import AdjustmentBinMissing
from scanner_app.warehouse.register_journal import MovedSinceCalculated, NothingCounted
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
    WarehouseJournalLine,
)
from scanner_app.warehouse.warehouse_ledger import WarehouseEntry, WarehouseEntryType
from scanner_app.warehouse.warehouse_posting import SerialFoundInInventory
from tests.builders import Warehouse, lot, serial
from tests.warehouse.counting import add_count, count, count_bin, register_count
from tests.warehouse.documents import Part, move
from tests.warehouse.masters import Goods

NEGATIVE = WarehouseEntryType.NEGATIVE_ADJUSTMENT
POSITIVE = WarehouseEntryType.POSITIVE_ADJUSTMENT


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("LOT", "lot", units={"BOX": 6, "CAN": 2})


def entries_of_last_register(
    white: Warehouse,
) -> list[tuple[str, str, Decimal, WarehouseEntryType]]:
    codes = {bin_.id: code for code, bin_ in white.bins.items()}
    row = WarehouseEntry
    with white.database.read() as session:
        entries = session.scalars(select(row).order_by(row.id)).all()
    return [
        (codes[e.bin_id], e.serial_no or e.lot_no, e.quantity_base, e.entry_type)
        for e in entries
        if e.register_id == entries[-1].register_id
    ]


def retake(white: Warehouse, bin_code: str) -> bool:
    def work(session: Session) -> bool:
        row = BinCount
        [found] = session.scalars(select(row).where(row.bin_id == white.bins[bin_code].id))
        return retake_expectation(session, found)

    return white.write(work)


def test_each_difference_moves_between_the_bin_and_the_adjustment_bin(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 10, lot("L1"))
    white.stock(goods, "A", 5, lot("L2"))
    ledger = white.in_ledger(goods)
    found = [Part(goods, 8, lot("L1")), Part(goods, 5, lot("L2")), Part(goods, 2, lot("L3"))]
    registered = count(white, {"A": found})
    assert (registered.bins, registered.bins_remaining) == (1, 0)
    assert (registered.lines, registered.differences) == (3, 2)
    assert entries_of_last_register(white) == [
        ("A", "L1", -2, NEGATIVE),
        ("ADJ", "L1", 2, POSITIVE),
        ("ADJ", "L2", 0, NEGATIVE),
        ("A", "L2", 0, POSITIVE),
        ("ADJ", "L3", -2, NEGATIVE),
        ("A", "L3", 2, POSITIVE),
    ]
    assert white.in_ledger(goods) == ledger
    with white.database.read() as session:
        assert session.scalars(select(WarehouseJournalLine)).all() == []
        assert session.scalars(select(BinCount.state)).all() == [BinCountState.REGISTERED]
    white.assert_sound()


def test_a_misplaced_serial_leaves_one_bin_before_it_enters_the_other(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    white.stock(goods, "B", 1, serial("S1"))
    count(white, {"A": [Part(goods, 1, serial("S1"))], "B": []})
    assert white.in_bins(goods) == {("A", serial("S1")): 1}
    assert [entry[0] for entry in entries_of_last_register(white)] == ["B", "ADJ", "ADJ", "A"]
    with white.database.read() as session:
        assert unsynchronised(session, white.location) == []
    white.assert_sound()


def test_a_serial_found_in_a_second_bin_asks_to_count_the_first(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    white.stock(goods, "B", 1, serial("S1"))
    with pytest.raises(SerialFoundInInventory) as refused:
        count(white, {"A": [Part(goods, 1, serial("S1"))]})
    assert refused.value.parameters["bin_code"] == "B"
    white.assert_sound()


def test_units_of_one_lot_are_counted_apart(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 2, lot("L1"), unit="BOX")
    boxes, cans = Part(goods, 1, lot("L1"), unit="BOX"), Part(goods, 3, lot("L1"), unit="CAN")
    count(white, {"A": [boxes, cans]})
    assert white.in_bins(goods) == {("A", lot("L1")): 12}
    with white.database.read() as session:
        waiting = unsynchronised(session, white.location)
    assert sorted(balance.quantity_base for balance in waiting) == [-6, 6]
    white.assert_sound()


def test_a_part_of_a_box_is_counted_exactly(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 2, lot("L1"), unit="BOX")
    count(white, {"A": [Part(goods, Decimal("1.5"), lot("L1"), unit="BOX")]})
    assert entries_of_last_register(white)[0][2] == -3
    assert white.in_bins(goods) == {("A", lot("L1")): 9, ("ADJ", lot("L1")): 3}


def test_closed_bins_are_registered_and_the_others_stay(white: Warehouse, goods: Goods) -> None:
    for code in ("A", "B"):
        white.stock(goods, code, 5, lot("L1"))
    batch = add_count(white, "A", "B")
    with pytest.raises(NothingCounted):
        register_count(white, batch)
    count_bin(white, batch, "A", Part(goods, 5, lot("L1")))
    registered = register_count(white, batch)
    assert (registered.bins, registered.bins_remaining) == (1, 1)
    count_bin(white, batch, "B", Part(goods, 4, lot("L1")))
    assert register_count(white, batch).bins_remaining == 0
    with pytest.raises(DocumentGone):
        register_count(white, 999)
    white.assert_sound()


def test_an_empty_bin_registers_without_entries(white: Warehouse) -> None:
    registered = count(white, {"A": []})
    assert (registered.bins, registered.lines, registered.differences) == (1, 0, 0)
    with white.database.read() as session:
        assert session.scalars(select(WarehouseEntry)).all() == []
        assert session.scalar(select(BinCount.warehouse_register_id)) is None


def test_a_location_without_an_adjustment_bin_registers_no_count(white: Warehouse) -> None:
    white.change(white.location, adjustment_bin_id=None)
    with pytest.raises(AdjustmentBinMissing):
        count(white, {"A": []})
    with pytest.raises(AdjustmentBinMissing), white.database.read() as session:
        unsynchronised(session, white.location)


def test_a_line_without_its_number_is_refused_also_without_a_difference(
    white: Warehouse, goods: Goods
) -> None:
    with pytest.raises(NumberMissing):
        count(white, {"A": [Part(goods, 5)]})


def test_a_serial_that_differs_by_more_than_one_is_refused(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    batch = add_count(white, "A")
    count_bin(white, batch, "A", Part(goods, 1, serial("S1")))

    def forge(session: Session) -> None:
        session.scalars(select(WarehouseJournalLine)).one().qty_phys_inventory_base = Decimal(3)

    white.write(forge)
    with pytest.raises(SerialQuantityNotOne):
        register_count(white, batch)


def test_what_moved_after_the_calculation_stops_the_count(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 10, lot("L1"))
    batch = add_count(white, "A")
    count_bin(white, batch, "A", Part(goods, 10, lot("L1")))
    move(white, "A", "B", Part(goods, 4, lot("L1")))
    with pytest.raises(MovedSinceCalculated) as refused:
        register_count(white, batch)
    assert refused.value.parameters == {"what": "LOT Lot No. L1", "bin_code": "A"}
    assert retake(white, "A")
    count_bin(white, batch, "A", Part(goods, 6, lot("L1")))
    assert register_count(white, batch).differences == 0
    white.assert_sound()


def test_a_count_made_after_the_movement_stands(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 10, lot("L1"))
    batch = add_count(white, "A")
    move(white, "A", "B", Part(goods, 4, lot("L1")))
    count_bin(white, batch, "A", Part(goods, 5, lot("L1")))
    with pytest.raises(MovedSinceCalculated):
        register_count(white, batch)
    assert not retake(white, "A")
    assert not retake(white, "A")
    register_count(white, batch)
    held = white.in_bins(goods)
    assert held == {("A", lot("L1")): 5, ("ADJ", lot("L1")): 1, ("B", lot("L1")): 4}
    white.assert_sound()


def test_what_came_in_after_the_calculation_is_not_found_once_more(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "B", 3, lot("L1"))
    batch = add_count(white, "A")
    move(white, "B", "A", Part(goods, 3, lot("L1")))
    count_bin(white, batch, "A", Part(goods, 3, lot("L1")))
    with pytest.raises(MovedSinceCalculated):
        register_count(white, batch)
    assert not retake(white, "A")
    assert register_count(white, batch).differences == 0
    white.assert_sound()


def test_something_else_that_came_in_asks_to_count_the_bin_again(
    white: Warehouse, goods: Goods
) -> None:
    other = white.add_item("OTHER")
    white.stock(goods, "A", 3, lot("L1"))
    batch = add_count(white, "A")
    count_bin(white, batch, "A", Part(goods, 3, lot("L1")))
    white.stock(other, "A", 1)
    with pytest.raises(MovedSinceCalculated) as refused:
        register_count(white, batch)
    assert refused.value.parameters["what"] == "OTHER"
    assert retake(white, "A")
    count_bin(white, batch, "A", Part(goods, 3, lot("L1")), Part(other, 1))
    registered = register_count(white, batch)
    assert (registered.lines, registered.differences) == (2, 0)


def test_a_bin_that_is_not_closed_takes_the_expectation_again_without_a_recount(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 3, lot("L1"))
    batch = add_count(white, "A")
    white.stock(goods, "A", 2, lot("L2"))
    move(white, "A", "B", Part(goods, 3, lot("L1")))
    with white.database.read() as session:
        counts = session.scalars(select(BinCount)).all()
        assert [key.lot_no for _, key in moved_lines(session, counts)] == ["L1", "L2"]
    assert not retake(white, "A")
    count_bin(white, batch, "A", Part(goods, 2, lot("L2")))
    registered = register_count(white, batch)
    assert (registered.lines, registered.differences) == (2, 0)


def test_a_reason_of_the_batch_stands_on_its_entries(white: Warehouse, goods: Goods) -> None:
    batch = add_count(white, "A")

    def give_reason(session: Session) -> int:
        reason = ReasonCode(code="BROKEN")
        session.add(reason)
        session.flush()
        session.get_one(WarehouseJournalBatch, batch).reason_code_id = reason.id
        return reason.id

    reason_id = white.write(give_reason)
    count_bin(white, batch, "A", Part(goods, 1, lot("L1")))
    register_count(white, batch)
    with white.database.read() as session:
        assert set(session.scalars(select(WarehouseEntry.reason_code_id))) == {reason_id}
