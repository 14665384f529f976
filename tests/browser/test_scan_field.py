"""The scan field in a real browser: what is read, what is shown, and where the next scan lands."""

import pytest
from playwright.sync_api import expect

from tests.browser.floor import SHOWN, WEDGE, Floor, expect_armed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LISTEN_TO_TONES = """
    window.heard = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...given) {
        heard.push(this.frequency.value);
        return start.apply(this, given);
    };
"""


def test_a_scan_says_what_it_is_and_what_was_seen_before_it(floor: Floor) -> None:
    floor.page.evaluate("localStorage.setItem('scanner-device-seq', '9000000000000')")
    floor.scan("LOT 0001 ")
    floor.expect_shown("Accepted: LOT 0001")
    [first] = floor.server.scans.values()
    assert (first["device_seq"], first["seen_seq"]) == (9_000_000_000_001, 0)
    assert (first["raw"], first["source"], first["step"]) == ("LOT 0001 ", "wedge", "")
    assert (first["document_kind"], first["document_no"]) == ("pick", "PI-00001")
    floor.page.reload()
    expect_armed(floor.page)
    floor.scan("LOT0002")
    floor.expect_shown("Accepted: LOT0002")
    second = list(floor.server.scans.values())[1]
    assert (second["device_seq"], second["seen_seq"]) == (9_000_000_000_002, 9_000_000_000_001)


def test_a_refusal_stays_until_something_is_scanned_in_sight_of_it(floor: Floor) -> None:
    floor.server.delay_seconds = 0.3
    floor.page.evaluate(WEDGE, {"codes": ["BAD-1", "A-2"], "milliseconds": 50})
    floor.expect_shown("Refused: BAD-1", "Accepted: A-2")
    assert floor.page.locator("#answer .scan-answer").first.get_attribute("data-tone") == "stop"
    floor.scan("A-3")
    floor.expect_shown("Accepted: A-3")


def test_each_kind_of_answer_has_its_tone(floor: Floor) -> None:
    floor.page.add_init_script(LISTEN_TO_TONES)
    floor.page.reload()
    expect_armed(floor.page)
    for code in ("A-1", "ODD-1", "BAD-1"):
        floor.scan(code)
        expect(floor.page.locator(SHOWN).last).to_contain_text(code)
    assert floor.page.evaluate("heard") == [1320, 660, 660, 196]


@pytest.mark.parametrize("suffix", ["Enter", "Tab", "Control+j"])
def test_each_suffix_ends_a_scan_and_the_field_stays_armed(floor: Floor, suffix: str) -> None:
    floor.scan("A-1", suffix)
    floor.scan("A-2", suffix)
    floor.expect_nothing_waits()
    assert floor.server.raws == ["A-1", "A-2"]
    expect(floor.page.locator("#scan")).to_be_focused()
    expect(floor.page.locator("#scan")).to_have_value("")


def test_text_that_is_injected_at_once_is_a_scan(floor: Floor) -> None:
    keyboard = floor.page.keyboard
    keyboard.insert_text("]C1010950600013435210AB\x1d21S1")
    keyboard.press("Enter")
    keyboard.insert_text("A-2\n")
    keyboard.insert_text("A-3\t")
    floor.page.evaluate("""() => {
        const field = document.getElementById("scan");
        field.value = "A-4";
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        field.form.requestSubmit();
    }""")
    floor.expect_nothing_waits()
    assert floor.server.raws == ["]C1010950600013435210AB\x1d21S1", "A-2", "A-3", "A-4"]


