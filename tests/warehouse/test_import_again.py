"""A source that was posted is imported again only where somebody says so: docs/domain.md 6.8."""

from typing import Any

import pytest
from sqlalchemy import Engine, select

from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS, DocumentKind
from scanner_app.warehouse.import_documents import Imported
from scanner_app.warehouse.shipment import PostedShipment
from scanner_app.warehouse.source_document import SourceDocument
from scanner_app.warehouse.warehouse_documents import delete_document
from tests.builders import Warehouse, another_location
from tests.query_plans import explain
from tests.sent_statements import statements_sent
from tests.warehouse.documents import post_receipt
from tests.warehouse.imported_documents import (
    ORDERED,
    SOLD,
    bring,
    documents,
    faults_of,
    said_of,
)
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.typed_documents import edit_line, uses_documents


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    uses_documents(white)
    white.add_item("GOODS")
    return white


def post(white: Warehouse, source_no: str = "PO-1") -> None:
    post_receipt(white, documents(white, RECEIPTS)[source_no].id)


def posted_nos(white: Warehouse, kind: DocumentKind = RECEIPTS) -> list[str]:
    with white.database.read() as session:
        return list(session.scalars(select(kind.posted.no).order_by(kind.posted.no)))


def has_left(white: Warehouse, no: str, **fields: Any) -> None:  # noqa: ANN401 - of any column
    """A posted shipment of the sales order of the rows."""
    says = {
        "no": no,
        "shipment_no": "SM0001",
        "location_id": white.location.id,
        "source_document": SourceDocument.SALES_ORDER,
        "source_no": "SO-1",
        "posting_date": white.by.work_date,
        "posted_at": white.by.at,
        "user_id": white.by.user_id,
    }
    white.write(lambda session: session.add(PostedShipment(**says | fields)))


def test_what_was_posted_comes_in_again_only_where_somebody_says_so(white: Warehouse) -> None:
    bring(white, ORDERED, SOLD)
    post(white)
    white.write(lambda session: delete_document(session, SHIPMENTS, "SM0001"))
    [posted] = posted_nos(white)
    refusal_of(lambda: bring(white, ORDERED, ORDERED, SOLD), "ImportRefused")
    assert documents(white, RECEIPTS) == {}
    assert faults_of(white, ORDERED, ORDERED, SOLD) == {2: ["SourcePostedAlready"]}
    said = said_of(white, 2, ORDERED)
    assert said.startswith(f"Purchase Order PO-1 was posted already: {posted}.")
    assert bring(white, ORDERED, ORDERED, SOLD, again=True) == Imported(2, 3)


def test_what_is_open_is_not_imported_again_whatever_somebody_says(white: Warehouse) -> None:
    bring(white, ORDERED)
    edit_line(white, "RC0001", qty_to_receive="2")
    post(white)
    assert faults_of(white, ORDERED) == {2: ["SourceOpenAlready"]}
    refusal_of(lambda: bring(white, ORDERED, again=True), "ImportRefused")


def test_of_what_was_posted_in_parts_the_first_is_named(white: Warehouse) -> None:
    bring(white, ORDERED)
    edit_line(white, "RC0001", qty_to_receive="2")
    post(white)
    edit_line(white, "RC0001", qty_to_receive="3")
    post(white)
    first, _ = posted_nos(white)
    assert first in said_of(white, 2, ORDERED)


def test_a_posted_source_is_told_by_its_kind_its_number_and_the_location(white: Warehouse) -> None:
    silver = another_location(white, "SILVER", require_receive=True)
    has_left(white, "PS1", location_id=silver.location.id)
    has_left(white, "PS2", source_document=SourceDocument.PURCHASE_RETURN)
    has_left(white, "PS3", source_no="SO-2")
    assert faults_of(white, SOLD, ORDERED | {"source_no": "SO-1"}) == {}
    has_left(white, "PS4")
    assert faults_of(white, SOLD, ORDERED | {"source_no": "SO-1"}) == {2: ["SourcePostedAlready"]}
    assert "PS4" in said_of(white, 2, SOLD)


def test_what_was_posted_is_found_by_its_source_among_whatever_was_posted(
    white: Warehouse,
) -> None:
    with statements_sent(Engine) as sent:
        faults_of(white, ORDERED, SOLD)
    asked = [one for one in sent if "FROM posted_" in one[0]]
    assert len(asked) == 2
    for plan in explain(white.database, asked):
        assert any("source_no" in step for step in plan), plan
