"""The floor is followed without a reload, and what the supervisor has unfolded stays so."""

import pytest
from playwright.sync_api import Page, expect

from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PARTS = ("moment", "state", "picture", "hours", "scans", "documents")
MARK_ALL = "names => names.forEach(name => document.getElementById(name).dataset.old = 'yes')"


def test_every_part_is_fetched_anew_and_what_is_unfolded_stays_so(desktop: Page) -> None:
    with demo_app() as (address, passwords):
        page = desktop
        Walk(page, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        page.clock.install()
        page.goto(f"{address}/floor")
        page.get_by_text("Show the numbers").click()
        document = page.locator("#floor-documents a").first
        document.focus()
        page.evaluate(MARK_ALL, [f"floor-{part}" for part in PARTS])
        for _ in range(2):
            with page.expect_response("**/floor/now"):
                page.clock.fast_forward(15_000)
            expect(page.locator("[data-old]")).to_have_count(0)
            expect(page.locator("#floor-hours")).to_be_visible()
            expect(document).to_be_focused()
