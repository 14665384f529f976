"""Scanning into an item journal in a real browser: bin, item and serial numbers without a pause."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_item_parts import violations
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SERIALS = [f"RUN-{number:02d}" for number in range(20)]


@pytest.fixture
def shelf(phone: Page) -> Iterator[Page]:
    """The batch OPENING, which has a No. Series, open for scanning at SILVER."""
    with demo_app() as (address, passwords):
        walk = Walk(phone, address, passwords, lambda *_: None)
        walk.sign_in("SUPERVISOR")
        walk.go("/menu")
        walk.choose("Location", "SILVER")
        walk.press("Work here")
        walk.go("/item-journal-batches/OPENING")
        walk.choose("No. Series", "PHYSINV")
        walk.press("Save")
        walk.go("/item-journals/OPENING/scan")
        phone.locator("#scan-form[data-armed]").wait_for()
        yield phone


def scan(page: Page, *codes: str) -> None:
    for code in codes:
        page.keyboard.type(code)
        page.keyboard.press("Enter")


def test_a_run_of_serial_nos_is_scanned_without_waiting_for_answers(shelf: Page) -> None:
    scan(shelf, "S-01-0002", "2010", *SERIALS)
    newest = shelf.locator("#task-region .done-lines")
    expect(newest).to_contain_text(SERIALS[-1])
    for serial_no in SERIALS:
        expect(newest).to_contain_text(serial_no)
    expect(shelf.locator("#unsent")).to_be_hidden()
    expect(shelf.locator("#scan")).to_be_focused()
    assert not violations(shelf)


def test_what_is_asked_is_answered_by_keys(shelf: Page) -> None:
    scan(shelf, "S-01-0002", "3020")
    expect(shelf.locator("#task-question")).to_have_text("Scan its lot no.")
    assert not violations(shelf)
    scan(shelf, "RUN-LOT")
    date = shelf.locator("#answer-value[type=date]")
    date.fill("2030-12-31")
    date.press("Enter")
    expect(shelf.locator("#task-question")).to_have_text("How many are there?")
    assert not shelf.evaluate("document.documentElement.scrollWidth > innerWidth")
    scan(shelf, "12")
    expect(shelf.locator("#task-region .done-lines")).to_contain_text("12 CAN")
    assert not violations(shelf)
