"""Receipts and shipments out of a file, from the empty workbook to what is posted."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.warehouse.ledger_check import check_ledgers
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer
from tests.spreadsheet import Cell, Spreadsheet

SignIn = Callable[[str], Handheld]
PURCHASE = {"source_document": "Purchase Order", "source_no": "PO-7001"}
SALE = {"source_document": "Sales Order", "source_no": "SO-7001"}
LOT: dict[str, Cell] = {"item_no": "3020", "lot_no": "P9001", "expiration_date": date(2030, 12, 31)}


@pytest.fixture
def newcomer(handheld: SignIn) -> Newcomer:
    return Newcomer(handheld("SUPERVISOR").pages)


def blank_workbook(newcomer: Newcomer) -> Spreadsheet:
    newcomer.enter_in_tell_me("Import Receipts")
    [link] = {a.get("href") for a in newcomer.page.all("a") if "template" in a.get("href", "")}
    return Spreadsheet(newcomer.pages.client.get(link).data)


def entries_from(database: Database, source_no: str) -> list[tuple[str, int]]:
    entry = ItemLedgerEntry
    of_source = select(entry).where(entry.source_no == source_no).order_by(entry.id)
    with database.read() as session:
        assert check_ledgers(session) == []
        rows = session.scalars(of_source)
        return [(row.serial_no or row.lot_no, int(row.quantity)) for row in rows]


def test_a_filled_in_workbook_becomes_a_receipt_and_a_shipment(
    newcomer: Newcomer, database: Database
) -> None:
    sheet = blank_workbook(newcomer)
    sheet.fill_in(0, **PURCHASE, item_no="2010", serial_no="DR-9001", date=date(2026, 12, 1))
    sheet.fill_in(1, **PURCHASE, item_no="2010", serial_no="DR-9002")
    sheet.fill_in(2, **PURCHASE, **LOT, quantity=4)
    sheet.fill_in(3, **SALE, item_no="3010", variant_code="M", quantity=2)
    content = sheet.save()
    newcomer.send("Import", file=content)
    assert "2 documents with 3 lines are imported." in newcomer.page.words
    assert "SO-7001 Open" in newcomer.page.words
    [receipt] = [
        section.get("id")
        for section in newcomer.page.all("section")
        if "PO-7001" in "".join(section.itertext())
    ]
    newcomer.choose(receipt)
    assert "2 with numbers" in newcomer.page.words
    newcomer.press("Post receipt")
    assert "The receipt is posted." in newcomer.page.words
    assert entries_from(database, "PO-7001") == [("DR-9001", 1), ("DR-9002", 1), ("P9001", 4)]


def test_what_is_wrong_is_told_by_its_row_and_mended_in_the_paste(newcomer: Newcomer) -> None:
    newcomer.enter_in_tell_me("Warehouse Shipments")
    newcomer.choose("Import")
    head = "Source Document\tSource No.\tItem No.\tQuantity"
    rows = f"{head}\nSales Order\tSO-7001\tNONE\t2\nSales Order\tSO-7002\t3010\tsome"
    newcomer.fill_in("Rows", rows)
    newcomer.press("Import")
    assert "Rows that cannot be imported: 2. Nothing is imported." in newcomer.page.words
    assert "Row 2: Item No. NONE is not there." in newcomer.page.words
    assert "Row 3: “some” is not a quantity." in newcomer.page.words
    [kept] = newcomer.page.all("textarea")
    assert "".join(kept.itertext()).strip() == rows
    newcomer.fill_in("Rows", f"{head}\nSales Order\tSO-7001\t3020\t2")
    newcomer.press("Import")
    assert "1 document with 1 line is imported." in newcomer.page.words
    newcomer.choose("Import")
    newcomer.fill_in("Rows", f"{head}\nSales Order\tSO-7001\t3020\t2")
    newcomer.press("Import")
    assert "Row 2: Sales Order SO-7001 is open already: SH-0000" in newcomer.page.words
