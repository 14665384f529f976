"""Setting up while stock is posted: neither may build on what the other is about to change."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from scanner_app.inventory.item_tracking import NumberMissing
from scanner_app.inventory.item_tracking_code_refusals import ItemLedgerEntriesExist
from scanner_app.inventory.item_tracking_code_setup import (
    AskedChange,
    change_item_tracking_code,
    follow_edits,
)
from scanner_app.warehouse.post_receipt import post_warehouse_receipt
from tests.builders import Warehouse
from tests.inventory.codes import change_by, nowhere, values
from tests.warehouse.documents import Part, add_receipt
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken


@pytest.fixture
def receipt(white: Warehouse) -> int:
    """Two units of an item whose code asks for nothing yet, still to be received."""
    goods = white.add_item("PLAIN", use_expiration_dates=True)
    return add_receipt(white, Part(goods, 2))


def posting(white: Warehouse, receipt_id: int) -> Callable[[Session], object]:
    return lambda session: post_warehouse_receipt(session, receipt_id, white.by)


def asking_for_lots(white: Warehouse) -> Callable[[Session], object]:
    read = values(white, "PLAIN")
    asked = AskedChange(read, follow_edits(read, {"lot_specific_tracking": True}))
    return lambda session: change_item_tracking_code(
        session, "PLAIN", asked, nowhere, change_by(white)
    )


@ON_POSTGRESQL
def test_a_code_is_not_changed_beside_the_first_posting(white: Warehouse, receipt: int) -> None:
    change = asking_for_lots(white)
    after = overtaken(white, posting(white, receipt), change)
    assert isinstance(after, ItemLedgerEntriesExist)


@ON_POSTGRESQL
def test_a_posting_asks_for_what_the_code_is_about_to_ask(white: Warehouse, receipt: int) -> None:
    change = asking_for_lots(white)
    assert isinstance(overtaken(white, change, posting(white, receipt)), NumberMissing)
