"""What is checked of reclassification lines: numbers, blocks, content, cards and dates."""

import pytest

from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.tracking_information import LotNoInformation
from scanner_app.warehouse.bin import BlockMovement
from tests.builders import Warehouse, another_location, days, lot, serial
from tests.warehouse.masters import Goods
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.warehouse_journals import ITEM, RECLASSIFICATION, Journal


@pytest.fixture
def journal(white: Warehouse) -> Journal:
    journal = Journal(white, RECLASSIFICATION)
    journal.add_batch()
    return journal


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", units={"BOX": 6}, use_expiration_dates=True)


def block_lot(white: Warehouse, goods: Goods, number: str) -> None:
    card = {"item_id": goods.id, "variant_id": goods.variant_id, "lot_no": number, "blocked": True}
    white.write(lambda session: session.add(LotNoInformation(**card)))


@pytest.mark.parametrize(
    ("numbers", "refusal"),
    [
        ({}, "NumberMissing"),
        ({"lot_no": "L1", "package_no": "P1"}, "NumberWithoutWarehouseTracking"),
        ({"lot_no": "L1", "new_serial_no": "S1"}, "NumberWithoutWarehouseTracking"),
        ({"lot_no": "L2"}, "QuantityInBinInsufficient"),
    ],
)
def test_the_bin_holds_exactly_the_numbers_that_it_is_kept_by(
    white: Warehouse, journal: Journal, goods: Goods, numbers: dict[str, str], refusal: str
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    journal.add_line(**numbers)
    assert journal.problems() == {10_000: refusal}


def test_a_number_that_is_asked_for_is_not_taken_away(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    journal.add_line(lot_no="L1")
    journal.edit_line(10_000, new_lot_no="")
    assert journal.problems() == {10_000: "NumberMissing"}


def test_a_unit_is_moved_as_it_lies_there(white: Warehouse, journal: Journal, goods: Goods) -> None:
    white.stock(goods, "A", 12, lot("L1"))
    journal.add_line(lot_no="L1", unit="BOX")
    said = refusal_of(journal.register, "QuantityInBinInsufficient")
    assert "Bin A holds 0 BOX of GOODS Lot No. L1, 1 are to leave it." in said


def test_a_serial_no_is_moved_in_the_base_unit(white: Warehouse, journal: Journal) -> None:
    drills = white.add_item("DRILL", "serial", units={"HALF": 2})
    white.stock(drills, "A", 1, serial("S1"))
    journal.add_line(item_no="DRILL", serial_no="S1", quantity="0.5", unit="HALF")
    assert journal.problems() == {10_000: "SerialNotInBaseUnit"}


@pytest.mark.parametrize(
    ("bin_code", "block", "problems"),
    [
        ("A", BlockMovement.OUTBOUND, {10_000: "BinBlocked"}),
        ("A", BlockMovement.INBOUND, {}),
        ("B", BlockMovement.INBOUND, {10_000: "BinBlocked"}),
        ("B", BlockMovement.OUTBOUND, {}),
        ("B", BlockMovement.ALL, {10_000: "BinBlocked"}),
    ],
)
def test_a_blocked_bin_is_refused_in_its_direction(
    white: Warehouse,
    journal: Journal,
    goods: Goods,
    bin_code: str,
    block: BlockMovement,
    problems: dict[int, str],
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    white.change(white.bins[bin_code], block_movement=block)
    journal.add_line(lot_no="L1")
    assert journal.problems() == problems


def test_a_blocked_number_is_moved_but_not_called_or_dated_anew(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    for number in ("L1", "L2"):
        white.stock(goods, "A", 5, lot(number), expiration_date=days(9))
    block_lot(white, goods, "L1")
    journal.add_line(lot_no="L1", quantity="2")
    journal.add_line(lot_no="L1", new_lot_no="L3", quantity="1")
    journal.add_line(lot_no="L1", quantity="1", to_bin="A", new_expiration_date=str(days(5)))
    journal.add_line(lot_no="L2", new_lot_no="L1", quantity="1")
    assert journal.problems() == {
        20_000: "NumberBlocked",
        30_000: "NumberBlocked",
        40_000: "NumberBlocked",
    }
    for line_no in (20_000, 30_000, 40_000):
        journal.remove_line(line_no)
    journal.register()
    assert white.in_bins(goods)["B", lot("L1")] == 2


def test_a_blocked_item_or_variant_is_refused(white: Warehouse, journal: Journal) -> None:
    stopped = white.add_item("STOPPED")
    white.stock(stopped, "A", 5)
    white.change(stopped.item, blocked=True)
    shirt = white.add_item("SHIRT")
    red = ItemVariant(item_id=shirt.id, code="RED", blocked=True)
    white.write(lambda session: session.add(red))
    journal.add_line(item_no="STOPPED")
    journal.add_line(item_no="SHIRT", variant="RED")
    assert journal.problems() == {10_000: "ItemBlocked", 20_000: "VariantBlocked"}


def test_a_card_that_must_exist_is_demanded_of_what_is_called_anew(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    assert goods.tracking_code is not None
    white.change(goods.tracking_code, lot_info_inbound_must_exist=True)
    journal.add_line(lot_no="L1")
    journal.add_line(lot_no="L1", new_lot_no="L2")
    assert journal.problems() == {20_000: "CardMissing"}


def test_a_serial_no_stands_in_one_bin_once_everything_is_written(
    white: Warehouse, journal: Journal
) -> None:
    drills = white.add_item("DRILL", "serial")
    for number, bin_code in (("S1", "A"), ("S2", "A"), ("S3", "C")):
        white.stock(drills, bin_code, 1, serial(number))
    journal.add_line(item_no="DRILL", serial_no="S1", new_serial_no="S3")
    journal.add_line(item_no="DRILL", serial_no="S1", new_serial_no="S4")
    journal.add_line(item_no="DRILL", serial_no="S2", new_serial_no="S4", to_bin="A")
    said = refusal_of(journal.register, "SerialFoundInInventory")
    assert "Serial No. S3 of item DRILL is already in bin C." in said
    assert journal.problems() == {
        10_000: "SerialFoundInInventory",
        20_000: "QuantityInBinInsufficient",
    }


def test_two_units_do_not_get_one_serial_no(white: Warehouse, journal: Journal) -> None:
    drills = white.add_item("DRILL", "serial")
    for number in ("S1", "S2"):
        white.stock(drills, "A", 1, serial(number))
        journal.add_line(item_no="DRILL", serial_no=number, new_serial_no="S3")
    assert journal.problems() == {20_000: "SerialFoundInInventory"}


def test_a_serial_no_that_is_on_inventory_elsewhere_is_refused(
    white: Warehouse, journal: Journal
) -> None:
    drills = white.add_item("DRILL", "serial")
    white.stock(drills, "A", 1, serial("S1"))
    silver = another_location(white, "SILVER", "S")
    silver.stock(drills, "S", 1, serial("S2"))
    journal.add_line(item_no="DRILL", serial_no="S1", new_serial_no="S2")
    assert journal.problems() == {10_000: "SerialAlreadyOnInventory"}


def test_a_part_that_joins_another_lot_takes_its_date(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    white.stock(goods, "B", 5, lot("L2"), expiration_date=days(4))
    journal.add_line(lot_no="L1", new_lot_no="L2", new_expiration_date=str(days(9)))
    assert journal.problems() == {10_000: "ExpirationDateOfPart"}
    journal.edit_line(10_000, new_expiration_date="")
    assert journal.problems() == {}
    journal.register()
    assert [e.expiration_date for e in journal.entries("WR0001")] == [days(9), days(4)]


def test_one_new_number_gets_one_date(white: Warehouse, journal: Journal, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    for ahead in (3, 4):
        journal.add_line(lot_no="L1", new_lot_no="L2", new_expiration_date=str(days(ahead)))
    assert journal.problems() == {20_000: "NewExpirationDatesDiffer"}


def test_the_known_date_is_no_new_one(white: Warehouse, journal: Journal, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    same = {"lot_no": "L1", "new_expiration_date": str(days(9))}
    journal.add_line(**same)
    journal.add_line(to_bin="A", **same)
    assert journal.problems() == {20_000: "TransferChangesNothing"}


def test_a_date_is_nothing_to_an_item_whose_code_uses_none(
    white: Warehouse, journal: Journal
) -> None:
    crates = white.add_item("CRATES", "lot")
    white.stock(crates, "A", 5, lot("L1"))
    plain = white.add_item("PLAIN")
    white.stock(plain, "A", 5)
    dated = {"to_bin": "A", "new_expiration_date": str(days(9))}
    journal.add_line(item_no="CRATES", lot_no="L1", **dated)
    journal.add_line(item_no="PLAIN", **dated)
    assert set(journal.problems().values()) == {"TransferChangesNothing"}


def test_what_has_no_number_gets_another_date(white: Warehouse, journal: Journal) -> None:
    bread = white.add_item("BREAD", use_expiration_dates=True)
    white.stock(bread, "A", 5, expiration_date=days(2))
    journal.add_line(item_no="BREAD", to_bin="A", quantity="5", new_expiration_date=str(days(3)))
    journal.register()
    assert [e.expiration_date for e in journal.entries("WR0001")] == [days(2), days(3)]
    white.assert_sound()


def test_a_number_that_waits_for_the_sync_keeps_its_date_until_then(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    found = Journal(white, ITEM)
    found.add_batch()
    found.add_line(lot_no="L1", bin="C", expiration_date=str(days(9)))
    found.add_line(lot_no="NEW", bin="C", expiration_date=str(days(7)))
    found.register()
    usual = {"lot_no": "L1", "to_bin": "A", "quantity": "5"}
    journal.add_line(new_expiration_date=str(days(5)), **usual)
    assert journal.problems() == {10_000: "ExpirationDateWaits"}
    journal.edit_line(10_000, new_expiration_date="", new_lot_no="NEW")
    said = refusal_of(journal.register, "ExpirationDateWaits")
    assert f"NEW of item GOODS waits for the sync with the date {days(7)}, not {days(9)}." in said
    journal.edit_line(10_000, new_lot_no="OTHER")
    journal.register()
    white.assert_sound()


def test_expired_stock_is_moved_and_called_anew(white: Warehouse, journal: Journal) -> None:
    milk = white.add_item("MILK", "lot", use_expiration_dates=True, strict_expiration_posting=True)
    white.stock(milk, "A", 5, lot("L1"), expiration_date=days(-9))
    journal.add_line(item_no="MILK", lot_no="L1")
    journal.add_line(item_no="MILK", lot_no="L1", new_lot_no="OLD")
    journal.register()
    assert white.in_ledger(milk) == {lot("L1"): 4, lot("OLD"): 1}
