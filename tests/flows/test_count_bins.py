"""The bins of a count: a page of them at a time, and again once one was closed."""

from collections.abc import Callable

import pytest

from scanner_app.web import count_rows
from tests.flows.handheld import Handheld
from tests.web.page_client import Page

SignIn = Callable[[str], Handheld]


def bins_of(page: Page) -> list[str]:
    [section] = page.all("section", id_="bins")
    words = "".join(section.itertext()).split()
    return [word for word in words if word.startswith("W-")]


def test_the_bins_of_a_large_count_come_page_by_page(
    handheld: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count_rows, "BINS_ON_PAGE", 4)
    worker = handheld("WORKER2")
    first = worker.open("/counts/COUNT-01")
    assert bins_of(first) == ["W-01-0101", "W-01-0102", "W-02-0102", "W-02-0201"]
    [more] = [a.get("href") for a in first.all("a") if "More bins" in "".join(a.itertext())]
    second = worker.open(more)
    assert bins_of(second) == ["W-02-0202", "W-03-0401"]
    assert "More bins" not in second.words
    assert "First bins" in second.words


def test_a_page_behind_the_last_bin_still_asks_for_the_next(handheld: SignIn) -> None:
    page = handheld("WORKER2").open("/counts/COUNT-01?after=Z")
    assert "Scan the bin you count" in page.words


def test_an_answer_that_closed_a_bin_says_what_can_be_registered_and_asks_for_the_bins(
    handheld: SignIn,
) -> None:
    worker = handheld("WORKER2")
    worker.open("/counts/COUNT-01")
    worker.scan("W-03-0401")
    worker.scan("W-03-0401")
    answer = worker.pages.client.post(
        "/scans",
        json={"scans": [worker.sent("W-03-0401")]},
        headers={"X-CSRFToken": worker.token, "HX-Request": "true"},
    ).text
    assert "Registers 1 bin; 5 remain to be counted." in answer
    assert 'hx-get="/counts/COUNT-01/bins"' in answer
    bins = worker.pages.client.get("/counts/COUNT-01/bins", headers={"HX-Request": "true"}).text
    assert bins.count("<li") == 6
    assert "Closed" in bins


def test_an_open_bin_shows_the_newest_of_what_was_found(
    handheld: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scanner_app.scanning.count_prompts.FOUND_SHOWN_MAX", 1)
    worker = handheld("WORKER2")
    worker.open("/counts/COUNT-01")
    for code in ("W-01-0101", "1001", "DR-1003"):
        worker.scan(code)
    page = worker.open("/counts/COUNT-01")
    assert "2 found in W-01-0101" in page.words
    assert "The newest 1 are shown." in page.words
    [done] = page.all("details", class_="done-lines")
    found = "".join(done.itertext())
    assert ("DR-1003" in found, "DR-1001" in found) == (True, False)
