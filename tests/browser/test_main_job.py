"""The main job in a real Chromium: a touch screen of 360 x 640 scans, a desktop syncs."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from scanner_app.barcodes.labels import label_png
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.demo.load import load_demo
from scanner_app.warehouse.ledger_check import check_ledgers
from scanner_app.web.application import create_app
from scanner_app.web.photos import decoder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET_KEY = "a key of the browser tests only, long enough"
Serve = Callable[[Flask], str]
UNDO = "#task-region form[data-scan-step=undo] button"


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "scanner.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def passwords(sqlite_database: Database) -> dict[str, str]:
    return load_demo(sqlite_database, NOON)


@pytest.fixture
def address(
    sqlite_database: Database, passwords: dict[str, str], tmp_path: Path, live_app: Serve
) -> Iterator[str]:
    settings = Settings(tmp_path, str(sqlite_database.url), SECRET_KEY, demo=True)
    app = create_app(settings, sqlite_database, lambda: NOON)
    yield live_app(app)
    with app.app_context():
        decoder().close()


def sign_in(page: Page, address: str, user_name: str, password: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("User name").fill(user_name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")


def scan(page: Page, code: str, result: str = "accepted") -> None:
    """Type a code as a wedge scanner does, and wait for its answer."""
    expect(page.locator("#scan-form[data-armed]")).to_be_attached()
    before = (
        page.locator(".scan-answer").last.get_attribute("data-scan-id") if _answered(page) else ""
    )
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    answer = page.locator(f".scan-answer:not([data-scan-id='{before}'])").last
    expect(answer).to_have_attribute("data-result", result)


def photograph(page: Page, symbology: str, content: str, tmp_path: Path) -> None:
    """Upload the photo of a label, as the camera button does, and wait for its answer."""
    before = (
        page.locator(".scan-answer").last.get_attribute("data-scan-id") if _answered(page) else ""
    )
    upload(page, symbology, content, tmp_path)
    answer = page.locator(f".scan-answer:not([data-scan-id='{before}'])").last
    expect(answer).to_have_attribute("data-result", "accepted", timeout=20_000)


def upload(page: Page, symbology: str, content: str, tmp_path: Path) -> None:
    expect(page.locator("#scan-form[data-armed]")).to_be_attached()
    photo = tmp_path / "label.png"
    photo.write_bytes(label_png(symbology, content, NOON.date()))
    page.locator("#photo").set_input_files(photo)


def _answered(page: Page) -> bool:
    return page.locator(".scan-answer").count() > 0


def answer_with(page: Page, value: str) -> None:
    """Type what the page asks for into its own field."""
    asked = page.locator("#task-region form input[name=value]:not([type=hidden])")
    asked.fill(value)
    asked.press("Enter")
    expect(asked).to_have_count(0)


def put_away(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/put-aways")
    upload(page, "code-128", "CONTAINER010", tmp_path)
    page.wait_for_url("**/put-aways/PA-00001")
    scan(page, "CONTAINER010")
    scan(page, "W-02-0401")
    expect(page.get_by_role("heading", name="Everything is scanned")).to_be_visible()
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("PA-00001 is registered")).to_be_visible()


def pick(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/picks/PI-00001")
    scan(page, "P2401", "refused")
    scan(page, "P2402")
    scan(page, "W-01-0202")
    scan(page, "P2403")
    scan(page, "W-02-0101")
    photograph(page, "gs1-datamatrix", "(01)09521234020103(21)1001", tmp_path)
    scan(page, "FX-5001")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("PI-00001 is registered")).to_be_visible()


def count(page: Page, address: str, tmp_path: Path) -> None:
    """DR-1004 is missing in one bin, lot CB03 was never received in another."""
    page.goto(f"{address}/counts/COUNT-01")
    photograph(page, "code-128", "W-01-0102", tmp_path)
    scan(page, "DR-1005")
    scan(page, "1044")
    scan(page, "W-01-0102")
    scan(page, "W-02-0102")
    scan(page, "CB01")
    answer_with(page, "12")
    scan(page, "(01)09521234030300(10)CB03")
    answer_with_date(page, "2027-04-22")
    answer_with(page, "5")
    page.locator("#scan").focus()
    scan(page, "W-02-0102")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("2 bins are registered, 4 remain")).to_be_visible()


def answer_with_date(page: Page, day: str) -> None:
    asked = page.locator("#task-region input[type=date]")
    asked.fill(day)
    page.get_by_role("button", name="Go on").click()
    expect(asked).to_have_count(0)


def sync(page: Page, address: str) -> None:
    page.goto(f"{address}/sync")
    page.get_by_role("button", name="Calculate").click()
    expect(page.get_by_text("is on inventory at SILVER")).to_be_visible()
    page.get_by_role("button", name="Post 4 numbers").click()
    expect(page.get_by_text("4 numbers are posted")).to_be_visible()
    expect(page.get_by_text("1 item tracking number differs")).to_be_visible()


def test_put_away_pick_count_and_sync(
    phone: Page,
    desktop: Page,
    address: str,
    passwords: dict[str, str],
    sqlite_database: Database,
    tmp_path: Path,
) -> None:
    sign_in(phone, address, "WORKER1", passwords["WORKER1"])
    put_away(phone, address, tmp_path)
    pick(phone, address, tmp_path)
    count(phone, address, tmp_path)
    sign_in(desktop, address, "SUPERVISOR", passwords["SUPERVISOR"])
    sync(desktop, address)
    with sqlite_database.read() as session:
        assert check_ledgers(session) == []


def test_a_tap_takes_the_last_scan_back_and_the_field_takes_scans_again(
    phone: Page, address: str, passwords: dict[str, str]
) -> None:
    sign_in(phone, address, "WORKER1", passwords["WORKER1"])
    phone.goto(f"{address}/put-aways/PA-00002")
    expect(phone.locator(UNDO)).to_have_count(0)
    scan(phone, "FX-5102")
    scan(phone, "W-01-0601")
    expect(phone.get_by_text("1 of 5 lines scanned", exact=True)).to_be_visible()
    phone.locator(UNDO).dblclick()
    expect(phone.get_by_text("Undone: W-01-0601.")).to_be_visible()
    expect(phone.get_by_text("0 of 5 lines scanned", exact=True)).to_be_visible()
    expect(phone.get_by_text("Last scan: 2020 Serial No. FX-5102")).to_be_visible()
    expect(phone.locator("#scan")).to_be_focused()
    scan(phone, "W-01-0601")
    expect(phone.get_by_text("1 of 5 lines scanned", exact=True)).to_be_visible()


def test_undo_is_reached_by_the_keys_alone(
    phone: Page, address: str, passwords: dict[str, str]
) -> None:
    sign_in(phone, address, "WORKER2", passwords["WORKER2"])
    phone.goto(f"{address}/counts/COUNT-01")
    scan(phone, "W-01-0102")
    scan(phone, "DR-1005")
    phone.locator(UNDO).focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Undone: DR-1005.")).to_be_visible()
    expect(phone.get_by_text("0 found", exact=True)).to_be_visible()
    expect(phone.locator("#scan")).to_be_focused()
