"""Tell Me in a real browser, by the keyboard alone: from a scan page and back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.demo.load import load_demo
from scanner_app.web.application import create_app
from tests.browser.floor import WEDGE, Floor, expect_armed
from tests.house.source_files import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET_KEY = "a key of the browser tests only, long enough"
AXE = ROOT / "build" / "test-assets" / "axe.min.js"
RUN_AXE = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
RESULT = "#tell-me [role=option]"
ACTIVE = "#tell-me [role=option][aria-selected=true]"


@pytest.fixture
def demo(
    sqlite_template: Path, tmp_path: Path, live_app: Callable[[Flask], str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a demo warehouse, and its passwords."""
    path = tmp_path / "demo.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    passwords = load_demo(database, NOON)
    settings = Settings(tmp_path, str(database.url), SECRET_KEY, demo=True)
    yield live_app(create_app(settings, database, lambda: NOON)), passwords
    database.close()


def sign_in(page: Page, demo: tuple[str, dict[str, str]], user_name: str) -> None:
    address, passwords = demo
    page.goto(f"{address}/sign-in")
    page.get_by_label("User name").fill(user_name)
    page.get_by_label("Password").fill(passwords[user_name])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")


def open_by_keys(page: Page) -> None:
    page.keyboard.press("Alt+q")
    expect(page.locator("#tell-me-query")).to_be_focused()


def test_the_keyboard_alone_leads_from_a_page_to_what_was_typed(
    desktop: Page, demo: tuple[str, dict[str, str]]
) -> None:
    sign_in(desktop, demo, "SUPERVISOR")
    open_by_keys(desktop)
    desktop.keyboard.type("warehouse")
    expect(desktop.locator(RESULT).first).to_be_visible()
    expect(desktop.locator("#tell-me-status")).to_contain_text("There are more.")
    query = desktop.locator("#tell-me-query")
    expect(query).to_have_attribute("aria-expanded", "true")
    first, second = (desktop.locator(RESULT).nth(place) for place in (0, 1))
    expect(query).to_have_attribute(
        "aria-activedescendant", first.get_attribute("id") or "no first"
    )
    desktop.keyboard.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    desktop.keyboard.press("ArrowUp")
    desktop.keyboard.press("ArrowUp")
    expect(desktop.locator(RESULT).last).to_have_attribute("aria-selected", "true")
    desktop.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/warehouse-physical-inventory-journals")


def test_enter_before_the_results_asks_the_page(
    desktop: Page, demo: tuple[str, dict[str, str]]
) -> None:
    sign_in(desktop, demo, "WORKER1")
    open_by_keys(desktop)
    desktop.keyboard.type("2")
    expect(desktop.locator(ACTIVE)).to_be_visible()
    desktop.keyboard.type("010")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/tell-me?q=2010")
    expect(desktop.locator("a.tell-me-result")).to_contain_text(["2010"])


def test_a_finger_opens_it_and_opens_what_it_found(
    phone: Page, demo: tuple[str, dict[str, str]]
) -> None:
    sign_in(phone, demo, "WORKER1")
    phone.locator("header a[data-tell-me]").tap()
    phone.locator("#tell-me-query").fill("w-01-0501")
    phone.locator(RESULT).tap()
    phone.wait_for_url("**/look-up?**")
    expect_armed(phone)
    expect(phone.locator("#found-heading")).to_have_text("W-01-0501")


