"""Writing warehouse entries: what a bin may hold and give, and what a register is."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from scanner_app.errors import InvariantBroken
from scanner_app.inventory.item_tracking import SerialQuantityNotOne, TrackingNumbers
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.warehouse.bin import BinBlocked, BlockMovement
from scanner_app.warehouse.bin_balance import BinBalance
from scanner_app.warehouse.new_warehouse_entry import NewWarehouseEntry, Registration
from scanner_app.warehouse.warehouse_ledger import (
    WarehouseDocument,
    WarehouseEntry,
    WarehouseEntryType,
    WarehouseRegister,
)
from scanner_app.warehouse.warehouse_posting import (
    QuantityInBinInsufficient,
    SerialFoundInInventory,
    write_warehouse_entries,
)
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.documents import Part, move
from tests.warehouse.masters import DAY, Goods


def write(white: Warehouse, *entries: NewWarehouseEntry) -> int:
    registration = Registration(
        DAY, white.by.at, white.by.user_id, "TEST", WarehouseDocument.MOVEMENT, "M1"
    )
    return white.write(lambda session: write_warehouse_entries(session, registration, entries).no)


def entry(
    white: Warehouse,
    goods: Goods,
    bin_code: str,
    quantity: int,
    numbers: TrackingNumbers,
    **fields: object,
) -> NewWarehouseEntry:
    usual = {"entry_type": WarehouseEntryType.MOVEMENT}
    return NewWarehouseEntry(
        bin=white.bins[bin_code],
        item_id=goods.id,
        variant_id=goods.variant_id,
        unit_of_measure_id=goods.units["PCS"][0],
        qty_per_unit_of_measure=Decimal(1),
        quantity=Decimal(quantity),
        quantity_base=Decimal(quantity),
        numbers=numbers,
        serial_specific=goods.serial_specific,
        **(usual | fields),  # type: ignore[arg-type]
    )


def test_a_bin_gives_only_what_it_holds_of_a_number(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot", units={"BOX": 6})
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "A", 1, lot("L2"), unit="BOX")
    with pytest.raises(QuantityInBinInsufficient) as refused:
        move(white, "A", "B", Part(goods, 6, lot("L1")))
    assert refused.value.parameters == {
        "bin_code": "A",
        "available": 5,
        "unit": "PCS",
        "what": "LOT Lot No. L1",
        "quantity": 6,
    }
    with pytest.raises(QuantityInBinInsufficient) as refused:
        move(white, "A", "B", Part(goods, 2, lot("L2"), unit="BOX"))
    assert (refused.value.parameters["available"], refused.value.parameters["unit"]) == (1, "BOX")
    with pytest.raises(QuantityInBinInsufficient):
        move(white, "A", "B", Part(goods, 1, lot("L2")))
    white.assert_sound()


@pytest.mark.parametrize("closed", [BlockMovement.INBOUND, BlockMovement.OUTBOUND])
def test_a_block_closes_a_bin_in_its_direction(white: Warehouse, closed: BlockMovement) -> None:
    goods = white.add_item("PLAIN")
    white.stock(goods, "A", 5)
    white.stock(goods, "B", 5)
    white.change(white.bins["B"], block_movement=closed)
    shut, open_ = (("A", "B"), ("B", "A"))
    if closed is BlockMovement.OUTBOUND:
        shut, open_ = open_, shut
    with pytest.raises(BinBlocked) as refused:
        move(white, *shut, Part(goods, 1))
    assert refused.value.parameters == {"bin_code": "B", "block_movement": closed.value}
    move(white, *open_, Part(goods, 1))


def test_a_bin_blocked_for_all_still_takes_part_in_postings(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    white.change(white.bins["A"], block_movement=BlockMovement.ALL)
    white.stock(goods, "A", 5)
    white.post(white.line(goods, -1, entry_type=EntryType.SALE))
    for pair in (("A", "B"), ("B", "A")):
        with pytest.raises(BinBlocked):
            move(white, *pair, Part(goods, 1))
    white.assert_sound()


def test_a_serial_stands_in_one_real_bin(white: Warehouse) -> None:
    goods = white.add_item("SNLOT", "serial", "lot")
    other = white.add_item("OTHER", "serial")
    white.stock(goods, "A", 1, serial("S1", "L1"))
    white.stock(other, "B", 1, serial("S1"))
    found = {"entry_type": WarehouseEntryType.POSITIVE_ADJUSTMENT}
    for numbers, bin_code in (
        (serial("S1", "L1"), "B"),
        (serial("S1", "L2"), "A"),
        (serial("S1", "L1"), "A"),
    ):
        with pytest.raises(SerialFoundInInventory) as refused:
            write(white, entry(white, goods, bin_code, 1, numbers, **found))
        assert refused.value.parameters["bin_code"] == "A"
    with pytest.raises(SerialFoundInInventory):
        write(
            white,
            entry(white, goods, "B", 1, serial("S2", "L1"), **found),
            entry(white, goods, "C", 1, serial("S2", "L1"), **found),
        )
    with pytest.raises(SerialQuantityNotOne):
        write(white, entry(white, goods, "B", 2, serial("S2", "L1"), **found))


def test_a_serial_may_leave_one_bin_and_enter_another_in_any_order(white: Warehouse) -> None:
    goods = white.add_item("SN", "serial")
    white.stock(goods, "A", 1, serial("S1"))
    write(
        white,
        entry(white, goods, "B", 1, serial("S1")),
        entry(white, goods, "A", -1, serial("S1")),
    )
    assert white.in_bins(goods) == {("B", serial("S1")): 1}
    move(white, "B", "A", Part(goods, 1, serial("S1")))
    assert white.in_bins(goods) == {("A", serial("S1")): 1}
    white.assert_sound()


def test_the_adjustment_bin_may_owe_and_hold_a_serial_that_stands_elsewhere(
    white: Warehouse,
) -> None:
    goods = white.add_item("SN", "serial")
    white.stock(goods, "A", 1, serial("S1"))
    adjusted = {"entry_type": WarehouseEntryType.POSITIVE_ADJUSTMENT}
    write(white, entry(white, goods, "ADJ", 1, serial("S1"), **adjusted))
    write(white, entry(white, goods, "ADJ", -1, serial("S2"), **adjusted))
    assert white.in_bins(goods)["ADJ", serial("S2")] == -1


def test_a_balance_counts_its_entries_and_knows_the_last_dates(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    numbers = lot("L1")
    receipt = {"entry_type": WarehouseEntryType.POSITIVE_ADJUSTMENT}
    dated = {"expiration_date": days(5), "warranty_date": days(6)}
    write(white, entry(white, goods, "A", 2, numbers, **receipt, **dated))
    write(
        white,
        entry(white, goods, "A", 1, numbers, **receipt, expiration_date=days(7)),
        entry(white, goods, "A", 1, numbers, **receipt),
    )
    write(white, entry(white, goods, "A", -4, numbers))
    with white.database.read() as session:
        balance = session.scalars(select(BinBalance)).one()
    assert (balance.quantity_base, balance.version) == (0, 4)
    assert (balance.expiration_date, balance.warranty_date) == (days(7), days(6))
    assert (balance.unsettled_since, balance.settled_entry_id) == (None, 4)


def test_what_leaves_a_bin_says_no_date_of_what_stays(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)
    white.stock(goods, "A", 2, lot("L1"), expiration_date=days(5), warranty_date=days(6))
    leaving = white.line(goods, -1, lot("L1"), entry_type=EntryType.SALE)
    white.post(replace(leaving, expiration_date=days(50), warranty_date=days(60)))
    with white.database.read() as session:
        balance = session.scalars(select(BinBalance)).one()
    assert (balance.quantity_base, balance.expiration_date) == (1, days(5))
    assert balance.warranty_date == days(6)


def test_a_balance_remembers_since_when_it_is_not_settled(white: Warehouse) -> None:
    goods = white.add_item("PLAIN")
    white.stock(goods, "A", 2)
    white.stock(goods, "A", 2)
    with white.database.read() as session:
        balance = session.scalars(select(BinBalance)).one()
    assert (balance.unsettled_since, balance.settled_entry_id) == (white.by.at, 0)


def test_registers_are_numbered_without_a_gap_and_hold_their_entries(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    with pytest.raises(QuantityInBinInsufficient):
        move(white, "A", "B", Part(goods, 6, lot("L1")))
    move(white, "A", "B", Part(goods, 4, lot("L1")))
    with white.database.read() as session:
        registers = session.scalars(select(WarehouseRegister).order_by(WarehouseRegister.id)).all()
        row = WarehouseEntry
        entries = session.scalars(select(row).order_by(row.id)).all()
    assert [register.no for register in registers] == [1, 2]
    assert [(e.register_id, e.quantity_base, e.entry_type) for e in entries] == [
        (registers[0].id, 5, WarehouseEntryType.POSITIVE_ADJUSTMENT),
        (registers[1].id, -4, WarehouseEntryType.MOVEMENT),
        (registers[1].id, 4, WarehouseEntryType.MOVEMENT),
    ]
    assert (registers[1].from_entry_no, registers[1].to_entry_no) == (
        entries[1].id,
        entries[2].id,
    )
    assert {e.zone_id for e in entries} == {white.bins["A"].zone_id}


def test_a_register_without_entries_is_a_fault_of_ours(white: Warehouse) -> None:
    with pytest.raises(InvariantBroken):
        write(white)
