"""Transfer orders are shipped and received, by themselves and by documents: docs/domain.md 6.10."""

import pytest
from sqlalchemy import select

from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS
from scanner_app.warehouse.document_lines import delete_document_line
from scanner_app.warehouse.document_tracking import lock_tracked_document_line
from scanner_app.warehouse.journal_tracking_lines import delete_tracking_line
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.warehouse.receipt_parts import receipt_problems
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_order import PostedTransfer, PostedTransferLine
from scanner_app.warehouse.transfer_orders import delete_transfer, reopen_transfer
from scanner_app.warehouse.warehouse_documents import delete_document, reopen_shipment
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.masters import Goods
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.transfer_orders import (
    LINE,
    Route,
    add_order_line,
    at,
    build_route,
    create_receipt,
    create_shipment,
    handled,
    in_transit,
    make_order,
    order_of,
    pick_and_ship,
    receive_order,
    receive_receipt,
    release,
    ship_order,
)
from tests.warehouse.typed_documents import (
    add_line,
    document,
    edit,
    edit_line,
    line,
    name,
    named,
    rename,
    tracked,
)


@pytest.fixture
def route(white: Warehouse) -> Route:
    return build_route(white)


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", use_expiration_dates=True, units={"BOX": 3})


def reopen(white: Warehouse, no: str) -> None:
    white.write(lambda session: reopen_transfer(session, no))


def stock_east(route: Route, goods: Goods, *lots: str, quantity: int = 5) -> None:
    lines = [route.east.line(goods, quantity, lot(each), expiration_date=days(90)) for each in lots]
    route.east.post(*lines, bin_code=next(iter(route.east.bins), None))


def test_what_was_shipped_by_its_number_is_received_by_it(route: Route, goods: Goods) -> None:
    white = route.white
    stock_east(route, goods, "L1", "L2")
    no = make_order(white)
    add_order_line(white, no)
    name(white, no, TRANSFERS, lot_no="L1", quantity="3")
    name(white, no, TRANSFERS, lot_no="L2", quantity="2")
    release(white, no)
    refusal_of(lambda: create_shipment(white, no), "ShipmentsNotUsed")
    assert ship_order(white, no) == "TS0001"
    assert in_transit(white, no) == at(route.transit) == {lot("L1"): 3, lot("L2"): 2}
    refusal_of(lambda: ship_order(white, no), "NothingLeftToShip")
    refusal_of(lambda: receive_order(white, no), "ReceivedByReceipt")
    receipt = create_receipt(white, no)
    assert named(white, receipt) == {lot("L1"): (3, 3), lot("L2"): (2, 2)}
    assert tracked(white, receipt).tracking.parts[0].expiration_date == days(90)
    refusal_of(lambda: create_receipt(white, no), "NothingInTransit")
    assert receive_receipt(white, receipt) is not None
    assert at(white) == {lot("L1"): 3, lot("L2"): 2}
    assert white.in_bins(goods) == {("RECV", lot("L1")): 3, ("RECV", lot("L2")): 2}
    assert document(white, TRANSFERS, no) is None
    with white.database.read() as session:
        posted = session.scalars(select(PostedTransfer.no).order_by(PostedTransfer.id)).all()
        assert posted == ["TS0001", "TR0001"]
        dates = set(session.scalars(select(PostedTransferLine.expiration_date)))
        assert dates == set(session.scalars(select(ItemLedgerEntry.expiration_date)))
    white.assert_sound()


def test_what_comes_by_a_transfer_is_what_its_order_says(route: Route, goods: Goods) -> None:
    white = route.white
    stock_east(route, goods, "L1")
    no = order_of(white, numbers=[lot("L1")], quantity="1")
    ship_order(white, no)
    receipt = create_receipt(white, no)
    refused = {
        "NumberNotShipped": lambda: name(white, receipt, lot_no="L9", quantity="1"),
        "LinesOfTransfer": lambda: add_line(white, receipt),
        "TransferLineStays": lambda: edit_line(white, receipt, quantity="2"),
        "TransferSourceStays": lambda: edit(white, RECEIPTS, receipt, source_no="PO-1"),
        "ShippedNumbersStay": lambda: rename(white, receipt, 0, expiration_date="2030-01-01"),
    }
    for code, work in refused.items():
        refusal_of(work, code)
    part = tracked(white, receipt).tracking.parts[0]

    def delete_number() -> None:
        white.write(
            lambda session: delete_tracking_line(
                session, lock_tracked_document_line(session, RECEIPTS, receipt, LINE), part.id
            )
        )

    refusal_of(delete_number, "ShippedNumbersStay")
    rename(white, receipt, 0, qty_to_handle="0")
    edit_line(white, receipt, qty_to_receive="0")
    edit(white, RECEIPTS, receipt, expected_receipt_date="2026-12-01")
    refusal_of(lambda: receive_receipt(white, receipt), "NothingToReceive")


