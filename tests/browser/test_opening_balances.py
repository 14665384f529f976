"""Both ways to opening balances in a real browser, step by step, on both databases.

An item journal with its workbook: downloaded, filled in, sent back, looked at and published; and
the Warehouse Physical Inventory Journal: registered, and brought to the item ledger by the sync.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect

from scanner_app.config import Settings
from scanner_app.web.application import create_app
from tests.browser.test_item_parts import violations
from tests.demo_copies import LOADED, DemoCopy
from tests.spreadsheet import Cell, Spreadsheet
from tools.guide import Walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Pages = Callable[[Page], Page]
SECRET_KEY = "a key of the browser tests only, long enough"
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
def supervisor(demo_copy: DemoCopy, live_app: Callable[[Flask], str], tmp_path: Path) -> Pages:
    """A supervisor at the home page of the demo."""
    settings = Settings(tmp_path, str(demo_copy.database.url), SECRET_KEY, demo=True)
    address = live_app(create_app(settings, demo_copy.database, lambda: LOADED))

    def sign_in(page: Page) -> Page:
        Walk(page, address, demo_copy.passwords, lambda *_: None).sign_in("SUPERVISOR")
        return page

    return sign_in


def enter_in_tell_me(page: Page, words: str) -> None:
    """Open Tell Me by its keys, enter the words, and choose the related link."""
    page.keyboard.press("Alt+q")
    page.keyboard.type(words)
    page.locator(".tell-me-result", has_text=words).first.click()


def open_journal(page: Page) -> None:
    """Choose Name, New, switch Item Tracking on Lines on, and OK."""
    enter_in_tell_me(page, "Item Journals")
    page.get_by_role("link", name="Name OPENING").click()
    page.get_by_role("link", name="New", exact=True).click()
    page.get_by_label("Name").fill("BALANCE")
    page.locator("#item_tracking_on_lines").click()
    page.get_by_role("button", name="Create").click()
    page.get_by_role("link", name="OK BALANCE").click()


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
    desktop: Page, supervisor: Pages, tmp_path: Path
) -> None:
    page = supervisor(desktop)
    open_journal(page)
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


def test_opening_balances_of_a_directed_location_are_registered_and_synchronised(
    desktop: Page, supervisor: Pages
) -> None:
    page = supervisor(desktop)
    enter_in_tell_me(page, "Warehouse Physical Inventory Journal")
    page.get_by_role("link", name="New line").click()
    fields = {
        "Item No.": "3030",
        "Bin Code": "W-01-0601",
        "Quantity": "3",
        "Lot No.": "FOUND-LOT",
        "Expiration Date": "2030-12-31",
        "Warranty Date": "2031-12-31",
    }
    for label, value in fields.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Create").click()
    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="Register 1 line").click()
    expect(page.locator("#answer")).to_contain_text("1 line is registered.")
    enter_in_tell_me(page, "Sync")
    page.get_by_role("button", name="Calculate").click()
    expect(page.locator("main")).to_contain_text("FOUND-LOT")
    page.get_by_role("button", name=re.compile("Post .* numbers?")).click()
    expect(page.locator("main")).not_to_contain_text("FOUND-LOT")


@pytest.mark.parametrize("demo_copy", ["sqlite"], indirect=True)
def test_rows_are_pasted_by_keys_on_the_smallest_screen(desktop: Page, supervisor: Pages) -> None:
    desktop.set_viewport_size({"width": 320, "height": 400})
    page = supervisor(desktop)
    open_journal(page)
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
