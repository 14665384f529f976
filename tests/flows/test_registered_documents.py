"""What was registered is found again, and what was put away wrongly goes back."""

from collections.abc import Callable

import pytest

from tests.flows.handheld import Handheld
from tests.web.page_client import HTML, Page

SignIn = Callable[[str], Handheld]
pytestmark = pytest.mark.usefixtures("ledgers_are_clean_afterwards")
PUT_AWAY = "/registered-documents/put-away/RPA-00001"


@pytest.fixture
def worker(handheld: SignIn) -> Handheld:
    """A worker who put the package away."""
    worker = handheld("WORKER1")
    worker.open("/put-aways/PA-00001")
    worker.scan("CONTAINER010")
    worker.scan("W-02-0401")
    worker.press(worker.open("/put-aways/PA-00001"), "register")
    return worker


def links(page: Page) -> list[str]:
    return [link.get("href") or "" for link in page.all("a")]


def lines_to_choose(page: Page) -> list[str]:
    return [
        field.get("value", "")
        for field in page.form("move-back", "").iter(HTML + "input")
        if field.get("name") == "line"
    ]


def test_a_put_away_is_found_by_what_it_moved_and_goes_back(worker: Handheld) -> None:
    for address in (
        "/registered-documents",
        "/registered-documents?type=put-away",
        "/registered-documents?q=container010",
        "/registered-documents?q=PA-00001",
    ):
        assert PUT_AWAY in links(worker.pages.get(address)), address
    for address in ("/registered-documents?type=pick", "/registered-documents?q=NONE"):
        assert PUT_AWAY not in links(worker.pages.get(address)), address

    page = worker.pages.get(PUT_AWAY)
    for words in ("Registered put-away RPA-00001", "6 lines", "W-08-0001", "W-02-0401", "WORKER1"):
        assert words in page.words, words
    page = worker.pages.get(f"{PUT_AWAY}/move-back")
    assert len(lines_to_choose(page)) == 6

    after = worker.press(page, "move-back")
    assert "It is moved back as RMV-00001." in after.words
    assert "Moved back RMV-00001" in after.words
    assert not [link for link in links(after) if "move-back" in link]
    looked_up = worker.pages.get("/look-up?code=CONTAINER010").words
    assert "W-08-0001" in looked_up
    assert "W-02-0401" not in looked_up
    assert "Everything is moved back." in worker.pages.get(f"{PUT_AWAY}/move-back").words

    [again] = [link for link in links(after) if link.startswith("/put-aways/")]
    worker.open(again)
    assert "0 of 6 lines scanned" in worker.open(again).words
    worker.scan("CONTAINER010")
    assert worker.scan("W-01-0501").result == "accepted"
    worker.press(worker.open(again), "register")
    assert "W-01-0501" in worker.pages.get("/look-up?code=CONTAINER010").words


def test_what_was_moved_on_meanwhile_stays(worker: Handheld) -> None:
    page = worker.pages.get(f"{PUT_AWAY}/move-back")
    worker.open("/move")
    worker.scan("CONTAINER010")
    assert worker.scan("W-03-0302").code == "LinesMoved"
    refused = worker.pages.post_form(
        f"{PUT_AWAY}/move-back", page, "move-back", line=lines_to_choose(page)[0]
    )
    assert refused.status == 422
    assert "Bin W-02-0401 holds 0" in refused.words
    page = worker.pages.get(f"{PUT_AWAY}/move-back")
    assert "Nothing of it lies free where it was placed." in page.words
    back = "/registered-documents/movement/RMV-00001/move-back"
    after = worker.press(worker.pages.get(back), "move-back")
    assert "It is moved back as RMV-00002." in after.words
    assert "Put-away" not in after.words.partition("It is moved back")[2].partition("Registered")[0]
    assert len(lines_to_choose(worker.pages.get(f"{PUT_AWAY}/move-back"))) == 6


def test_a_pick_is_shown_and_not_moved_back(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    worker.open("/picks/PI-00001")
    worker.scan("P2402")
    worker.scan("W-01-0202")
    worker.press(worker.open("/picks/PI-00001"), "register")
    page = worker.pages.get("/registered-documents/pick/RPI-00001")
    assert "P2402" in page.words
    assert not [link for link in links(page) if "move-back" in link]
    for address in (
        "/registered-documents/pick/RPI-00001/move-back",
        "/registered-documents/put-away/RPI-00001",
        "/registered-documents/else/RPI-00001",
    ):
        assert worker.pages.client.get(address).status_code == 404, address
