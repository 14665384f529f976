"""Opening balances by Edit in Excel, as the document about item tracking tells a newcomer."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from scanner_app.database import Database
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from tests.flows.handheld import Handheld
from tests.flows.newcomer import Newcomer
from tests.flows.opening_balances import open_batch
from tests.spreadsheet import Cell, Spreadsheet

BALANCE: dict[str, Cell] = {
    "document_no": "BAL-1",
    "entry_type": "Positive Adjmt.",
    "item_no": "3020",
    "location_code": "SILVER",
    "bin_code": "S-01-0001",
    "quantity": 3,
    "lot_no": "0012",
    "expiration_date": date(2030, 12, 31),
    "warranty_date": date(2031, 12, 31),
}


@pytest.fixture
def newcomer(handheld: Callable[[str], Handheld]) -> Newcomer:
    newcomer = Newcomer(handheld("SUPERVISOR").pages)
    open_batch(newcomer)
    newcomer.choose("Edit in Excel")
    return newcomer


def posted(database: Database) -> list[tuple[str, int, str]]:
    entry = ItemLedgerEntry
    with database.read() as session:
        entries = session.scalars(
            select(entry).where(entry.document_no == "BAL-1").order_by(entry.id)
        )
        return [(e.lot_no, int(e.quantity), str(e.expiration_date)) for e in entries]


def test_to_specify_opening_balances_by_edit_in_excel(
    newcomer: Newcomer, database: Database
) -> None:
    sheet = Spreadsheet(newcomer.download("Download"))
    sheet.fill_in(0, **BALANCE)
    sheet.fill_in(1, **BALANCE | {"lot_no": "0013", "quantity": 2})
    newcomer.send("Show changes", file=sheet.save())
    assert "2 new" in newcomer.page.words
    newcomer.press("Publish 2 changes")
    assert "2 changes are published." in newcomer.page.words

    newcomer.choose("Edit in Excel")
    sheet = Spreadsheet(newcomer.download("Download"))
    assert sheet.read(0)["Lot No."] == "0012"
    sheet.fill_in(0, quantity=4)
    sheet.delete(1)
    newcomer.send("Show changes", file=sheet.save())
    assert "1 changed 1 deleted" in newcomer.page.words
    newcomer.press("Publish 2 changes")
    newcomer.press("Post 1 line")
    assert "1 item ledger entry is posted." in newcomer.page.words
    assert posted(database) == [("0012", 4, "2030-12-31")]

    newcomer.choose("Edit in Excel")
    newcomer.send("Show changes", file=sheet.save())
    assert "There is nothing to publish" in newcomer.page.words


def test_what_is_wrong_comes_back_in_the_file(newcomer: Newcomer) -> None:
    sheet = Spreadsheet(newcomer.download("Download"))
    sheet.fill_in(0, **BALANCE)
    sheet.fill_in(1, **BALANCE | {"item_no": "NONE", "lot_no": 12})
    newcomer.send("Show changes", file=sheet.save())
    assert "1 row cannot be published." in newcomer.page.words
    assert "Row 3: N3, Lot No.: “12” is a number" in newcomer.page.words
    [link] = [a for a in newcomer.page.all("a") if "errors" in a.get("href", "")]
    mended = Spreadsheet(newcomer.pages.client.get(link.get("href")).data)
    assert mended.read(0)["Error"] == ""
    assert "N3" in str(mended.read(1)["Error"])
    mended.fill_in(1, **BALANCE | {"lot_no": "0013"})
    newcomer.choose("Send another file")
    newcomer.send("Show changes", file=mended.save())
    assert "2 new" in newcomer.page.words


def test_rows_are_pasted(newcomer: Newcomer) -> None:
    rows = "Item No.\tLocation Code\tBin Code\tQuantity\tLot No.\tDocument No.\n"
    rows += "3020\tSILVER\tS-01-0001\t3\t0012\tBAL-1\n"
    newcomer.fill_in("Rows", rows)
    newcomer.press("Show changes")
    assert "1 new" in newcomer.page.words
    newcomer.press("Publish 1 change")
    assert "1 change is published." in newcomer.page.words


def test_a_file_that_is_no_table_is_refused_by_name(newcomer: Newcomer) -> None:
    newcomer.send("Show changes", file=b"%PDF-1.7 \x00\x01")
    assert "Show changes" in newcomer.page.words
    assert newcomer.page.status == 422
