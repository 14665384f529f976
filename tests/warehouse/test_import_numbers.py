"""Importing the numbers of receipts and shipments: docs/domain.md 6.8."""

import pytest

from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS
from scanner_app.warehouse.import_documents import Imported
from tests.builders import Warehouse, days, lot, serial
from tests.warehouse.documents import post_receipt
from tests.warehouse.imported_documents import (
    ORDERED,
    SERIAL,
    SOLD,
    bring,
    documents,
    faults_of,
    lines,
)
from tests.warehouse.masters import Goods
from tests.warehouse.typed_documents import named, tracked, uses_documents


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    return uses_documents(white)


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", units={"BOX": 4})


def test_rows_with_numbers_that_follow_each_other_are_one_line(
    white: Warehouse, goods: Goods
) -> None:
    rows = [ORDERED | {"lot_no": "l1", "quantity": "2"}, ORDERED | {"lot_no": "L2"}]
    between = SOLD | {"lot_no": "L9"}
    assert bring(white, rows[0], between, rows[1]) == Imported(2, 2)
    assert lines(white, RECEIPTS, "PO-1") == [(10_000, "GOODS", "7", "PCS")]
    assert named(white, "RC0001") == {lot("L1"): (2, 2), lot("L2"): (5, 5)}
    shipment = documents(white, SHIPMENTS)["SO-1"].no
    assert named(white, shipment, SHIPMENTS) == {lot("L9"): (5, 5)}
    post_receipt(white, documents(white, RECEIPTS)["PO-1"].id)
    assert white.in_ledger(goods) == {lot("L1"): 2, lot("L2"): 5}
    white.assert_sound()


@pytest.mark.parametrize(
    "other",
    [
        {"lot_no": ""},
        {"lot_no": "L2", "unit": "BOX"},
        {"lot_no": "L2", "reason_code": "DAMAGED"},
        {"lot_no": "L2", "item_no": "OTHER"},
    ],
    ids=["without numbers", "unit", "reason", "item"],
)
def test_other_rows_are_lines_of_their_own(
    white: Warehouse, goods: Goods, other: dict[str, str]
) -> None:
    white.add_item("OTHER", "lot")
    white.write(lambda session: session.add(ReasonCode(code="DAMAGED")))
    row = ORDERED | {"lot_no": "L1"}
    assert bring(white, row, row | other, row) == Imported(1, 3)


def test_a_serial_number_is_one_whatever_its_quantity_leaves_out(white: Warehouse) -> None:
    white.add_item("GOODS", "serial")
    rows = [SERIAL | {"serial_no": no, "warranty_date": "2030-01-01"} for no in ("S1", "S2")]
    assert bring(white, *rows, SERIAL | {"serial_no": "S3", "quantity": "1"}) == Imported(1, 1)
    assert lines(white, RECEIPTS, "PO-1") == [(10_000, "GOODS", "3", "PCS")]
    assert named(white, "RC0001") == {serial(no): (1, 1) for no in ("S1", "S2", "S3")}
    dates = [part.warranty_date for part in tracked(white, "RC0001").tracking.parts]
    assert [day and day.year for day in dates] == [2030, 2030, None]


def test_the_quantity_of_a_lot_is_that_of_its_unit(white: Warehouse, goods: Goods) -> None:
    boxes = ORDERED | {"unit": "BOX", "quantity": "1,5"}
    bring(white, boxes | {"lot_no": "L1"}, boxes | {"lot_no": "L2"})
    assert lines(white, RECEIPTS, "PO-1") == [(10_000, "GOODS", "3", "BOX")]
    assert named(white, "RC0001") == {lot("L1"): (6, 6), lot("L2"): (6, 6)}


def test_a_lot_has_one_date_on_its_line(white: Warehouse) -> None:
    goods = white.add_item("GOODS", "lot", "package", use_expiration_dates=True)
    white.stock(goods, "A", 1, lot("OLD", "P0"), expiration_date=days(30))
    first = ORDERED | {"lot_no": "L1", "package_no": "P1"}
    dated = ORDERED | {"lot_no": "L1", "package_no": "P2", "expiration_date": "2030-01-01"}
    known = ORDERED | {"lot_no": "OLD", "package_no": "P3"}
    alone = ORDERED | {"package_no": "P4", "expiration_date": "2031-01-01"}
    bring(white, first, dated, known, alone)
    parts = tracked(white, "RC0001").tracking.parts
    assert [str(part.expiration_date) for part in parts] == [
        "2030-01-01",
        "2030-01-01",
        str(days(30)),
        "2031-01-01",
    ]
    other = {"source_no": "PO-2", "expiration_date": "2031-01-01"}
    rows = [dated | {"source_no": "PO-2"}, first | other, known | other]
    assert faults_of(white, *rows) == {
        3: ["ExpirationDateDiffers"],
        4: ["ExpirationDateDiffers"],
    }


def test_an_item_without_expiration_dates_gets_none(white: Warehouse, goods: Goods) -> None:
    row = ORDERED | {"lot_no": "L1"}
    days_ = ("2030-01-01", "2031-01-01")
    bring(white, *(row | {"package_no": day, "expiration_date": day} for day in days_))
    assert [part.expiration_date for part in tracked(white, "RC0001").tracking.parts] == [None] * 2


def test_lots_that_are_too_much_together_are_refused(white: Warehouse, goods: Goods) -> None:
    much = ORDERED | {"quantity": "600000000"}
    rows = [much | {"lot_no": "L1"}, much | {"lot_no": "L2"}]
    assert faults_of(white, *rows) == {2: ["QuantityTooLarge"]}
