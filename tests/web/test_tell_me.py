"""Tell Me's pages: which is best, who finds what, and that anything typed is answered."""

from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner_app.web.page_list import PAGES
from scanner_app.web.pages import find_pages
from scanner_app.web.tell_me import QUERY_LENGTH_MAX, WORDS_MAX, clean_query
from tests.quick_runs import examples
from tests.web.page_client import PageClient

EXAMPLES = examples(40)
PHYSICAL_INVENTORY = "Warehouse Physical Inventory Journal"
# Controls, bidi marks, lone surrogates and what means something to SQL or HTML, more often.
ANY_TEXT = st.text(
    st.characters() | st.characters(categories=["Cc", "Cf", "Cs"]) | st.sampled_from("%_'\"<>&\\*"),
    max_size=QUERY_LENGTH_MAX + 40,
)


def titles(client: PageClient, query: str) -> list[str]:
    """The pages that are found, in their order."""
    page = client.get(f"/tell-me?q={quote(query)}")
    return ["".join(name.itertext()) for name in page.all("strong")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("menu", ["Menu"]),
        (
            "p",
            [
                "Put-aways",
                "Picks",
                "Package No. Information",
                "Put-away Templates",
                "Short picks",
            ],
        ),
        ("away put", ["Put-aways", "Put-away Templates", "Registered documents"]),
        ("ship", ["Receipts and shipments", "Transfer Orders", "Import documents"]),
        ("post ship", ["Receipts and shipments"]),
        ("inventory", ["Inventory Setup", PHYSICAL_INVENTORY, "Counts", "Calculate a count"]),
        ("warehouse physical inventory journal", [PHYSICAL_INVENTORY, "Counts"]),
        ("warehouse item", ["Warehouse Item Journal"]),
        ("count", ["Counts", "Calculate a count"]),
        ("counts", ["Counts"]),
        ("bin con", ["Look up"]),
        ("ounts", []),
        ("-%-", []),
        ("tell me", []),
    ],
)
def test_the_best_page_comes_first(supervisor: PageClient, query: str, expected: list[str]) -> None:
    assert titles(supervisor, query) == expected


def test_a_worker_is_shown_no_page_of_supervisors(
    worker: PageClient, supervisor: PageClient
) -> None:
    hidden = {"Sync", "Receipts and shipments", "Warehouse Employees", "Calculate a count"}
    for title in sorted(hidden):
        assert titles(supervisor, title) == [title]
        assert titles(worker, title) == []


def test_a_synonym_that_was_meant_is_named(worker: PageClient) -> None:
    page = worker.get("/tell-me?q=physical+journal")
    [result] = page.all("a", class_="tell-me-result")
    assert "Warehouse Physical Inventory Journal" in "".join(result.itertext())


def test_somebody_without_a_location_finds_pages(supervisor: PageClient) -> None:
    assert "Counts" in titles(supervisor, "c")


def test_every_page_of_the_list_opens_where_it_says(app: Flask, supervisor: PageClient) -> None:
    for entry in PAGES:
        if entry.endpoint not in app.view_functions:
            continue
        with app.test_request_context():
            address, _, anchor = entry.address.partition("#")
        page = supervisor.get(address)
        assert page.status in (200, 422), entry  # the sync asks for a location first
        if page.status == 200 and entry.done_by == "":
            ids = {element.get("id") for element in page.tree.iter()}
            assert not anchor or anchor in ids, entry


def test_nobody_signed_in_finds_nothing(app: Flask, visitor: PageClient) -> None:
    assert visitor.get("/tell-me?q=counts").status == 303
    assert not visitor.get("/sign-in").all("dialog")
    with app.test_request_context():
        assert find_pages("counts") == []


def test_what_was_typed_is_cut_to_a_line_of_few_words() -> None:
    assert clean_query(" a\tb\x00\u202ec\ud800 \u2028d ") == "a b c d"
    assert len(clean_query("x" * 2000)) == QUERY_LENGTH_MAX
    assert clean_query("x " * 200) == " ".join("x" * WORDS_MAX)


def test_what_was_typed_is_shown_as_text(worker: PageClient) -> None:
    page = worker.get(f"/tell-me?q={quote('<img src=x onerror=alert(1)>')}")
    assert "<img" not in page.text
    assert page.all("input", id_="q")[0].get("value") == "<img src=x onerror=alert(1)>"


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(query=ANY_TEXT)
def test_anything_that_is_typed_is_answered(worker: PageClient, query: str) -> None:
    address = f"/tell-me?q={quote(query, errors='surrogatepass')}"
    assert worker.get(address).status == 200
    assert worker.as_htmx.get(address).status == 200
