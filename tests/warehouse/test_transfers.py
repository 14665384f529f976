"""Transfers: a quantity leaves under its numbers and comes in elsewhere, or under New ones."""

from collections.abc import Callable

import pytest

from scanner_app.code_index import meanings_of
from scanner_app.errors import InvariantBroken
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.tracking_information import (
    LotNoInformation,
    NumberKind,
    find_cards,
)
from scanner_app.warehouse.bin import BlockMovement
from scanner_app.warehouse.post_item_journal import JournalPart
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument
from tests.builders import Warehouse, another_location, days, lot, serial
from tests.warehouse.masters import Goods
from tests.warehouse.transfers import (
    moved,
    post_transfers,
    refused,
    traced,
    transfer,
    transferred,
    warranties,
)


@pytest.fixture
def silver(white: Warehouse) -> Warehouse:
    """Bins without directed put-away and pick; Q is closed to what would leave it."""
    silver = another_location(white, "SILVER", "S-1", "S-2", "Q")
    silver.change(silver.bins["Q"], block_movement=BlockMovement.OUTBOUND)
    return silver


@pytest.fixture
def blue(white: Warehouse) -> Warehouse:
    return another_location(white, "BLUE")


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", use_expiration_dates=True)


def add_lot_card(white: Warehouse, goods: Goods, lot_no: str, *, blocked: bool = False) -> None:
    of_item = {"item_id": goods.id, "variant_id": goods.variant_id, "lot_no": lot_no}
    white.write(lambda session: session.add(LotNoInformation(**of_item, blocked=blocked)))


def test_a_lot_gets_another_number_in_its_bin(silver: Warehouse, goods: Goods) -> None:
    silver.stock(goods, "S-1", 5, lot("L1"), expiration_date=days(9), warranty_date=days(99))
    post_transfers(silver, transfer(silver, goods, 3, lot("L1"), lot("L2"), bin_code="S-1"))
    assert transferred(silver, goods) == [(lot("L1"), -3, days(9)), (lot("L2"), 3, days(9))]
    assert moved(silver, goods) == [("Movement", lot("L1"), -3), ("Movement", lot("L2"), 3)]
    assert silver.in_ledger(goods) == {lot("L1"): 2, lot("L2"): 3}
    assert silver.in_bins(goods) == {("S-1", lot("L1")): 2, ("S-1", lot("L2")): 3}
    with silver.database.read() as session:
        assert [found.code for found in meanings_of(session, ["L2"])] == ["L2"]
    silver.assert_sound()


def test_what_came_in_says_from_which_entries_it_was_taken(silver: Warehouse, goods: Goods) -> None:
    for quantity in (2, 2, 2):
        silver.stock(goods, "S-1", quantity, lot("L1"))
    post_transfers(silver, transfer(silver, goods, 3, lot("L1"), lot("L2"), bin_code="S-1"))
    assert traced(silver)[3:] == [
        (4, 1, 4, None, -2),
        (4, 2, 4, None, -1),
        (5, 5, None, 1, 2),
        (5, 5, None, 2, 1),
    ]
    silver.assert_sound()


def test_the_warranty_date_goes_along(silver: Warehouse) -> None:
    goods = silver.add_item(
        "WARRANTED", "serial", require_warranty_date_entry=True, warranty_date_formula="1Y"
    )
    silver.stock(goods, "S-1", 1, serial("S1"), warranty_date=days(99))
    renumber = transfer(silver, goods, 1, serial("S1"), serial("S2"), bin_code="S-1")
    posted = post_transfers(silver, renumber)
    assert [line.warranty_date for line in posted.lines] == [None]
    post_transfers(silver, transfer(silver, goods, 1, serial("S2"), serial("S3"), bin_code="S-1"))
    assert warranties(silver, goods) == [days(99)] * 3


def test_two_serial_nos_are_swapped_and_a_serial_stays_one_unit(
    silver: Warehouse, blue: Warehouse
) -> None:
    goods = silver.add_item("SN", "serial", create_serial_info_on_posting=True)
    silver.stock(goods, "S-1", 1, serial("S1"))
    silver.stock(goods, "S-2", 1, serial("S2"))
    blue.post(blue.line(goods, 1, serial("S3")), bin_code=None)
    there = transfer(silver, goods, 1, serial("S1"), serial("S2"), bin_code="S-1")
    back = transfer(silver, goods, 1, serial("S2"), serial("S1"), bin_code="S-2")
    refused(silver, "SerialAlreadyOnInventory", there)
    post_transfers(silver, there, back)
    assert silver.in_bins(goods) == {("S-1", serial("S2")): 1, ("S-2", serial("S1")): 1}
    taken = transfer(silver, goods, 1, serial("S1"), serial("S3"), bin_code="S-2")
    said = refused(silver, "SerialAlreadyOnInventory", taken)
    assert said["location"] == "BLUE"
    new = transfer(silver, goods, 1, serial("S1"), serial("S9"), bin_code="S-2")
    post_transfers(silver, new)
    with silver.database.read() as session:
        assert find_cards(session, {(goods.id, goods.variant_id, NumberKind.SERIAL, "S9")})
    silver.assert_sound()


