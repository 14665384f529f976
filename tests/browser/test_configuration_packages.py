"""A package in a real browser: imported, validated with an error, mended and applied."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect

from scanner_app.config import Settings
from scanner_app.jobs.work import work_on_jobs
from scanner_app.web.application import create_app
from tests.browser.test_item_parts import violations
from tests.browser.test_opening_balances import SECRET_KEY, enter_in_tell_me
from tests.configuration.packages import book
from tests.demo_copies import LOADED, DemoCopy
from tools.guide import Walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send(page: Page, unit: str) -> None:
    """Choose a workbook with one item in a unit, and import it."""
    captions = ["No.", "Description", "Base Unit of Measure"]
    content = book({27: [captions, ["9001", "Lamp", unit]]})
    page.get_by_label("File", exact=True).set_input_files(
        FilePayload(name="items.xlsx", mimeType=XLSX, buffer=content)
    )
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".outcome[data-outcome=accepted]")).to_be_visible()


def test_an_item_comes_in_by_a_package(
    demo_copy: DemoCopy, live_app: Callable[[Flask], str], desktop: Page, tmp_path: Path
) -> None:
    page = desktop
    settings = Settings(tmp_path, str(demo_copy.database.url), SECRET_KEY, demo=True)
    address = live_app(create_app(settings, demo_copy.database, lambda: LOADED))
    Walk(page, address, demo_copy.passwords, lambda *_: None).sign_in("SUPERVISOR")
    enter_in_tell_me(page, "Configuration Packages")
    assert violations(page) == []
    page.get_by_role("link", name="New").click()
    page.get_by_role("textbox", name="Code").fill("go-live")
    assert violations(page) == []
    page.get_by_role("button", name="Create").click()
    send(page, "CRATE")
    assert violations(page) == []

    page.get_by_role("button", name="Validate").click()
    expect(page.get_by_role("heading", name="Validating")).to_be_visible()
    assert violations(page) == []
    work_on_jobs(demo_copy.database, lambda: LOADED)
    # The page asks for itself again: nobody has to press anything.
    expect(page.get_by_text("1 record has errors.")).to_be_visible()
    page.get_by_role("link", name="1 record Item").click()
    expect(page.get_by_role("cell", name="CRATE", exact=True)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Back").click()

    send(page, "PCS")
    page.get_by_role("button", name="Apply").click()
    work_on_jobs(demo_copy.database, lambda: LOADED)
    expect(page.get_by_text("The package is applied.")).to_be_visible()
    expect(page.get_by_text("1 created")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{address}/items/9001")
    expect(page.get_by_role("heading", name="9001")).to_be_visible()
