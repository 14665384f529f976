"""New expiration dates: one number has one date, and only a whole number gets another one."""

import pytest

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.warehouse.post_item_journal import JournalPart
from tests.builders import Warehouse, another_location, days, lot, serial
from tests.warehouse.masters import Goods
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.transfers import post_transfers, posting_of, refused, transfer, transferred

L1, L2 = lot("L1"), lot("L2")


@pytest.fixture
def silver(white: Warehouse) -> Warehouse:
    return another_location(white, "SILVER", "S-1", "S-2")


@pytest.fixture
def blue(white: Warehouse) -> Warehouse:
    return another_location(white, "BLUE")


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", use_expiration_dates=True)


@pytest.fixture
def everywhere(silver: Warehouse, blue: Warehouse, goods: Goods) -> list[JournalPart]:
    """A lot in two bins and at two locations, and a line for each with another date."""
    silver.stock(goods, "S-1", 5, L1, expiration_date=days(9))
    silver.stock(goods, "S-2", 3, L1)
    blue.post(blue.line(goods, 2, L1), bin_code=None)
    return [
        transfer(silver, goods, 5, L1, bin_code="S-1", new_date=days(20)),
        transfer(silver, goods, 3, L1, bin_code="S-2", new_date=days(20)),
        transfer(blue, goods, 2, L1, new_date=days(20)),
    ]


def dates_in(place: Warehouse, goods: Goods) -> set[object]:
    return {entry[2] for entry in transferred(place, goods) if entry[1] > 0}


def test_a_lot_gets_another_date_when_all_of_it_does(
    silver: Warehouse, blue: Warehouse, goods: Goods, everywhere: list[JournalPart]
) -> None:
    for part in everywhere:
        said = refused(silver, "ExpirationDateOfPart", part)
        assert (said["known"], said["given"]) == (
            days(9).isoformat(),
            days(20).isoformat(),
        )
    said = refused(silver, "ExpirationDateOfPart", *everywhere[:2])
    assert said["remaining"] == 2
    post_transfers(silver, *everywhere)
    assert dates_in(silver, goods) == {days(20)}
    posted = silver.post(silver.line(goods, 1, L1), bin_code="S-1")
    assert posted.lines[0].expiration_date == days(20)
    silver.assert_sound()


def test_what_is_sold_in_the_same_posting_does_not_stay_behind(
    silver: Warehouse, blue: Warehouse, goods: Goods, everywhere: list[JournalPart]
) -> None:
    sold = blue.line(goods, -2, L1, entry_type=EntryType.SALE)
    post_transfers(silver, *everywhere[:2], JournalPart(sold, None))
    assert dates_in(silver, goods) == {days(20)}


def test_what_comes_in_in_the_same_posting_keeps_its_date(
    silver: Warehouse, goods: Goods, everywhere: list[JournalPart]
) -> None:
    bought = JournalPart(silver.line(goods, 1, L1), silver.bins["S-1"])
    said = refused(silver, "NewExpirationDatesDiffer", bought, *everywhere)
    assert (said["known"], said["given"]) == (days(9).isoformat(), days(20).isoformat())
    post_transfers(silver, *everywhere, bought)
    assert dates_in(silver, goods) == {days(20)}


def test_all_lines_into_one_number_have_one_date(silver: Warehouse, goods: Goods) -> None:
    silver.stock(goods, "S-1", 5, L1, expiration_date=days(9))
    parts = [
        transfer(silver, goods, 1, L1, L2, bin_code="S-1", new_date=days(20)),
        transfer(silver, goods, 1, L1, L2, bin_code="S-1", new_date=days(21)),
        transfer(silver, goods, 1, L1, L2, bin_code="S-1"),
    ]
    refused(silver, "NewExpirationDatesDiffer", *parts)
    post_transfers(silver, parts[0], parts[2])
    assert dates_in(silver, goods) == {days(20)}


def test_a_lot_is_merged_into_another_one_and_takes_its_date(
    silver: Warehouse, blue: Warehouse, goods: Goods
) -> None:
    silver.stock(goods, "S-1", 5, L1, expiration_date=days(9))
    blue.post(blue.line(goods, 5, L2, expiration_date=days(30)), bin_code=None)
    other = transfer(silver, goods, 5, L1, L2, bin_code="S-1", new_date=days(9))
    refused(silver, "ExpirationDateOfPart", other)
    post_transfers(silver, transfer(silver, goods, 5, L1, L2, bin_code="S-1"))
    assert transferred(silver, goods) == [(L1, -5, days(9)), (L2, 5, days(30))]
    silver.assert_sound()


def test_a_lot_of_which_nothing_is_left_takes_another_date(silver: Warehouse, goods: Goods) -> None:
    silver.stock(goods, "S-1", 5, L2, expiration_date=days(30))
    silver.post(silver.line(goods, -5, L2, entry_type=EntryType.SALE), bin_code="S-1")
    silver.stock(goods, "S-1", 5, L1, expiration_date=days(9))
    post_transfers(silver, transfer(silver, goods, 5, L1, L2, bin_code="S-1", new_date=days(9)))
    assert dates_in(silver, goods) == {days(9)}


