"""Setting up while stock is posted: neither may build on what the other is about to change."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
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

HEAD_START_SECONDS = 0.5
PATIENCE_SECONDS = 20


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


def one_behind_the_other(
    white: Warehouse, first: Callable[[Session], object], second: Callable[[Session], object]
) -> str:
    """Begin the second while the first has not committed; what became of the second."""
    first_has_worked, second_is_done = threading.Event(), threading.Event()
    outcome: list[str] = []

    def hold_open(session: Session) -> None:
        first(session)
        session.flush()
        first_has_worked.set()
        second_is_done.wait(HEAD_START_SECONDS)

    def follow() -> None:
        assert first_has_worked.wait(PATIENCE_SECONDS)
        try:
            white.write(second)
            outcome.append("done")
        except RuleRefused as refusal:
            outcome.append(refusal.code)
        finally:
            second_is_done.set()

    follower = threading.Thread(target=follow)
    follower.start()
    white.write(hold_open)
    follower.join(PATIENCE_SECONDS)
    return outcome[0]


def test_a_code_is_not_changed_beside_the_first_posting(white: Warehouse, receipt: int) -> None:
    change = asking_for_lots(white)
    outcome = one_behind_the_other(white, posting(white, receipt), change)
    assert outcome == ItemLedgerEntriesExist.__name__


def test_a_posting_asks_for_what_the_code_is_about_to_ask(white: Warehouse, receipt: int) -> None:
    change = asking_for_lots(white)
    assert one_behind_the_other(white, change, posting(white, receipt)) == NumberMissing.__name__
