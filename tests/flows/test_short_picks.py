"""What is not there on a pick: noted with a tap, told to the supervisor, picked from elsewhere."""

from collections.abc import Callable

import pytest

from scanner_app.web import short_picks
from tests.flows.handheld import Handheld
from tests.web.page_client import HTML, Page

SignIn = Callable[[str], Handheld]
pytestmark = pytest.mark.usefixtures("ledgers_are_clean_afterwards")


def missing_form(page: Page) -> dict[str, str]:
    """What the form under “Not all there?” would send, without the reason that is tapped."""
    forms = [form for form in page.all("form") if form.get("data-scan-step") == "missing"]
    fields = [field for form in forms for field in form.iter(HTML + "input")]
    return {field.get("name", ""): field.get("value", "") for field in fields}


def miss(worker: Handheld, page: Page, reason: str = "NOT FOUND") -> str:
    form = missing_form(page)
    return worker.scan(reason, step="missing", choice=form["choice"], source="keypad").message


def test_what_is_missing_reaches_the_supervisor_and_is_settled_by_a_count(
    handheld: SignIn,
) -> None:
    worker, supervisor = handheld("WORKER1"), handheld("SUPERVISOR")
    page = worker.open("/picks/PI-00001")
    assert "Not in W-01-0202: 8 CAN of 3020. Why?" in page.words
    assert "Booked, but not seen in the bin" in page.words
    worker.scan("P2402")
    worker.scan("W-01-0202")
    worker.type("6")
    page = worker.open("/picks/PI-00001")
    assert "Not in W-01-0202: 2 CAN of 3020. Why?" in page.words
    noted = "Missing in W-01-0202: 2 CAN of 3020 Lot No. P2402."
    assert miss(worker, page) == noted
    page = worker.open("/picks/PI-00001")
    assert f"Last scan: {noted}" in page.words
    assert "1 of 4 lines scanned" in page.words
    assert "2 CAN missing" in worker.pages.get("/picks/PI-00001/lines").words
    after = worker.press(page, "register")
    assert "What was missing of PI-00001 is noted for the supervisor" in after.words

    home = supervisor.pages.get("/")
    assert "Short picks" in home.words
    page = supervisor.pages.get("/short-picks")
    for words in ("P2402", "W-01-0202", "2 CAN", "Booked, but not seen in the bin", "PI-00001"):
        assert words in page.words
    why = supervisor.pages.get("/documents/shipments/SH-00001/pick")
    assert "2 CAN" in why.words

    [count] = [link for link in page.all("a") if "bins=" in (link.get("href") or "")]
    calculate = supervisor.pages.get(count.get("href", "").partition("#")[0])
    supervisor.press(calculate, "calculate", name="RECOUNT", zone="")
    supervisor.open("/counts/RECOUNT")
    supervisor.scan("W-01-0202")
    supervisor.scan("P2402")
    supervisor.type("1")
    assert supervisor.scan("W-01-0202").code == "BinClosed"
    supervisor.press(supervisor.open("/counts/RECOUNT"), "register")
    assert "Nothing is missing." in supervisor.pages.get("/short-picks").words


def test_a_pick_of_which_nothing_is_there_goes_and_can_be_created_anew(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    page = worker.open("/picks/PI-00001")
    for _ in range(4):
        miss(worker, page)
        page = worker.open("/picks/PI-00001")
    assert "Everything else is scanned" in page.words
    assert missing_form(page) == {}
    after = worker.press(page, "register")
    assert "What was missing of PI-00001 is noted for the supervisor" in after.words
    assert "is registered as" not in after.words
    assert worker.pages.client.get("/picks/PI-00001").status_code == 404


def test_a_supervisor_settles_it(handheld: SignIn) -> None:
    worker, supervisor = handheld("WORKER1"), handheld("SUPERVISOR")
    page = worker.open("/picks/PI-00001")
    miss(worker, page)
    worker.press(worker.open("/picks/PI-00001"), "register")
    page = supervisor.pages.get("/short-picks")
    after = supervisor.press(page, "settle-1")
    assert "It is settled: picks count on these goods again." in after.words
    assert "Nothing is missing." in after.words


def test_a_list_that_shows_some_says_how_many_there_are(
    handheld: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(short_picks, "SHOWN_MAX", 1)
    worker, supervisor = handheld("WORKER1"), handheld("SUPERVISOR")
    for _ in range(2):
        miss(worker, worker.open("/picks/PI-00001"))
    worker.press(worker.open("/picks/PI-00001"), "register")
    page = supervisor.pages.get("/short-picks")
    assert "The first 1 of 2 are shown." in page.words
    after = supervisor.press(page, "settle-1")
    assert "are shown" not in after.words
    assert len([form for form in after.all("form") if form.get("id") == "settle-2"]) == 1


def test_short_picks_are_for_supervisors(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    assert worker.pages.client.get("/short-picks").status_code == 403
    assert "Short picks" not in worker.pages.get("/").words


def test_missing_goods_are_noted_where_no_script_runs(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    form = missing_form(worker.pages.get("/picks/PI-00001"))
    answered = worker.pages.client.post(
        "/scans",
        data=form | {"value": "DAMAGED"},
        headers={"Referer": f"{worker.pages.base_url}/picks/PI-00001"},
    )
    page = worker.pages.get(answered.headers["Location"])
    assert "Missing in W-01-0202: 8 CAN of 3020 Lot No. P2402." in page.words
