"""A worker takes back the last scan: on a put-away and on a count, with and without a script."""

from collections.abc import Callable

import pytest

from tests.flows.handheld import Handheld
from tests.web.page_client import HTML, Page

SignIn = Callable[[str], Handheld]
PLACED = "1 PCS of 2020 Serial No. FX-5102 Lot No. FX26A placed in W-01-0601."


@pytest.fixture
def worker(handheld: SignIn) -> Handheld:
    return handheld("WORKER1")


def undo_form(page: Page) -> dict[str, str]:
    """What the form of Undo on a page would send; nothing where it is not offered."""
    forms = [form for form in page.all("form") if form.get("data-scan-step") == "undo"]
    fields = [field for form in forms for field in form.iter(HTML + "input")]
    return {field.get("name", ""): field.get("value", "") for field in fields}


def test_a_unit_that_was_placed_by_mistake_is_not_registered(worker: Handheld) -> None:
    page = worker.open("/put-aways/PA-00002")
    assert undo_form(page) == {}
    worker.scan("FX-5102")
    assert worker.scan("W-01-0601").message == PLACED
    page = worker.open("/put-aways/PA-00002")
    assert f"Last scan: {PLACED}" in page.words
    undone = worker.type(undo_form(page)["value"], "undo")
    assert (undone.result, undone.message) == ("accepted", "Undone: W-01-0601.")
    page = worker.open("/put-aways/PA-00002")
    assert "0 of 5 lines scanned" in page.words
    assert "Last scan: 2020 Serial No. FX-5102 is in your hand." in page.words
    assert not page.all("form", id_="register")


def test_a_button_that_is_too_old_undoes_nothing(worker: Handheld) -> None:
    worker.open("/put-aways/PA-00002")
    worker.scan("FX-5102")
    old = undo_form(worker.open("/put-aways/PA-00002"))["value"]
    worker.scan("W-01-0601")
    assert worker.type(old, "undo").message == (
        "Nothing was undone: that is not the last scan any more."
    )
    assert "1 of 5 lines scanned" in worker.open("/put-aways/PA-00002").words


def test_a_bin_that_was_closed_too_early_is_counted_to_its_end(handheld: SignIn) -> None:
    counter = handheld("WORKER2")
    counter.open("/counts/COUNT-01")
    for code in ("W-01-0101", "DR-1003", "W-01-0101"):
        counter.scan(code)
    page = counter.open("/counts/COUNT-01")
    assert "1 of 6 bins closed" in page.words
    assert counter.type(undo_form(page)["value"], "undo").code == "Undone"
    page = counter.open("/counts/COUNT-01")
    assert "1 found in W-01-0101" in page.words
    assert counter.type(undo_form(page)["value"], "undo").code == "Undone"
    assert "0 found" in counter.open("/counts/COUNT-01").words


def test_undo_works_where_no_script_runs(worker: Handheld) -> None:
    page = worker.press(worker.pages.get("/put-aways/PA-00002"), "scan-form", scan="FX-5102")
    answered = worker.pages.client.post(
        "/scans",
        data=undo_form(page) | {"step": "undo"},
        headers={"Referer": f"{worker.pages.base_url}/put-aways/PA-00002"},
    )
    page = worker.pages.get(answered.headers["Location"])
    assert "Undone: FX-5102." in page.words
    assert undo_form(page) == {}
