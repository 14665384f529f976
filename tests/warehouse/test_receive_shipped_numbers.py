"""What a transfer brings is scanned by the numbers it was shipped under: docs/domain.md 6.9."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.warehouse.document_kind import RECEIPTS
from scanner_app.warehouse.documents_of_transfers import check_was_shipped
from scanner_app.warehouse.receive_by_scanning import (
    ReceivedUnit,
    begin_receiving,
    receive_unit,
)
from scanner_app.warehouse.scanned_receipt_lines import lines_of_item
from scanner_app.warehouse.transfer_refusals import AllHasCome, NumberNotShipped
from scanner_app.warehouse.warehouse_documents import find_warehouse_document
from tests.builders import Warehouse, lot
from tests.warehouse.masters import Goods
from tests.warehouse.transfer_orders import (
    Route,
    build_route,
    create_receipt,
    order_of,
    ship_order,
)
from tests.warehouse.typed_documents import named

FIRST, SECOND = lot("L1", "P1"), lot("L2", "P2")


@pytest.fixture
def route(white: Warehouse) -> Route:
    return build_route(white)


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", "package")


@pytest.fixture
def receipt_no(route: Route, goods: Goods) -> str:
    """One of lot L1 in package P1 and one of lot L2 in package P2 are on their way."""
    lines = [route.east.line(goods, 1, numbers) for numbers in (FIRST, SECOND)]
    route.east.post(*lines, bin_code=next(iter(route.east.bins), None))
    no = order_of(route.white, numbers=[FIRST, SECOND], quantity="2")
    ship_order(route.white, no)
    return create_receipt(route.white, no)


def scan(white: Warehouse, receipt_no: str, goods: Goods, numbers: TrackingNumbers) -> None:
    """One of these numbers has come, as a label without its package says it."""

    def work(session: Session) -> None:
        receipt = find_warehouse_document(session, RECEIPTS, receipt_no)
        begin_receiving(session, receipt)
        lines = lines_of_item(session, receipt, goods.item.id, goods.variant_id, numbers)
        check_was_shipped(lines, numbers)
        unit_id = goods.item.base_unit_of_measure_id
        receive_unit(session, lines, ReceivedUnit(unit_id, numbers, Decimal(1), None, None), "it")

    white.write(work)


def test_a_lot_that_came_whole_under_its_package_has_come(
    white: Warehouse, receipt_no: str, goods: Goods
) -> None:
    scan(white, receipt_no, goods, lot("L1"))
    assert named(white, receipt_no) == {FIRST: (1, 1), SECOND: (1, 0)}
    for again in (lot("L1"), FIRST):
        with pytest.raises(AllHasCome):
            scan(white, receipt_no, goods, again)
    scan(white, receipt_no, goods, lot("L2"))
    assert named(white, receipt_no) == {FIRST: (1, 1), SECOND: (1, 1)}


def test_a_number_that_was_not_shipped_stays_unknown(
    white: Warehouse, receipt_no: str, goods: Goods
) -> None:
    for other in (lot("L9"), lot("L2", "P1")):
        with pytest.raises(NumberNotShipped):
            scan(white, receipt_no, goods, other)