def test_a_receipt_of_which_the_lines_are_deleted_can_be_created_again(
    route: Route, goods: Goods
) -> None:
    white = route.white
    stock_east(route, goods, "L1")
    no = order_of(white, numbers=[lot("L1")], quantity="1")
    ship_order(white, no)
    receipt = create_receipt(white, no)
    white.write(lambda session: delete_document(session, RECEIPTS, receipt))
    receipt = create_receipt(white, no)
    with white.database.read() as session:
        found = document(white, RECEIPTS, receipt)
        assert receipt_problems(session, found, white.by) == {}
    white.change(goods.item, blocked=True)
    with white.database.read() as session:
        [problem] = receipt_problems(session, found, white.by).values()
        assert problem.code == "ItemBlocked"


def test_picked_goods_go_into_transit_and_come_in_in_parts(route: Route, goods: Goods) -> None:
    white = route.white
    white.stock(goods, "A", 4, lot("L1"), expiration_date=days(30))
    no = make_order(white, "WHITE", "EAST")
    add_order_line(white, no, quantity="4")
    name(white, no, TRANSFERS, lot_no="L1", quantity="4")
    refusal_of(lambda: ship_order(white, no), "TransferNotReleased")
    release(white, no)
    refusal_of(lambda: ship_order(white, no), "ShippedByShipment")
    refusal_of(lambda: receive_order(white, no), "NothingInTransit")
    shipment = create_shipment(white, no)
    assert named(white, shipment, SHIPMENTS) == {lot("L1"): (4, 4)}
    assert named(white, no, TRANSFERS) == {}
    refusal_of(lambda: create_shipment(white, no), "NothingLeftToShip")
    refusal_of(lambda: edit_line(white, shipment, SHIPMENTS, quantity="2"), "TransferLineStays")
    pick_and_ship(white, shipment, 3)
    assert in_transit(white, no) == {lot("L1"): 3}
    assert white.in_bins(goods) == {("A", lot("L1")): 1}
    refusal_of(lambda: create_receipt(white, no), "ReceiptsNotUsed")
    receive_order(white, no, handled(1, lot("L1")))
    refusal_of(lambda: receive_order(white, no, handled(3, lot("L1"))), "MoreThanInTransit")
    refusal_of(lambda: receive_order(white, no, handled(1, lot("L2"))), "MoreThanInTransit")
    refusal_of(lambda: receive_order(white, no, handled(0, lot("L1"))), "NothingToTransfer")
    receive_order(white, no)
    assert at(route.east) == {lot("L1"): 3}
    assert at(route.transit) == {}
    white.assert_sound()


def test_an_order_stays_while_a_document_still_names_its_line(route: Route, goods: Goods) -> None:
    white = route.white
    white.stock(goods, "A", 2, lot("L1"), expiration_date=days(30))
    no = make_order(white, "WHITE", "EAST")
    for quantity in ("1", "2"):
        add_order_line(white, no, quantity=quantity)
    release(white, no)
    first = create_shipment(white, no)
    pick_and_ship(white, first, lot_no="L1")
    white.write(lambda session: reopen_shipment(session, first))
    white.write(lambda session: delete_document_line(session, SHIPMENTS, first, 2 * LINE))
    white.stock(goods, "A", 1, lot("L1"), expiration_date=days(30))
    pick_and_ship(white, create_shipment(white, no))
    receive_order(white, no)
    assert at(route.east) == {lot("L1"): 3}
    assert document(white, TRANSFERS, no) is not None
    refusal_of(lambda: reopen(white, no), "TransferOnDocument")
    white.write(lambda session: delete_document(session, SHIPMENTS, first))
    reopen(white, no)
    white.write(lambda session: delete_transfer(session, no))
    white.assert_sound()


