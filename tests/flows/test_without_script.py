"""Where no script runs the pages do the same by plain forms: scan, answer, choose, go on."""

from collections.abc import Callable

import pytest

from tests.flows.handheld import Handheld
from tests.web.page_client import HTML, Page

SignIn = Callable[[str], Handheld]


@pytest.fixture
def worker(handheld: SignIn) -> Handheld:
    return handheld("WORKER1")


def sent(worker: Handheld, page: Page, form: str = "scan-form", **fields: str) -> Page:
    """Send a form of the page as a browser without a script does, and open what it leads to."""
    return worker.press(page, form, **fields)


def answer_on(page: Page) -> str:
    [region] = page.all("div", id_="answer")
    return " ".join("".join(region.itertext()).split())


def test_a_put_away_is_scanned_and_registered(worker: Handheld) -> None:
    page = worker.pages.get("/put-aways/PA-00002")
    page = sent(worker, page, scan="FX-5102")
    assert "FX-5102" in answer_on(page)
    page = sent(worker, page, scan="W-01-0601")
    assert "1 line to register" in page.words
    page = sent(worker, page, "register")
    assert "The rest stays open." in page.words


def test_a_refusal_says_its_way_out_on_the_page(worker: Handheld) -> None:
    page = sent(worker, worker.pages.get("/put-aways/PA-00002"), scan="NOBODY-KNOWS-ME")
    assert "Refused:" in answer_on(page)
    assert "NOBODY-KNOWS-ME" in answer_on(page)


def test_the_same_form_sent_twice_is_one_scan(worker: Handheld) -> None:
    page = worker.pages.get("/put-aways/PA-00002")
    first = sent(worker, page, scan="FX-5102")
    assert answer_on(sent(worker, page, scan="FX-5102")) == answer_on(first)


def test_a_document_scanned_on_a_list_is_opened(worker: Handheld) -> None:
    page = sent(worker, worker.pages.get("/put-aways"), scan="PA-00002")
    assert page.h1 == "PA-00002"


def test_a_quantity_is_typed_into_the_form_that_asks_for_it(handheld: SignIn) -> None:
    counter = handheld("WORKER2")
    page = counter.pages.get("/counts/COUNT-01")
    for code in ("W-02-0102", "CB01"):
        page = sent(counter, page, scan=code)
    [asked] = [form for form in page.all("form") if form.get("data-scan-step") == "quantity"]
    hidden = {
        field.get("name"): field.get("value", "")
        for field in asked.iter(HTML + "input")
        if field.get("name") != "value"
    }
    answered = counter.pages.client.post(
        "/scans",
        data=hidden | {"step": "quantity", "value": "12"},
        headers={"Referer": f"{counter.pages.base_url}/counts/COUNT-01"},
    )
    page = counter.pages.get(answered.headers["Location"])
    assert "1 found in W-02-0102" in page.words


def test_a_look_up_leads_to_what_was_scanned(worker: Handheld) -> None:
    page = sent(worker, worker.pages.get("/look-up"), scan="PAINT-BASE")
    assert "PAINT-BASE" in page.words


@pytest.mark.parametrize("scan_id", ["", "no-uuid"])
def test_a_form_without_its_identity_is_refused_by_name(worker: Handheld, scan_id: str) -> None:
    token = worker.open("/put-aways/PA-00002").all("input", name="csrf_token")[0].get("value")
    refused = worker.pages.post("/scans", csrf_token=token, scan_id=scan_id, scan="FX-5102")
    assert (refused.status, "sent something that is no scan" in refused.text) == (422, True)


@pytest.mark.parametrize("known", ["", "x", "5e0f6c1e-0000-4000-8000-000000000001"])
def test_an_answer_that_nobody_gave_is_left_out(worker: Handheld, known: str) -> None:
    page = worker.pages.get(f"/put-aways/PA-00002?answer={known}")
    assert answer_on(page) == ""


def test_the_answer_of_somebody_else_is_not_shown(handheld: SignIn, worker: Handheld) -> None:
    page = worker.pages.get("/put-aways/PA-00002")
    [form] = page.all("form", id_="scan-form")
    [field] = [f for f in form.iter(HTML + "input") if f.get("name") == "scan_id"]
    sent(worker, page, scan="FX-5102")
    other = handheld("WORKER2").pages.get(f"/put-aways/PA-00002?answer={field.get('value')}")
    assert answer_on(other) == ""
