"""Units, variants, references and the picture of an item in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.barcodes.test_image_loading import saved
from tests.browser.floor import expect_armed
from tests.browser.test_accessibility import AXE, RUN_AXE
from tools.guide import Walk, demo_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[[Page, str, str], Page]
SCREENS = [(360, 640), (320, 400)]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Open a page of the demo as somebody."""
    with demo_app() as (address, passwords):

        def go(page: Page, user_name: str, path: str) -> Page:
            Walk(page, address, passwords, lambda *_: None).sign_in(user_name)
            page.goto(f"{address}{path}")
            return page

        yield go


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(RUN_AXE)
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def test_a_row_is_added_and_edited_without_leaving_the_card(desktop: Page, opened: Open) -> None:
    card = opened(desktop, "SUPERVISOR", "/items/2010")
    description = card.locator("#description")
    description.fill("Cordless drill, 18 V")
    card.locator("#title-variants").focus()
    card.keyboard.press("Enter")
    card.keyboard.press("Tab")
    card.keyboard.press("Enter")
    code = card.locator("#variants-code")
    expect(code).to_be_focused()
    expect(card.locator("#save")).to_be_hidden()
    assert not violations(card)
    card.keyboard.type("EU")
    card.keyboard.press("Enter")
    expect(card.locator("#answer")).to_contain_text("The row is added.")
    expect(card.locator("#tab-variants")).to_contain_text("EU")
    expect(card.locator("#changes")).to_contain_text("EU")
    expect(card.locator("#add-variants")).to_be_focused()
    expect(card.locator("#save")).to_be_visible()
    assert description.input_value() == "Cordless drill, 18 V"
    assert not violations(card)


def test_what_is_wrong_is_said_at_the_field_which_keeps_the_focus(
    desktop: Page, opened: Open
) -> None:
    card = opened(desktop, "SUPERVISOR", "/items/2010")
    card.locator("#title-references").click()
    card.locator("#add-references").click()
    number = card.locator("#references-reference_no")
    expect(number).to_be_focused()
    card.keyboard.type("VENDOR-77")
    card.keyboard.press("Enter")
    expect(card.locator("#references-reference_no-error")).to_contain_text("VENDOR-77 stands for")
    expect(number).to_be_focused()
    assert not violations(card)
    card.get_by_label("Also on other goods").check()
    card.locator("#save-references").click()
    expect(card.locator("#tab-references")).to_contain_text("VENDOR-77")
    card.get_by_role("link", name="Edit VENDOR-77").click()
    expect(card.locator("#references-starting_date")).to_be_focused()
    card.get_by_text("Remove this row").click()
    card.locator("#remove-references button").click()
    expect(card.locator("#answer")).to_contain_text("The row is removed.")
    expect(card.locator("#tab-references")).not_to_contain_text("VENDOR-77")


def test_a_form_that_is_cancelled_leaves_the_list(desktop: Page, opened: Open) -> None:
    card = opened(desktop, "SUPERVISOR", "/items/3020")
    card.get_by_role("link", name="Edit BOX").click()
    expect(card.locator("#edit-units")).to_be_visible()
    card.get_by_role("link", name="Cancel").click()
    expect(card.locator("#edit-units")).to_have_count(0)
    expect(card.locator("#tab-units")).to_contain_text("BOX")


def test_a_picture_is_uploaded_on_the_card(desktop: Page, opened: Open) -> None:
    card = opened(desktop, "SUPERVISOR", "/items/3040")
    card.locator("#title-picture").click()
    green = saved(Image.new("RGB", (800, 600), "green"), "PNG")
    for content, said in ((b"no picture", "not a JPEG, PNG or WebP"), (green, "is saved")):
        upload = FilePayload(name="tube.png", mimeType="image/png", buffer=content)
        card.locator("#picture").set_input_files(upload)
        card.get_by_role("button", name="Upload").click()
        expect(card.locator("#answer")).to_contain_text(said)
    shown = card.locator("img.item-picture")
    expect(shown).to_have_attribute("alt", "Steel tube")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 480
    assert not violations(card)


@pytest.mark.parametrize(("width", "height"), SCREENS)
@pytest.mark.parametrize("path", ["/put-aways/PA-00001", "/picks/PI-00001", "/look-up?code=3020"])
def test_a_picture_takes_its_place_at_once_and_pushes_nothing_off_the_screen(
    phone: Page, opened: Open, path: str, width: int, height: int
) -> None:
    phone.set_viewport_size({"width": width, "height": height})
    task = opened(phone, "WORKER1", path)
    picture = task.locator("img.task-picture")
    box = picture.bounding_box()
    if height > 480:
        assert box is not None
        assert (box["width"], box["height"]) == (72, 72)
        assert box["x"] + box["width"] <= width
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 240
    else:
        assert box is None  # at this height the words come first
    field = task.locator("#scan-form").bounding_box()
    assert field is not None
    assert field["y"] + field["height"] <= height
    assert not violations(task)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_a_count_keeps_its_question_on_the_screen_beside_the_picture(
    phone: Page, opened: Open, width: int, height: int
) -> None:
    phone.set_viewport_size({"width": width, "height": height})
    count = opened(phone, "WORKER2", "/counts/COUNT-01")
    expect_armed(count)
    walker = Walk(count, "", {}, lambda *_: None)
    walker.scan("W-02-0102", "(01)09521234030300(10)CB01")
    expect(count.locator("img.task-picture")).to_have_attribute("alt", "Coffee")
    if height > 480:
        answer = count.get_by_role("button", name="Count", exact=True).bounding_box()
        dock = count.locator(".scan-dock").bounding_box()
        assert answer is not None
        assert dock is not None
        assert answer["y"] + answer["height"] <= dock["y"]
    else:
        expect(count.locator(".task-facts").get_by_text("Coffee")).to_be_hidden()
        expect(count.locator("img.task-picture")).to_be_hidden()
    assert not violations(count)


@pytest.mark.parametrize("path", ["/items/3020", "/items/3020/references/new"])
@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_forms_fit_a_small_screen(
    phone: Page, opened: Open, path: str, width: int, height: int
) -> None:
    phone.set_viewport_size({"width": width, "height": height})
    page = opened(phone, "SUPERVISOR", path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
