"""Receiving on a handheld: what is scanned has come, by HTTP only."""

from collections.abc import Callable

import pytest

from scanner_app.database import Database
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer
from tests.flows.test_receipts_and_shipments import (
    PURCHASE,
    add_line,
    entries_from,
    make_document,
    scan_numbers,
)

SignIn = Callable[[str], Handheld]
pytestmark = pytest.mark.usefixtures("ledgers_are_clean_afterwards")


@pytest.fixture
def supervisor(handheld: SignIn) -> Newcomer:
    return Newcomer(handheld("SUPERVISOR").pages)


def test_a_worker_scans_what_came_and_puts_it_away(
    supervisor: Newcomer, handheld: SignIn, database: Database
) -> None:
    no = make_document(supervisor, "receipt", **PURCHASE)
    add_line(supervisor, **{"Item No.": "2010", "Quantity": "2"})
    add_line(supervisor, **{"Item No.": "3020", "Quantity": "4"})
    add_line(supervisor, **{"Item No.": "3010", "Variant Code": "M", "Quantity": "5"})
    worker = handheld("WORKER1")
    found = worker.open("/receipts")
    assert "0 of 3 lines have come" in found.words
    assert worker.scan(no).goto == f"/receipts/{no}"
    page = worker.open(f"/receipts/{no}")
    assert "0 of 2 PCS" in page.words

    drill = "(01)09521234020103(21)DR-90"
    assert [worker.scan(f"{drill}{n}").code for n in "112"] == [
        "SerialReceived",
        "AlreadyReceived",
        "SerialReceived",
    ]
    assert worker.scan("(01)09521234030201(17)301200(10)P9001").code == "AskQuantity"
    assert worker.type("4").code == "Received"
    assert worker.scan("9521234030119").code == "AskQuantity"
    assert worker.type("9").code == "MoreThanExpected"
    assert worker.type("5").code == "Received"
    page = worker.open(f"/receipts/{no}")
    assert "Everything has come" in page.words
    posted = worker.press(page, "post")
    assert "The receipt is posted. Put-away PA-" in posted.words
    assert entries_from(database, "PO-2001") == [
        ("Purchase", "DR-901", 1),
        ("Purchase", "DR-902", 1),
        ("Purchase", "P9001", 4),
        ("Purchase", "", 5),
    ]


def test_a_package_that_was_announced_comes_with_one_scan(
    supervisor: Newcomer, handheld: SignIn, database: Database
) -> None:
    no = make_document(supervisor, "receipt", **PURCHASE)
    add_line(supervisor, **{"Item No.": "1920-S", "Quantity": "6"})
    supervisor.choose("Item Tracking Lines 10000")
    for lot in ("L-1", "L-2"):
        supervisor.fill_in("Lot No.", lot)
        supervisor.fill_in("Package No.", "BOX-77")
        supervisor.fill_in("Quantity (Base)", "3")
        supervisor.press("Add")
    worker = handheld("WORKER1")
    worker.open(f"/receipts/{no}")
    assert worker.scan("W-01-0101").code == "NotOnDocument"
    assert worker.scan("BOX-77").code == "PackageReceived"
    posted = worker.press(worker.open(f"/receipts/{no}"), "post")
    assert "is ready" in posted.words
    assert entries_from(database, "PO-2001") == [("Purchase", "L-1", 3), ("Purchase", "L-2", 3)]


def test_what_is_missing_is_told_and_the_rest_stays_expected(
    supervisor: Newcomer, handheld: SignIn, database: Database
) -> None:
    no = make_document(supervisor, "receipt", **PURCHASE)
    add_line(supervisor, **{"Item No.": "2010", "Quantity": "3"})
    worker = handheld("WORKER1")
    page = worker.open(f"/receipts/{no}")
    assert page.all("form", id_="post") == []
    assert worker.scan("2030").code == "NotOnDocument"
    assert worker.scan("2010").code == "AskNumber"
    assert worker.scan("-", step="put-back").code == "PutBack"
    assert worker.scan("2010").code == "AskNumber"
    assert worker.scan("NEW-1").code == "SerialReceived"
    assert worker.scan("NEW-2").code == "SerialReceived"
    page = worker.open(f"/receipts/{no}")
    assert "2 of 3 PCS" in page.words
    worker.press(page, "post")
    assert len(entries_from(database, "PO-2001")) == 2
    assert "0 of 1 lines have come" in worker.open("/receipts").words
    assert worker.scan(no).goto == f"/receipts/{no}"
    supervisor.enter_in_tell_me("Warehouse Receipts")
    supervisor.choose(no)
    supervisor.choose("Item Tracking Lines 10000")
    scan_numbers(supervisor, "NEW-3")
    worker.press(worker.open(f"/receipts/{no}"), "post")
    assert len(entries_from(database, "PO-2001")) == 3
