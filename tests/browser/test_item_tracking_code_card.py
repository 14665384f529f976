"""The card of an item tracking code in a real browser: switches, focus, keys, small screens."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Of every switch and button of the page, whether a finger can hit it and where it ends.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    '.switch-label, .fast-tab-title, main .button, main .input')]
    .filter((element) => element.checkVisibility())
    .filter((element) => element.getBoundingClientRect().height < 48)
    .map((element) => element.outerHTML.slice(0, 80))"""
WIDTH = "() => document.documentElement.scrollWidth"


@pytest.fixture
def demo() -> Iterator[tuple[str, dict[str, str]]]:
    with demo_app() as served:
        yield served


def open_card(page: Page, demo: tuple[str, dict[str, str]], code: str = "SNSALE") -> None:
    walker = Walk(page, *demo, lambda _page, _name: None)
    walker.sign_in("SUPERVISOR")
    walker.go(f"/item-tracking-codes/{code}")


def add_code(page: Page, demo: tuple[str, dict[str, str]]) -> None:
    walker = Walk(page, *demo, lambda _page, _name: None)
    walker.sign_in("SUPERVISOR")
    walker.go("/item-tracking-codes/new")
    walker.fill("Code", "KEYS")
    walker.press("Create")
    walker.wait_for("#card")


def test_by_keys_alone_a_switch_locks_what_follows_and_keeps_the_focus(
    desktop: Page, demo: tuple[str, dict[str, str]]
) -> None:
    add_code(desktop, demo)
    desktop.locator("#title-lot").focus()
    desktop.keyboard.press("Enter")
    desktop.keyboard.press("Tab")
    expect(desktop.locator("#lot_specific_tracking")).to_be_focused()
    desktop.keyboard.press("Space")
    expect(desktop.locator("#lot_transfer_tracking")).to_be_disabled()
    expect(desktop.locator("#lot_transfer_tracking")).to_be_checked()
    expect(desktop.locator("#lot_specific_tracking")).to_be_focused()
    expect(desktop.locator("#answer")).to_contain_text("14 other fields follow.")
    desktop.locator("#save").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#answer")).to_contain_text("The card is saved.")
    expect(desktop.locator("#changes")).to_contain_text("Lot Specific Tracking")


def test_a_warranty_formula_is_answered_while_it_is_typed_and_again_with_its_fast_tab(
    desktop: Page, demo: tuple[str, dict[str, str]]
) -> None:
    add_code(desktop, demo)
    desktop.locator("#title-misc").click()
    formula = desktop.get_by_label("Warranty Date Formula")
    preview = desktop.locator("#warranty_date_formula-preview")
    expect(preview).to_contain_text("or there is none.")
    formula.press_sequentially("CM+2Z")
    expect(preview.locator("mark")).to_have_text("+2Z")
    formula.press("Backspace")
    formula.press("Y")
    expect(preview).to_contain_text("From today: 30 Nov 2028")
    formula.press("Tab")
    expect(desktop.locator("#tab-misc .badge")).to_have_text("Warranty")
    expect(preview).to_contain_text("From today: 30 Nov 2028")


def test_a_refusal_leaves_every_part_as_it_was_typed(
    desktop: Page, demo: tuple[str, dict[str, str]]
) -> None:
    open_card(desktop, demo)
    desktop.locator("#description").fill("Typed and not saved")
    desktop.locator("#title-lot").click()
    desktop.locator("#lot_specific_tracking").check()
    expect(desktop.locator("#lot_specific_tracking-error")).to_contain_text("item 2050")
    expect(desktop.locator("#answer")).to_contain_text("item 2050 has item ledger entries")
    expect(desktop.locator("#lot_specific_tracking")).to_be_checked()
    expect(desktop.locator("#description")).to_have_value("Typed and not saved")
    desktop.locator("#lot_specific_tracking").uncheck()
    expect(desktop.locator("#answer")).to_be_empty()


def test_switches_touched_one_right_after_the_other_are_all_kept(
    phone: Page, demo: tuple[str, dict[str, str]]
) -> None:
    add_code(phone, demo)
    phone.locator("#title-misc").click()
    phone.evaluate(
        """() => ['strict_expiration_posting', 'require_warranty_date_entry'].forEach(
            (id) => document.getElementById(id).click())"""
    )
    expect(phone.locator("#use_expiration_dates")).to_be_checked()
    expect(phone.locator("#strict_expiration_posting")).to_be_checked()
    expect(phone.locator("#require_warranty_date_entry")).to_be_checked()


@pytest.mark.parametrize(("width", "height"), [(320, 400), (360, 640), (1280, 800)])
def test_the_card_fits_its_screen_and_every_target_a_finger(
    phone: Page, demo: tuple[str, dict[str, str]], width: int, height: int
) -> None:
    phone.set_viewport_size({"width": width, "height": height})
    open_card(phone, demo)
    phone.evaluate("document.querySelectorAll('.fast-tab').forEach((tab) => (tab.open = true))")
    assert phone.evaluate(WIDTH) <= width
    assert phone.evaluate(SMALL_TARGETS) == []


def test_without_a_script_the_form_saves_and_what_follows_is_saved_too(
    chromium: Browser, demo: tuple[str, dict[str, str]]
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    add_code(page, demo)
    page.locator("#title-serial").click()
    page.locator("#serial_specific_tracking").check()
    page.locator("#save").click()
    expect(page.locator("#answer")).to_contain_text("The card is saved.")
    expect(page.locator("#serial_transfer_tracking")).to_be_disabled()
    expect(page.locator("#serial_transfer_tracking")).to_be_checked()
    context.close()
