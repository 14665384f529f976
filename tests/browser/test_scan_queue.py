"""The queue of scans in a real browser, before a server that is slow, lossy or refuses."""

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import delete

from scanner_app.access.user_session import UserSession
from tests.browser.conftest import PLAIN_HTTP_HOST
from tests.browser.floor import WEDGE, Floor, expect_armed, sign_in
from tests.browser.scan_server import Trouble

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

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

# The text of everything that was ever put into the answer, whether or not it names a scan.
KEEP_ANSWERS = """() => {
    window.answers = [];
    new MutationObserver((changes) => {
        for (const change of changes)
            for (const node of change.addedNodes) answers.push(node.textContent);
    }).observe(document.getElementById("answer"), { childList: true });
}"""


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


def test_a_request_that_hangs_is_given_up_and_sent_again(floor: Floor) -> None:
    floor.page.clock.install()
    floor.page.reload()
    expect_armed(floor.page)
    hanging = []

    def hang(route: Route) -> None:
        hanging.append(route)

    floor.page.route("**/scans", hang, times=1)
    with floor.page.expect_request("**/scans"):
        floor.scan("A-1")
    floor.page.clock.fast_forward(9000)
    floor.expect_shown("Accepted: A-1")
    assert len(hanging) == 1
    assert len(floor.server.requests) == 1


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


def test_the_scans_of_one_user_are_not_sent_as_another(floor: Floor) -> None:
    floor.database.write(lambda session: session.execute(delete(UserSession)))
    floor.scan("A-1")
    expect(floor.page.locator("#answer")).to_contain_text("You are signed out.")
    other = floor.page.context.new_page()
    sign_in(other, f"{floor.address}/sign-in?next=/bench", "SUE")
    with floor.page.expect_response("**/bench"):
        floor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(floor.page.locator("#answer")).to_contain_text("You are signed out.")
    expect(floor.page.locator("#unsent")).to_have_text("1")
    assert floor.server.requests == []


def test_a_conflict_ends_the_scan(floor: Floor) -> None:
    floor.server.troubles.append(Trouble(409))
    floor.scan("A-1")
    floor.expect_shown("Accepted: A-1")
    floor.expect_nothing_waits()
    assert len(floor.server.requests) == 1


def test_a_scan_that_spoils_a_request_is_shown_and_takes_no_other_with_it(floor: Floor) -> None:
    malformed = Trouble(422, body='<article class="outcome">No scan.</article>')
    floor.server.delay_seconds = 0.3
    floor.server.troubles.extend([Trouble(200), malformed, malformed])
    floor.page.evaluate(KEEP_ANSWERS)
    floor.page.evaluate(WEDGE, {"codes": ["A-1", "SPOILT", "A-3"], "milliseconds": 20})
    floor.expect_shown("Accepted: A-3")
    floor.expect_nothing_waits()
    assert any("No scan." in answer for answer in floor.page.evaluate("window.answers"))
    assert floor.server.raws == ["A-1", "A-3"]


def test_it_works_on_plain_http_away_from_localhost(floor: Floor) -> None:
    address = floor.address.replace("127.0.0.1", PLAIN_HTTP_HOST)
    sign_in(floor.page, f"{address}/sign-in?next=/bench")
    assert floor.page.evaluate("isSecureContext") is False
    floor.scan("A-1")
    floor.expect_shown("Accepted: A-1")
    assert floor.server.raws == ["A-1"]
