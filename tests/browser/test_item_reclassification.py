"""The item reclassification journal in a browser: by the keyboard alone, and as axe sees it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import AXE, RUN_AXE
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BATCHES = "/item-reclassification-journal-batches"
JOURNAL = "/item-reclassification-journals/RECLASS"
PAGES = (
    f"{JOURNAL}?check=1",
    f"{JOURNAL}/lines/new",
    f"{JOURNAL}/lines/10000",
    f"{JOURNAL}/lines/10000/tracking",
    f"{JOURNAL}/preview",
    BATCHES,
    f"{BATCHES}/RECLASS",
)
SCREENS = ((320, 400), (360, 640), (1280, 800))


@pytest.fixture
def supervisor(desktop: Page) -> Iterator[tuple[Page, str]]:
    """A supervisor with a batch, in front of the demo warehouse."""
    with demo_app() as (address, passwords):
        Walk(desktop, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        desktop.goto(f"{address}{BATCHES}/new")
        desktop.get_by_label("Name").fill("reclass")
        desktop.keyboard.press("Enter")
        expect(desktop.locator("#answer")).to_contain_text("It is added.")
        yield desktop, address


def enter_line(page: Page, address: str, new_lot_no: str) -> None:
    """Type a transfer by the keyboard alone, field after field."""
    page.goto(f"{address}{JOURNAL}/lines/new")
    for label, text in (
        ("Document No.", "R-1"),
        ("Item No.", "3030"),
        ("Location Code", "SILVER"),
        ("Bin Code", "s-01-0004"),
        ("Quantity", "2"),
        ("Lot No.", "cb02"),
        ("New Lot No.", new_lot_no),
    ):
        page.get_by_label(label, exact=True).focus()
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("It is added.")


def test_a_lot_gets_another_number_by_the_keyboard_alone(supervisor: tuple[Page, str]) -> None:
    page, address = supervisor
    enter_line(page, address, "cb02-b")
    page.goto(f"{address}{JOURNAL}")
    expect(page.locator("#main")).to_contain_text("→ CB02-B")
    page.locator("#post button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("2 item ledger entries are posted.")


def test_the_pages_fit_every_screen_and_pass_axe(supervisor: tuple[Page, str]) -> None:
    page, address = supervisor
    enter_line(page, address, "cb02-b")
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
