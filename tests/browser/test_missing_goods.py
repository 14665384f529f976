"""Missing goods in a real browser: two taps or four keys, once, also on the smallest screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import AXE, RUN_AXE
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SUMMARY = ".missing-form summary"
NOTED = "Missing in W-01-0202: 8 CAN of 3020 Lot No. P2402."


@pytest.fixture
def worker(phone: Page) -> Iterator[tuple[Page, str]]:
    with demo_app() as (address, passwords):
        Walk(phone, address, passwords, lambda *_: None).sign_in("WORKER1")
        phone.goto(f"{address}/picks/PI-00001")
        yield phone, address


def test_two_taps_note_what_is_missing_and_undo_takes_it_back(worker: tuple[Page, str]) -> None:
    page, _ = worker
    page.locator(SUMMARY).tap()
    page.get_by_role("button", name="Booked, but not seen in the bin").tap()
    expect(page.locator(".outcome[data-outcome=accepted]")).to_contain_text(NOTED)
    expect(page.locator(".task-expected")).to_have_text("W-02-0101")
    expect(page.locator("#scan")).to_be_focused()
    page.get_by_role("button", name="Undo").tap()
    expect(page.locator(".task-expected")).to_have_text("W-01-0202")


def test_the_keyboard_is_enough(worker: tuple[Page, str]) -> None:
    page, _ = worker
    page.locator(SUMMARY).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".outcome[data-outcome=accepted]")).to_contain_text(NOTED)


def test_a_scan_is_a_scan_while_the_reasons_are_open(worker: tuple[Page, str]) -> None:
    page, _ = worker
    page.locator(SUMMARY).tap()
    expect(page.locator("#scan")).to_be_focused()
    page.keyboard.type("P2402\n")
    expect(page.locator(".task-question")).to_have_text("Scan the bin")


def test_a_scan_is_a_scan_while_something_else_has_the_focus(worker: tuple[Page, str]) -> None:
    page, _ = worker
    page.locator(SUMMARY).focus()
    page.keyboard.type("P2402\n")
    expect(page.locator(".task-question")).to_have_text("Scan the bin")
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.type("W-01-0202\n")
    expect(page.locator(".outcome[data-outcome=accepted]")).to_contain_text("8 CAN")


def test_the_smallest_screen_shows_all_of_it_and_passes_axe(worker: tuple[Page, str]) -> None:
    page, _ = worker
    page.set_viewport_size({"width": 320, "height": 400})
    page.locator(SUMMARY).tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.evaluate(RUN_AXE) == []
