"""What a registered put-away or movement placed is brought back, once (docs/domain.md 5.6)."""

from collections.abc import Collection
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    RegisteredActivity,
    WarehouseActivity,
)
from scanner_app.warehouse.bin import BinBlocked, BlockMovement
from scanner_app.warehouse.move_back import (
    MovedBackResult,
    free_of_pairs,
    may_move_back,
    move_back,
    stock_of_pairs,
)
from scanner_app.warehouse.move_refusals import StockOnDocuments
from scanner_app.warehouse.moved_back import LineMovedBack, MovedBack, NothingToMoveBack
from scanner_app.warehouse.receipt import PostedReceiptLine
from scanner_app.warehouse.registered_documents import (
    RegisteredPair,
    find_registered,
    pairs_of_registered,
)
from scanner_app.warehouse.warehouse_posting import QuantityInBinInsufficient
from tests.builders import Warehouse, lot, serial
from tests.warehouse.documents import (
    Part,
    add_movement,
    add_shipment,
    lines_of,
    move,
    pick,
    receive,
    register,
    scan,
)
from tests.warehouse.masters import DAY, Goods

PUT_AWAY, MOVEMENT, PICK = ActivityType.PUT_AWAY, ActivityType.MOVEMENT, ActivityType.PICK


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    white.change(white.location, require_put_away=True, always_create_put_away_line=True)
    return white.add_item("LOT", "lot", units={"BOX": 6}, use_expiration_dates=True)


def put_away(white: Warehouse, *parts: Part) -> str:
    """Receive parts and put them away where the document says; returns its registered number."""
    activity = receive(white, *parts)
    scan(white, activity)
    return register(white, activity).no


def registered(white: Warehouse, type_: ActivityType, no: str) -> RegisteredActivity:
    with white.database.read() as session:
        found = find_registered(session, white.location, type_, no)
    assert found is not None
    return found


def pairs(white: Warehouse, type_: ActivityType, no: str) -> list[RegisteredPair]:
    found = registered(white, type_, no)
    with white.database.read() as session:
        return pairs_of_registered(session, found, rows_max=100)


def bring_back(
    white: Warehouse, type_: ActivityType, no: str, lines: Collection[int] | None = None
) -> MovedBackResult:
    """Move lines of a registered document back, all unless said which."""
    ids = [pair.id for pair in pairs(white, type_, no)] if lines is None else lines
    found = registered(white, type_, no)
    return white.write(lambda session: move_back(session, found.id, ids, white.by))


def free(white: Warehouse, type_: ActivityType, no: str) -> list[int]:
    """How much of each line may be moved back."""
    found = pairs(white, type_, no)
    with white.database.read() as session:
        left = free_of_pairs(stock_of_pairs(session, white.location, found), found)
    return [int(left[pair.id]) for pair in found]


def put_away_so_far(white: Warehouse) -> list[int]:
    with white.database.read() as session:
        row = PostedReceiptLine
        return [int(base) for base in session.scalars(select(row.qty_put_away_base))]


def test_a_put_away_goes_back_to_the_dock_and_is_to_be_put_away_again(
    white: Warehouse, goods: Goods
) -> None:
    expires = DAY + timedelta(days=90)
    part = Part(goods, 2, lot("L1"), expires, unit="BOX")
    no = put_away(white, part)
    assert white.in_bins(goods) == {("A", lot("L1")): 12}
    assert put_away_so_far(white) == [12]
    ledger = white.in_ledger(goods)

    result = bring_back(white, PUT_AWAY, no)
    assert (result.no, result.lines, result.put_away_no) == ("RMV0001", 1, "PU0002")
    assert white.in_bins(goods) == {("RECV", lot("L1")): 12}
    assert white.in_ledger(goods) == ledger
    assert put_away_so_far(white) == [0]
    [pair] = pairs(white, PUT_AWAY, no)
    assert pair.moved_back_no == "RMV0001"
    [back] = pairs(white, MOVEMENT, "RMV0001")
    assert (back.from_bin.code, back.to_bin.code, back.quantity) == ("A", "RECV", 2)
    assert (back.unit, back.numbers, back.expiration_date) == ("BOX", lot("L1"), expires)
    assert registered(white, MOVEMENT, "RMV0001").source_no == no

    with white.database.read() as session:
        again = session.scalars(select(WarehouseActivity)).one()
    assert (again.no, again.source_no) == ("PU0002", "PR0001")
    [take, place] = lines_of(white, again.id)
    assert (take.action_type, place.action_type) == (ActionType.TAKE, ActionType.PLACE)
    assert (take.quantity, take.lot_no, take.expiration_date) == (2, "L1", expires)
    scan(white, again.id)
    register(white, again.id)
    assert white.in_bins(goods) == {("A", lot("L1")): 12}
    assert put_away_so_far(white) == [12]
    white.assert_sound()


