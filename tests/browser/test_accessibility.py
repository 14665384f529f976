"""Every page of the guide's walk passes axe on a handheld, in light and in dark colours."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.house.source_files import ROOT
from tools.guide import Walk, demo_app, open_page
from tools.guide_shots import PHONE, all_names
from tools.guide_walk import walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = ROOT / "build" / "test-assets" / "axe.min.js"
RUN_AXE = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"


def test_every_page_passes_axe_in_light_and_in_dark(chromium: Browser) -> None:
    source = AXE.read_text(encoding="utf-8")
    seen: list[str] = []
    violations: list[str] = []

    def look(page: Page, name: str) -> None:
        seen.append(name)
        # The page's policy allows no script of ours; what the browser itself evaluates may run.
        page.evaluate(source)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            violations.extend(
                f"{name}, {scheme}: {_words(violation)}" for violation in page.evaluate(RUN_AXE)
            )
        page.emulate_media(color_scheme="light", reduced_motion="reduce")

    with demo_app() as (address, passwords):
        page = open_page(chromium, PHONE)
        walk(Walk(page, address, passwords, look))
        page.context.close()
    assert sorted(seen) == sorted(all_names())
    assert not violations, "\n" + "\n".join(violations)


def test_axe_sees_what_is_wrong(chromium: Browser) -> None:
    page = open_page(chromium, PHONE)
    page.set_content("<html><body><img src='data:,'></body></html>")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert "image-alt" in {violation["id"] for violation in page.evaluate(RUN_AXE)}
    page.context.close()


def _words(violation: dict[str, Any]) -> str:
    places = "; ".join(str(node["target"]) for node in violation["nodes"][:5])
    return f"{violation['id']} ({violation['help']}): {places}"
