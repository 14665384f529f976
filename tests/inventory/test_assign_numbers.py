"""Assigning serial, lot and package numbers: all or none, each once."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from scanner_app.code_index import meanings_of
from scanner_app.inventory.assign_numbers import Asked
from scanner_app.inventory.assigned_number import (
    AssignedNumber,
    AssignedNumberBatch,
    last_batches,
)
from scanner_app.inventory.item import ItemVariant
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine
from scanner_app.inventory.tracking_information import (
    LotNoInformation,
    NumberKind,
    SerialNoInformation,
)
from tests.builders import Warehouse, serial
from tests.inventory.assigning import (
    add_series_of,
    assign,
    assign_lot,
    assign_package,
    choose_package_nos,
    customize,
    refuses,
    tracked,
)
from tests.warehouse.test_concurrency import together

PEOPLE = 6
CUP = Asked("CUP")


def cards(white: Warehouse, table: type) -> list[str]:
    field = "serial_no" if table is SerialNoInformation else "lot_no"
    with white.database.read() as session:
        return sorted(session.scalars(select(getattr(table, field))))


def test_serial_numbers_come_from_the_series_and_can_be_scanned(white: Warehouse) -> None:
    goods = tracked(white, "CUP", "serial")
    assert assign(white, Asked(" cup "), "3") == ["S-001", "S-002", "S-003"]
    assert assign(white, CUP, "1") == ["S-004"]
    with white.database.read() as session:
        [(last, user_name), (first, _)] = last_batches(session, goods.id, 10)
        assert user_name == "WORKER"
        assert (last.quantity, last.kind, last.lot_no) == (1, NumberKind.SERIAL, "")
        assert (first.quantity, first.first_no, first.last_no) == (3, "S-001", "S-003")
        [meaning] = meanings_of(session, ["S-002"])
        assert (meaning.target_id, meaning.variant_id) == (goods.id, goods.variant_id)
        assert len(last_batches(session, goods.id, 1)) == 1
    assert cards(white, SerialNoInformation) == []


def test_serial_numbers_can_come_with_a_new_lot_and_with_cards(white: Warehouse) -> None:
    goods = tracked(white, "CUP", "serial", "lot")
    asked = Asked("CUP", create_new_lot=True, create_cards=True)
    assert assign(white, asked, "2") == ["S-001", "S-002"]
    with white.database.read() as session:
        [(batch, _)] = last_batches(session, goods.id, 10)
        assert batch.lot_no == "L-001"
    assert cards(white, SerialNoInformation) == ["S-001", "S-002"]
    assert cards(white, LotNoInformation) == ["L-001"]
    assert assign_lot(white, CUP) == ["L-002"]


def test_a_lot_and_a_package_number_are_assigned_one_at_a_time(white: Warehouse) -> None:
    tracked(white, "CUP", "lot", "package")
    add_series_of(white, "PKG", "P-001")
    refuses(white, "PackageNosNotChosen", lambda: assign_package(white, CUP))
    choose_package_nos(white, "PKG")
    assert assign_package(white, CUP) == ["P-001"]
    assert assign_lot(white, CUP) == ["L-001"]
    assert assign_package(white, Asked("CUP", create_cards=True)) == ["P-002"]


def test_numbers_belong_to_a_variant(white: Warehouse) -> None:
    goods = tracked(white, "CUP", "serial")
    white.write(lambda s: s.add(ItemVariant(item_id=goods.id, code="BLUE")))
    white.write(lambda s: s.execute(update(NumberSeries).values(manual_nos=True)))
    assert customize(white, Asked("CUP", "blue"), "X1") == ["X1"]
    assert customize(white, CUP, "X1") == ["X1"]
    for code in ("RED", "R\x00"):
        refuses(white, "VariantNotFound", partial(customize, white, Asked("CUP", code), "X2"))


@pytest.mark.parametrize(
    ("kinds", "work", "name"),
    [
        (("lot",), assign, "SerialNosNotTracked"),
        ((), assign, "SerialNosNotTracked"),
        (("serial",), assign_lot, "LotNosNotTracked"),
        (("serial",), assign_package, "PackageNosNotTracked"),
    ],
)
def test_a_number_that_the_item_is_not_asked_for_is_refused(
    white: Warehouse, kinds: tuple[str, ...], work: Callable[[Warehouse, Asked], object], name: str
) -> None:
    tracked(white, "CUP", *kinds)
    refuses(white, name, lambda: work(white, CUP))


def test_a_code_that_asks_in_one_flow_only_asks(white: Warehouse) -> None:
    tracked(white, "CUP", serial_sales_outbound_tracking=True)
    assert assign(white, CUP) == ["S-001"]
    refuses(
        white, "LotNosNotTracked", lambda: assign(white, Asked("CUP", create_new_lot=True), "5")
    )


def test_an_item_without_a_series_is_told_where_to_choose_one(white: Warehouse) -> None:
    tracked(white, "CUP", "serial", "lot", serial_nos_id=None, lot_nos_id=None)
    refuses(white, "SerialNosNotChosen", lambda: assign(white, CUP))
    refuses(white, "LotNosNotChosen", lambda: assign_lot(white, CUP))
    refuses(white, "ItemUnknown", lambda: assign(white, Asked("NOBODY")))


@pytest.mark.parametrize("quantity", ["", "0", "-1", "1.5", "1001", "many", "\x00"])
def test_a_quantity_is_a_whole_number_up_to_a_thousand(white: Warehouse, quantity: str) -> None:
    tracked(white, "CUP", "serial")
    refusal = refuses(white, "QuantityToCreateNotReadable", lambda: assign(white, CUP, quantity))
    assert refusal.parameters["at"] == "quantity"


def test_a_thousand_numbers_are_assigned_at_once(white: Warehouse) -> None:
    tracked(white, "CUP", "serial")
    numbers = assign(white, Asked("CUP", create_cards=True), "1000")
    assert (len(set(numbers)), numbers[-1]) == (1000, "S-1000")
    assert len(cards(white, SerialNoInformation)) == 1000


def test_no_number_is_used_up_when_there_are_too_few(white: Warehouse) -> None:
    tracked(white, "CUP", "serial", "lot")
    line = update(NumberSeriesLine).where(NumberSeriesLine.starting_no == "L-001")
    white.write(lambda s: s.execute(line.values(ending_no="L-003", last_no_used="L-003")))
    both = Asked("CUP", create_new_lot=True)
    refusal = refuses(white, "NumberSeriesExhausted", lambda: assign(white, both, "5"))
    assert refusal.parameters["at"] == "create_new_lot"
    line = update(NumberSeriesLine).where(NumberSeriesLine.starting_no == "S-001")
    white.write(lambda s: s.execute(line.values(ending_no="S-004")))
    refuses(white, "NumberSeriesTooShort", lambda: assign(white, CUP, "5"))
    assert assign(white, CUP, "4")[-1] == "S-004"


def test_a_series_that_comes_to_a_number_in_use_gives_none(white: Warehouse) -> None:
    goods = tracked(white, "CUP", "serial", "lot")
    white.stock(goods, "A", 1, serial("S-003", "L-001"))
    refusal = refuses(white, "NumberOfSeriesExists", lambda: assign(white, CUP, "5"))
    assert refusal.parameters["number"] == "S-003"
    refuses(white, "NumberOfSeriesExists", lambda: assign_lot(white, CUP))
    assert assign(white, CUP, "2") == ["S-001", "S-002"]


def test_customized_numbers_are_counted_up_from_what_was_typed(white: Warehouse) -> None:
    tracked(white, "CUP", "serial", serial_nos_id=None)
    assert customize(white, CUP, " box-7/a ", "5", "3") == ["BOX-7/A", "BOX-12/A", "BOX-17/A"]


def test_customized_numbers_that_exist_are_refused_by_the_first_of_them(white: Warehouse) -> None:
    goods = tracked(white, "CUP", "serial", serial_nos_id=None)
    white.stock(goods, "A", 1, serial("X9"))
    key = {"item_id": goods.id, "variant_id": goods.variant_id}
    white.write(lambda s: s.add(SerialNoInformation(**key, serial_no="X7")))
    assert customize(white, CUP, "X4") == ["X4"]
    for start, first in (("X1", "X4"), ("X5", "X7"), ("X8", "X9")):
        again = partial(customize, white, CUP, start, "1", "9")
        refusal = refuses(white, "CustomizedNumberExists", again)
        assert refusal.parameters["number"] == first
    other = tracked(white, "MUG", "serial", serial_nos_id=None)
    assert customize(white, Asked(other.item.no), "X9") == ["X9"]


@pytest.mark.parametrize(
    ("start", "increment", "name"),
    [
        ("", "1", "StartNumberMissing"),
        ("BOX", "1", "NumberCannotBeCounted"),
        ("B\x00X1", "1", "CodeNotReadable"),
        ("X" * 51, "1", "CodeTooLong"),
        ("9" * 50, "1", "CustomizedNumberTooLong"),
        ("X1", "0", "IncrementNotReadable"),
        ("X1", "much", "IncrementNotReadable"),
    ],
)
def test_customized_numbers_of_no_use_are_refused(
    white: Warehouse, start: str, increment: str, name: str
) -> None:
    tracked(white, "CUP", "serial", serial_nos_id=None)
    refusal = refuses(white, name, lambda: customize(white, CUP, start, increment, "2"))
    assert refusal.parameters["at"] == ("increment" if "Increment" in name else "start")


def test_typed_numbers_are_refused_where_the_series_allows_none(white: Warehouse) -> None:
    tracked(white, "CUP", "serial")
    refusal = refuses(white, "SerialNosNotManual", lambda: customize(white, CUP, "X1"))
    assert refusal.parameters["series"] == "CUP-SN"
    white.write(lambda s: s.execute(update(NumberSeries).values(manual_nos=True)))
    assert customize(white, CUP, "X1") == ["X1"]
    refuses(white, "SerialNosNotTracked", lambda: customize_lot_item(white))


def customize_lot_item(white: Warehouse) -> None:
    white.add_item("LOTS", "lot")
    customize(white, Asked("LOTS"), "X1")


def test_an_assigned_number_is_received_as_any_other(white: Warehouse) -> None:
    goods = tracked(white, "CUP", "serial", "lot")
    [number] = assign(white, Asked("CUP", create_new_lot=True, create_cards=True))
    white.stock(goods, "A", 1, serial(number, "L-001"))
    assert white.in_ledger(goods) == {serial(number, "L-001"): 1}
    white.assert_sound()


def test_an_assigned_number_is_never_changed(white: Warehouse) -> None:
    tracked(white, "CUP", "serial")
    assign(white, CUP)
    for statement in (
        update(AssignedNumber).values(number="X"),
        update(AssignedNumberBatch).values(last_no="X"),
        delete(AssignedNumber),
    ):
        with pytest.raises(DBAPIError, match="append-only"), white.database.engine.begin() as sent:
            sent.execute(statement)


def test_several_people_never_get_the_same_number(white: Warehouse) -> None:
    tracked(white, "CUP", "serial", "lot")
    taken: list[str] = []

    def work() -> None:
        taken.extend(assign(white, Asked("CUP", create_new_lot=True), "7"))

    assert together([work] * PEOPLE) == {"done": PEOPLE}
    assert sorted(taken) == [f"S-{n:03d}" for n in range(1, 7 * PEOPLE + 1)]


def test_of_several_who_type_the_same_number_one_gets_it(white: Warehouse) -> None:
    tracked(white, "CUP", "serial", serial_nos_id=None)
    outcomes = together([lambda: customize(white, CUP, "X1", "1", "5")] * PEOPLE)
    assert outcomes == {"done": 1, "CustomizedNumberExists": PEOPLE - 1}


def test_two_items_that_share_their_series_crosswise_never_wait_in_a_ring(
    white: Warehouse,
) -> None:
    cup = tracked(white, "CUP", "serial", "lot")
    series = {"serial_nos_id": cup.item.lot_nos_id, "lot_nos_id": cup.item.serial_nos_id}
    tracked(white, "MUG", "serial", "lot", **series)
    works = [
        lambda no=no: assign(white, Asked(no, create_new_lot=True), "3") for no in ("CUP", "MUG")
    ]
    assert together(works * PEOPLE) == {"done": 2 * PEOPLE}
