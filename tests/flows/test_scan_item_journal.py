"""Opening balances by scanning: bins, then what lies in them, become lines of an item journal."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer
from tests.flows.opening_balances import open_batch


@pytest.fixture
def supervisor(handheld: Callable[[str], Handheld]) -> Handheld:
    """At SILVER, with the batch BALANCE."""
    device = handheld("SUPERVISOR")
    newcomer = Newcomer(device.pages)
    newcomer.fill_in("Location", "SILVER")
    newcomer.press("Work here")
    open_batch(newcomer)
    return device


def test_a_shelf_is_scanned_into_an_item_journal_and_posted(
    supervisor: Handheld, database: Database
) -> None:
    newcomer = Newcomer(supervisor.pages)
    newcomer.page = supervisor.pages.get("/item-journals/BALANCE")
    newcomer.choose("Scan")
    assert "Choose a No. Series for the batch" in newcomer.page.words
    newcomer.choose("Edit BALANCE")
    newcomer.fill_in("No. Series", "PHYSINV")
    newcomer.press("Save")
    supervisor.open("/item-journals/BALANCE/scan")
    assert supervisor.scan("S-01-0002").message == "Bin S-01-0002."
    assert supervisor.scan("2010").way_out == "Scan or type the Serial No. of what you hold."
    assert supervisor.scan("NEW-1").message == "2010 Serial No. NEW-1 is on the journal."
    assert supervisor.scan("NEW-2").message == "2010 Serial No. NEW-2 is on the journal."
    assert supervisor.scan("NEW-1").code == "AlreadyOnJournal"
    assert supervisor.scan("S-01-0003").message == "Bin S-01-0003."
    assert supervisor.scan("(01)09521234030201(17)301231(10)B77").code == "AskQuantity"
    page = supervisor.open("/item-journals/BALANCE/scan")
    assert "How many are there?" in page.words
    assert supervisor.type("12").message == "12 CAN of 3020 Lot No. B77 are on the journal."
    newcomer.page = supervisor.pages.get("/item-journals/BALANCE")
    newcomer.press("Post 3 lines")
    assert "3 item ledger entries are posted." in newcomer.page.words
    entry = ItemLedgerEntry
    with database.read() as session:
        posted = session.scalars(select(entry).order_by(entry.id.desc()).limit(3)).all()
    assert [(e.serial_no, e.lot_no, e.quantity, str(e.expiration_date)) for e in posted] == [
        ("", "B77", 12, "2030-12-31"),
        ("NEW-2", "", 1, "None"),
        ("NEW-1", "", 1, "None"),
    ]


def test_the_page_asks_one_thing_at_a_time(supervisor: Handheld) -> None:
    """Every question is shown once, and after a reload too."""
    pages = supervisor.pages
    card = "/item-journal-batches/BALANCE"
    pages.post_form(card, pages.get(card), "card", number_series="PHYSINV")

    def asks() -> str:
        return supervisor.open("/item-journals/BALANCE/scan").words

    assert "Scan the bin in which it lies" in asks()
    supervisor.scan("S-01-0002")
    assert "Scan what lies in S-01-0002" in asks()
    supervisor.scan("2040")
    assert "Scan its serial no. 2040" in asks()
    supervisor.scan("M-1")
    assert "Scan its package no. 2040 Serial No. M-1" in asks()
    supervisor.scan("MP-1")
    assert "Enter the warranty date" in asks()
    supervisor.type("2031-12-31", "warranty-date")
    assert "Scan the next serial no. 2040" in asks()
    supervisor.scan("3020")
    assert "Scan its lot no. 3020" in asks()
    assert "Not this one" in asks()
    supervisor.scan("B-9")
    assert "Enter the expiration date 3020 Lot No. B-9" in asks()
    supervisor.type("-", "put-back")
    assert "Newest lines 2040 Serial No. M-1 Package No. MP-1" in asks()


def test_where_stock_is_directed_the_page_leads_to_its_journal(
    handheld: Callable[[str], Handheld],
) -> None:
    page = handheld("SUPERVISOR").open("/item-journals/OPENING/scan")
    assert "Stock at WHITE is adjusted in its bins first" in page.words
    assert "Warehouse Physical Inventory Journal" in page.words


def test_a_worker_finds_no_page_to_scan_into_a_journal(
    handheld: Callable[[str], Handheld],
) -> None:
    page = handheld("WORKER2").pages.get("/item-journals/OPENING/scan")
    assert page.status == 403
    assert "supervisor" in page.words


def test_a_journal_that_is_not_there_is_not_found(supervisor: Handheld) -> None:
    assert supervisor.pages.get("/item-journals/NONE/scan").status == 404
