"""Item tracking lines in a real browser: scanned one after the other, typed, and selected."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_item_parts import violations
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[[Page, str, str], Page]


@pytest.fixture
def line() -> Iterator[Open]:
    """Open the item tracking lines of a journal line of so much of the paint, coming in or not."""
    with demo_app() as (address, passwords):

        def go(page: Page, quantity: str, entry_type: str) -> Page:
            Walk(page, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
            page.goto(f"{address}/item-journals/OPENING/lines/new")
            typed = {"Document No.": "D1", "Item No.": "2010", "Bin Code": "S-01-0001"}
            for label, text in (typed | {"Quantity": quantity}).items():
                page.get_by_label(label, exact=True).fill(text)
            page.get_by_label("Location Code").select_option("SILVER")
            page.get_by_label("Entry Type").select_option(entry_type)
            page.get_by_role("button", name="Create").click()
            page.get_by_role("link", name="Back").click()
            page.get_by_role("link", name="Item Tracking Lines").click()
            return page

        yield go


def test_serial_nos_are_scanned_one_after_the_other(phone: Page, line: Open) -> None:
    page = line(phone, "3", "Positive Adjmt.")
    assert not violations(page)
    for number in ("NEW-1", "NEW-2"):
        expect(page.locator("#code")).to_be_focused()
        page.keyboard.type(number)
        page.keyboard.press("Enter")
        expect(page.locator("table")).to_contain_text(number)
    expect(page.locator(".pairs")).to_contain_text("Undefined")
    assert not violations(page)
    page.keyboard.type("NEW-2")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("NEW-2 is on this line already")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_what_leaves_is_ticked_by_keys(desktop: Page, line: Open) -> None:
    page = line(desktop, "1", "Negative Adjmt.")
    page.get_by_role("link", name="Select Entries").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#select")).to_be_visible()
    assert not violations(page)
    page.locator("#select input[type=checkbox]").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Take the selected").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("It is added.")
    expect(page.locator("table")).to_contain_text("Ready")
    assert not violations(page)
