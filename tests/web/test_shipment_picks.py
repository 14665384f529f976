"""What can be picked of a shipment: every line says what was found and why it does not count."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.warehouse.bin import BlockMovement
from scanner_app.warehouse.shipment import ShipmentStatus, WarehouseShipment
from tests.builders import Warehouse, lot
from tests.reliability.page_device import opened_hall
from tests.warehouse.counting import count
from tests.warehouse.documents import Part, add_shipment
from tests.warehouse.masters import Goods
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient
from tests.web.warehouse_journal_forms import supervisor_of

PAGE = "/documents/shipments/SH0001/pick"


@pytest.fixture
def hall_and_sue(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Warehouse, PageClient]]:
    """WHITE, where nine of lot L1 of LOTS lie in A, and SUE."""
    with opened_hall(sqlite_template, tmp_path, Clock()) as (hall, app):
        yield hall, supervisor_of(hall, app)


@pytest.fixture
def sue(hall_and_sue: tuple[Warehouse, PageClient]) -> PageClient:
    return hall_and_sue[1]


@pytest.fixture
def hall(hall_and_sue: tuple[Warehouse, PageClient]) -> Warehouse:
    return hall_and_sue[0]


@pytest.fixture
def goods(hall: Warehouse) -> Goods:
    return hall.add_item("PAINT", "lot")


def create(sue: PageClient) -> Page:
    return sue.post_form(PAGE, sue.get("/documents"), "pick-SH0001")


def test_what_is_whole_is_picked_and_says_so(
    hall: Warehouse, sue: PageClient, goods: Goods
) -> None:
    hall.stock(goods, "A", 5, lot("L1"))
    add_shipment(hall, Part(goods, 5))
    page = sue.get(PAGE)
    assert "5 PCS 5 PCS Nothing is missing" in page.words
    made = sue.follow(sue.post_form(PAGE, page, "pick"))
    assert made.h1 == "Receipts and shipments"
    assert "Pick PI0001 is ready." in made.words
    assert "Everything is picked or on a pick already." in sue.get(PAGE).words


def test_a_short_pick_is_made_and_says_what_is_missing_and_why(
    hall: Warehouse, sue: PageClient, goods: Goods
) -> None:
    hall.stock(goods, "A", 5, lot("L1"))
    hall.stock(goods, "B", 4, lot("L1"))
    hall.change(hall.bins["B"], block_movement=BlockMovement.OUTBOUND)
    count(hall, {"C": [Part(goods, 2, lot("L2"))]})
    add_shipment(hall, Part(goods, 12, lot("L1")), Part(goods, 1))
    words = sue.follow(create(sue)).words
    assert "Pick PI0001 is ready. This is still missing:" in words
    assert "L1 7 PCS 0 PCS" in words
    assert "4 PCS in bins that are closed to outbound movement" in words
    assert "5 PCS on other documents" in words
    assert "2 PCS found and waiting for the sync Found since" in words


def test_when_nothing_can_be_picked_each_line_says_why(
    hall: Warehouse, sue: PageClient, goods: Goods
) -> None:
    hall.stock(goods, "RECV", 3, lot("L1"))
    add_shipment(hall, Part(goods, 2), Part(hall.add_item("NONE"), 1))
    answer = create(sue)
    assert answer.status == 422
    assert "Nothing can be picked for SH0001 now." in answer.words
    assert "3 PCS in bins that are not for picking" in answer.words
    assert "Nothing else is here" in answer.words
    assert answer.all("form", id_="pick") == []


def test_an_open_shipment_is_shown_and_not_picked(
    hall: Warehouse, sue: PageClient, goods: Goods
) -> None:
    hall.stock(goods, "A", 5, lot("L1"))
    shipment_id = add_shipment(hall, Part(goods, 5))
    released = sue.get("/documents")
    with hall.database.read() as session:
        shipment = session.get_one(WarehouseShipment, shipment_id)
    hall.change(shipment, status=ShipmentStatus.OPEN)
    page = sue.get(PAGE)
    assert "Nothing is missing" in page.words
    assert page.all("form", id_="pick") == []
    assert "pick-SH0001" not in sue.get("/documents").text
    assert sue.post_form(PAGE, released, "pick-SH0001").status == 422


def test_a_shipment_that_is_not_there_is_not_found(sue: PageClient) -> None:
    assert sue.get(PAGE).status == 404
