"""Tell Me over HTTP: what a worker and a supervisor find in the demo, and where it leads."""

from collections.abc import Callable

import pytest

from tests.flows.handheld import Handheld
from tests.web.page_client import Page

SignIn = Callable[[str], Handheld]


def found(handheld: Handheld, query: str) -> list[tuple[str, str]]:
    """What the page lists for a query: its words and where they lead, best first."""
    page = handheld.pages.get(f"/tell-me?q={query}")
    return [
        (" ".join("".join(link.itertext()).split()), link.get("href"))
        for link in page.all("a", class_="tell-me-result")
    ]


def follow(handheld: Handheld, query: str) -> Page:
    """Open the first of what is found."""
    [(_, address), *_] = found(handheld, query)
    page = handheld.pages.get(address.partition("#")[0])
    assert page.status == 200
    return page


def test_the_button_of_every_page_leads_to_the_page_of_tell_me(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    links = worker.open("/put-aways").all("a", data_tell_me="")
    assert {link.get("href") for link in links} == {"/tell-me"}
    page = worker.pages.get("/tell-me")
    assert page.h1 == "Tell Me"
    assert "Type what you are looking for" in page.words
    form = page.form("tell-me-page", "/tell-me")
    assert form.get("method") == "get"


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("counts", "/counts"),
        ("PUT-", "/put-aways"),
        ("journal physical", "/counts"),
        ("warehouse picks", "/picks"),
        ("PA-00001", "/put-aways/PA-00001"),
        ("pi-0", "/picks/PI-00001"),
        ("count-01", "/counts/COUNT-01"),
    ],
)
def test_a_worker_finds_pages_and_documents(handheld: SignIn, query: str, address: str) -> None:
    [(_, first), *_] = found(handheld("WORKER1"), query)
    assert first == address


@pytest.mark.parametrize(
    "query", ["2010", "drill", "cordless dri", "DRI CORD", "9521234020103", "09521234020103"]
)
def test_an_item_is_found_by_number_words_and_gtin_and_opens_its_look_up(
    handheld: SignIn, query: str
) -> None:
    page = follow(handheld("WORKER2"), query)
    assert page.h1 == "Look up"
    assert "2010" in page.words


def test_a_bin_opens_its_look_up(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    assert [words for words, _ in found(worker, "w-01-05")] == ["W-01-0501", "W-01-0502"]
    assert "W-01-0501" in follow(worker, "w-01-0501").words


def test_what_is_for_supervisors_is_found_by_them_only(handheld: SignIn) -> None:
    worker, supervisor = handheld("WORKER1"), handheld("SUPERVISOR")
    for query, address in [
        ("item journals", "/item-journals"),
        ("warehouse item journal", "/warehouse-item-journals"),
        ("warehouse reclassification journal", "/warehouse-reclassification-journals"),
        ("post adjustment", "/sync"),
        ("warehouse employees", "/warehouse-employees"),
        ("calculate inventory", "/counts#calculate"),
        ("SH-00003", "/documents/shipments/SH-00003"),
    ]:
        assert found(worker, query) == []
        assert address in [leads for _, leads in found(supervisor, query)]
        follow(supervisor, query)


def test_nothing_found_says_so_and_what_to_type(handheld: SignIn) -> None:
    page = handheld("WORKER1").pages.get("/tell-me?q=zzzz")
    assert "Nothing is called so." in page.words


def test_of_many_only_five_are_listed_and_it_says_that_there_are_more(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    assert len(found(worker, "w-0")) == 5
    assert "There are more. Type more of the name." in worker.pages.get("/tell-me?q=w-0").words
    assert "There are more." not in worker.pages.get("/tell-me?q=w-01-05").words


def test_a_script_gets_options_and_a_sentence_to_read_aloud(handheld: SignIn) -> None:
    part = handheld("WORKER1").pages.as_htmx.get("/tell-me?q=count")
    assert not part.text.lstrip().lower().startswith("<!doctype")
    assert part.all("div", role="listbox")
    options = part.all("a", role="option")
    assert [option.get("href") for option in options][:1] == ["/counts"]
    [status] = part.all("div", id_="tell-me-status")
    assert "results" in "".join(status.itertext())
