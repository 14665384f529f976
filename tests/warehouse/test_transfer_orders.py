"""Typing transfer orders: docs/domain.md 6.10."""

import pytest

from scanner_app.access.change_log import CardChanged
from scanner_app.inventory.item_tracking import NO_NUMBERS
from scanner_app.warehouse.bin_use import open_work
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS
from scanner_app.warehouse.document_line_card import card_of_line
from scanner_app.warehouse.document_lines import delete_document_line
from scanner_app.warehouse.item_use import open_document, open_document_with_numbers
from scanner_app.warehouse.place_use import EVERY_DOCUMENT, open_document_at
from scanner_app.warehouse.select_entries import selectable_entries
from scanner_app.warehouse.transfer_kind import TRANSFERS
from scanner_app.warehouse.transfer_orders import (
    change_transfer,
    delete_transfer,
    reopen_transfer,
)
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.masters import Goods
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.transfer_orders import (
    Route,
    add_order_line,
    build_route,
    create_shipment,
    edit_order,
    header,
    make_order,
    order_of,
    release,
    ship_order,
)
from tests.warehouse.typed_documents import document, edit_line, line, name, tracked


@pytest.fixture
def route(white: Warehouse) -> Route:
    return build_route(white)


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot")


def reopen(white: Warehouse, no: str) -> None:
    white.write(lambda session: reopen_transfer(session, no))


def delete(white: Warehouse, no: str) -> None:
    white.write(lambda session: delete_transfer(session, no))


def test_an_order_takes_its_number_and_says_what_was_typed(route: Route) -> None:
    no = make_order(route.white, "east", shipment_date="2026-12-01", receipt_date="2026-12-03")
    assert no == "TO0001"
    edit_order(route.white, no, receipt_date="2026-12-04")
    order = document(route.white, TRANSFERS, no)
    assert (str(order.shipment_date), str(order.receipt_date)) == ("2026-12-01", "2026-12-04")
    assert order.location_id == route.east.location.id


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"transfer_to": "EAST"}, "TransferNeedsTwoLocations"),
        ({"transfer_from": ""}, "NameMissing"),
        ({"transfer_to": "NOWHERE"}, "RecordNotFound"),
        ({"transfer_to": "TRANSIT"}, "LocationInTransit"),
        ({"in_transit": "EAST"}, "InTransitLocationNeeded"),
        ({"in_transit": "BINS"}, "InTransitLocationNeeded"),
        ({"receipt_date": "soon"}, "DateNotReadable"),
    ],
)
def test_locations_that_do_not_fit_are_refused(
    route: Route, typed: dict[str, str], code: str
) -> None:
    another_location(route.white, "BINS", "X", use_as_in_transit=True)
    refusal_of(lambda: make_order(route.white, **typed), code)


def test_who_read_an_older_card_is_told(route: Route) -> None:
    no = make_order(route.white)
    edit_order(route.white, no, receipt_date="2026-12-04")
    with pytest.raises(CardChanged):
        route.white.write(lambda session: change_transfer(session, no, header(), header()))


def test_only_an_open_order_changes_and_only_one_with_lines_is_released(
    route: Route, goods: Goods
) -> None:
    white, no = route.white, make_order(route.white)
    refusal_of(lambda: release(white, no), "TransferEmpty")
    add_order_line(white, no)
    release(white, no)
    refusal_of(lambda: release(white, no), "TransferNotOpen")
    refusal_of(lambda: edit_order(white, no, receipt_date=""), "TransferReleased")
    refusal_of(lambda: add_order_line(white, no), "TransferReleased")
    refusal_of(lambda: name(white, no, TRANSFERS, lot_no="L1"), "TransferReleased")
    reopen(white, no)
    edit_line(white, no, TRANSFERS, quantity="7")
    assert line(white, no, TRANSFERS).quantity_base == 7
    white.write(lambda session: delete_document_line(session, TRANSFERS, no, 10_000))
    delete(white, no)
    refusal_of(lambda: release(white, no), "DocumentGone")


def test_a_line_names_bins_only_where_the_order_itself_is_posted(white: Warehouse) -> None:
    route, goods = build_route(white, "X", "ADJ2"), white.add_item("GOODS")
    no = make_order(white)
    add_order_line(white, no, transfer_from_bin="x")
    with white.database.read() as session:
        card = card_of_line(session, TRANSFERS, line(white, no, TRANSFERS))
        assert open_work(session, route.east.bins["X"].id) == no
        assert open_document(session, goods.id) == no
        assert open_document_with_numbers(session, goods.id) == ""
        assert open_document_at(session, route.transit.location.id, EVERY_DOCUMENT) == no
    assert (card["transfer_from_bin"], card["transfer_to_bin"]) == ("X", "")
    typed = {"transfer_to_bin": "RECV"}
    refusal_of(lambda: add_order_line(white, no, **typed), "TransferBinNotUsed")
    typed = {"transfer_from_bin": "Y"}
    refusal_of(lambda: add_order_line(white, no, **typed), "RecordNotFound")
    white.change(route.east.bins["ADJ2"], is_adjustment_bin=True)
    typed = {"transfer_from_bin": "ADJ2"}
    refusal_of(lambda: add_order_line(white, no, **typed), "AdjustmentBinGuarded")
    refusal_of(lambda: edit_order(white, no, transfer_to="EAST"), "TransferLocationStays")
    back = make_order(white, "WHITE", "EAST")
    add_order_line(white, back, transfer_to_bin="X")
    assert line(white, back, TRANSFERS).transfer_to_bin_id == route.east.bins["X"].id


def test_an_order_stays_while_it_is_on_a_document_or_in_transit(route: Route, goods: Goods) -> None:
    white = route.white
    white.stock(goods, "A", 5, lot("L1"))
    there = order_of(white, "WHITE", "EAST")
    shipment = create_shipment(white, there)
    refusal_of(lambda: reopen(white, there), "TransferOnDocument")
    assert document(white, SHIPMENTS, shipment).source_no == there
    route.east.post(route.east.line(goods, 5, lot("L2")), bin_code=None)
    back = order_of(white, numbers=[lot("L2")])
    ship_order(white, back)
    refusal_of(lambda: delete(white, back), "TransferReleased")
    reopen(white, back)
    refusal_of(lambda: delete(white, back), "TransferInTransit")
    refusal_of(lambda: edit_line(white, back, TRANSFERS, unit="BOX"), "RecordNotFound")
    refusal_of(lambda: edit_order(white, back, transfer_to="TRANSIT"), "TransferLocationStays")
    assert document(white, RECEIPTS, "RC0001") is None
    white.assert_sound()


def test_what_an_order_names_is_not_offered_to_another(route: Route, goods: Goods) -> None:
    white = route.white
    route.east.post(route.east.line(goods, 5, lot("L1")), bin_code=None)
    order_of(white, numbers=[lot("L1")], quantity="1")
    second = make_order(white)
    add_order_line(white, second)
    with white.database.read() as session:
        [entry] = selectable_entries(session, tracked(white, second, TRANSFERS), NO_NUMBERS, 10)
    assert (entry.total, entry.available) == (5, 4)
