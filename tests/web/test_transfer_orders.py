"""The pages of transfer orders, and what they say to whatever is sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Warehouse, another_location
from tests.reliability.page_device import opened_hall
from tests.warehouse.transfer_orders import (
    Route,
    build_route,
    create_receipt,
    header,
    order_of,
    ship_order,
)
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient
from tests.web.warehouse_journal_forms import supervisor_of

ROW = '[10000, "", "", ""]'


@pytest.fixture
def route_and_sue(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Route, PageClient]]:
    """WHITE and EAST, and SUE, who works at WHITE."""
    with opened_hall(sqlite_template, tmp_path, Clock()) as (hall, app):
        route = build_route(hall)
        route.east.post(route.east.line(hall.add_item("GOODS"), 20), bin_code=None)
        yield route, supervisor_of(hall, app)


@pytest.fixture
def white(route_and_sue: tuple[Route, PageClient]) -> Warehouse:
    return route_and_sue[0].white


@pytest.fixture
def sue(route_and_sue: tuple[Route, PageClient]) -> PageClient:
    return route_and_sue[1]


def let_orders_be_received(white: Warehouse) -> None:
    """WHITE has no bins and no receipts."""
    directed = {"directed_put_away_and_pick": False, "bin_mandatory": False}
    white.change(white.location, require_receive=False, **directed)


def create(sue: PageClient, *ends: str, **fields: str) -> Page:
    typed = header(*ends) | fields
    return sue.post_form("/transfers", sue.get("/transfers/new"), "card", **typed)


def send(sue: PageClient, order: str, step: str, **fields: str) -> Page:
    """What a page sends that was opened before the order changed."""
    page = sue.get("/transfers/new")
    hidden = {
        name: page.all("input", name=name)[0].get("value", "")
        for name in ("csrf_token", "request_id")
    }
    return sue.post(f"{order}/{step}", **hidden, **fields)


def test_what_is_refused_is_said_and_stays_typed(sue: PageClient) -> None:
    refused = create(sue, transfer_to="EAST")
    assert (refused.status, "cannot be both ends" in refused.words) == (422, True)
    made = create(sue)
    assert made.status == 303
    page = f"{made.location}/header"
    refused = sue.post_form(page, sue.get(page), "card", in_transit="EAST")
    assert (refused.status, "no location that is used as in-transit" in refused.words) == (
        422,
        True,
    )
    refused = send(sue, made.location, "release")
    assert (refused.status, "has no line" in refused.words) == (422, True)


def test_an_order_between_other_locations_is_not_for_sue(white: Warehouse, sue: PageClient) -> None:
    another_location(white, "WEST")
    assert create(sue, "EAST", "WEST").status == 422
    no = order_of(white, "EAST", "WEST")
    assert sue.get(f"/transfers/{no}").status == 422
    assert no not in sue.get("/transfers").words
    assert sue.get("/transfers/TO9999").status == 404


def test_who_works_where_the_goods_go_does_not_ship_them(white: Warehouse, sue: PageClient) -> None:
    no = order_of(white)
    refused = send(sue, f"/transfers/{no}", "shipment", goods=ROW, quantity="1")
    assert (refused.status, "EAST" in refused.words) == (422, True)


@pytest.mark.parametrize(
    ("goods", "quantity", "status"),
    [
        (ROW, "6", 422),
        (ROW, "a few", 422),
        (ROW, "", 422),
        ("[10000]", "1", 422),
        ("[" * 900, "1", 422),
        ('["10000", "", "", ""]', "1", 422),
        ('[10000, 1, 2, "\\ud800"]', "1", 422),
        ('[10000, "\\ud800", "", ""]', "1", 303),
        (ROW, "2", 303),
    ],
)
def test_whatever_is_sent_to_be_received_is_answered(
    white: Warehouse, sue: PageClient, goods: str, quantity: str, status: int
) -> None:
    no = order_of(white)
    ship_order(white, no)
    let_orders_be_received(white)
    answer = send(sue, f"/transfers/{no}", "receipt", goods=goods, quantity=quantity)
    assert answer.status == status


def test_the_receipt_of_a_transfer_keeps_its_source(white: Warehouse, sue: PageClient) -> None:
    no = order_of(white)
    ship_order(white, no)
    receipt = f"/documents/receipts/{create_receipt(white, no)}"
    page = sue.get(f"{receipt}/header")
    assert page.all("input", name="source_no") == []
    saved = sue.post_form(f"{receipt}/header", page, "card", expected_receipt_date="2030-01-01")
    assert saved.status == 303, saved.words
    line = f"{receipt}/lines/10000"
    refused = sue.post_form(line, sue.get(line), "card", quantity="4")
    assert (refused.status, "that of the transfer order" in refused.words) == (422, True)
    assert no in sue.get(receipt).words
    refused = send(sue, f"/transfers/{no}", "reopening")
    assert (refused.status, "is open for transfer order" in refused.words) == (422, True)
    refused = send(sue, f"/transfers/{no}", "removal")
    assert (refused.status, "is released" in refused.words) == (422, True)
    refused = send(sue, f"/transfers/{no}", "warehouse-receipt")
    assert (refused.status, "on no receipt yet" in refused.words) == (422, True)
    refused = send(sue, f"/transfers/{no}", "warehouse-shipment")
    assert (refused.status, "EAST" in refused.words) == (422, True)


def test_the_order_that_is_received_whole_is_gone(white: Warehouse, sue: PageClient) -> None:
    no = order_of(white)
    ship_order(white, no)
    let_orders_be_received(white)
    posted = send(sue, f"/transfers/{no}", "receipt", goods=ROW, quantity="5")
    assert "Everything is received" in sue.get(posted.location).words
    assert sue.get(f"/transfers/{no}").status == 404
