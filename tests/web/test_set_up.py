"""The page Set-up: one way to all that a supervisor prepares."""

from flask import Flask

from scanner_app.web.page_list import PAGES
from tests.web.page_client import Page, PageClient


def current(page: Page) -> set[str]:
    """What the navigation and the menu of a page mark as the place at hand."""
    marked = page.all("a", class_="navigation-link")
    return {
        "".join(link.itertext()).strip() for link in marked if link.get("aria-current") == "page"
    }


def test_every_page_on_a_shelf_says_what_is_set_up_there(
    app: Flask, supervisor: PageClient
) -> None:
    page = supervisor.get("/set-up")
    shown = {link.get("href") for link in page.all("a", class_="card card-link card-raised")}
    with app.test_request_context():
        for entry in PAGES:
            if entry.shelf is not None:
                assert entry.address in shown
                assert entry.says in page.words


def test_what_stands_on_a_shelf_is_not_in_the_navigation_too(supervisor: PageClient) -> None:
    links = {link.get("href") for link in supervisor.get("/").all("a", class_="navigation-link")}
    assert "/set-up" in links
    assert "/items" not in links


def test_a_page_of_a_shelf_belongs_to_set_up(supervisor: PageClient) -> None:
    assert current(supervisor.get("/items")) == {"Set-up"}
    assert current(supervisor.get("/set-up")) == {"Set-up"}
    assert current(supervisor.get("/picks")) == {"Picks"}
    assert current(supervisor.get("/menu")) == set()


def test_a_page_below_another_belongs_where_that_one_does(supervisor: PageClient) -> None:
    page = supervisor.get("/item-journal-batches/new")
    supervisor.post_form("/item-journal-batches", page, "card", name="balances")
    assert current(supervisor.get("/item-journals/BALANCES/excel")) == {"Item Journals"}
    assert current(supervisor.get("/locations/WHITE/zones")) == {"Set-up"}


def test_the_page_is_the_supervisors(worker: PageClient) -> None:
    assert worker.get("/set-up").status == 403
    assert "/set-up" not in {
        link.get("href") for link in worker.get("/").all("a", class_="navigation-link")
    }
