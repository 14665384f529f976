"""An item's card in a real browser, by the keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Page, expect

from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PREVIEW = "#expiration_calculation-preview"


@pytest.fixture
def card(desktop: Page) -> Iterator[Page]:
    """The card of an item whose lots are dated, and a supervisor in front of it."""
    with demo_app() as (address, passwords):
        Walk(desktop, address, passwords, lambda *_: None).sign_in("SUPERVISOR")
        desktop.goto(f"{address}/items/3030")
        yield desktop


def answer_dialogs(page: Page, *, stay: bool) -> list[str]:
    """Answer what the browser asks from now on; what it asked, one after another."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        if stay:
            dialog.dismiss()
        else:
            dialog.accept()

    page.on("dialog", answer)
    return asked


def test_a_formula_is_answered_while_it_is_typed(card: Page) -> None:
    formula = card.get_by_label("Expiration Calculation")
    expect(card.locator(PREVIEW)).to_contain_text("From today: 23 May 2027")
    formula.focus()
    card.keyboard.press("Control+a")
    card.keyboard.type("CM+30Z")
    expect(card.locator(f"{PREVIEW} mark")).to_have_text("+30Z")
    card.keyboard.press("Backspace")
    card.keyboard.type("D")
    expect(card.locator(PREVIEW)).to_contain_text("From today: 30 Dec 2026")
    expect(formula).to_be_focused()
    card.keyboard.press("Enter")
    expect(card.locator("#answer")).to_contain_text("The card is saved.")
    expect(card.locator("#changes")).to_contain_text("CM+30D")


def test_whoever_leaves_an_edited_card_is_asked_first(card: Page) -> None:
    asked = answer_dialogs(card, stay=True)
    card.get_by_label("Description").press_sequentially("er")
    card.get_by_label("Back").click(no_wait_after=True)
    expect(card.get_by_role("heading", level=1)).to_have_text("3030")
    assert asked == ["beforeunload"]
    card.locator("#save").click()
    expect(card.locator("#answer")).to_contain_text("The card is saved.")
    card.get_by_label("Back").click()
    expect(card.get_by_role("heading", level=1)).to_have_text("Items")
    assert asked == ["beforeunload"]


def test_what_was_refused_is_asked_about_too(card: Page) -> None:
    asked = answer_dialogs(card, stay=False)
    card.get_by_label("GTIN").fill("123")
    card.locator("#save").click()
    expect(card.locator("#gtin-error")).to_be_visible()
    card.get_by_label("Back").click()
    expect(card.get_by_role("heading", level=1)).to_have_text("Items")
    assert asked == ["beforeunload"]


def test_a_fast_tab_opens_and_closes_by_the_keyboard(card: Page) -> None:
    card.locator("#title-general").focus()
    card.keyboard.press("Enter")
    expect(card.get_by_label("Description")).to_be_hidden()
    card.keyboard.press("Space")
    expect(card.get_by_label("Description")).to_be_visible()
