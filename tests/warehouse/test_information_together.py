"""People who block, post and register at the same moment (docs/domain.md 2.7, 2.13)."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.information_card import blank_card
from scanner_app.inventory.information_refusals import InformationTaken
from scanner_app.inventory.information_setup import change_information, create_information
from scanner_app.inventory.posting_refusals import NumberBlocked
from scanner_app.inventory.tracking_information import LotNoInformation, NumberKind
from scanner_app.warehouse.post_receipt import post_warehouse_receipt
from scanner_app.warehouse.register_activity import register_warehouse_activity
from tests.builders import Warehouse, lot
from tests.inventory.information_cards import add, card, change_by, save
from tests.warehouse.documents import Part, add_receipt, add_shipment, pick, register, scan
from tests.warehouse.masters import Goods
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.test_concurrency import together

EDITORS = 6
LOT = NumberKind.LOT
CARD_STATE = pytest.mark.parametrize("has_card", [True, False], ids=["changed", "new"])


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    goods = white.add_item("LOT", "lot")
    white.stock(goods, "A", 5, lot("L1"))
    return goods


def scanned_pick(white: Warehouse, goods: Goods) -> int:
    activity = pick(white, add_shipment(white, Part(goods, 5)))
    scan(white, activity, numbers=lot("L1"))
    return activity


def blocking(white: Warehouse, *, has_card: bool) -> Callable[[Session], object]:
    """The work of whoever blocks lot L1: on its card, or on a new one."""
    by = change_by(white)
    if not has_card:
        typed = blank_card(LOT) | {"item_no": "LOT", "number": "L1", "blocked": "Yes"}
        return lambda session: create_information(session, LOT, typed, by).id
    card_id = add(white, LOT, "LOT", "L1")
    read = card(white, LOT, card_id)
    typed = read | {"blocked": "Yes"}
    return lambda session: change_information(session, LOT, card_id, read, typed, by)


def is_blocked(white: Warehouse) -> bool:
    with white.database.read() as session:
        return bool(session.scalar(select(LotNoInformation.blocked)))


@ON_POSTGRESQL
@CARD_STATE
def test_a_block_waits_for_the_pick_that_is_being_registered(
    white: Warehouse, goods: Goods, *, has_card: bool
) -> None:
    activity, block = scanned_pick(white, goods), blocking(white, has_card=has_card)
    after = overtaken(
        white,
        lambda session: register_warehouse_activity(session, activity, white.by),
        block,
    )
    assert after is None
    assert white.in_bins(goods) == {("SHIP", lot("L1")): 5}
    assert is_blocked(white)
    white.assert_sound()


@ON_POSTGRESQL
@CARD_STATE
def test_a_pick_waits_for_the_block_that_is_being_saved_and_is_refused(
    white: Warehouse, goods: Goods, *, has_card: bool
) -> None:
    activity, block = scanned_pick(white, goods), blocking(white, has_card=has_card)
    after = overtaken(
        white, block, lambda session: register_warehouse_activity(session, activity, white.by)
    )
    assert isinstance(after, NumberBlocked)
    assert white.in_bins(goods) == {("A", lot("L1")): 5}
    white.assert_sound()


@ON_POSTGRESQL
@CARD_STATE
def test_a_posting_waits_for_the_block_that_is_being_saved_and_is_refused(
    white: Warehouse, goods: Goods, *, has_card: bool
) -> None:
    block = blocking(white, has_card=has_card)
    receipt = add_receipt(white, Part(goods, 1, lot("L1")))
    after = overtaken(
        white, block, lambda session: post_warehouse_receipt(session, receipt, white.by)
    )
    assert isinstance(after, NumberBlocked)
    assert white.in_ledger(goods) == {lot("L1"): 5}


@CARD_STATE
def test_a_pick_and_a_block_at_the_same_moment_leave_nothing_half_done(
    white: Warehouse, goods: Goods, *, has_card: bool
) -> None:
    activity, block = scanned_pick(white, goods), blocking(white, has_card=has_card)
    outcomes = together([lambda: register(white, activity), lambda: white.write(block)])
    assert outcomes in ({"done": 2}, {"done": 1, NumberBlocked.__name__: 1})
    place = "SHIP" if outcomes["done"] == 2 else "A"
    assert white.in_bins(goods) == {(place, lot("L1")): 5}
    assert is_blocked(white)
    white.assert_sound()


def test_picks_of_one_item_do_not_wait_for_each_other_in_a_ring(
    white: Warehouse, goods: Goods
) -> None:
    other = white.add_item("OTHER", "lot")
    white.stock(other, "B", 50, lot("L1"))
    white.stock(goods, "A", 45, lot("L1"))
    parts = [Part(goods, 5), Part(other, 5)]
    shipments = [add_shipment(white, *(parts if n % 2 else parts[::-1])) for n in range(8)]
    picks = [pick(white, shipment) for shipment in shipments]
    for activity in picks:
        scan(white, activity, numbers=lot("L1"))
    card_id = add(white, LOT, "LOT", "L1")
    read = card(white, LOT, card_id)
    works: list[Callable[[], object]] = [lambda no=no: register(white, no) for no in picks]  # type: ignore[misc]
    works.append(lambda: save(white, LOT, card_id, read, description="Fresh"))
    assert together(works) == {"done": 9}
    white.assert_sound()


def test_a_number_gets_one_card(white: Warehouse, goods: Goods) -> None:
    outcomes = together([lambda: add(white, LOT, "LOT", "L1")] * EDITORS)
    assert outcomes == {"done": 1, InformationTaken.__name__: EDITORS - 1}


def test_a_card_that_a_posting_makes_at_the_same_moment_is_there_once(white: Warehouse) -> None:
    goods = white.add_item("LOT", "lot", create_lot_info_on_posting=True)
    works: list[Callable[[], object]] = [lambda: white.stock(goods, "A", 1, lot("L1"))] * 3
    outcomes = together([*works, lambda: add(white, LOT, "LOT", "L1")])
    assert outcomes in ({"done": 4}, {"done": 3, InformationTaken.__name__: 1})
    with white.database.read() as session:
        assert len(session.scalars(select(LotNoInformation)).all()) == 1


def test_one_of_several_editors_saves_and_the_others_are_told(
    white: Warehouse, goods: Goods
) -> None:
    card_id = add(white, LOT, "LOT", "L1")
    read = card(white, LOT, card_id)
    works = [
        lambda n=n: save(white, LOT, card_id, read, description=f"Mine {n}") for n in range(EDITORS)
    ]
    assert together(works) == {"done": 1, CardChanged.__name__: EDITORS - 1}
