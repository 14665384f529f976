"""What is checked of manual lines: content, serial nos., blocks, cards and dates."""

from datetime import date

import pytest

from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.tracking_information import LotNoInformation
from scanner_app.warehouse.bin import BlockMovement
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.counting import count, sync
from tests.warehouse.documents import Part
from tests.warehouse.masters import Goods
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.warehouse_journals import Journal

DATES = {"warranty_date": "2031-12-31", "expiration_date": "2030-12-31"}


@pytest.fixture
def journal(white: Warehouse) -> Journal:
    journal = Journal(white)
    journal.add_batch()
    return journal


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", units={"BOX": 6}, use_expiration_dates=True)


def test_what_is_missing_leaves_before_anything_comes_in(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    white.stock(goods, "B", 1, lot("L1"))
    journal.add_line(lot_no="L1", bin="B", quantity="5")
    journal.add_line(lot_no="L1", bin="B", quantity="-3")
    said = refusal_of(journal.register, "QuantityInBinInsufficient")
    assert "Bin B holds 1 PCS of GOODS Lot No. L1, 3 are to leave it." in said


def test_a_misplaced_serial_no_leaves_one_bin_and_enters_the_other(
    white: Warehouse, journal: Journal
) -> None:
    drills = white.add_item("DRILL", "serial")
    white.stock(drills, "B", 1, serial("S1"))
    journal.add_line(item_no="DRILL", serial_no="S1", bin="A")
    assert journal.problems() == {10_000: "SerialFoundInInventory"}
    journal.add_line(item_no="DRILL", serial_no="S1", bin="B", quantity="-1")
    assert journal.problems() == {}
    journal.register()
    assert white.in_bins(drills) == {("A", serial("S1")): 1}
    assert sync(white) == 0
    white.assert_sound()


def test_a_serial_no_enters_one_bin_only(white: Warehouse, journal: Journal) -> None:
    white.add_item("DRILL", "serial")
    journal.add_line(item_no="DRILL", serial_no="S1", bin="A")
    journal.add_line(item_no="DRILL", serial_no="S1", bin="B")
    assert journal.problems() == {20_000: "SerialFoundInInventory"}
    said = refusal_of(journal.register, "SerialFoundInInventory")
    assert "already in bin A" in said


@pytest.mark.parametrize(
    ("block", "quantity", "refusal"),
    [
        (BlockMovement.INBOUND, "1", {10_000: "BinBlocked"}),
        (BlockMovement.INBOUND, "-1", {}),
        (BlockMovement.OUTBOUND, "-1", {10_000: "BinBlocked"}),
        (BlockMovement.OUTBOUND, "1", {}),
        (BlockMovement.ALL, "-1", {10_000: "BinBlocked"}),
    ],
)
def test_a_blocked_bin_is_refused_in_its_direction(
    white: Warehouse,
    journal: Journal,
    goods: Goods,
    block: BlockMovement,
    quantity: str,
    refusal: dict[int, str],
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    white.change(white.bins["A"], block_movement=block)
    journal.add_line(lot_no="L1", quantity=quantity)
    assert journal.problems() == refusal


def test_a_blocked_number_item_or_variant_is_refused(white: Warehouse, journal: Journal) -> None:
    goods = white.add_item("GOODS", "lot")
    card = {"item_id": goods.id, "variant_id": goods.variant_id, "lot_no": "L1", "blocked": True}
    white.write(lambda session: session.add(LotNoInformation(**card)))
    stopped = white.add_item("STOPPED")
    white.change(stopped.item, blocked=True)
    shirt = white.add_item("SHIRT")
    red = ItemVariant(item_id=shirt.id, code="RED", blocked=True)
    white.write(lambda session: session.add(red))
    journal.add_line(lot_no="L1")
    journal.add_line(item_no="STOPPED")
    journal.add_line(item_no="SHIRT", variant="RED")
    assert journal.problems() == {
        10_000: "NumberBlocked",
        20_000: "ItemBlocked",
        30_000: "VariantBlocked",
    }


@pytest.mark.parametrize(
    ("switch", "refused"),
    [("lot_info_inbound_must_exist", [20_000]), ("lot_info_outbound_must_exist", [10_000])],
)
def test_a_card_that_must_exist_is_demanded_in_its_direction(
    white: Warehouse, journal: Journal, switch: str, refused: list[int]
) -> None:
    goods = white.add_item("GOODS", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    assert goods.tracking_code is not None
    white.change(goods.tracking_code, **{switch: True})
    journal.add_line(lot_no="L1", quantity="-1")
    journal.add_line(lot_no="L1", quantity="1")
    assert journal.problems() == dict.fromkeys(refused, "CardMissing")


def test_what_comes_in_has_the_dates_that_its_code_demands(
    white: Warehouse, journal: Journal
) -> None:
    goods = white.add_item(
        "GOODS",
        "lot",
        use_expiration_dates=True,
        require_expiration_date_entry=True,
        require_warranty_date_entry=True,
    )
    white.stock(goods, "A", 5, lot("L1"), warranty_date=days(9), expiration_date=days(5))
    journal.add_line(lot_no="NEW", expiration_date="2030-12-31")
    journal.add_line(lot_no="NEW", warranty_date="2031-12-31")
    journal.add_line(lot_no="L1", **DATES)
    journal.add_line(lot_no="L1", quantity="-1")
    journal.add_line(lot_no="L1", warranty_date="2031-12-31")
    assert journal.problems() == {
        10_000: "WarrantyDateMissing",
        20_000: "ExpirationDateMissing",
        30_000: "ExpirationDateDiffers",
    }
    for line_no in (10_000, 20_000, 30_000):
        journal.remove_line(line_no)
    entries = journal.entries(journal.register().no)
    assert {e.expiration_date for e in entries if e.entry_type.value.startswith("P")} >= {days(5)}


def test_a_number_has_one_expiration_date_in_a_batch_and_while_it_waits_for_the_sync(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    journal.add_line(lot_no="NEW", expiration_date="2030-12-31")
    journal.add_line(lot_no="NEW", expiration_date="2030-12-30", bin="B")
    assert journal.problems() == {20_000: "ExpirationDateDiffers"}
    journal.remove_line(20_000)
    journal.register()
    journal.add_line(lot_no="NEW", expiration_date="2030-12-30")
    journal.add_line(lot_no="NEW", bin="C")
    assert journal.problems() == {10_000: "ExpirationDateDiffers"}
    journal.remove_line(10_000)
    entries = journal.entries(journal.register().no)
    assert {e.expiration_date for e in entries} == {date(2030, 12, 31)}


def test_a_count_keeps_the_date_of_what_waits_for_the_sync(
    white: Warehouse, journal: Journal, goods: Goods
) -> None:
    journal.add_line(lot_no="NEW", expiration_date=str(days(7)))
    journal.register()
    other = Part(goods, 1, lot("NEW"), days(8))
    refusal_of(lambda: count(white, {"B": [other]}), "ExpirationDateDiffers")