def test_a_part_is_shipped_and_the_rest_follows(white: Warehouse, goods: Goods) -> None:
    route = build_route(white, "X", "Y")
    stock_east(route, goods, "L1")
    no = make_order(white)
    add_order_line(white, no, quantity="5", transfer_from_bin="X")
    name(white, no, TRANSFERS, lot_no="L1", quantity="5")
    release(white, no)
    refusal_of(lambda: ship_order(white, no, handled(6, lot("L1"))), "MoreThanOrdered")
    ship_order(white, no, handled(2, lot("L1")))
    first = create_receipt(white, no)
    ship_order(white, no)
    second = create_receipt(white, no)
    assert [named(white, each) for each in (first, second)] == [
        {lot("L1"): (2, 2)},
        {lot("L1"): (3, 3)},
    ]
    receive_receipt(white, first)
    receive_receipt(white, second)
    assert at(white) == {lot("L1"): 5}
    assert document(white, TRANSFERS, no) is None
    white.assert_sound()


def test_a_part_of_a_unit_comes_in_in_base_units(route: Route) -> None:
    white, plain = route.white, route.white.add_item("GOODS", units={"BOX": 3})
    route.east.post(route.east.line(plain, 9), bin_code=None)
    no = order_of(white, quantity="2", unit="BOX")
    ship_order(white, no, handled(4))
    row = line(white, create_receipt(white, no))
    assert (row.quantity, row.qty_per_unit_of_measure) == (4, 1)
    ship_order(white, no)
    assert in_transit(white, no) == {serial(""): 6}
    white.assert_sound()


def test_bins_are_named_and_stock_must_be_there(white: Warehouse) -> None:
    route, goods = build_route(white, "X"), white.add_item("GOODS")
    refusal_of(lambda: ship_order(white, order_of(white)), "BinMissing")
    no = order_of(white, transfer_from_bin="X")
    refusal_of(lambda: ship_order(white, no), "InventoryInsufficient")
    route.east.stock(goods, "X", 5)
    ship_order(white, no)
    assert route.east.in_bins(goods) == {}
    assert at(route.transit) == {serial(""): 5}


def test_transfers_ask_for_the_numbers_that_transfers_need(route: Route) -> None:
    white = route.white
    goods = white.add_item("GOODS", lot_transfer_tracking=True)
    route.east.post(route.east.line(goods, 5), bin_code=None)
    refusal_of(lambda: ship_order(white, order_of(white)), "NumberMissing")


def test_named_and_unnamed_goods_come_on_lines_of_their_own(route: Route) -> None:
    white = route.white
    goods = white.add_item("GOODS", lot_purchase_inbound_tracking=True)
    route.east.post(route.east.line(goods, 5, lot("L1")), bin_code=None)
    no = order_of(white, numbers=[lot("L1")], quantity="3")
    ship_order(white, no)
    ship_order(white, no)
    receipt = create_receipt(white, no)
    assert named(white, receipt) == {}
    assert line(white, receipt).quantity == 2
    assert line(white, receipt, line_no=20_000).quantity == 1
    receive_receipt(white, receipt)
    assert at(white) == {lot("L1"): 1, serial(""): 2}
    white.assert_sound()


def test_a_deleted_shipment_line_lets_the_order_ship_again(route: Route, goods: Goods) -> None:
    white = route.white
    white.stock(goods, "A", 4, lot("L1"), expiration_date=days(30))
    no = order_of(white, "WHITE", "EAST", quantity="4")
    shipment = create_shipment(white, no)
    white.write(lambda session: delete_document_line(session, SHIPMENTS, shipment, LINE))
    white.write(lambda session: delete_document(session, SHIPMENTS, shipment))
    reopen(white, no)
    release(white, no)
    pick_and_ship(white, create_shipment(white, no))
    assert in_transit(white, no) == {lot("L1"): 4}


def test_the_check_finds_a_line_that_is_further_than_its_postings(
    route: Route, goods: Goods
) -> None:
    white = route.white
    stock_east(route, goods, "L1")
    no = order_of(white, numbers=[lot("L1")], quantity="1")
    ship_order(white, no)
    row = line(white, no, TRANSFERS)
    white.change(row, qty_received_base=row.qty_shipped_base)
    with white.database.read() as session:
        [broken] = check_ledgers(session)
    assert (broken.table, broken.expected, broken.found) == ("transfer_order_line", "0", "1")
