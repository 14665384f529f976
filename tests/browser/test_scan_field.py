"""The scan field in a real browser, before a server that is slow, lossy or refuses."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete

from scanner_app.access.user_session import UserSession
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.web.application import create_app
from tests.browser.conftest import PLAIN_HTTP_HOST
from tests.browser.scan_server import ScanServer, Trouble, add_scan_server
from tests.web.conftest import PASSWORD, SECRET_KEY, add_people

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SHOWN = "#answer .scan-answer:not([hidden]) .outcome-message"
# Every answer that was ever shown, and every state in which the field was not ready.
RECORD = """() => {
    window.shown = [];
    window.notArmed = [];
    new MutationObserver((changes) => {
        for (const change of changes)
            for (const node of change.addedNodes)
                if (node.dataset && node.dataset.scanId)
                    shown.push(node.querySelector(".outcome-message").lastChild.data.trim());
        if (document.activeElement.id !== "scan")
            notArmed.push(document.activeElement.outerHTML);
    }).observe(document.getElementById("answer"), { childList: true });
}"""
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
LISTEN_TO_TONES = """
    window.heard = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...given) {
        heard.push(this.frequency.value);
        return start.apply(this, given);
    };
"""


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


@pytest.fixture
def floor(
    phone: Page, live_app: Callable[[Flask], str], sqlite_template: Path, tmp_path: Path
) -> Iterator[Floor]:
    path = tmp_path / "floor.db"
    shutil.copyfile(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    database.write(add_people)
    app = create_app(
        Settings(data_folder=tmp_path, database_url="", secret_key=SECRET_KEY), database
    )
    server = add_scan_server(app)
    floor = Floor(phone, server, database, live_app(app))
    sign_in(phone, f"{floor.address}/sign-in?next=/bench")
    yield floor
    phone.close()
    database.close()


def sign_in(page: Page, address: str = "") -> None:
    if address:
        page.goto(address)
    page.locator("[name=user_name]").fill("WALT")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect_armed(page)


def expect_armed(page: Page) -> None:
    """The script has taken over; before that, Enter would send the form itself."""
    page.locator("#scan-form[data-armed]").wait_for()
    expect(page.locator("#scan")).to_be_focused()


def test_fifty_quick_scans_give_fifty_answers_in_order_and_none_is_joined(floor: Floor) -> None:
    floor.server.delay_seconds = 0.3
    codes = [f"SN-{number:04}" for number in range(50)]
    floor.page.evaluate(RECORD)
    floor.page.evaluate(WEDGE, {"codes": codes, "milliseconds": 50})
    floor.expect_nothing_waits()
    assert floor.server.raws == codes
    assert floor.page.evaluate("shown") == codes
    assert floor.page.evaluate("notArmed") == []
    expect(floor.page.locator("#scan")).to_have_value("")
    sequences = [scan["device_seq"] for scan in floor.server.scans.values()]
    assert sequences == sorted(set(sequences))
    assert max(len(sent) for _, sent in floor.server.requests) <= 20
    assert [sent[0]["raw"] for _, sent in floor.server.requests] == sorted(
        {sent[0]["raw"] for _, sent in floor.server.requests}
    )


def test_a_scan_says_what_the_contract_asks(floor: Floor) -> None:
    floor.scan("LOT 0001 ")
    floor.expect_shown("Accepted: LOT 0001")
    [first] = floor.server.scans.values()
    assert (first["raw"], first["source"], first["step"]) == ("LOT 0001 ", "wedge", "")
    assert (first["document_kind"], first["document_no"]) == ("pick", "PI-00001")
    floor.page.reload()
    expect_armed(floor.page)
    floor.scan("LOT0002")
    floor.expect_shown("Accepted: LOT0002")
    second = list(floor.server.scans.values())[1]
    assert second["device_seq"] > first["device_seq"]
    assert second["seen_seq"] == first["device_seq"]


def test_what_is_lost_on_the_way_is_sent_again_and_takes_effect_once(floor: Floor) -> None:
    fates = ["request", "answer", "answer", "request"]

    def lose(route: Route) -> None:
        fate = fates.pop(0) if fates else ""
        if fate == "request":
            route.abort()
        elif fate == "answer":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    floor.page.route("**/scans", lose)
    for code in ("A-1", "A-2", "A-3"):
        floor.scan(code)
    floor.expect_nothing_waits()
    assert not fates
    assert floor.server.raws == ["A-1", "A-2", "A-3"]
    assert len(floor.server.requests) > 2


def test_the_server_says_how_long_to_wait_and_is_obeyed(floor: Floor) -> None:
    floor.server.troubles.extend([Trouble(503, "1"), Trouble(500), Trouble(429)])
    floor.scan("A-1")
    expect(floor.page.locator("#unsent")).to_have_text("1")
    floor.page.evaluate("dispatchEvent(new Event('online'))")
    floor.expect_shown("Accepted: A-1")
    first, second = (at for at, _ in floor.server.requests[:2])
    assert second - first >= 1
    assert len(floor.server.requests) == 4
    assert floor.server.raws == ["A-1"]


def test_a_page_that_answers_for_no_scan_is_no_answer(floor: Floor) -> None:
    floor.server.troubles.append(Trouble(200, body="<h1>Accept the terms of this network</h1>"))
    floor.scan("A-1")
    floor.expect_shown("Accepted: A-1")
    assert len(floor.server.requests) == 2


def test_silence_is_said_and_nothing_is_called_saved(floor: Floor) -> None:
    floor.server.delay_seconds = 3
    floor.scan("A-1")
    card = floor.page.locator("#answer .outcome")
    expect(card).to_contain_text("The server does not answer.")
    expect(card.locator("time")).to_contain_text(":")
    expect(floor.page.locator("#unsent")).to_have_text("1")
    assert (
        floor.page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true}))") is False
    )
    floor.expect_shown("Accepted: A-1")
    floor.expect_nothing_waits()
    assert (
        floor.page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true}))") is True
    )


def test_after_a_sign_in_the_scans_that_waited_are_sent(floor: Floor) -> None:
    floor.database.write(lambda session: session.execute(delete(UserSession)))
    floor.scan("A-1")
    floor.scan("A-2")
    link = floor.page.locator("#answer a", has_text="Sign in")
    with floor.page.expect_popup() as opened:
        link.tap()
    sign_in(opened.value)
    assert floor.server.raws == []
    opened.value.close()
    floor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    floor.expect_shown("Accepted: A-2")
    floor.expect_nothing_waits()
    assert floor.server.raws == ["A-1", "A-2"]


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


def test_a_conflict_and_a_malformed_request_end_the_scan_and_are_shown(floor: Floor) -> None:
    floor.server.troubles.append(Trouble(409))
    floor.scan("A-1")
    floor.expect_shown("Accepted: A-1")
    floor.server.troubles.append(Trouble(422, body='<article class="outcome">No scan.</article>'))
    floor.scan("A-2")
    expect(floor.page.locator("#answer")).to_have_text("No scan.")
    floor.expect_nothing_waits()


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


def test_it_works_on_plain_http_away_from_localhost(floor: Floor) -> None:
    address = floor.address.replace("127.0.0.1", PLAIN_HTTP_HOST)
    sign_in(floor.page, f"{address}/sign-in?next=/bench")
    assert floor.page.evaluate("isSecureContext") is False
    floor.scan("A-1")
    floor.expect_shown("Accepted: A-1")
    assert floor.server.raws == ["A-1"]
