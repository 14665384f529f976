"""Registering reclassification lines: bins, numbers and dates change together in both ledgers."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_ledger import ItemLedgerEntry, ItemRegister
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse import register_manual_lines as registering
from scanner_app.warehouse.manual_journal_lines import add_manual_line
from scanner_app.warehouse.manual_line_card import blank_manual_line_card
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseRegister
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.masters import DAY, Goods
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.warehouse_journals import BATCH, ITEM, RECLASSIFICATION, Journal


@pytest.fixture
def journal(white: Warehouse) -> Journal:
    journal = Journal(white, RECLASSIFICATION)
    journal.add_batch()
    return journal


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", units={"BOX": 6}, use_expiration_dates=True)


def ledger(white: Warehouse, goods: Goods) -> list[tuple[object, ...]]:
    """The item ledger entries of type Transfer, in order."""
    entry = ItemLedgerEntry
    with white.database.read() as session:
        rows = session.scalars(
            select(entry)
            .where(entry.item_id == goods.id, entry.entry_type == "Transfer")
            .order_by(entry.id)
        )
        return [
            (e.quantity, e.serial_no or e.lot_no, e.expiration_date, e.document_no) for e in rows
        ]


def test_a_line_that_only_moves_writes_two_warehouse_entries_and_nothing_else(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "A", 2, lot("L1"), unit="BOX", expiration_date=days(9))
    journal.add_line(lot_no="L1", unit="BOX", registering_date="2026-10-31")
    assert journal.problems() == {}
    done = journal.register()
    assert (done.no, done.lines, journal.line_nos()) == ("WR0001", 1, [])
    bins = {bin_.id: code for code, bin_ in white.bins.items()}
    entries = journal.entries("WR0001")
    assert [(bins[e.bin_id], e.quantity, e.quantity_base, e.entry_type.value) for e in entries] == [
        ("A", -1, -6, "Movement"),
        ("B", 1, 6, "Movement"),
    ]
    assert {(e.source_no, str(e.registering_date)) for e in entries} == {("D1", "2026-10-31")}
    assert {(e.reference_document, e.journal_batch_name) for e in entries} == {
        (WarehouseDocument.ITEM_JOURNAL, BATCH)
    }
    assert {e.expiration_date for e in entries} == {days(9)}
    with white.database.read() as session:
        register = session.scalars(
            select(WarehouseRegister).where(WarehouseRegister.no == done.register_no)
        ).one()
    assert (register.source_code, register.journal_batch_name) == ("WHRCLSSJNL", BATCH)
    assert white.in_bins(goods) == {("A", lot("L1")): 6, ("B", lot("L1")): 6}
    assert ledger(white, goods) == []
    white.assert_sound()


def test_a_new_number_is_the_number_in_both_ledgers(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9), warranty_date=days(99))
    journal.add_line(lot_no="L1", new_lot_no="L2", quantity="3")
    assert journal.problems() == {}
    journal.register()
    assert white.in_bins(goods) == {("A", lot("L1")): 2, ("B", lot("L2")): 3}
    assert white.in_ledger(goods) == {lot("L1"): 2, lot("L2"): 3}
    assert ledger(white, goods) == [(-3, "L1", days(9), "D1"), (3, "L2", days(9), "D1")]
    leaves, arrives = journal.entries("WR0001")
    assert (leaves.lot_no, leaves.warranty_date) == ("L1", days(99))
    assert (arrives.lot_no, arrives.warranty_date) == ("L2", days(99))
    with white.database.read() as session:
        register = session.scalars(select(ItemRegister).order_by(ItemRegister.no.desc())).first()
    assert register is not None
    assert (register.source_code, register.journal_batch_name) == ("WHRCLSSJNL", BATCH)
    white.assert_sound()


def test_a_lot_gets_another_date_when_all_of_it_does(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    for bin_code in "AB":
        white.stock(goods, bin_code, 5, lot("L1"), expiration_date=days(9))
    usual = {"lot_no": "L1", "quantity": "5", "new_expiration_date": str(days(5))}
    journal.add_line(from_bin="A", to_bin="A", **usual)
    assert journal.problems() == {10_000: "ExpirationDateOfPart"}
    journal.add_line(from_bin="B", to_bin="C", **usual)
    assert journal.problems() == {}
    journal.register()
    assert white.in_bins(goods) == {("A", lot("L1")): 5, ("C", lot("L1")): 5}
    assert [row[:3] for row in ledger(white, goods)] == [
        (-5, "L1", days(9)),
        (-5, "L1", days(9)),
        (5, "L1", days(5)),
        (5, "L1", days(5)),
    ]
    dates = [e.expiration_date for e in journal.entries("WR0001")]
    assert dates == [days(9), days(5), days(9), days(5)]
    journal.add_line(lot_no="L1", from_bin="C", to_bin="B")
    journal.register()
    assert {e.expiration_date for e in journal.entries("WR0002")} == {days(5)}
    white.assert_sound()


def test_two_serial_nos_swap_what_they_stand_for(white: Warehouse, journal: Journal) -> None:
    drills = white.add_item("DRILL", "serial")
    white.stock(drills, "A", 1, serial("S1"))
    white.stock(drills, "B", 1, serial("S2"))
    journal.add_line(item_no="DRILL", serial_no="S1", new_serial_no="S2", to_bin="A")
    assert journal.problems() == {10_000: "SerialFoundInInventory"}
    journal.add_line(item_no="DRILL", serial_no="S2", new_serial_no="S1", from_bin="B", to_bin="B")
    assert journal.problems() == {}
    journal.register()
    assert white.in_bins(drills) == {("A", serial("S2")): 1, ("B", serial("S1")): 1}
    white.assert_sound()


def test_goods_leave_a_package_and_go_into_another(white: Warehouse, journal: Journal) -> None:
    goods = white.add_item("GOODS", "lot", "package")
    white.stock(goods, "A", 5, lot("L1", "P1"))
    journal.add_line(lot_no="L1", package_no="P1", new_package_no="P2", quantity="2")
    journal.register()
    assert white.in_ledger(goods) == {lot("L1", "P1"): 3, lot("L1", "P2"): 2}
    white.assert_sound()


def test_lines_see_what_the_ones_before_them_brought(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    journal.add_line(lot_no="L1", quantity="5")
    journal.add_line(lot_no="L1", quantity="5", from_bin="B", to_bin="C")
    journal.add_line(lot_no="L1", quantity="1", from_bin="B", to_bin="C")
    assert journal.problems() == {30_000: "QuantityInBinInsufficient"}
    journal.remove_line(30_000)
    journal.register()
    assert white.in_bins(goods) == {("C", lot("L1")): 5}
    assert {e.expiration_date for e in journal.entries("WR0001")} == {days(9)}
    white.assert_sound()


def test_a_serial_no_moves_on_from_bin_to_bin(white: Warehouse, journal: Journal) -> None:
    drills = white.add_item("DRILL", "serial")
    white.stock(drills, "A", 1, serial("S1"))
    journal.add_line(item_no="DRILL", serial_no="S1")
    journal.add_line(item_no="DRILL", serial_no="S1", from_bin="B", to_bin="C")
    assert journal.problems() == {}
    journal.register()
    assert white.in_bins(drills) == {("C", serial("S1")): 1}


def test_every_line_that_is_refused_is_named_and_none_is_registered(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    journal.add_line(lot_no="L1", from_bin="")
    journal.add_line(lot_no="L1", to_bin="")
    journal.add_line(lot_no="L1", new_lot_no="L2")
    journal.add_line(lot_no="L1", to_bin="A")
    assert journal.problems() == {
        10_000: "BinToMoveMissing",
        20_000: "BinToMoveMissing",
        40_000: "TransferChangesNothing",
    }
    said = refusal_of(journal.register, "BinToMoveMissing")
    assert "The line of item GOODS names no From Bin Code." in said
    assert white.in_bins(goods) == {("A", lot("L1")): 5}
    assert len(journal.line_nos()) == 4


def test_the_reason_of_the_batch_stands_for_a_line_without_one(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    reasons = [ReasonCode(code="MOVED"), ReasonCode(code="WRONG")]
    white.write(lambda session: session.add_all(reasons))
    white.stock(goods, "A", 5, lot("L1"))
    journal.add_line(lot_no="L1", new_lot_no="L2")
    journal.add_line(lot_no="L1", new_lot_no="L2", reason_code="WRONG")
    journal.edit_batch(journal.batch_card(), reason_code="MOVED")
    entries = journal.entries(journal.register().no)
    assert [e.reason_code_id for e in entries[::2]] == [reason.id for reason in reasons]
    entry = ItemLedgerEntry
    with white.database.read() as session:
        found = session.scalars(
            select(entry.reason_code_id).where(entry.entry_type == "Transfer").order_by(entry.id)
        ).all()
    assert set(found) == {reason.id for reason in reasons}


def test_what_waits_in_the_adjustment_bin_is_left_alone(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    found = Journal(white, ITEM)
    found.add_batch()
    found.add_line(lot_no="L1", quantity="2")
    found.register()
    white.stock(goods, "A", 5, lot("L1"))
    journal.add_line(lot_no="L1", quantity="7")
    journal.register()
    assert white.in_bins(goods) == {("B", lot("L1")): 7, ("ADJ", lot("L1")): -2}
    journal.add_line(lot_no="L1", new_lot_no="L2", quantity="6", from_bin="B")
    assert journal.problems() == {10_000: "InventoryInsufficient"}
    journal.edit_line(10_000, quantity="5")
    journal.register()
    assert white.in_bins(goods)["ADJ", lot("L1")] == -2
    white.assert_sound()


def test_a_batch_whose_lines_all_lack_a_bin_is_checked(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    journal.add_line(lot_no="L1", from_bin="", to_bin="")
    said = refusal_of(journal.register, "BinToMoveMissing")
    assert "From Bin Code" in said


@ON_POSTGRESQL
def test_who_enters_a_line_while_the_batch_is_registered_waits_and_keeps_it(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    journal.add_line(lot_no="L1", new_lot_no="L2")
    usual = {"item_no": "GOODS", "quantity": "1"}
    typed = blank_manual_line_card(journal.kind) | usual

    def register(session: Session) -> None:
        registering.register_manual_lines(session, journal.key, BATCH, white.by)

    def enter(session: Session) -> None:
        add_manual_line(session, journal.key, BATCH, typed, DAY)

    assert overtaken(white, register, enter) is None
    assert journal.line_nos() == [10_000]
    assert white.in_bins(goods)["B", lot("L2")] == 1


@ON_POSTGRESQL
def test_of_two_who_move_the_same_stock_the_second_finds_it_gone(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"), expiration_date=date(2030, 1, 1))
    other = Journal(white, RECLASSIFICATION)
    other.add_batch("OTHER")
    for name in (BATCH, "OTHER"):
        journal.add_line(name, lot_no="L1", new_lot_no=f"OF-{name}", quantity="4")

    def first(session: Session) -> None:
        registering.register_manual_lines(session, journal.key, BATCH, white.by)

    def second(session: Session) -> None:
        registering.register_manual_lines(session, journal.key, "OTHER", white.by)

    refused = overtaken(white, first, second)
    assert refused is not None
    assert refused.code == "QuantityInBinInsufficient"
    assert white.in_bins(goods) == {("A", lot("L1")): 1, ("B", lot(f"OF-{BATCH}")): 4}
    white.assert_sound()


def test_a_serial_no_goes_into_another_lot_and_takes_its_date(
    white: Warehouse, journal: Journal
) -> None:
    drills = white.add_item("DRILL", "serial", "lot", use_expiration_dates=True)
    white.stock(drills, "A", 1, serial("S1", "L1"), expiration_date=days(9))
    white.stock(drills, "B", 1, serial("S2", "L2"), expiration_date=days(4))
    journal.add_line(item_no="DRILL", serial_no="S1", lot_no="L1", new_lot_no="L2", to_bin="A")
    assert journal.problems() == {}
    journal.register()
    assert white.in_ledger(drills) == {serial("S1", "L2"): 1, serial("S2", "L2"): 1}
    assert white.in_bins(drills)["A", serial("S1", "L2")] == 1
    assert [e.expiration_date for e in journal.entries("WR0001")] == [days(9), days(4)]
    white.assert_sound()
