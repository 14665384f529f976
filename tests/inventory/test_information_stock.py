"""What an information card says of the stock of its number (docs/domain.md 2.13)."""

import re
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scanner_app.inventory.information_card import find_card
from scanner_app.inventory.information_stock import StockOfNumber, stock_of_number
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.tracking_information import NumberKind
from tests.builders import Warehouse, another_location, days, lot
from tests.inventory.information_cards import add
from tests.inventory.test_tracking_information import ALL
from tests.sent_statements import statements_sent
from tests.warehouse.masters import DAY
from tests.warehouse.test_query_plans import plans_of

LOT = NumberKind.LOT


def stock(white: Warehouse, kind: NumberKind, card_id: int, today: date = DAY) -> StockOfNumber:
    with white.database.read() as session:
        card = find_card(session, kind, card_id)
        assert card is not None
        return stock_of_number(session, kind, card, today)


def test_inventory_is_the_sum_over_the_locations(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot")
    blue = another_location(white, "BLUE")
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "B", 2, lot("L1"))
    white.stock(goods, "B", 9, lot("L2"))
    blue.post(blue.line(goods, 3, lot("L1")), bin_code=None)
    found = stock(white, LOT, add(white, LOT, "LOT", "L1"))
    assert [f"{code} {quantity}" for code, quantity in found.places] == ["BLUE 3", "WHITE 7"]
    assert found.inventory == 10
    assert stock(white, LOT, add(white, LOT, "LOT", "L3")) == StockOfNumber((), Decimal(0), None)


def test_expired_inventory_is_what_is_left_of_dates_before_today(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(3))
    white.post(white.line(goods, -2, lot("L1"), entry_type=EntryType.SALE))
    card_id = add(white, LOT, "LOT", "L1")
    still_good = stock(white, LOT, card_id, days(3))
    assert (still_good.inventory, still_good.expired) == (3, 0)
    found = stock(white, LOT, card_id, days(4))
    assert (found.inventory, found.expired, found.expiration_date) == (3, 3, days(3))
    white.post(white.line(goods, -3, lot("L1"), entry_type=EntryType.SALE))
    gone = stock(white, LOT, card_id, days(4))
    assert (gone.inventory, gone.expired, gone.expiration_date) == (0, 0, days(3))


def test_the_date_of_a_serial_no_is_that_of_its_lot(white: Warehouse) -> None:
    goods = white.add_item("ALL", "serial", "lot", "package", use_expiration_dates=True)
    for number, in_lot, expires in (("S1", "L1", 3), ("S2", "L1", 3), ("S3", "L2", 5)):
        packed = TrackingNumbers(number, in_lot, "P1")
        white.stock(goods, "A", 1, packed, expiration_date=days(expires))
    dates = {
        number: stock(white, kind, add(white, kind, "ALL", number)).expiration_date
        for kind, number in ((NumberKind.SERIAL, "S1"), (LOT, "L2"), (NumberKind.SERIAL, "S9"))
    }
    assert dates == {"S1": days(3), "L2": days(5), "S9": None}
    # A package of two lots has no date of its own; its card was made by the posting.
    assert stock(white, NumberKind.PACKAGE, 1).expiration_date is None


@pytest.mark.parametrize("kind", NumberKind)
def test_each_kind_of_number_has_its_stock(white: Warehouse, kind: NumberKind) -> None:
    goods = white.add_item("ALL", "serial", "lot", "package")
    white.stock(goods, "A", 1, ALL)
    white.stock(goods, "A", 1, TrackingNumbers("S2", "L2", "P2"))
    number = ALL.as_tuple()[list(NumberKind).index(kind)]
    made_by_posting = kind is NumberKind.PACKAGE
    card_id = 1 if made_by_posting else add(white, kind, "ALL", number)
    assert stock(white, kind, card_id).inventory == 1


@pytest.mark.parametrize("kind", NumberKind)
def test_the_stock_of_a_number_is_found_by_an_index(white: Warehouse, kind: NumberKind) -> None:
    white.add_item("ALL", "serial", "lot", "package")
    card_id = add(white, kind, "ALL", "N1")

    def ask(session: Session) -> object:
        card = find_card(session, kind, card_id)
        assert card is not None
        return stock_of_number(session, kind, card, DAY)

    plan = plans_of(white, ask)
    assert "Seq Scan" not in plan
    if white.database.dialect == "sqlite":  # PostgreSQL asks how much stock there is
        assert f"ix_item_balance_{kind.value.lower()}" in plan
        assert not re.search(r"SCAN (?:item_balance|open_item_ledger_entry)", plan)


@pytest.mark.parametrize("kind", NumberKind)
def test_no_entry_of_the_past_is_read(white: Warehouse, kind: NumberKind) -> None:
    white.add_item("ALL", "serial", "lot", "package")
    card_id = add(white, kind, "ALL", "N1")
    with statements_sent(Engine) as sent:
        stock(white, kind, card_id)
    assert not any(" item_ledger_entry" in statement for statement, _ in sent)
