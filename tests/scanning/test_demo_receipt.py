"""The receipt of the demo that waits: its labels receive the whole of it (docs/domain.md 6.9)."""

import pytest
from sqlalchemy.orm import Session

from scanner_app.demo.labels import EXPECTED_RECEIPT, labels_to_scan
from scanner_app.scanning.receipt_prompts import list_expected_receipts
from scanner_app.warehouse.activity import WarehouseActivity
from scanner_app.warehouse.document_kind import RECEIPTS
from scanner_app.warehouse.post_receipt import post_warehouse_receipt
from scanner_app.warehouse.warehouse_documents import find_warehouse_document
from tests.scanning.floor import Floor
from tests.scanning.receipts import ReceiptDevice, receiving


@pytest.fixture
def device(floor: Floor) -> ReceiptDevice:
    return receiving(floor, EXPECTED_RECEIPT)


def test_one_receipt_waits_of_which_nothing_has_come(floor: Floor, device: ReceiptDevice) -> None:
    location = floor.catalogue.locations["WHITE"]
    [waiting] = floor.read(lambda session: list_expected_receipts(session, location))
    assert (waiting.no, waiting.source_no) == (EXPECTED_RECEIPT, "PO-0103")
    assert (waiting.done, waiting.total) == (0, 3)
    assert device.missing == [("3020", "0", "8"), ("2010", "0", "3"), ("3010", "0", "10")]


def test_its_labels_receive_the_whole_of_it(floor: Floor, device: ReceiptDevice) -> None:
    labels = {label.name: label.content for label in labels_to_scan(floor.by("WORKER1").work_date)}
    assert floor.handheld().scan(labels["receipt"]).goto == f"receipt/{EXPECTED_RECEIPT}"
    assert device.scan(labels["paint-that-comes"]).code == "AskQuantity"
    assert device.type("8").code == "Received"
    assert device.scan(labels["drill-that-comes"]).code == "SerialReceived"
    assert device.scan("DR-3002").code == "SerialReceived"
    assert device.scan("DR-3003").code == "SerialReceived"
    assert device.scan(labels["vest"]).code == "AskQuantity"
    assert device.type("10").code == "Received"
    assert device.receipt_prompt.question == "complete"

    def post(session: Session) -> WarehouseActivity | None:
        receipt = find_warehouse_document(session, RECEIPTS, EXPECTED_RECEIPT)
        return post_warehouse_receipt(session, receipt.id, floor.by("WORKER1"))

    put_away = floor.write(post)
    assert put_away is not None
