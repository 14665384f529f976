"""A real Chromium, a handheld's and a desk's page in it, and the app served on a real port."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.web.application import create_app
from tests.browser.floor import Floor, expect_armed
from tests.browser.scan_server import add_scan_server
from tests.passwords import PASSWORD
from tests.web.conftest import SECRET_KEY, add_people
from tests.web.page_client import PageClient
from tools.guide_server import served
from tools.system_packages import find_browser

# A name that is not localhost: what needs a secure context is missing there, as on a LAN.
PLAIN_HTTP_HOST = "warehouse.test"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    f"--host-resolver-rules=MAP {PLAIN_HTTP_HOST} 127.0.0.1",
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 11; TC26) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)
WAIT_MS = 10_000
# What the page's policy forbids is only an event in the page; it is kept for the test's end.
WATCH_POLICY = """
    document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module: while Playwright runs, its process can run no other event loop."""
    path = find_browser()
    if path is None:
        pytest.fail("There is no Chromium: run `python3 dev.py test`, which installs one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A page of 360 x 640 on a touch screen."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 640},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        user_agent=ANDROID,
    )
    with watched_page(context) as page:
        yield page


@pytest.fixture
def desktop(chromium: Browser) -> Iterator[Page]:
    """A page of 1280 x 800 with a mouse."""
    with watched_page(chromium.new_context(viewport={"width": 1280, "height": 800})) as page:
        yield page


@contextmanager
def watched_page(context: BrowserContext) -> Iterator[Page]:
    """A page whose test fails when a script threw or the page's policy was broken."""
    faults: list[str] = []
    context.add_init_script(WATCH_POLICY)
    context.set_default_timeout(WAIT_MS)
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    context.on(
        "console",
        lambda message: faults.append(message.text) if _breaks_policy(message.text) else None,
    )
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not faults, "\n".join(faults)


def _breaks_policy(text: str) -> bool:
    return text.startswith("policy: ") or "Content Security Policy" in text


@pytest.fixture
def live_app() -> Iterator[Callable[[Flask], str]]:
    """Call it with an app to serve it until the test's end; it returns the address."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(served(app))


@pytest.fixture
def floor(
    phone: Page, live_app: Callable[[Flask], str], sqlite_template: Path, tmp_path: Path
) -> Iterator[Floor]:
    """WALT, signed in, at the page of the double, ready to scan."""
    path = tmp_path / "floor.db"
    shutil.copyfile(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    database.write(add_people)
    settings = Settings(data_folder=tmp_path, database_url="", secret_key=SECRET_KEY)
    app = create_app(settings, database)
    server = add_scan_server(app)
    address = live_app(app)
    client = PageClient(app)
    client.sign_in("WALT", PASSWORD)
    session = client.cookie("scanner_session") or ""
    phone.context.add_cookies([{"name": "scanner_session", "value": session, "url": address}])
    phone.goto(f"{address}/bench")
    expect_armed(phone)
    yield Floor(phone, server, database, address)
    phone.close()
    database.close()
