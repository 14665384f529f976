"""A supervisor calculates a count, looks at it, and has bins counted again."""

from collections.abc import Callable

import pytest

from scanner_app.web import counts
from tests.flows.handheld import Handheld
from tests.web.page_client import Page

SignIn = Callable[[str], Handheld]


@pytest.fixture
def supervisor(handheld: SignIn) -> Handheld:
    return handheld("SUPERVISOR")


def calculate(supervisor: Handheld, **fields: str) -> Page:
    page = supervisor.open("/counts")
    return supervisor.press(page, "calculate", **fields)


def test_single_bins_are_calculated_into_a_new_count(supervisor: Handheld) -> None:
    page = calculate(supervisor, name="extra", bins="w-01-0601, W-01-0602")
    assert page.h1 == "EXTRA"
    assert "0 of 2 bins closed" in page.words


def test_bins_are_added_to_a_count_that_is_there(supervisor: Handheld) -> None:
    calculate(supervisor, name="EXTRA", bins="W-01-0601")
    page = calculate(supervisor, name="EXTRA", bins="W-01-0602")
    assert "0 of 2 bins closed" in page.words


@pytest.mark.parametrize("fields", [{"name": "", "bins": "W-01-0601"}, {"name": "X", "bins": "Q"}])
def test_a_count_of_nothing_is_refused(supervisor: Handheld, fields: dict[str, str]) -> None:
    page = supervisor.open("/counts")
    refused = supervisor.pages.post_form("/counts", page, "calculate", **fields)
    assert refused.status == 422
    assert "WHITE" in refused.words


def test_many_bins_are_calculated_by_a_job_that_the_page_follows(
    supervisor: Handheld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "BINS_AT_ONCE_MAX", 1)
    page = calculate(supervisor, name="EXTRA", bins="W-01-0601 W-01-0602")
    assert "0 of 2 bins are calculated." in page.words
    part = supervisor.pages.as_htmx.get("/counts/EXTRA/task")
    assert "0 of 2 bins are calculated." in part.words
    assert "bins are calculated" not in supervisor.pages.get("/counts/COUNT-01").words


def test_a_closed_bin_is_counted_again(handheld: SignIn, supervisor: Handheld) -> None:
    worker = handheld("WORKER2")
    worker.open("/counts/COUNT-01")
    for code in ("W-02-0201", "CB02"):
        worker.scan(code)
    worker.type("24")
    worker.scan("W-02-0201")
    page = supervisor.open("/counts/COUNT-01")
    assert "1 of 6 bins closed" in page.words
    path = "/counts/COUNT-01/bins/W-02-0201/reopening"
    after = supervisor.pages.follow(supervisor.pages.post_form(path, page))
    assert "0 of 6 bins closed" in after.words


@pytest.mark.parametrize("path", ["/counts/NONE", "/counts/NONE/task", "/counts/NONE/bins"])
def test_a_count_that_is_not_there_is_not_found(supervisor: Handheld, path: str) -> None:
    assert supervisor.pages.get(path).status == 404


def test_a_bin_that_is_not_there_is_not_found(supervisor: Handheld) -> None:
    page = supervisor.open("/counts/COUNT-01")
    token = page.all("input", name="csrf_token")[0].get("value")
    path = "/counts/COUNT-01/bins/NOWHERE/expectation"
    request_id = "5e0f6c1e-0000-4000-8000-000000000001"
    assert supervisor.pages.post(path, csrf_token=token, request_id=request_id).status == 404


@pytest.mark.parametrize("typed", ["x", "-1", "²", "9" * 30])
def test_what_anybody_types_into_the_address_is_left_out(supervisor: Handheld, typed: str) -> None:
    page = supervisor.pages.get(f"/counts/COUNT-01?registered={typed}&remaining={typed}")
    assert page.status == 200


def test_a_sync_of_nothing_says_so(handheld: SignIn, supervisor: Handheld) -> None:
    page = supervisor.press(supervisor.open("/sync"), "calculate")
    posted = supervisor.press(page, "post")
    assert "posted" in posted.words
