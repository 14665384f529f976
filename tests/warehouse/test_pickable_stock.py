"""What may not be picked, and the reason that is said for it."""

from collections.abc import Mapping

import pytest

from scanner_app.inventory.tracking_information import LotNoInformation
from scanner_app.warehouse.bin import BlockMovement
from scanner_app.warehouse.pickable_stock import LeftOut
from tests.builders import Warehouse, lot
from tests.warehouse.counting import count
from tests.warehouse.documents import (
    Part,
    add_movement,
    add_shipment,
)
from tests.warehouse.masters import DAY, Goods
from tests.warehouse.picks import STRICT, fefo, picked, plan, why_not


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("LOT", "lot", units={"BOX": 6})


def test_strict_posting_leaves_out_expired_and_undated_numbers(white: Warehouse) -> None:
    goods = fefo(white, ("A", "OLD", -1), ("B", "TODAY", 0), ("C", "NONE", None), **STRICT)
    assert picked(white, Part(goods, 20)) == [("B", lot("TODAY"), 5)]
    assert why_not(white, Part(goods, 1)) == {LeftOut.EXPIRED: 10, LeftOut.ON_OTHER_DOCUMENTS: 5}


def test_a_blocked_lot_is_not_picked(white: Warehouse, goods: Goods) -> None:
    for code, number in (("A", "L1"), ("B", "L2")):
        white.stock(goods, code, 5, lot(number))
    card = LotNoInformation(
        item_id=goods.id, variant_id=goods.variant_id, lot_no="L1", blocked=True
    )
    white.write(lambda session: session.add(card))
    assert picked(white, Part(goods, 9)) == [("B", lot("L2"), 5)]
    assert why_not(white, Part(goods, 1)) == {LeftOut.BLOCKED: 5, LeftOut.ON_OTHER_DOCUMENTS: 5}


@pytest.mark.parametrize(
    ("unfit", "reason"),
    [
        ({"block_movement": BlockMovement.OUTBOUND}, LeftOut.CLOSED_BIN),
        ({"block_movement": BlockMovement.ALL}, LeftOut.CLOSED_BIN),
        ({"dedicated": True}, LeftOut.DEDICATED_BIN),
    ],
)
def test_a_bin_that_is_not_for_picking_is_left_out(
    white: Warehouse, goods: Goods, unfit: Mapping[str, object], reason: LeftOut
) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "RECV", 5, lot("L1"))
    white.change(white.bins["A"], **unfit)
    assert why_not(white, Part(goods, 1)) == {reason: 5, LeftOut.NOT_A_PICK_BIN: 5}


def test_what_other_documents_take_is_left_out_by_number_and_by_bin(
    white: Warehouse, goods: Goods
) -> None:
    white.stock(goods, "A", 4, lot("L1"))
    white.stock(goods, "A", 4, lot("L2"))
    add_movement(white, "A", "B", Part(goods, 3, lot("L2")))
    assert picked(white, Part(goods, 2)) == [("A", lot(""), 2)]
    assert picked(white, Part(goods, 2)) == [("A", lot(""), 2)]
    assert picked(white, Part(goods, 2)) == [("A", lot("L2"), 1)]
    assert why_not(white, Part(goods, 3)) == {LeftOut.ON_OTHER_DOCUMENTS: 8}


def test_what_a_count_found_is_picked_only_after_the_sync(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    count(white, {"B": [Part(goods, 2, lot("L1"))], "C": [Part(goods, 3, lot("L2"))]})
    assert picked(white, Part(goods, 20)) == [("A", lot("L1"), 3), ("B", lot("L1"), 2)]
    [line] = plan(white, add_shipment(white, Part(goods, 1)))
    assert line.left_out == {LeftOut.ON_OTHER_DOCUMENTS: 5, LeftOut.WAITING_FOR_SYNC: 5}
    assert line.found_since == DAY


def test_what_lies_there_in_another_unit_is_said(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 12, lot("L1"))
    assert why_not(white, Part(goods, 1, unit="BOX")) == {LeftOut.OTHER_UNIT: 12}


def test_each_line_of_a_short_pick_says_what_does_not_count(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 5, lot("L1"))
    white.stock(goods, "RECV", 2, lot("L1"))
    none = white.add_item("NONE")
    parts = (Part(goods, 4), Part(goods, 4, lot("L1")), Part(none, 1))
    short, named, missing = plan(white, add_shipment(white, *parts))
    assert (named.short_base, named.left_out, named.found_since) == (0, {}, None)
    on_named_line = {LeftOut.ON_OTHER_DOCUMENTS: 4, LeftOut.NOT_A_PICK_BIN: 2}
    assert (short.taken_base, short.short_base, short.left_out) == (1, 3, on_named_line)
    assert (missing.taken_base, missing.short_base, missing.left_out) == (0, 1, {})
