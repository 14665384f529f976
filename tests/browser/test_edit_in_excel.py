"""Edit in Excel in a real browser: downloaded, filled in, sent back, looked at and published."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.test_item_parts import violations
from tests.spreadsheet import Cell, Spreadsheet
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[[Page], Page]
PAINT: dict[str, Cell] = {
    "document_no": "BAL-1",
    "item_no": "3020",
    "location_code": "SILVER",
    "bin_code": "S-01-0001",
    "quantity": 3,
    "lot_no": "0012",
    "expiration_date": date(2030, 12, 31),
}


@pytest.fixture
def journal() -> Iterator[Open]:
    """Open the empty journal of a batch with Item Tracking on Lines, as a supervisor."""
    with demo_app() as (address, passwords):

        def go(page: Page) -> Page:
            Walk(page, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
            page.goto(f"{address}/item-journal-batches/new")
            page.get_by_label("Name").fill("BALANCE")
            page.locator("#item_tracking_on_lines").click()
            page.get_by_role("button", name="Create").click()
            page.get_by_role("link", name="OK BALANCE").click()
            return page

        yield go


def download(page: Page, folder: Path) -> Spreadsheet:
    page.get_by_role("link", name="Edit in Excel").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    assert waiting.value.suggested_filename == "BALANCE.xlsx"
    waiting.value.save_as(folder / "book.xlsx")
    return Spreadsheet((folder / "book.xlsx").read_bytes())


def send(page: Page, sheet: Spreadsheet) -> None:
    book = FilePayload(name="book.xlsx", mimeType="application/zip", buffer=sheet.save())
    page.get_by_label("File").set_input_files(book)
    page.get_by_role("button", name="Show changes").click()


def test_opening_balances_come_in_by_a_workbook(
    desktop: Page, journal: Open, tmp_path: Path
) -> None:
    page = journal(desktop)
    sheet = download(page, tmp_path)
    assert not violations(page)
    sheet.fill_in(0, **PAINT)
    sheet.fill_in(1, **PAINT | {"item_no": "NONE"})
    send(page, sheet)
    expect(page.locator("main")).to_contain_text("Row 3: Item No. NONE is not there.")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    assert not violations(page)
    page.get_by_role("link", name="Send another file").click()
    sheet.fill_in(1, **PAINT | {"lot_no": "0013"})
    send(page, sheet)
    assert not violations(page)
    page.get_by_role("button", name="Publish 2 changes").click()
    expect(page.locator("#answer")).to_contain_text("2 changes are published.")
    page.get_by_role("button", name="Post 2 lines").click()
    expect(page.locator("#answer")).to_contain_text("2 item ledger entries are posted.")


def test_rows_are_pasted_by_keys_on_the_smallest_screen(desktop: Page, journal: Open) -> None:
    desktop.set_viewport_size({"width": 320, "height": 400})
    page = journal(desktop)
    page.get_by_role("link", name="Edit in Excel").click()
    page.locator("summary", has_text="Paste rows").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#pasted")).to_be_focused()
    rows = "Item No.\tLocation Code\tQuantity\tDocument No.\n3020\tSILVER\t3\tBAL-1\n"
    page.keyboard.insert_text(rows)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    publish = page.get_by_role("button", name="Publish 1 change")
    expect(publish).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not violations(page)
    publish.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("1 change is published.")