def test_two_lots_become_a_third_one_with_a_date_for_both(silver: Warehouse, goods: Goods) -> None:
    silver.stock(goods, "S-1", 5, L1, expiration_date=days(9))
    silver.stock(goods, "S-1", 5, L2, expiration_date=days(30))
    merged = lot("L3")
    both = [
        transfer(silver, goods, 5, old, merged, bin_code="S-1", new_date=days(9))
        for old in (L1, L2)
    ]
    post_transfers(silver, *both)
    assert silver.in_ledger(goods) == {merged: 10}
    assert dates_in(silver, goods) == {days(9)}
    silver.assert_sound()


def test_a_date_is_demanded_of_what_comes_in(silver: Warehouse) -> None:
    goods = silver.add_item("LATE", "lot", use_expiration_dates=True)
    silver.stock(goods, "S-1", 5, L1)
    assert goods.tracking_code is not None
    silver.change(goods.tracking_code, require_expiration_date_entry=True)
    undated = transfer(silver, goods, 5, L1, L2, bin_code="S-1")
    refused(silver, "ExpirationDateMissing", undated)
    dated = transfer(silver, goods, 5, L1, L2, bin_code="S-1", new_date=days(9))
    post_transfers(silver, dated)
    assert dates_in(silver, goods) == {days(9)}


@pytest.mark.parametrize(
    ("kind", "numbers", "new_numbers"),
    [
        ("serial", serial("X1"), serial("X2")),
        ("package", TrackingNumbers("", "", "X1"), TrackingNumbers("", "", "X2")),
    ],
)
def test_a_serial_or_package_without_a_lot_has_a_date_of_its_own(
    silver: Warehouse, kind: str, numbers: TrackingNumbers, new_numbers: TrackingNumbers
) -> None:
    goods = silver.add_item("DATED", kind, use_expiration_dates=True)
    silver.stock(goods, "S-1", 1, numbers, expiration_date=days(9))
    new_date = transfer(silver, goods, 1, numbers, bin_code="S-1", new_date=days(20))
    post_transfers(silver, new_date)
    post_transfers(silver, transfer(silver, goods, 1, numbers, new_numbers, bin_code="S-1"))
    assert [entry[2] for entry in transferred(silver, goods)] == [
        days(9),
        days(20),
        days(20),
        days(20),
    ]
    silver.assert_sound()


def test_a_serial_has_the_date_of_its_lot(silver: Warehouse) -> None:
    goods = silver.add_item("SNLOT", "serial", "lot", use_expiration_dates=True)
    for number in ("S1", "S2"):
        silver.stock(goods, "S-1", 1, serial(number, "L1"), expiration_date=days(9))
    parts = [
        transfer(silver, goods, 1, serial(number, "L1"), bin_code="S-1", new_date=days(20))
        for number in ("S1", "S2")
    ]
    refused(silver, "ExpirationDateOfPart", parts[0])
    post_transfers(silver, *parts)
    assert dates_in(silver, goods) == {days(20)}


def test_without_expiration_dates_the_date_of_the_stock_goes_along(silver: Warehouse) -> None:
    goods = silver.add_item("PLAIN")
    silver.stock(goods, "S-1", 2, expiration_date=days(9))
    none = TrackingNumbers()
    for new_date in (None, days(20)):
        post_transfers(
            silver,
            transfer(silver, goods, 1, none, bin_code="S-1", new_bin_code="S-2", new_date=new_date),
        )
    assert [entry[2] for entry in transferred(silver, goods)][1::2] == [days(9), days(20)]


def test_an_item_without_numbers_may_have_any_date(silver: Warehouse) -> None:
    goods = silver.add_item("NONUMBER", use_expiration_dates=True)
    silver.stock(goods, "S-1", 2, expiration_date=days(9))
    part = transfer(silver, goods, 1, TrackingNumbers(), bin_code="S-1", new_date=days(20))
    post_transfers(silver, part)
    assert dates_in(silver, goods) == {days(20)}
    silver.assert_sound()


@ON_POSTGRESQL
def test_who_changes_a_date_and_who_lets_in_more_wait_for_one_another(
    white: Warehouse, silver: Warehouse, blue: Warehouse, goods: Goods
) -> None:
    silver.stock(goods, "S-1", 5, L1, expiration_date=days(9))
    bought = JournalPart(blue.line(goods, 1, L1), None)
    change = transfer(silver, goods, 5, L1, bin_code="S-1", new_date=days(20))
    fault = overtaken(white, posting_of(white, bought), posting_of(white, change))
    assert fault is not None
    assert fault.code == "ExpirationDateOfPart"
    white.assert_sound()


def test_what_has_the_date_of_its_lot_does_not_hold_a_package_back(silver: Warehouse) -> None:
    goods = silver.add_item("PACKED", "package", use_expiration_dates=True)
    loose, of_lot = TrackingNumbers("", "", "P1"), TrackingNumbers("", "L1", "P1")
    silver.stock(goods, "S-1", 2, of_lot, expiration_date=days(5))
    silver.stock(goods, "S-2", 3, loose, expiration_date=days(9))
    part = transfer(
        silver, goods, 3, loose, bin_code="S-2", new_date=days(20), applies_to_entry_id=2
    )
    post_transfers(silver, part)
    assert dates_in(silver, goods) == {days(20)}
    silver.assert_sound()
