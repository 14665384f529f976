"""A worker at the page of the scan double, with what a wedge scanner does to it."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from scanner_app.database import Database
from tests.browser.scan_server import ScanServer
from tests.passwords import PASSWORD

SHOWN = "#answer .scan-answer:not([hidden]) .outcome-message"
WEDGE = """async ({ codes, milliseconds }) => {
    const field = document.activeElement;
    for (const code of codes) {
        for (const character of code) {
            const key = { key: character, bubbles: true, cancelable: true };
            field.dispatchEvent(new KeyboardEvent("keydown", key));
            field.value += character;
            field.dispatchEvent(new InputEvent("input", { data: character, bubbles: true }));
        }
        const enter = { key: "Enter", bubbles: true, cancelable: true };
        field.dispatchEvent(new KeyboardEvent("keydown", enter));
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
}"""


@dataclass(frozen=True)
class Floor:
    """A worker's page, the server behind it, and its database."""

    page: Page
    server: ScanServer
    database: Database
    address: str

    def scan(self, text: str, suffix: str = "Enter") -> None:
        self.page.keyboard.type(text)
        self.page.keyboard.press(suffix)

    def expect_shown(self, *messages: str) -> None:
        expect(self.page.locator(SHOWN)).to_have_text([f"{message}" for message in messages])

    def expect_nothing_waits(self) -> None:
        expect(self.page.locator("#unsent")).to_be_hidden()


def sign_in(page: Page, address: str = "", user_name: str = "WALT") -> None:
    if address:
        page.goto(address)
    page.locator("[name=user_name]").fill(user_name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect_armed(page)


def expect_armed(page: Page) -> None:
    """The script has taken over; before that, Enter would send the form itself."""
    page.locator("#scan-form[data-armed]").wait_for()
    expect(page.locator("#scan")).to_be_focused()
