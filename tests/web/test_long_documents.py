"""Receipts and shipments with many lines: their pages show a part, and count all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.builders import Warehouse
from tests.reliability.page_device import opened_hall
from tests.sent_statements import statements_sent
from tests.warehouse.documents import Part, add_receipt, add_shipment
from tests.warehouse.masters import Goods
from tests.warehouse.typed_documents import uses_documents
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient
from tests.web.warehouse_journal_forms import supervisor_of

MANY = 60
SHOWN = 50


@pytest.fixture
def hall_and_sue(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Warehouse, PageClient]]:
    with opened_hall(sqlite_template, tmp_path, Clock()) as (hall, app):
        uses_documents(hall)
        yield hall, supervisor_of(hall, app)


@pytest.fixture
def hall(hall_and_sue: tuple[Warehouse, PageClient]) -> Warehouse:
    return hall_and_sue[0]


@pytest.fixture
def sue(hall_and_sue: tuple[Warehouse, PageClient]) -> PageClient:
    return hall_and_sue[1]


@pytest.fixture
def goods(hall: Warehouse) -> Goods:
    return hall.add_item("GOODS")


def receipt(hall: Warehouse, goods: Goods, lines: int = MANY) -> str:
    return f"/documents/receipts/RE{add_receipt(hall, *[Part(goods, 1)] * lines):04d}"


def rows_of(page: Page) -> int:
    """The lines of the table, without its captions."""
    return max(0, len(page.all("tr")) - 1)


def more_of(page: Page) -> list[str]:
    return [str(link.get("href")) for link in page.all("a") if "after=" in link.get("href", "")]


def test_a_long_document_is_shown_in_parts_and_counted_whole(
    hall: Warehouse, sue: PageClient, goods: Goods
) -> None:
    document = receipt(hall, goods)
    first = sue.get(document)
    assert rows_of(first) == SHOWN
    assert "60 lines · 60 with a Qty. to Receive, 0 received whole" in first.words
    [address] = more_of(first)
    second = sue.get(address)
    assert rows_of(second) == MANY - SHOWN
    assert more_of(second) == []
    assert "60 lines" in second.words
    assert "These are all." in second.words
    behind = sue.get(f"{document}?after=99999999")
    assert rows_of(behind) == 0
    assert "These are all." in behind.words
    assert "No line yet" not in behind.words


def test_a_short_document_has_no_parts(hall: Warehouse, sue: PageClient, goods: Goods) -> None:
    page = sue.get(receipt(hall, goods, SHOWN))
    assert rows_of(page) == SHOWN
    assert more_of(page) == []
    assert "These are all." not in page.words


def test_what_can_be_done_follows_from_all_lines(
    hall: Warehouse, sue: PageClient, goods: Goods
) -> None:
    hall.stock(goods, "A", 1)
    add_shipment(hall, *[Part(goods, 1)] * MANY)
    open_documents = sue.get("/documents")
    [heading] = [section for section in open_documents.all("section") if section.get("id")]
    address = f"/documents/shipments/{heading.get('id')}"
    page = sue.get(f"{address}?after=99999999")
    assert "60 lines · 0 picked whole, 0 shipped whole" in page.words
    assert page.form("pick", f"{address}/pick") is not None


def test_a_page_of_many_lines_asks_as_few_questions_as_one_of_few(
    hall: Warehouse, sue: PageClient, goods: Goods
) -> None:
    taken = []
    for lines in (2, MANY):
        document = receipt(hall, goods, lines)
        with statements_sent(Engine) as sent:
            sue.get(document)
        taken.append(len(sent))
    assert taken[0] == taken[1]


def test_of_many_lines_that_cannot_be_posted_the_first_are_named_and_all_counted(
    hall: Warehouse, sue: PageClient
) -> None:
    lots = hall.add_item("LOTTED", "lot")
    document = receipt(hall, lots)
    refused = sue.post_form(f"{document}/posting", sue.get(document), "post")
    assert "60 lines cannot be posted" in refused.words
    assert "Line 500000:" in refused.words
    assert "Line 510000:" not in refused.words
    assert "and 10 more" in refused.words
