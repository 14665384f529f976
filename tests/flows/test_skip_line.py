"""A line is skipped and comes back, with and without a script."""

from collections.abc import Callable

from tests.flows.handheld import Handheld
from tests.web.page_client import HTML, Page

SignIn = Callable[[str], Handheld]


def skip_form(page: Page) -> dict[str, str]:
    """What the button Skip of a page would send; nothing where it is not offered."""
    forms = [form for form in page.all("form") if form.get("data-scan-step") == "skip"]
    fields = [field for form in forms for field in form.iter(HTML + "input")]
    return {field.get("name", ""): field.get("value", "") for field in fields}


def test_a_skipped_line_comes_after_the_others(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    form = skip_form(worker.open("/picks/PI-00001"))
    answer = worker.scan(form["value"], step="skip", choice=form["choice"], source="keypad")
    assert answer.message == "3020 Lot No. P2402 is skipped."
    page = worker.open("/picks/PI-00001")
    assert "Take from W-02-0101" in page.words
    worker.scan("P2403")
    assert skip_form(worker.open("/picks/PI-00001")) == {}
    worker.scan("W-02-0101")
    worker.scan("DR-1003")
    worker.scan("FX-5001")
    page = worker.open("/picks/PI-00001")
    assert "Take from W-01-0202" in page.words
    assert skip_form(page) == {}


def test_a_line_is_skipped_where_no_script_runs(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    form = skip_form(worker.pages.get("/put-aways/PA-00002"))
    answered = worker.pages.client.post(
        "/scans", data=form, headers={"Referer": f"{worker.pages.base_url}/put-aways/PA-00002"}
    )
    page = worker.pages.get(answered.headers["Location"])
    assert "It is asked for again after the others." in page.words