def test_a_line_goes_back_once_and_its_neighbours_by_themselves(
    white: Warehouse, goods: Goods
) -> None:
    no = put_away(white, Part(goods, 4, lot("L1")), Part(goods, 5, lot("L2")))
    first, second = pairs(white, PUT_AWAY, no)
    bring_back(white, PUT_AWAY, no, [first.id])
    with pytest.raises(LineMovedBack) as refused:
        bring_back(white, PUT_AWAY, no)
    assert refused.value.parameters == {"what": "LOT Lot No. L1", "no": "RMV0001"}
    bring_back(white, PUT_AWAY, no, [second.id])
    assert white.in_bins(goods) == {("RECV", lot("L1")): 4, ("RECV", lot("L2")): 5}
    assert put_away_so_far(white) == [0, 0]
    with white.database.read() as session:
        assert len(session.scalars(select(MovedBack)).all()) == 2
    white.assert_sound()


@pytest.mark.parametrize("lines", [[], [999_999]])
def test_nothing_chosen_moves_nothing(white: Warehouse, goods: Goods, lines: list[int]) -> None:
    no = put_away(white, Part(goods, 4, lot("L1")))
    with pytest.raises(NothingToMoveBack):
        bring_back(white, PUT_AWAY, no, lines)


def test_a_movement_from_several_bins_goes_back_to_each(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 3, lot("L1"))
    white.stock(goods, "A", 2, lot("L2"))
    no = move(white, "A", "C", Part(goods, 3, lot("L1")), Part(goods, 1, lot("L2"))).no
    result = bring_back(white, MOVEMENT, no)
    assert (result.lines, result.put_away_no) == (2, "")
    assert white.in_bins(goods) == {("A", lot("L1")): 3, ("A", lot("L2")): 2}
    again = bring_back(white, MOVEMENT, result.no)
    assert again.lines == 2
    assert white.in_bins(goods) == {
        ("A", lot("L2")): 1,
        ("C", lot("L1")): 3,
        ("C", lot("L2")): 1,
    }
    white.assert_sound()


def test_what_has_gone_on_does_not_come_back(white: Warehouse, goods: Goods) -> None:
    no = put_away(white, Part(goods, 4, lot("L1")))
    move(white, "A", "B", Part(goods, 1, lot("L1")))
    assert free(white, PUT_AWAY, no) == [3]
    with pytest.raises(QuantityInBinInsufficient) as refused:
        bring_back(white, PUT_AWAY, no)
    assert refused.value.parameters["available"] == 3
    move(white, "A", "B", Part(goods, 3, lot("L1")))
    assert free(white, PUT_AWAY, no) == [0]
    with pytest.raises(QuantityInBinInsufficient) as refused:
        bring_back(white, PUT_AWAY, no)
    assert (refused.value.parameters["available"], refused.value.parameters["unit"]) == (0, "PCS")
    assert white.in_bins(goods) == {("B", lot("L1")): 4}
    white.assert_sound()


def test_what_a_pick_takes_stays_for_it(white: Warehouse, goods: Goods) -> None:
    no = put_away(white, Part(goods, 4, lot("L1")), Part(goods, 4, lot("L2")))
    assert free(white, PUT_AWAY, no) == [4, 4]
    pick(white, add_shipment(white, Part(goods, 6)))
    assert sum(free(white, PUT_AWAY, no)) == 2
    with pytest.raises(StockOnDocuments):
        bring_back(white, PUT_AWAY, no)


