"""The warehouse reclassification journal in a real browser: by the keyboard alone, and with axe."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import AXE, RUN_AXE
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FAMILY = "/warehouse-reclassification-journal"
JOURNAL = f"{FAMILY}s/MOVED"
PAGES = (
    f"{JOURNAL}?check=1",
    f"{JOURNAL}/lines/new",
    f"{JOURNAL}/lines/20000",
    f"{FAMILY}-batches",
    f"{FAMILY}-batches/MOVED",
)
SCREENS = ((320, 400), (360, 640), (1280, 800))


@pytest.fixture
def supervisor(desktop: Page) -> Iterator[tuple[Page, str]]:
    """A supervisor in front of the demo warehouse, with an empty batch of the journal."""
    with demo_app() as (address, passwords):
        Walk(desktop, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        desktop.goto(f"{address}{FAMILY}-batches/new")
        desktop.get_by_label("Name").fill("MOVED")
        desktop.keyboard.press("Enter")
        expect(desktop.locator("#answer")).to_contain_text("It is added.")
        yield desktop, address


def enter_line(page: Page, address: str, new_lot_no: str) -> None:
    """Type a line by the keyboard alone, field after field; its bins may be those before."""
    page.goto(f"{address}{JOURNAL}/lines/new")
    page.get_by_label("Item No.").focus()
    for text in ("3030", "", "w-02-0102", "w-02-0102", "2"):
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.get_by_label("Lot No.", exact=True).focus()
    page.keyboard.type("cb01")
    page.get_by_label("New Lot No.").focus()
    page.keyboard.type(new_lot_no)
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("It is added.")


def test_lines_are_entered_and_registered_by_the_keyboard_alone(
    supervisor: tuple[Page, str],
) -> None:
    page, address = supervisor
    enter_line(page, address, "wet")
    enter_line(page, address, "")
    page.goto(f"{address}{JOURNAL}")
    page.locator("#register button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_contain_text("1 line cannot be registered")
    expect(page.locator("#main")).to_contain_text("changes nothing")
    page.get_by_role("link", name="Line 20000").focus()
    page.keyboard.press("Enter")
    page.get_by_label("To Bin Code").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("w-01-0602")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("The card is saved.")
    page.locator("#register button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("2 lines are registered.")


def test_the_pages_fit_every_screen_and_pass_axe(supervisor: tuple[Page, str]) -> None:
    page, address = supervisor
    enter_line(page, address, "wet")
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
