"""A supervisor blocks a lot: who sees it, what it stops, and what waits; by HTTP only."""

from collections.abc import Callable

import pytest

from tests.flows.handheld import Handheld
from tests.flows.test_main_job import count_everything
from tests.flows.test_set_up_items import choose, tell_me
from tests.web.page_client import Page, PageClient

SignIn = Callable[[str], Handheld]

LOTS = "/lot-no-information"


def saved(pages: PageClient, card: Page, **fields: str) -> Page:
    """Save a card, new or not, as its own form sends it."""
    return pages.follow(
        pages.post_form(card.form("card", "").get("action"), card, "card", **fields)
    )


def released(pages: PageClient, card: Page) -> Page:
    """Save a card with Blocked switched off: a browser then does not send it."""
    form = card.form("card", "")
    fields = {e.get("name"): e.get("value", "") for e in form.iter() if e.get("name")}
    del fields["blocked"]
    return pages.follow(pages.post(form.get("action"), **fields))


def link(page: Page, words: str) -> str:
    """The address of the first link that begins so."""
    return next(
        str(link.get("href"))
        for link in page.all("a")
        if " ".join("".join(link.itertext()).split()).startswith(words)
    )


def words_of_row(page: Page, word: str) -> str:
    """The row of a table that holds a word."""
    [row] = [row for row in page.all("tr") if word in "".join(row.itertext())]
    return " ".join("".join(row.itertext()).split())


def test_a_lot_is_blocked_from_the_look_up_and_everybody_sees_it(handheld: SignIn) -> None:
    worker, supervisor = handheld("WORKER1"), handheld("SUPERVISOR")
    found = supervisor.pages.get("/look-up?code=P2402")
    assert "Blocked" not in found.words
    card = supervisor.pages.get(link(found, "Block this lot"))
    assert card.h1 == "P2402"
    assert "W-01-0202" in card.words
    after = saved(supervisor.pages, card, blocked="on", description="Smells odd")
    assert "The card is saved." in after.words
    changes = "".join(after.all("section", id_="changes")[0].itertext())
    assert "Smells odd" in changes
    assert "SUPERVISOR" in changes

    seen = worker.pages.get("/look-up?code=P2402")
    assert "Blocked Smells odd" in seen.words
    assert not [a for a in seen.all("a") if LOTS in a.get("href", "")]
    worker.open("/picks/PI-00001")
    refused = worker.scan("P2402")
    assert (refused.result, refused.code) == ("refused", "NumberBlocked")

    again = supervisor.pages.get("/look-up?code=P2402")
    released(supervisor.pages, supervisor.pages.get(link(again, "Open its card")))
    assert worker.scan("P2402").code != "NumberBlocked"


def test_a_number_without_a_card_is_blocked_by_making_one(handheld: SignIn) -> None:
    supervisor = handheld("SUPERVISOR")
    found = supervisor.pages.get("/look-up?code=DR-1003")
    new = supervisor.pages.get(link(found, "Block this serial no."))
    card = saved(supervisor.pages, new, blocked="on", description="Sparks")
    assert card.h1 == "DR-1003"
    assert "The card is added." in card.words
    assert "Inventory 1 PCS" in card.words
    assert "Blocked Sparks" in supervisor.pages.get("/look-up?code=DR-1003").words


@pytest.mark.parametrize("kind", ["Serial", "Lot", "Package"])
def test_the_lists_are_found_by_their_names(handheld: SignIn, kind: str) -> None:
    pages = handheld("SUPERVISOR").pages
    page = tell_me(pages, f"{kind} No. Information List")
    assert page.h1 == f"{kind} No. Information"


def test_blocked_cards_are_listed_and_edited(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    page = pages.get(f"{LOTS}?blocked=yes")
    assert "P2399" in page.words
    assert "P2403" not in page.words
    assert choose(pages, page, "Edit P2399 3020").h1 == "P2399"


def test_a_difference_of_a_blocked_lot_waits_and_the_others_are_posted(handheld: SignIn) -> None:
    worker, supervisor = handheld("WORKER2"), handheld("SUPERVISOR")
    pages = supervisor.pages
    new = pages.get(f"{LOTS}/new?item_no=3030&number=CB02")
    saved(pages, new, blocked="on")
    count_everything(worker)
    worker.press(worker.open("/counts/COUNT-01"), "register")

    calculated = supervisor.press(supervisor.open("/sync"), "calculate")
    waits = words_of_row(calculated, "CB02")
    assert "Waits" in waits
    assert "Lot No. CB02 of item 3030 is blocked. Clear Blocked on its card" in waits
    posted = supervisor.press(calculated, "post")
    assert "numbers are posted" in posted.words
    assert "CB02" in posted.words

    released(pages, pages.get(link(posted, "Open its card")))
    ready = supervisor.press(supervisor.open("/sync"), "calculate")
    assert "Ready" in words_of_row(ready, "CB02")
    assert "CB02" not in supervisor.press(ready, "post").words


def test_a_worker_does_not_see_the_cards(handheld: SignIn) -> None:
    pages = handheld("WORKER1").pages
    assert "Lot No. Information" not in pages.get("/menu").words
    for path in (LOTS, f"{LOTS}/new", f"{LOTS}/1"):
        assert pages.get(path).status == 403
