"""The warehouse journals in a real browser: by the keyboard alone, and as axe sees them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import AXE, RUN_AXE
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

JOURNAL = "/warehouse-physical-inventory-journals/COUNT-01"
PAGES = (
    f"{JOURNAL}?check=1",
    f"{JOURNAL}/lines/new",
    f"{JOURNAL}/lines/10000",
    "/warehouse-physical-inventory-journal-batches",
    "/warehouse-physical-inventory-journal-batches/COUNT-01",
    "/warehouse-item-journals",
    f"{JOURNAL}/excel",
)
SCREENS = ((320, 400), (360, 640), (1280, 800))


@pytest.fixture
def supervisor(desktop: Page) -> Iterator[tuple[Page, str]]:
    """A supervisor in front of the demo warehouse."""
    with demo_app() as (address, passwords):
        Walk(desktop, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        yield desktop, address


def enter_line(page: Page, address: str, lot_no: str) -> None:
    """Type a line by the keyboard alone, field after field."""
    page.goto(f"{address}{JOURNAL}/lines/new")
    page.get_by_label("Item No.").focus()
    for text in ("3030", "", "w-01-0601", "2"):
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.get_by_label("Lot No.").focus()
    page.keyboard.type(lot_no)
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("It is added.")


def test_lines_are_entered_and_registered_by_the_keyboard_alone(
    supervisor: tuple[Page, str],
) -> None:
    page, address = supervisor
    enter_line(page, address, "found-1")
    enter_line(page, address, "")
    page.goto(f"{address}{JOURNAL}")
    page.locator("#register button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_contain_text("1 line cannot be registered")
    page.get_by_role("link", name="Line 20000").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Lot No.").focus()
    page.keyboard.type("found-2")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("The card is saved.")
    page.locator("#register button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("2 lines are registered.")
    expect(page.locator("#answer").get_by_role("link", name="Sync")).to_be_visible()


def test_the_pages_fit_every_screen_and_pass_axe(supervisor: tuple[Page, str]) -> None:
    page, address = supervisor
    enter_line(page, address, "")
    source = AXE.read_text(encoding="utf-8")
    for path in PAGES:
        page.goto(f"{address}{path}")
        page.evaluate(source)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert [found["id"] for found in page.evaluate(RUN_AXE)] == [], f"{path}, {scheme}"
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(over) <= 0, f"{path} at {width}"
