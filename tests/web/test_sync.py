"""The page Sync where numbers are blocked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from scanner_app.inventory.tracking_information import NumberKind
from tests.builders import Warehouse, lot
from tests.inventory.information_cards import block, edit
from tests.passwords import PASSWORD
from tests.reliability.page_device import opened_hall
from tests.warehouse.counting import calculate, count
from tests.warehouse.documents import Part
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

LOT = NumberKind.LOT


@pytest.fixture
def opened(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Warehouse, Flask]]:
    with opened_hall(sqlite_template, tmp_path, Clock()) as both:
        yield both


@pytest.fixture
def hall(opened: tuple[Warehouse, Flask]) -> Warehouse:
    """Three of lot L1 and four of lot L2 were found, and nobody has synced them."""
    hall = opened[0]
    goods = hall.add_item("LOT", "lot")
    count(hall, {"A": [Part(goods, 3, lot("L1")), Part(goods, 4, lot("L2"))]})
    return hall


@pytest.fixture
def supervisor(opened: tuple[Warehouse, Flask]) -> PageClient:
    client = PageClient(opened[1])
    client.sign_in("SUE", PASSWORD)
    return client


def states(page: Page) -> list[str]:
    """The state of each number: the last cell of its row."""
    cells = [row[-1] for table in page.all("tbody") for row in table if len(row) == 6]
    return ["".join(cell.itertext()).split()[0] for cell in cells]


def test_a_blocked_number_waits_before_and_after_calculating(
    supervisor: PageClient, hall: Warehouse
) -> None:
    block(hall, LOT, "LOT", "L1")
    page = supervisor.get("/sync")
    assert states(page) == ["Waits", "Not"]
    assert "Calculate first" in page.words
    calculate(hall)
    page = supervisor.get("/sync")
    assert states(page) == ["Waits", "Ready"]
    assert "Post 1 number" in page.words
    [card] = [a for a in page.all("a") if "Open its card" in "".join(a.itertext())]
    assert supervisor.get(card.get("href")).h1 == "L1"


def test_a_number_that_was_blocked_after_calculating_is_not_offered(
    supervisor: PageClient, hall: Warehouse
) -> None:
    calculate(hall)
    block(hall, LOT, "LOT", "L1")
    page = supervisor.get("/sync")
    assert states(page) == ["Waits", "Ready"]
    assert len(page.all("input", name="number")) == 1


def test_where_everything_is_blocked_nothing_is_to_be_calculated(
    supervisor: PageClient, hall: Warehouse
) -> None:
    cards = [block(hall, LOT, "LOT", number) for number in ("L1", "L2")]
    page = supervisor.get("/sync")
    assert states(page) == ["Waits", "Waits"]
    assert "Calculate first" not in page.words
    edit(hall, LOT, cards[0], blocked="No")
    assert "Calculate first" in supervisor.get("/sync").words


def test_a_number_blocked_while_the_page_was_open_refuses_the_posting_by_name(
    supervisor: PageClient, hall: Warehouse
) -> None:
    calculate(hall)
    page = supervisor.get("/sync")
    for number in ("L1", "L2"):
        block(hall, LOT, "LOT", number)
    refused = supervisor.post_form("/sync/posting", page, "post")
    assert refused.status == 422
    assert "is blocked." in refused.words
