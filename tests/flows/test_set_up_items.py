"""Setting up items for tracking with the correct item tracking codes, by HTTP only."""

from collections.abc import Callable

from scanner_app.inventory.date_formula import apply_date_formula
from tests.demo_copies import LOADED
from tests.flows.handheld import Handheld
from tests.web.page_client import Page, PageClient

SignIn = Callable[[str], Handheld]

LIST = "/items"


def choose(pages: PageClient, page: Page, action: str) -> Page:
    """Follow the one link of these words."""
    [address] = {
        link.get("href")
        for link in page.all("a")
        if " ".join("".join(link.itertext()).split()) == action
    }
    return pages.get(address)


def chosen(page: Page, name: str) -> str:
    [select] = page.all("select", name=name)
    return str(next(o.get("value") for o in select.iter() if o.get("selected") is not None))


def tell_me(pages: PageClient, words: str) -> Page:
    page = pages.get(f"/tell-me?q={words}")
    [first, *_] = page.all("a", class_="tell-me-result")
    return pages.get(first.get("href"))


def add_gloves(pages: PageClient) -> Page:
    new = choose(pages, pages.get(LIST), "New")
    made = pages.post_form(
        LIST,
        new,
        "card",
        no="glove-1",
        description="Winter glove",
        base_unit_of_measure="PCS",
        gtin="4006381333931",
    )
    assert made.location.startswith("/items/GLOVE-1")
    return pages.follow(made)


def test_to_set_up_items_for_tracking(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    assert add_gloves(pages).h1 == "GLOVE-1"

    page = tell_me(pages, "Item")
    assert page.h1 == "Items"
    card = choose(pages, page, "Edit GLOVE-1")
    assert {"General", "Item Tracking"} <= {
        "".join(heading.itertext()).strip() for heading in card.all("h2")
    }
    saved = pages.follow(
        pages.post_form(
            "/items/GLOVE-1",
            card,
            "card",
            item_tracking_code="LOTCALC",
            serial_nos="CHAIR-SN",
            lot_nos="CHAIR-LOT",
            expiration_calculation="CM+1M",
        )
    )
    assert "The card is saved." in saved.words
    assert chosen(saved, "item_tracking_code") == "LOTCALC"
    assert chosen(saved, "serial_nos") == "CHAIR-SN"
    assert chosen(saved, "lot_nos") == "CHAIR-LOT"
    day = apply_date_formula("CM+1M", LOADED.date())
    assert f"From today: {day.day} {day:%b %Y}" in saved.words
    assert "Expiration Calculation" in "".join(saved.all("section", id_="changes")[0].itertext())


def test_a_new_item_is_found_by_its_number_its_words_and_its_gtin(handheld: SignIn) -> None:
    worker = handheld("SUPERVISOR")
    card = add_gloves(worker.pages)
    for query in ("glove-1", "winter", "4006381333931", "04006381333931"):
        assert "GLOVE-1" in worker.pages.get(f"/tell-me?q={query}").words
        assert "GLOVE-1" in worker.pages.get(f"{LIST}?q={query}").words
    worker.open("/look-up")
    assert worker.scan("4006381333931").goto.startswith("/look-up?code=4006381333931")
    changed = {"description": "Summer glove", "gtin": "96385074"}
    worker.pages.post_form("/items/GLOVE-1", card, "card", **changed)
    for query in ("winter", "4006381333931"):
        assert "GLOVE-1" not in worker.pages.get(f"{LIST}?q={query}").words
    for query in ("summer", "96385074"):
        assert "GLOVE-1" in worker.pages.get(f"{LIST}?q={query}").words


def test_an_item_that_was_posted_keeps_its_tracking(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    card = pages.get("/items/2010")
    refused = pages.post_form("/items/2010", card, "card", item_tracking_code="LOT")
    assert refused.status == 422
    assert "Item 2010 has item ledger entries" in refused.words
    assert chosen(refused, "item_tracking_code") == "LOT"
    assert chosen(pages.get("/items/2010"), "item_tracking_code") == "SN"


def test_a_worker_does_not_see_the_pages(handheld: SignIn) -> None:
    pages = handheld("WORKER1").pages
    assert "Items" not in pages.get("/menu").words
    assert pages.get(LIST).status == 403
    assert pages.get(f"{LIST}/2010").status == 403
