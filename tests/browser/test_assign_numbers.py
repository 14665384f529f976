"""Number series, assigned numbers and their labels in a real browser, by the keyboard alone."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from scanner_app.barcodes.engines import read_with_zxing
from tests.browser.test_accessibility import AXE, RUN_AXE
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ASSIGN = "/items/1900-S/assign-numbers"
# What is left of 63.5 by 33.9 mm is cut off; a pixel of CSS is 1/96 inch.
LABEL_PIXELS = (240.0, 128.125)


@pytest.fixture
def supervisor(desktop: Page) -> Iterator[tuple[Page, str]]:
    with demo_app() as (address, passwords):
        Walk(desktop, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        yield desktop, address


@pytest.fixture
def handheld(phone: Page) -> Iterator[tuple[Page, str]]:
    with demo_app() as (address, passwords):
        Walk(phone, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        yield phone, address


def assign(page: Page, address: str, quantity: str) -> None:
    page.goto(f"{address}{ASSIGN}")
    page.get_by_label("Quantity to Create").first.focus()
    page.keyboard.type(quantity)
    page.keyboard.press("Enter")
    expect(page.locator(".outcome[data-outcome=accepted]")).to_be_visible()


def test_numbers_are_assigned_and_their_labels_are_read_from_the_sheet(
    supervisor: tuple[Page, str],
) -> None:
    page, address = supervisor
    assign(page, address, "5")
    expect(page.locator("#answer")).to_contain_text("5 numbers are assigned: 1007 to 1011")
    page.get_by_role("link", name="Print labels").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".label")).to_have_count(5)
    # The labels stand on the page before the pictures of their symbols have come.
    page.wait_for_load_state("load")
    page.evaluate("() => Promise.all([...document.images].map((image) => image.decode()))")
    page.emulate_media(media="print")
    sheet = Image.open(BytesIO(page.screenshot(full_page=True, scale="css"))).convert("L")
    larger = sheet.resize((sheet.width * 3, sheet.height * 3))
    read = {reading.text.partition("\x1d")[0] for reading in read_with_zxing(larger)}
    assert read == {f"010952123401900821{number}" for number in range(1007, 1012)}


def test_a_label_is_cut_to_its_size_and_its_symbol_never_shrinks(
    supervisor: tuple[Page, str],
) -> None:
    page, address = supervisor
    page.goto(f"{address}/labels/bins?location=WHITE&from=W-01&to=W-01")
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".label")].map((label) => {
            const image = label.querySelector("img");
            const frame = label.getBoundingClientRect();
            const drawn = image.getBoundingClientRect();
            return [frame.width, frame.height, drawn.width - image.naturalWidth,
                drawn.left >= frame.left && drawn.right <= frame.right];
        })"""
    )
    assert sizes
    assert {tuple(size) for size in sizes} == {(*LABEL_PIXELS, 0, True)}


def test_a_line_is_added_to_a_series_by_the_keyboard(supervisor: tuple[Page, str]) -> None:
    page, address = supervisor
    page.goto(f"{address}/number-series/DRILL-SN")
    page.locator("#title-new").focus()
    page.keyboard.press("Enter")
    page.locator("[name='new.starting_date']").fill("2027-01-01")
    page.locator("[name='new.starting_no']").focus()
    page.keyboard.type("D27-001")
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("The card is saved.")
    expect(page.locator("main")).to_contain_text("From 1 Jan 2027")


@pytest.mark.parametrize(
    "path",
    [
        "/number-series",
        "/number-series/DRILL-SN",
        ASSIGN,
        "/inventory-setup",
        "/labels/bins?location=WHITE&from=W-01&to=W-01",
    ],
)
def test_a_small_screen_shows_all_of_it_and_passes_axe(
    handheld: tuple[Page, str], path: str
) -> None:
    page, address = handheld
    page.set_viewport_size({"width": 320, "height": 400})
    page.goto(f"{address}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.evaluate(RUN_AXE) == []