def test_two_lines_of_one_stock_are_counted_together(white: Warehouse, goods: Goods) -> None:
    no = put_away(white, Part(goods, 3, lot("L1")), Part(goods, 2, lot("L1")))
    move(white, "A", "B", Part(goods, 1, lot("L1")))
    assert free(white, PUT_AWAY, no) == [3, 1]
    with pytest.raises(QuantityInBinInsufficient):
        bring_back(white, PUT_AWAY, no)
    first, _ = pairs(white, PUT_AWAY, no)
    bring_back(white, PUT_AWAY, no, [first.id])
    assert white.in_bins(goods) == {
        ("A", lot("L1")): 1,
        ("B", lot("L1")): 1,
        ("RECV", lot("L1")): 3,
    }
    white.assert_sound()


def test_a_bin_that_is_closed_lets_nothing_back(white: Warehouse, goods: Goods) -> None:
    no = put_away(white, Part(goods, 4, lot("L1")))
    white.change(white.bins["A"], block_movement=BlockMovement.OUTBOUND)
    with pytest.raises(BinBlocked):
        bring_back(white, PUT_AWAY, no)


@pytest.mark.parametrize(
    "fields",
    [{"require_put_away": False}, {"always_create_put_away_line": False}],
    ids=["puts nothing away", "has room nowhere"],
)
def test_without_a_put_away_the_goods_wait_at_the_dock(
    white: Warehouse, goods: Goods, fields: dict[str, bool]
) -> None:
    no = put_away(white, Part(goods, 4, lot("L1")))
    white.change(white.location, **fields)
    for code in "BC":
        white.change(white.bins[code], block_movement=BlockMovement.ALL)
    white.change(white.bins["A"], block_movement=BlockMovement.INBOUND)
    assert bring_back(white, PUT_AWAY, no).put_away_no == ""
    assert white.in_bins(goods) == {("RECV", lot("L1")): 4}


def test_serial_nos_and_what_has_none(white: Warehouse, goods: Goods) -> None:
    serials, plain = white.add_item("SER", "serial"), white.add_item("PLAIN")
    no = put_away(white, Part(serials, 1, serial("S1")), Part(plain, 7))
    bring_back(white, PUT_AWAY, no)
    expected: dict[tuple[str, TrackingNumbers], int] = {("RECV", serial("S1")): 1}
    assert white.in_bins(serials) == expected
    assert white.in_bins(plain) == {("RECV", NO_NUMBERS): 7}
    assert goods.id not in {serials.id, plain.id}
    white.assert_sound()


def test_a_put_away_that_came_with_no_receipt_goes_back_too(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "RECV", 3, lot("L1"))
    movement = add_movement(white, "RECV", "A", Part(goods, 3, lot("L1")))
    with white.database.read() as session:
        activity = session.get_one(WarehouseActivity, movement)
    white.change(activity, type=PUT_AWAY)
    scan(white, movement)
    no = register(white, movement).no
    assert bring_back(white, PUT_AWAY, no).put_away_no == "PU0001"
    assert white.in_bins(goods) == {("RECV", lot("L1")): 3}
    white.assert_sound()


def test_what_was_picked_belongs_to_its_shipment(white: Warehouse, goods: Goods) -> None:
    white.stock(goods, "A", 4, lot("L1"))
    activity = pick(white, add_shipment(white, Part(goods, 4)))
    scan(white, activity, numbers=lot("L1"))
    no = register(white, activity).no
    assert not may_move_back(registered(white, PICK, no))
    put = put_away(white, Part(goods, 1, lot("L9")))
    assert may_move_back(registered(white, PUT_AWAY, put))


def test_two_at_once_bring_it_back_once(white: Warehouse, goods: Goods) -> None:
    """The database refuses the second row of a line, whoever writes it."""
    no = put_away(white, Part(goods, 4, lot("L1")))
    bring_back(white, PUT_AWAY, no)

    def twice(session: Session) -> None:
        kept = session.scalars(select(MovedBack)).one()
        session.add(
            MovedBack(registered_line_id=kept.registered_line_id, movement_id=kept.movement_id)
        )

    with pytest.raises(Exception, match=r"(?i)unique"):
        white.write(twice)
