"""Draw the pictures of the user guide anew: `python3 dev.py guide`.

The app is served on a fresh demo warehouse whose clock stands still, a real Chromium walks
through the main job, and each state of each page is drawn on a handheld and on a desk. The
walk is also what the test of accessibility takes.

Passwords are made by the demo, used here and kept nowhere.
"""

import atexit
import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from PIL import Image

# Only developers draw the guide, and they have playwright.
from playwright.sync_api import (  # deptry: ignore[DEP004]
    Browser,
    FilePayload,
    Page,
    expect,
    sync_playwright,
)

from scanner_app.all_tables import metadata
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.demo.load import load_demo
from scanner_app.web.application import create_app
from tools.guide_server import served
from tools.guide_shots import (
    BYTES_MAX,
    FOLDER,
    OVERVIEW,
    SCREENS,
    Screen,
    all_names,
    overview,
    picture_file,
)
from tools.guide_walk import walk
from tools.system_packages import find_browser

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LOSSLESS = 100
QUALITIES = (90, 80, 70, 60, 50, 40)
SECRET_KEY = "of the guide's own app, which ends with it"  # noqa: S105 - it guards nothing
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-proxy-server")

WAIT_MS = 10_000

Look = Callable[[Page, str], None]


def main(names: list[str]) -> int:
    """Draw every picture, or only those whose names are given, and return the exit code."""
    unknown = sorted(set(names) - set(all_names()))
    if unknown:
        print("There is no picture " + ", ".join(unknown) + ".", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        for screen in SCREENS:
            _draw_all(browser, screen, names or all_names())
        browser.close()
    _remove_pictures_of_nothing()
    OVERVIEW.write_text(overview(), encoding="utf-8")
    return 0


def _draw_all(browser: Browser, screen: Screen, wanted: list[str] | tuple[str, ...]) -> None:
    def draw(page: Page, name: str) -> None:
        if name in wanted:
            shot = page.screenshot(animations="disabled", caret="hide")
            path = picture_file(name, screen)
            path.write_bytes(as_webp(shot))
            print(f"{path.stat().st_size:>7,} bytes  {path.name}", flush=True)

    with demo_app() as (address, passwords):
        page = open_page(browser, screen)
        walk(Walk(page, address, passwords, draw))
        page.context.close()


def _remove_pictures_of_nothing() -> None:
    kept = {picture_file(name, screen) for name in all_names() for screen in SCREENS}
    for path in set(FOLDER.glob("*.webp")) - kept:
        path.unlink()


def as_webp(shot: bytes) -> bytes:
    """Return a screenshot as WebP: lossless where that is small enough, else as good as fits.

    Raises:
        ValueError: when not even the lowest quality fits.
    """
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    for quality in (LOSSLESS, *QUALITIES):
        drawn = io.BytesIO()
        image.save(drawn, "WEBP", method=6, lossless=quality == LOSSLESS, quality=quality)
        if drawn.tell() < BYTES_MAX:
            return drawn.getvalue()
    raise ValueError(f"a picture of {image.size} does not fit into {BYTES_MAX} bytes")


def open_page(browser: Browser, screen: Screen) -> Page:
    """A page in which nothing moves, and whose clock stands where that of the app does."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        device_scale_factor=1,
        is_mobile=screen.touch,
        has_touch=screen.touch,
        locale="en-GB",
        timezone_id="UTC",
        color_scheme="light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    return page


@cache
def loaded_demo() -> tuple[Path, dict[str, str]]:
    """The file of a demo warehouse that was loaded just now, and the passwords by user name.

    It is loaded once by each process, and copied for whoever serves it.
    """
    folder = Path(tempfile.mkdtemp(prefix="guide"))
    atexit.register(shutil.rmtree, folder)
    database = Database(f"sqlite:///{folder / 'loaded.db'}")
    metadata.create_all(database.engine)
    passwords = load_demo(database, NOW)
    database.close()
    return folder / "loaded.db", passwords


@contextmanager
def demo_app() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve a fresh demo warehouse; the address, and the passwords by user name."""
    loaded, passwords = loaded_demo()
    folder = Path(tempfile.mkdtemp(prefix="guide"))
    shutil.copyfile(loaded, folder / "guide.db")
    database = Database(f"sqlite:///{folder / 'guide.db'}")
    try:
        settings = Settings(folder, str(database.url), SECRET_KEY, demo=True)
        with served(create_app(settings, database, lambda: NOW)) as address:
            yield address, passwords
    finally:
        database.close()
        shutil.rmtree(folder)


@dataclass(frozen=True)
class Walk:
    """Somebody who goes through the demo warehouse with one page, and looks around."""

    page: Page
    address: str
    passwords: dict[str, str]
    look_at: Look

    def look(self, name: str) -> None:
        """Look at the state of the page that has this name in the guide."""
        self.page.mouse.move(0, 0)
        self.look_at(self.page, name)

    def go(self, path: str, name: str = "") -> None:
        """Open a page and, where it has a name, look at it."""
        self.page.goto(f"{self.address}{path}")
        if self.page.locator("#scan-form").count():
            self.page.locator("#scan-form[data-armed]").wait_for()
        if name:
            self.look(name)

    def sign_in(self, user_name: str) -> None:
        """Sign in as somebody else than before."""
        self.page.context.clear_cookies()
        self.go("/sign-in")
        self.fill("User name", user_name)
        self.fill("Password", self.passwords[user_name])
        self.press("Sign in")
        self.page.wait_for_url(f"{self.address}/")

    def press(self, label: str) -> None:
        """Press the first button that says so."""
        self.page.get_by_role("button", name=label, exact=True).first.click()

    def click(self, selector: str) -> None:
        """Click the first of what a selector finds."""
        self.page.locator(selector).first.click()

    def show(self, selector: str) -> None:
        """Bring what a selector finds under the header of the page."""
        self.page.locator(selector).first.evaluate("element => element.scrollIntoView()")

    def wait_for(self, selector: str) -> None:
        """Wait until the first of what a selector finds is seen."""
        self.page.locator(selector).first.wait_for()

    def fill(self, label: str, text: str) -> None:
        """Type into the first field with a label."""
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label: str, value: str) -> None:
        """Choose a value in the list with a label."""
        self.page.get_by_label(label).first.select_option(value)

    def send_file(self, lines: list[str], button: str = "Show changes") -> None:
        """Choose a CSV file of these lines, and send its form."""
        content = "\n".join(lines).encode()
        file = FilePayload(name="balances.csv", mimeType="text/csv", buffer=content)
        self.page.locator("input[type=file]").set_input_files(file)
        self.press(button)
        self.wait_for(".action-bar, .outcome[data-outcome=accepted]")

    def scan(self, *codes: str, name: str = "") -> None:
        """Scan codes, each after the answer to the one before; then look, where it has a name."""
        for code in codes:
            answers = self.page.locator(".scan-answer").all()
            shown = [answer.get_attribute("data-scan-id") or "" for answer in answers]
            self.type_scan(code)
            fresh = "".join(f":not([data-scan-id='{scan_id}'])" for scan_id in shown)
            self.wait_for(f".scan-answer{fresh}")
        if name:
            self.look(name)

    def type_scan(self, code: str) -> None:
        """Scan a code as a scanner that types, without waiting."""
        self.page.locator("#scan").focus()
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")

    def tell(self, text: str) -> None:
        """Open Tell Me by its keys, type, and wait until something is found."""
        self.page.keyboard.press("Alt+q")
        self.page.keyboard.type(text)
        expect(self.page.locator("#tell-me-query[aria-expanded=true]")).to_have_value(text)

    def lose_the_radio(self) -> None:
        """Be without a network from now on."""
        self.page.context.set_offline(offline=True)

    def find_the_radio(self) -> None:
        """Have a network again."""
        self.page.context.set_offline(offline=False)

    def answer(self, kind: str, value: str) -> None:
        """Give what the page asks for in a field of its own."""
        asked = self.page.locator(f"#task-region form input[name=value][type={kind}]")
        asked.fill(value)
        self.page.locator("#task-region form .button-primary").first.click()
        expect(asked).to_have_count(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