def test_a_specific_serial_is_one_unit_also_as_a_new_number(silver: Warehouse) -> None:
    goods = silver.add_item(
        "LOTSN", "lot", serial_specific_tracking=True, serial_transfer_tracking=True
    )
    silver.stock(goods, "S-1", 1, serial("S1", "L1"))
    two = transfer(silver, goods, 2, serial("S1", "L1"), serial("S2", "L1"), bin_code="S-1")
    refused(silver, "SerialQuantityNotOne", two)


@pytest.mark.parametrize(
    ("numbers", "new_numbers"), [(NO_NUMBERS, lot("L2")), (lot("L1"), NO_NUMBERS)]
)
def test_both_numbers_are_asked_for(
    silver: Warehouse, goods: Goods, numbers: object, new_numbers: object
) -> None:
    silver.stock(goods, "S-1", 5, lot("L1"))
    part = transfer(silver, goods, 1, numbers, new_numbers, bin_code="S-1")  # type: ignore[arg-type]
    refused(silver, "NumberMissing", part)


def test_the_transfer_switch_alone_asks_for_a_number(silver: Warehouse) -> None:
    goods = silver.add_item("FLOW", lot_transfer_tracking=True)
    silver.stock(goods, "S-1", 5)
    moved_to = transfer(silver, goods, 1, NO_NUMBERS, bin_code="S-1", new_bin_code="S-2")
    refused(silver, "NumberMissing", moved_to)
    post_transfers(silver, transfer(silver, goods, 1, lot("L1"), lot("L2"), bin_code="S-1"))
    assert silver.in_ledger(goods) == {NO_NUMBERS: 5, lot("L1"): -1, lot("L2"): 1}
    silver.assert_sound()


def test_a_blocked_card_stops_the_old_and_the_new_number(silver: Warehouse, goods: Goods) -> None:
    silver.stock(goods, "S-1", 5, lot("L1"))
    silver.stock(goods, "S-1", 5, lot("L2"))
    add_lot_card(silver, goods, "L2", blocked=True)
    for old, new in (("L1", "L2"), ("L2", "L1"), ("L2", "L2")):
        part = transfer(silver, goods, 1, lot(old), lot(new), bin_code="S-1", new_bin_code="Q")
        refused(silver, "NumberBlocked", part)


def test_a_card_is_demanded_of_the_new_number(silver: Warehouse) -> None:
    goods = silver.add_item("CARD", "lot", lot_info_outbound_must_exist=True)
    silver.stock(goods, "S-1", 5, lot("L1"))
    for no in ("L1", "L2"):
        part = transfer(silver, goods, 1, lot("L1"), lot("L2"), bin_code="S-1")
        said = refused(silver, "CardMissing", part)
        assert said["number"] == no
        add_lot_card(silver, goods, no)
    post_transfers(silver, transfer(silver, goods, 1, lot("L1"), lot("L2"), bin_code="S-1"))


def test_a_card_that_a_line_before_creates_is_there(silver: Warehouse) -> None:
    goods = silver.add_item("PACKED", "package", package_info_outbound_must_exist=True)
    old, new = TrackingNumbers("", "", "P1"), TrackingNumbers("", "", "P2")
    silver.stock(goods, "S-1", 5, old)
    moved_there = transfer(silver, goods, 1, old, new, bin_code="S-1")
    refused(silver, "CardMissing", moved_there)
    bought = JournalPart(silver.line(goods, 1, new), silver.bins["S-1"])
    post_transfers(silver, bought, moved_there)
    assert silver.in_ledger(goods) == {old: 4, new: 2}


def test_goods_leave_their_package(silver: Warehouse) -> None:
    loose = silver.add_item("LOOSE", "lot")
    silver.stock(loose, "S-1", 5, lot("L1", "P1"))
    post_transfers(silver, transfer(silver, loose, 2, lot("L1", "P1"), lot("L1"), bin_code="S-1"))
    assert silver.in_ledger(loose) == {lot("L1", "P1"): 3, lot("L1"): 2}
    packed = silver.add_item("PACKED", "package")
    silver.stock(packed, "S-1", 5, TrackingNumbers("", "", "P1"))
    out = transfer(silver, packed, 1, TrackingNumbers("", "", "P1"), NO_NUMBERS, bin_code="S-1")
    refused(silver, "NumberMissing", out)
    silver.assert_sound()


