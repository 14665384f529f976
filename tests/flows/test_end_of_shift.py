"""At the end of a shift: what is begun is finished, given back or handed over."""

from collections.abc import Callable

import pytest

from tests.flows.handheld import Handheld
from tests.web.page_client import HTML, Page

SignIn = Callable[[str], Handheld]
pytestmark = pytest.mark.usefixtures("ledgers_are_clean_afterwards")
PAGE, WORK = "/end-of-shift", "/put-aways/PA-00002"
ASSIGNMENT = "/assignments/put-away/PA-00002"


@pytest.fixture
def worker(handheld: SignIn) -> Handheld:
    """WORKER1 put one extinguisher away and has the next in the hand."""
    worker = handheld("WORKER1")
    worker.open(WORK)
    worker.scan("FX-5101")
    worker.scan("W-01-0601")
    worker.scan("FX-5102")
    return worker


def end_of_shift(of: Handheld, everyone: str = "") -> str:
    return of.pages.get(f"{PAGE}{'?of=everyone' if everyone else ''}").words


def test_nothing_is_left_open(handheld: SignIn) -> None:
    assert "Nothing is left open." in end_of_shift(handheld("WORKER2"))


def test_what_is_begun_stands_on_one_page(worker: Handheld) -> None:
    worker.scan("NOWHERE")
    worker.open("/counts/COUNT-01")
    worker.scan("W-01-0101")
    worker.open("/move")
    worker.scan("CB01")
    words = end_of_shift(worker)
    for expected in (
        "PA-00002 1 of 5 lines scanned",
        "1 line is scanned and not registered",
        "Bins opened and not closed W-01-0101 COUNT-01",
        "Refused on this device in this shift CB01 WHITE",
        "NOWHERE PA-00002",
        "“NOWHERE” is unknown here.",
    ):
        assert expected in words, (expected, words)


def test_what_is_in_the_hand_stands_first(worker: Handheld) -> None:
    words = end_of_shift(worker)
    assert "In your hand PA-00002 1 unit is scanned and in no bin yet" in words
    worker.scan("W-01-0601")
    assert "In your hand" not in end_of_shift(worker)


def test_a_document_is_handed_over_with_what_is_scanned(worker: Handheld, handheld: SignIn) -> None:
    other = handheld("WORKER2")
    other.open(WORK)
    refused = other.scan("FX-5103")
    assert (refused.code, "WORKER1" in refused.message) == ("AssignedToOther", True)

    page = worker.pages.get(ASSIGNMENT)
    assert "PA-00002 is yours." in page.words
    after = worker.press(page, "to-worker2")
    assert "PA-00002 is handed over to WORKER2." in after.words
    assert "PA-00002" in end_of_shift(other)
    other.open(WORK)
    assert other.scan("FX-5103").code == "UnitGiven"
    assert worker.scan("FX-5103").code == "AssignedToOther"
    assert "1 of 5 lines scanned" in other.open(WORK).words


def test_nobody_registers_what_is_somebody_elses(worker: Handheld, handheld: SignIn) -> None:
    other, supervisor = handheld("WORKER2"), handheld("SUPERVISOR")
    page = other.open(WORK)
    assert "WORKER1 has this document." in page.words
    assert "has this document" not in worker.open(WORK).words
    form = page.form("register", "")
    values = {field.get("name"): field.get("value", "") for field in form.iter(HTML + "input")}
    refused = other.pages.client.post(form.get("action"), data=values)
    assert refused.status_code == 422
    assert "PA-00002 is assigned to WORKER1." in refused.text
    assert "1 of 5 lines scanned" in worker.open(WORK).words
    after = supervisor.press(supervisor.open(WORK), "register")
    assert "Registered as" in after.words


def test_a_document_is_given_back_and_taken(worker: Handheld, handheld: SignIn) -> None:
    after = worker.press(worker.pages.get(ASSIGNMENT), "give-back")
    assert "PA-00002 is given back" in after.words
    other = handheld("WORKER2")
    page = other.pages.get(ASSIGNMENT)
    assert "PA-00002 is nobody's" in page.words
    taken = other.press(page, "to-worker2")
    assert taken.h1 == "PA-00002"
    assert "PA-00002" in end_of_shift(other)


def test_only_a_supervisor_takes_it_from_somebody(worker: Handheld, handheld: SignIn) -> None:
    other, supervisor = handheld("WORKER2"), handheld("SUPERVISOR")
    refused = send(other, "to-worker2")
    assert refused.status == 422
    assert "ask WORKER1 or a supervisor to hand it over." in refused.words
    assert "PA-00002" in end_of_shift(supervisor, "everyone")
    assert "PA-00002" not in end_of_shift(other, "everyone")
    page = supervisor.pages.get(ASSIGNMENT)
    after = supervisor.press(page, "to-worker2")
    assert "PA-00002 is handed over to WORKER2." in after.words
    # Another supervisor who still sees WORKER1 there is told who has it now.
    late = supervisor.pages.post_form(ASSIGNMENT, page, "give-back")
    assert late.status == 422
    assert "PA-00002 was assigned to WORKER2 meanwhile." in late.words
    # The unit in the hand is still there, the document is not theirs any more.
    words = end_of_shift(worker)
    assert ("In your hand PA-00002" in words, "Put-aways and picks" in words) == (True, False)


def send(of: Handheld, form_id: str) -> Page:
    return of.pages.post_form(ASSIGNMENT, of.pages.get(ASSIGNMENT), form_id)


def test_no_other_document_has_such_a_page(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    for kind, no in (("movement", "MV-1"), ("count", "COUNT-01"), ("pick", "PA-00002")):
        assert worker.pages.client.get(f"/assignments/{kind}/{no}").status_code == 404
    page = worker.pages.get(ASSIGNMENT)
    form = {"csrf_token": page.all("input", name="csrf_token")[0].get("value", "")}
    for kind in ("movement", "count"):
        sent = worker.pages.client.post(f"/assignments/{kind}/PA-00002", data=form)
        assert sent.status_code == 404