def test_a_quantity_is_typed_and_a_scan_that_lands_there_is_a_scan(floor: Floor) -> None:
    page, server = floor.page, floor.server
    quantity = page.locator("#quantity")
    floor.scan("ASK-QTY-1")
    expect(quantity).to_be_focused()
    page.locator("[data-key='1']").tap()
    page.locator("[data-key='2']").tap()
    expect(quantity).to_have_value("12")
    page.locator("#quantity-enter").tap()
    floor.expect_shown("Accepted: 12")
    expect(page.locator("#scan")).to_be_focused()
    floor.scan("ASK-QTY-2")
    expect(quantity).to_be_focused()
    long_code = "ASK-QTY-3-" + "0123456789" * 5
    floor.scan(long_code)
    floor.expect_shown(f"Accepted: {long_code}")
    expect(quantity).to_be_focused()
    floor.scan("ASK-QTY-4", "Tab")
    floor.expect_shown("Accepted: ASK-QTY-4")
    expect(quantity).to_be_focused()
    quantity.fill("2,5")
    page.get_by_role("button", name="Replace").tap()
    floor.expect_shown("Accepted: 2,5")
    kept = [(scan["raw"], scan["source"], scan["step"]) for scan in server.scans.values()]
    assert kept == [
        ("ASK-QTY-1", "wedge", ""),
        ("12", "keypad", "quantity"),
        ("ASK-QTY-2", "wedge", ""),
        (long_code, "wedge", ""),
        ("ASK-QTY-4", "wedge", ""),
        ("2,5", "keypad", "quantity-replace"),
    ]


def test_what_is_typed_for_a_quantity_survives_an_answer(floor: Floor) -> None:
    floor.scan("ASK-QTY-1")
    quantity = floor.page.locator("#quantity")
    expect(quantity).to_be_focused()
    floor.server.delay_seconds = 0.3
    floor.scan("ASK-QTY-2")
    quantity.focus()
    floor.page.keyboard.type("12")
    floor.expect_shown("Accepted: ASK-QTY-2")
    expect(quantity).to_be_focused()
    expect(quantity).to_have_value("12")


def test_a_half_arrived_scan_is_not_torn_apart_by_a_question(floor: Floor) -> None:
    floor.server.delay_seconds = 0.3
    floor.scan("ASK-QTY-1")
    floor.page.keyboard.type("A-")
    expect(floor.page.locator("#quantity")).to_be_visible()
    floor.scan("2")
    floor.expect_shown("Accepted: A-2")
    assert floor.server.raws == ["ASK-QTY-1", "A-2"]


def test_a_tap_on_a_choice_is_one_scan_and_the_field_is_armed_again(floor: Floor) -> None:
    floor.scan("CHOOSE-1")
    floor.server.delay_seconds = 0.3
    button = floor.page.locator("#answer button[data-scan-raw]")
    button.tap()
    expect(button).to_be_disabled()
    expect(floor.page.locator("#scan")).to_be_focused()
    floor.expect_nothing_waits()
    tapped = list(floor.server.scans.values())[1]
    assert (tapped["raw"], tapped["source"], tapped["choice"]) == ("CHOOSE-1", "tap", "item:1")
    assert tapped["symbology"] == "]C1"
    expect(button).to_be_enabled()


def test_taps_beside_inputs_arm_the_field_and_taps_on_inputs_do_not(floor: Floor) -> None:
    remark, field = floor.page.locator("#remark"), floor.page.locator("#scan")
    remark.tap()
    expect(remark).to_be_focused()
    floor.scan("A-1", "a")
    expect(remark).to_have_value("A-1a")
    floor.page.locator("#task-region").tap()
    expect(field).to_be_focused()


def test_the_keyboard_opens_when_asked_and_closes_with_the_scan(floor: Floor) -> None:
    field = floor.page.locator("#scan")
    floor.page.locator("#scan-keyboard").tap()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("inputmode", "text")
    floor.scan("A-1")
    expect(field).to_have_attribute("inputmode", "none")


def test_a_photo_is_read_and_what_it_says_is_scanned(floor: Floor) -> None:
    floor.server.delay_seconds = 0.3
    photo = floor.page.locator("#photo")
    photo.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"PHOTO-1"})
    expect(floor.page.locator("#answer")).to_contain_text("The photo is being read.")
    expect(photo).to_have_value("")
    floor.expect_shown("Accepted: PHOTO-1")
    [scan] = floor.server.scans.values()
    assert (scan["source"], scan["symbology"]) == ("photo", "]d1")
    expect(floor.page.locator("#scan")).to_be_focused()
    photo.set_input_files({"name": "b.jpg", "mimeType": "image/jpeg", "buffer": b"BAD"})
    expect(floor.page.locator("#answer")).to_have_text("No barcode.")


def test_a_scan_may_lead_to_another_page(floor: Floor) -> None:
    floor.scan("GO-1")
    floor.page.wait_for_url("**/bench?arrived")
    expect(floor.page.locator("#scan")).to_be_focused()