def test_escape_gives_the_focus_back_to_where_it_was(floor: Floor) -> None:
    page = floor.page
    open_by_keys(page)
    page.keyboard.type("put")
    expect(page.locator(ACTIVE)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#tell-me")).to_be_hidden()
    expect(page.locator("#scan")).to_be_focused()
    expect(page.locator("#scan")).to_have_value("")
    page.locator("#remark").focus()
    open_by_keys(page)
    expect(page.locator("#tell-me-query")).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator("#remark")).to_be_focused()
    page.locator("header a[data-tell-me]").tap()
    page.locator("#tell-me-close").tap()
    expect(page.locator("#scan")).to_be_focused()
    page.locator("header a[data-tell-me]").tap()
    expect(page.locator("#tell-me-query")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#scan")).to_be_focused()
    floor.scan("A-1")
    floor.expect_shown("Accepted: A-1")


def test_a_burst_of_scans_goes_to_the_scan_field_while_it_is_closed(floor: Floor) -> None:
    page = floor.page
    open_by_keys(page)
    page.keyboard.press("Escape")
    expect(page.locator("#scan")).to_be_focused()
    codes = [f"Q-{number}" for number in range(20)]
    page.evaluate(WEDGE, {"codes": codes, "milliseconds": 20})
    floor.expect_nothing_waits()
    assert floor.server.raws == codes


def test_answers_that_come_meanwhile_leave_the_dialog_alone(floor: Floor) -> None:
    floor.server.delay_seconds = 0.4
    floor.scan("BAD-1")
    open_by_keys(floor.page)
    floor.page.keyboard.type("pi")
    floor.expect_shown("Refused: BAD-1")
    expect(floor.page.locator(ACTIVE)).to_be_visible()
    expect(floor.page.locator("#tell-me-query")).to_be_focused()
    expect(floor.page.locator("#tell-me-query")).to_have_value("pi")


def test_a_lost_network_is_told_in_the_dialog_and_leaves_the_answers(floor: Floor) -> None:
    floor.scan("BAD-1")
    floor.expect_shown("Refused: BAD-1")
    open_by_keys(floor.page)
    floor.page.context.set_offline(offline=True)
    floor.page.keyboard.type("pi")
    status = floor.page.locator("#tell-me-status")
    expect(status).to_contain_text("The server did not answer.")
    floor.expect_shown("Refused: BAD-1")
    floor.page.context.set_offline(offline=False)
    floor.page.keyboard.type("c")
    expect(floor.page.locator(ACTIVE)).to_contain_text("Picks")
    expect(status).to_have_text("2 results.")


def test_a_busy_server_is_told_in_the_dialog_too(floor: Floor) -> None:
    page = floor.page
    floor.scan("BAD-1")
    floor.expect_shown("Refused: BAD-1")
    open_by_keys(page)
    page.keyboard.type("pi")
    expect(page.locator(ACTIVE)).to_be_visible()
    refused = {"HX-Retarget": "#answer", "HX-Reswap": "innerHTML"}
    answer = "<article class='outcome'><p>The database is busy.</p></article>"
    page.route(
        "**/tell-me?**", lambda route: route.fulfill(status=503, headers=refused, body=answer)
    )
    page.keyboard.type("c")
    expect(page.locator("#tell-me-status")).to_have_text("The database is busy.")
    expect(page.locator(RESULT)).to_have_count(0)
    page.keyboard.press("Escape")
    floor.expect_shown("Refused: BAD-1")


def test_a_closing_told_late_takes_nothing_of_what_is_typed_since(
    phone: Page, demo: tuple[str, dict[str, str]]
) -> None:
    sign_in(phone, demo, "SUPERVISOR")
    open_by_keys(phone)
    phone.keyboard.type("w")
    expect(phone.locator("#tell-me-status")).to_contain_text("result")
    phone.evaluate(
        """() => {
            document.getElementById("tell-me").close();
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "q", altKey: true }));
            document.getElementById("tell-me-query").value = "zzz";
        }"""
    )
    expect(phone.locator("#tell-me-query")).to_be_focused()
    phone.keyboard.press("End")
    phone.keyboard.type("z")
    expect(phone.locator("#tell-me-query")).to_have_value("zzzz")
    expect(phone.locator("#tell-me-status")).to_contain_text("Nothing")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_dialog(
    phone: Page, demo: tuple[str, dict[str, str]], scheme: str
) -> None:
    sign_in(phone, demo, "SUPERVISOR")
    phone.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    phone.evaluate(AXE.read_text(encoding="utf-8"))
    for query in ("", "w", "zzzz"):
        open_by_keys(phone)
        phone.keyboard.type(query)
        if query:
            words = "Nothing" if query == "zzzz" else "result"
            expect(phone.locator("#tell-me-status")).to_contain_text(words)
        assert phone.evaluate(RUN_AXE) == []
        phone.keyboard.press("Escape")