def test_expired_stock_moves_and_the_day_is_kept(silver: Warehouse, blue: Warehouse) -> None:
    goods = silver.add_item(
        "STRICT", "lot", use_expiration_dates=True, strict_expiration_posting=True
    )
    silver.stock(goods, "S-1", 5, lot("L1"), expiration_date=days(-1))
    post_transfers(
        silver,
        transfer(silver, goods, 2, lot("L1"), bin_code="S-1", to=blue),
        transfer(silver, goods, 2, lot("L1"), bin_code="S-1", new_bin_code="Q"),
    )
    assert {entry[2] for entry in transferred(silver, goods)} == {days(-1)}
    assert moved(silver, goods) == [
        ("Negative Adjmt.", lot("L1"), -2),
        ("Movement", lot("L1"), -2),
        ("Movement", lot("L1"), 2),
    ]
    back = transfer(blue, goods, 1, lot("L1"), to=silver, new_bin_code="S-2")
    post_transfers(blue, back)
    assert moved(silver, goods)[3:] == [("Positive Adjmt.", lot("L1"), 1)]
    assert silver.in_bins(goods) == {
        ("S-1", lot("L1")): 1,
        ("Q", lot("L1")): 2,
        ("S-2", lot("L1")): 1,
    }
    silver.assert_sound()


def test_blocked_bins_hold_as_for_every_movement(silver: Warehouse, goods: Goods) -> None:
    silver.stock(goods, "Q", 5, lot("L1"))
    out = transfer(silver, goods, 1, lot("L1"), bin_code="Q", new_bin_code="S-1")
    refused(silver, "BinBlocked", out)


def test_there_must_be_enough_of_exactly_these_numbers(silver: Warehouse, goods: Goods) -> None:
    silver.stock(goods, "S-1", 2, lot("L1"))
    silver.stock(goods, "S-2", 2, lot("L1"))
    much = transfer(silver, goods, 5, lot("L1"), lot("L2"), bin_code="S-1")
    refused(silver, "InventoryInsufficient", much)
    of_one_bin = transfer(silver, goods, 3, lot("L1"), lot("L2"), bin_code="S-1")
    refused(silver, "QuantityInBinInsufficient", of_one_bin)
    chain = [
        transfer(silver, goods, 1, lot("L1"), lot("L2"), bin_code="S-1"),
        transfer(silver, goods, 1, lot("L2"), lot("L3"), bin_code="S-1"),
    ]
    refused(silver, "InventoryInsufficient", *chain)


def _to_white(silver: Warehouse, white: Warehouse, goods: Goods) -> JournalPart:
    return transfer(silver, goods, 1, lot("L1"), bin_code="S-1", to=white, new_bin_code="A")


def _in_white(_: Warehouse, white: Warehouse, goods: Goods) -> JournalPart:
    return transfer(white, goods, 1, lot("L1"), lot("L2"), bin_code="A")


def _without_bin(silver: Warehouse, _: Warehouse, goods: Goods) -> JournalPart:
    return transfer(silver, goods, 1, lot("L1"))


def _without_new_bin(silver: Warehouse, _: Warehouse, goods: Goods) -> JournalPart:
    there = another_location(silver, "GREEN", "G-1")
    return transfer(silver, goods, 1, lot("L1"), bin_code="S-1", to=there)


def _nothing(silver: Warehouse, _: Warehouse, goods: Goods) -> JournalPart:
    return transfer(silver, goods, 1, lot("L1"), bin_code="S-1", new_date=days(9))


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (_to_white, "TransferOrderNeeded"),
        (_in_white, "ReclassifiedInItsBins"),
        (_without_bin, "BinMissing"),
        (_without_new_bin, "BinMissing"),
        (_nothing, "TransferChangesNothing"),
    ],
)
def test_places_that_no_journal_reclassifies(
    white: Warehouse,
    silver: Warehouse,
    goods: Goods,
    make: Callable[[Warehouse, Warehouse, Goods], JournalPart],
    refusal: str,
) -> None:
    for place, bin_code in ((silver, "S-1"), (white, "A")):
        place.stock(goods, bin_code, 5, lot("L1"), expiration_date=days(9))
    part = make(silver, white, goods)
    refused(silver, refusal, part)
    assert transferred(silver, goods) == []


def test_a_movement_posts_the_item_ledger_alone(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(9))
    new = transfer(white, goods, 5, lot("L1"), new_date=days(20))
    posted = post_transfers(white, new, document=WarehouseDocument.MOVEMENT)
    assert posted.warehouse_register is None
    assert [line.expiration_date for line in posted.lines] == [days(9)]
    assert [line and line.expiration_date for line in posted.arrivals] == [days(20)]
    assert transferred(white, goods) == [(lot("L1"), -5, days(9)), (lot("L1"), 5, days(20))]
    white.assert_sound()


def test_a_movement_posts_nothing_but_transfers_within_its_location(
    white: Warehouse, blue: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    sale = JournalPart(white.line(goods, -1, lot("L1"), entry_type=EntryType.SALE), None)
    for part in (sale, transfer(white, goods, 1, lot("L1"), to=blue)):
        with pytest.raises(InvariantBroken):
            post_transfers(white, part, document=WarehouseDocument.MOVEMENT)
