"""Setting up places in a real browser: by the keyboard alone, and as axe sees it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import AXE, RUN_AXE
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = (
    "/bin-types",
    "/bin-types/new",
    "/locations",
    "/locations/WHITE",
    "/locations/WHITE/zones/PICK",
    "/locations/WHITE/bins",
    "/locations/WHITE/bins/W-01-0101",
    "/locations/WHITE/create-bins",
)
SCREENS = ((320, 400), (360, 640), (1280, 800))


@pytest.fixture
def places(desktop: Page) -> Iterator[tuple[Page, str]]:
    """A supervisor in front of the demo warehouse."""
    with demo_app() as (address, passwords):
        Walk(desktop, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        yield desktop, address


def test_bins_are_created_by_the_keyboard_alone(places: tuple[Page, str]) -> None:
    page, address = places
    page.goto(f"{address}/locations/WHITE/create-bins")
    page.get_by_label("Zone Code").select_option("BULK")
    page.get_by_label("Rack from").focus()
    for text in ("r-15", "r-16", "01", "03"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("6 new bins")
    expect(page.locator("#found")).to_contain_text("R-16-03")
    page.locator("#create").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("6 bins are created.")
    expect(page.locator("#bins li").first).to_contain_text("R-15-01")


def test_what_directed_work_locks_cannot_be_switched(places: tuple[Page, str]) -> None:
    page, address = places
    page.goto(f"{address}/locations/WHITE")
    expect(page.get_by_label("Require Pick")).to_be_disabled()
    page.get_by_label("Scan each unit").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("The card is saved.")
    expect(page.get_by_label("Scan each unit")).to_be_checked()
    expect(page.get_by_label("Require Pick")).to_be_checked()


def test_the_pages_fit_every_screen_and_pass_axe(places: tuple[Page, str]) -> None:
    page, address = places
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
