"""A long journal in a real browser: posted in parts, watched meanwhile, its end read once."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from scanner_app.all_tables import metadata
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.demo.load import load_demo
from scanner_app.jobs import work as working
from scanner_app.jobs.job import Job, JobKind, Looked
from scanner_app.jobs.post_item_journal_job import check_lines
from scanner_app.web.application import create_app
from scanner_app.web.job_pages import job_worker
from tests.browser.test_item_parts import violations
from tests.warehouse.item_journals import parts_of
from tools.guide import NOW, SECRET_KEY, Walk
from tools.guide_server import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[[Page], Page]
ROWS = "\n".join(
    [
        "Document No.\tItem No.\tLocation Code\tBin Code\tQuantity\tLot No.\tExpiration Date",
        *(f"BAL-1\t3020\tSILVER\tS-01-0001\t3\t00{n}\t2030-12-31" for n in range(12, 17)),
    ]
)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The check of five lines in parts of two waits until this is set."""
    parts_of(monkeypatch, 2)
    opened = threading.Event()

    def check(session: Session, job: Job) -> Iterator[Looked]:
        for looked in check_lines(session, job):
            if looked.done > 2:
                opened.wait()
            yield looked

    monkeypatch.setitem(working.LOOKS, JobKind.POST_ITEM_JOURNAL, check)
    return opened


@pytest.fixture
def app(gate: threading.Event, tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The demo with a worker: its address, and the passwords by user name."""
    database = Database(f"sqlite:///{tmp_path / 'demo.db'}")
    metadata.create_all(database.engine)
    passwords = load_demo(database, NOW)
    settings = Settings(tmp_path, str(database.url), SECRET_KEY, demo=True)
    app = create_app(settings, database, lambda: NOW)
    with served(app) as address:
        job_worker(app).start()
        yield address, passwords
        gate.set()
        job_worker(app).close()
    database.close()


@pytest.fixture
def journal(app: tuple[str, dict[str, str]]) -> Open:
    """Open a journal with five lines, as a supervisor."""
    address, passwords = app

    def go(page: Page) -> Page:
        Walk(page, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        page.goto(f"{address}/item-journal-batches/new")
        page.get_by_label("Name").fill("BALANCE")
        page.locator("#item_tracking_on_lines").click()
        page.get_by_role("button", name="Create").click()
        page.get_by_role("link", name="OK BALANCE").click()
        page.get_by_role("link", name="Edit in Excel").click()
        page.locator("summary", has_text="Paste rows").click()
        page.locator("#pasted").fill(ROWS)
        page.locator("#pasted").press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Publish 5 changes").click()
        return page

    return go


def test_a_long_journal_is_posted_while_its_page_tells_how_far_it_is(
    desktop: Page, journal: Open, gate: threading.Event
) -> None:
    page = journal(desktop)
    main = page.locator("main")
    expect(main).to_contain_text("More than 2 lines are posted in parts of 2")
    assert not violations(page)
    page.get_by_role("button", name="Post 5 lines").click()
    expect(main).to_contain_text("2 of 5 lines are checked.")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "2")
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    expect(page.get_by_role("link", name="New line")).to_have_count(0)
    assert not violations(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.goto(page.url.rpartition("/item-journals")[0])
    page.go_back()
    gate.set()
    expect(main).to_contain_text("5 lines are posted.")
    expect(main).to_contain_text("Item registers")
    assert not violations(page)
    page.get_by_role("button", name="OK").click()
    expect(main).to_contain_text("No line yet")
    expect(main).not_to_contain_text("5 lines are posted.")
