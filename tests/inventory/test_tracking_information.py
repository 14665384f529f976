"""Information cards: created, demanded, or a reason to stop."""

from typing import Any

import pytest
from sqlalchemy import select

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.posting_refusals import CardMissing, NumberBlocked
from scanner_app.inventory.tracking_information import (
    CARD_TABLES,
    LotNoInformation,
    NumberKind,
    PackageNoInformation,
    SerialNoInformation,
    dated_number,
    find_cards,
    known_expiration_dates,
    numbers_by_kind,
)
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.masters import Goods

ALL = TrackingNumbers("S1", "L1", "P1")


def add_card(white: Warehouse, goods: Goods, kind: NumberKind, number: str, **fields: bool) -> None:
    table, field = CARD_TABLES[kind]
    card = table(item_id=goods.id, variant_id=goods.variant_id, **({field: number} | fields))
    white.write(lambda session: session.add(card))


def cards(white: Warehouse) -> list[str]:
    with white.database.read() as session:
        return [
            getattr(card, field)
            for table, field in CARD_TABLES.values()
            for card in session.scalars(select(table))
        ]


def test_serial_and_lot_cards_are_created_where_the_code_says_so(white: Warehouse) -> None:
    silent = white.add_item("SILENT", "serial", "lot")
    creating = white.add_item(
        "CREATING",
        "serial",
        "lot",
        create_serial_info_on_posting=True,
        create_lot_info_on_posting=True,
    )
    white.stock(silent, "A", 1, serial("S1", "L1"))
    assert cards(white) == []
    white.stock(creating, "A", 1, serial("S1", "L1"))
    white.stock(creating, "A", 1, serial("S2", "L1"))
    assert cards(white) == ["S1", "S2", "L1"]


def test_a_package_that_is_specific_always_gets_a_card(white: Warehouse) -> None:
    goods = white.add_item("PKG", "package")
    white.stock(goods, "A", 5, TrackingNumbers(package_no="P1"))
    loose = white.add_item("LOOSE", package_purchase_inbound_tracking=True)
    white.stock(loose, "A", 5, TrackingNumbers(package_no="P2"))
    assert cards(white) == ["P1"]


@pytest.mark.parametrize("kind", NumberKind)
def test_a_card_that_must_exist_is_demanded_in_its_direction(
    white: Warehouse, kind: NumberKind
) -> None:
    name = kind.value.lower()
    switches: list[dict[str, Any]] = [
        {f"{name}_info_{direction}_must_exist": True} for direction in ("inbound", "outbound")
    ]
    inbound = white.add_item("IN", name, **switches[0])
    outbound = white.add_item("OUT", name, **switches[1])
    numbers = TrackingNumbers(**{f"{name}_no": "N1"})
    with pytest.raises(CardMissing) as refused:
        white.stock(inbound, "A", 1, numbers)
    assert refused.value.parameters["kind"] == kind.value
    add_card(white, inbound, kind, "N1")
    white.stock(inbound, "A", 1, numbers)
    white.stock(outbound, "A", 1, numbers)
    if kind is not NumberKind.PACKAGE:  # whose card the receipt has made
        with pytest.raises(CardMissing):
            white.post(white.line(outbound, -1, numbers, entry_type=EntryType.SALE))


def test_a_card_that_posting_creates_is_not_missing(white: Warehouse) -> None:
    goods = white.add_item(
        "LOT", "lot", lot_info_inbound_must_exist=True, create_lot_info_on_posting=True
    )
    white.stock(goods, "A", 5, lot("L1"))
    assert cards(white) == ["L1"]


@pytest.mark.parametrize("kind", NumberKind)
def test_a_blocked_card_stops_postings_in_both_directions(
    white: Warehouse, kind: NumberKind
) -> None:
    goods = white.add_item("ALL", "serial", "lot", "package")
    white.stock(goods, "A", 1, ALL)
    table, field = CARD_TABLES[kind]
    number = ALL.as_tuple()[list(NumberKind).index(kind)]
    if kind is not NumberKind.PACKAGE:
        add_card(white, goods, kind, number)
    with white.database.read() as session:
        card = session.scalars(select(table).where(getattr(table, field) == number)).one()
    white.change(card, blocked=True)
    for quantity in (1, -1):
        with pytest.raises(NumberBlocked) as refused:
            white.post(white.line(goods, quantity, ALL, entry_type=EntryType.SALE))
        assert refused.value.parameters["number"] == number


def test_cards_and_dates_are_found_by_item_variant_and_number(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot", use_expiration_dates=True)
    other = white.add_item("OTHER", "lot", use_expiration_dates=True)
    white.stock(goods, "A", 5, lot("L1"), expiration_date=days(5))
    add_card(white, goods, NumberKind.LOT, "L1")
    numbers = [
        number
        for item in (goods, other)
        for number in numbers_by_kind(item.id, item.variant_id, lot("L1"))
    ]
    with white.database.read() as session:
        assert list(find_cards(session, numbers)) == numbers[:1]
        assert known_expiration_dates(session, numbers) == {numbers[0]: days(5)}
        assert find_cards(session, []) == known_expiration_dates(session, []) == {}


def test_the_lot_carries_the_date_else_the_serial_else_the_package() -> None:
    assert dated_number(1, 2, ALL) == (1, 2, NumberKind.LOT, "L1")
    assert dated_number(1, 2, TrackingNumbers("S1", "", "P1")) == (1, 2, NumberKind.SERIAL, "S1")
    package_only = TrackingNumbers(package_no="P1")
    assert dated_number(1, 2, package_only) == (1, 2, NumberKind.PACKAGE, "P1")
    assert dated_number(1, 2, TrackingNumbers()) is None


def test_a_number_has_one_card_per_item_and_variant(white: Warehouse) -> None:
    goods = white.add_item("ALL", "serial", "lot", "package")
    for kind, table in zip(
        NumberKind, (SerialNoInformation, LotNoInformation, PackageNoInformation), strict=True
    ):
        add_card(white, goods, kind, "N1")
        with pytest.raises(Exception, match=rf"(?i)unique.*{table.__tablename__}"):
            add_card(white, goods, kind, "N1")
