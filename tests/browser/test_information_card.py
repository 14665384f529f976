"""Information cards in a real browser: by the keyboard, on a small screen, without scripts."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.test_accessibility import AXE, RUN_AXE
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIZES = (ViewportSize(width=320, height=400), ViewportSize(width=1280, height=800))
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
PATHS = (
    "/lot-no-information",
    "/lot-no-information?q=none",
    "/lot-no-information/1",
    "/serial-no-information/new",
    "/package-no-information/1",
    "/look-up?code=P2399",
    "/sync",
)


@pytest.fixture
def demo(desktop: Page) -> Iterator[tuple[Page, str]]:
    """A supervisor in front of the demo warehouse, and its address."""
    with demo_app() as (address, passwords):
        Walk(desktop, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        yield desktop, address


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [str(violation["id"]) for violation in page.evaluate(RUN_AXE)]


def overflow(page: Page) -> int:
    """By how many pixels a page is wider than its screen."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


def test_a_lot_is_blocked_by_the_keyboard_alone(demo: tuple[Page, str]) -> None:
    page, address = demo
    page.goto(f"{address}/look-up?code=P2402")
    page.get_by_role("link", name="Block this lot").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("P2402")
    page.get_by_label("Blocked", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Smells odd")
    expect(page.get_by_label("Description")).to_have_value("Smells odd")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("The card is saved.")
    expect(page.locator("#changes")).to_contain_text("Smells odd")
    page.goto(f"{address}/look-up?code=P2402")
    expect(page.get_by_text("Blocked", exact=True)).to_be_visible()
    expect(page.get_by_text("Smells odd")).to_be_visible()


def test_the_pages_pass_axe_and_fit_the_smallest_screen(demo: tuple[Page, str]) -> None:
    page, address = demo
    faults: list[str] = []
    for path in PATHS:
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for size in SIZES:
                page.set_viewport_size(size)
                page.goto(f"{address}{path}")
                faults += [f"{path} {scheme} {size}: {name}" for name in violations(page)]
                if wider := overflow(page):
                    faults.append(f"{path} {scheme} {size}: {wider} pixels too wide")
    assert not faults, "\n".join(faults)


def test_a_refused_card_shows_what_is_wrong_and_keeps_what_was_typed(
    demo: tuple[Page, str],
) -> None:
    page, address = demo
    page.goto(f"{address}/lot-no-information/new?number=NEW-1")
    page.get_by_label("Item No.").fill("NOPE")
    page.get_by_label("Comment").fill("From the north")
    page.get_by_label("Blocked", exact=True).check()
    page.get_by_role("button", name="Create").click()
    expect(page.locator("#item_no-error")).to_contain_text("There is no item NOPE.")
    expect(page.get_by_label("Comment")).to_have_value("From the north")
    expect(page.get_by_label("Blocked", exact=True)).to_be_checked()
    assert violations(page) == []


def test_a_card_is_saved_and_deleted_without_scripts(chromium: Browser) -> None:
    with demo_app() as (address, passwords):
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        Walk(page, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        page.goto(f"{address}/serial-no-information/new?item_no=2010&number=NEW-1")
        page.get_by_role("button", name="Create").click()
        expect(page.locator("#answer")).to_contain_text("The card is added.")
        page.get_by_text("Delete this card").click()
        page.get_by_role("button", name="Delete").click()
        expect(page.locator("#answer")).to_contain_text("The card is deleted.")
        context.close()
