"""Item tracking lines of a transfer: which numbers leave, and under which they come in."""

import pytest

from scanner_app.inventory.tracking_information import NumberKind
from tests.builders import Warehouse, another_location, days, lot, serial
from tests.warehouse.item_journals import (
    add_line,
    add_reclassification,
    line_card,
    post_batch,
    problems,
)
from tests.warehouse.journal_tracking import (
    LINE,
    assign,
    edit,
    enter,
    parts,
    scan,
    select,
    tracking,
    update_all,
)
from tests.warehouse.masters import Goods, add_series
from tests.warehouse.place_cards import refusal_of


@pytest.fixture
def silver(white: Warehouse) -> Warehouse:
    silver = another_location(white, "SILVER", "S-1", "S-2")
    add_reclassification(silver)
    return silver


@pytest.fixture
def goods(silver: Warehouse) -> Goods:
    goods = silver.add_item("GOODS", "lot", use_expiration_dates=True)
    silver.stock(goods, "S-1", 5, lot("L1"), expiration_date=days(9))
    return goods


def comes_in(white: Warehouse) -> dict[str, int]:
    """How much comes in under which New numbers."""
    return {
        " ".join(filter(None, part.new_numbers.as_tuple())): int(part.quantity_base)
        for part in tracking(white).parts
    }


def test_one_lot_becomes_two(silver: Warehouse, goods: Goods) -> None:
    add_line(silver, quantity="5")
    enter(silver, lot_no="L1", new_lot_no="L2", quantity="2")
    enter(silver, lot_no="L1", new_lot_no="L3")
    assert comes_in(silver) == {"L2": 2, "L3": 3}
    post_batch(silver)
    assert silver.in_ledger(goods) == {lot("L2"): 2, lot("L3"): 3}
    silver.assert_sound()


@pytest.mark.usefixtures("goods")
def test_the_numbers_of_the_line_go_along_with_the_first_one(silver: Warehouse) -> None:
    add_line(silver, quantity="5", lot_no="L1", new_lot_no="L2")
    assert comes_in(silver) == {"L2": 5}
    assert update_all(silver) == 1
    assert comes_in(silver) == {"L2": 5}
    card = line_card(silver, LINE)
    assert (card["lot_no"], card["new_lot_no"]) == ("", "")
    edit(silver, 0, new_lot_no="", quantity="4")
    assert comes_in(silver) == {"": 4}


@pytest.mark.usefixtures("goods")
def test_selected_and_scanned_numbers_stay_until_a_new_one_is_typed(silver: Warehouse) -> None:
    add_line(silver, quantity="5", new_bin="S-2")
    select(silver, lot("L1"))
    assert comes_in(silver) == {"L1": 5}
    assert tracking(silver).parts[0].expiration_date == days(9)
    assert problems(silver) == {}
    edit(silver, 0, quantity="2")
    scan(silver, "L7")
    assert (parts(silver), comes_in(silver)) == ({"L1": 2, "L7": 3}, {"L1": 2, "L7": 3})


def test_new_numbers_are_assigned_beside_what_was_typed(silver: Warehouse) -> None:
    goods = silver.add_item("SERIALS", "serial")
    silver.stock(goods, "S-1", 1, serial("S1"))
    series = silver.write(lambda session: add_series(session, "SN", "N-01").number_series_id)
    silver.change(goods.item, serial_nos_id=series)
    add_line(silver, item_no="SERIALS", quantity="1")
    assign(silver, NumberKind.SERIAL, serial_no="S1")
    assert (parts(silver), comes_in(silver)) == ({"S1": 1}, {"N-01": 1})
    post_batch(silver)
    assert silver.in_ledger(goods) == {serial("N-01"): 1}


@pytest.mark.usefixtures("goods")
def test_a_new_date_of_a_lot_holds_for_all_that_comes_in_under_it(silver: Warehouse) -> None:
    add_line(silver, quantity="5", new_bin="S-2")
    enter(silver, lot_no="L1", package_no="P1", new_lot_no="L9", quantity="1")
    day = days(20).isoformat()
    enter(silver, lot_no="L1", new_lot_no="L9", quantity="1", new_expiration_date=day)
    enter(silver, lot_no="L1", package_no="P2", new_lot_no="L9", quantity="1")
    assert {part.new_expiration_date for part in tracking(silver).parts} == {days(20)}


def test_a_new_serial_no_stands_once_on_a_line(silver: Warehouse) -> None:
    silver.add_item("SERIALS", "serial")
    add_line(silver, item_no="SERIALS", quantity="3")
    enter(silver, serial_no="S1", new_serial_no="N1")
    refusal_of(lambda: enter(silver, serial_no="S2", new_serial_no="N1"), "SerialTwiceOnLine")
    refusal_of(lambda: enter(silver, serial_no="S1", new_serial_no="N2"), "SerialTwiceOnLine")
    refusal_of(
        lambda: enter(silver, lot_no="L1", new_serial_no="N2", quantity="2"),
        "SerialQuantityNotOne",
    )
