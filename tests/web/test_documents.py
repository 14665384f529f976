"""The pages of receipts and shipments, and what they say to whatever is sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner_app.warehouse.receipt import WarehouseReceipt
from tests.builders import Warehouse, another_location
from tests.reliability.page_device import opened_hall
from tests.warehouse.documents import Part, add_receipt, add_shipment
from tests.warehouse.typed_documents import uses_documents
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient
from tests.web.warehouse_journal_forms import supervisor_of

RECEIPTS, SHIPMENTS = "/documents/receipts", "/documents/shipments"
KINDS = pytest.mark.parametrize("documents", [RECEIPTS, SHIPMENTS])


@pytest.fixture
def hall_and_sue(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Warehouse, PageClient]]:
    """WHITE, which receives and ships by documents, and SUE."""
    with opened_hall(sqlite_template, tmp_path, Clock()) as (hall, app):
        uses_documents(hall)
        hall.add_item("GOODS")
        yield hall, supervisor_of(hall, app)


@pytest.fixture
def hall(hall_and_sue: tuple[Warehouse, PageClient]) -> Warehouse:
    return hall_and_sue[0]


@pytest.fixture
def sue(hall_and_sue: tuple[Warehouse, PageClient]) -> PageClient:
    return hall_and_sue[1]


def make(sue: PageClient, documents: str) -> str:
    """The address of a new document."""
    made = sue.post_form(documents, sue.get(f"{documents}/new"), "card", source_no="O-1")
    assert made.status == 303
    return made.location


def add_line(sue: PageClient, document: str, **fields: str) -> Page:
    lines = f"{document}/lines"
    typed = {"item_no": "GOODS", "quantity": "5"} | fields
    return sue.post_form(lines, sue.get(f"{lines}/new"), "card", **typed)


@KINDS
def test_what_is_refused_is_said_at_its_field_and_stays_typed(
    sue: PageClient, documents: str
) -> None:
    refused = sue.post_form(
        documents, sue.get(f"{documents}/new"), "card", source_no="", bin="NOWHERE"
    )
    assert refused.status == 422
    assert refused.all("input", name="bin")[0].get("value") == "NOWHERE"
    document = make(sue, documents)
    header = f"{document}/header"
    refused = sue.post_form(header, sue.get(header), "card", bin="ADJ")
    assert (refused.status, "is the adjustment bin" in refused.words) == (422, True)
    refused = add_line(sue, document, item_no="NOTHING")
    assert (refused.status, "Item No. NOTHING is not there." in refused.words) == (422, True)
    add_line(sue, document)
    line = f"{document}/lines/10000"
    refused = sue.post_form(line, sue.get(line), "card", quantity="0")
    assert refused.status == 422
    assert refused.all("input", name="quantity")[0].get("value") == "0"


@KINDS
def test_two_editors_of_a_header_are_told_of_each_other(sue: PageClient, documents: str) -> None:
    header = f"{make(sue, documents)}/header"
    late = sue.get(header)
    assert sue.post_form(header, sue.get(header), "card", source_no="O-2").status == 303
    told = sue.post_form(header, late, "card", source_no="O-3")
    assert (told.status, "O-2" in told.words) == (422, True)


@KINDS
@pytest.mark.parametrize("path", ["", "/header", "/lines/new", "/lines/10000", "/lines/7/tracking"])
def test_what_is_not_there_is_not_found(sue: PageClient, documents: str, path: str) -> None:
    assert sue.get(f"{documents}/NOTHING{path}").status == 404


@KINDS
def test_lines_that_are_not_there_are_not_found(sue: PageClient, documents: str) -> None:
    document = make(sue, documents)
    for line in ("lines/70000", "lines/70000/tracking"):
        assert sue.get(f"{document}/{line}").status == 404


@KINDS
def test_documents_of_other_locations_are_for_those_who_work_there(
    hall: Warehouse, sue: PageClient, documents: str
) -> None:
    elsewhere = another_location(hall, "YARD", "S-1", "SHIP")
    goods = hall.add_item("THINGS")
    if documents == RECEIPTS:
        add_receipt(elsewhere, Part(goods, 1))
    else:
        add_shipment(elsewhere, Part(goods, 1))
    no = "RE0001" if documents == RECEIPTS else "SH0001"
    refused = sue.get(f"{documents}/{no}")
    assert (refused.status, "not a warehouse employee of YARD" in refused.words) == (422, True)
    assert sue.get(f"/receipts/{no}").status in {404, 422}


def test_posting_says_what_stands_against_each_line(hall: Warehouse, sue: PageClient) -> None:
    receipt = make(sue, RECEIPTS)
    add_line(sue, receipt, item_no="LOTS")
    page = sue.get(receipt)
    refused = sue.post_form(f"{receipt}/posting", page, "post")
    assert refused.status == 422
    assert "1 line cannot be posted" in refused.words
    sue.post_form(f"{receipt}/quantities/removal", page, "delete_quantities")
    refused = sue.post_form(f"{receipt}/posting", page, "post")
    assert "has nothing to receive" in refused.words


def test_a_receipt_without_a_put_away_says_so(hall: Warehouse, sue: PageClient) -> None:
    hall.change(hall.location, require_put_away=False)
    receipt = make(sue, RECEIPTS)
    add_line(sue, receipt)
    posted = sue.follow(sue.post_form(f"{receipt}/posting", sue.get(receipt), "post"))
    assert "The receipt is posted." in posted.words
    assert "Put-away" not in posted.words.partition("posted.")[2].partition("Shipments")[0]


def test_a_shipment_says_what_stands_against_it(hall: Warehouse, sue: PageClient) -> None:
    goods = hall.add_item("THINGS")
    hall.stock(goods, "A", 2)
    shipment = make(sue, SHIPMENTS)
    add_line(sue, shipment, item_no="THINGS", quantity="2")
    opened = sue.get(shipment)
    sue.post_form(f"{shipment}/release", opened, "release")
    released = sue.get(shipment)
    again = sue.post_form(f"{shipment}/release", opened, "release")
    assert again.status == 303
    picked = sue.post_form(f"{shipment}/pick", released, "pick")
    assert picked.status == 303
    refused = sue.post_form(f"{shipment}/reopening", released, "reopen")
    assert (refused.status, "is open for shipment" in refused.words) == (422, True)
    on_pick = sue.get(shipment)
    assert sue.post_form(f"{shipment}/pick/removal", on_pick, "delete-pick").status == 303
    assert "On pick" not in sue.get(shipment).words


def test_what_is_picked_keeps_its_shipment(hall: Warehouse, sue: PageClient) -> None:
    shipment = make(sue, SHIPMENTS)
    add_line(sue, shipment)
    header = sue.get(f"{shipment}/header")
    sue.post_form(f"{shipment}/release", sue.get(shipment), "release")
    refused = sue.post_form(f"{shipment}/removal", header, "removal")
    assert (refused.status, "Reopen it first." in refused.words) == (422, True)


def test_a_location_without_such_documents_says_so(hall: Warehouse, sue: PageClient) -> None:
    hall.change(hall.location, require_receive=False)
    refused = sue.post_form(RECEIPTS, sue.get(f"{RECEIPTS}/new"), "card", source_no="O-1")
    assert (refused.status, "Turn Require Receive on" in refused.words) == (422, True)


def test_a_receipt_that_cannot_be_posted_tells_the_worker_why(
    hall: Warehouse, sue: PageClient
) -> None:
    receipt_id = add_receipt(hall, Part(hall.add_item("THINGS", "lot"), 3))
    with hall.database.read() as session:
        receipt = session.get_one(WarehouseReceipt, receipt_id)
    hall.change(receipt, received_by_scanning=True)
    path = f"/receipts/{receipt.no}"
    refused = sue.post_form(f"{path}/posting", sue.get(path), "post")
    assert refused.status == 422
    assert "Line 10000" in refused.words
