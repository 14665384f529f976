"""Home, menu, appearance and health."""

import dataclasses

import pytest
from flask import Flask

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.inventory.location import Location
from scanner_app.web import home
from scanner_app.web.home import HomeCard
from tests.apps import app_of
from tests.passwords import PASSWORD
from tests.web.page_client import PageClient


def test_an_empty_home_says_what_would_appear(worker: PageClient) -> None:
    words = worker.get("/").words
    assert "Nothing waits for you." in words
    assert "Put-aways, picks and counts at WHITE appear here" in words


def test_what_waits_is_a_card_with_its_count(
    worker: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_card(*_: object) -> list[HomeCard]:
        return [HomeCard("Counts", 1234, "oldest 2 days", "home.show_menu", "count")]

    monkeypatch.setattr(home, "waiting_for", one_card)
    [card] = worker.get("/").all("a", class_="card card-link card-raised")
    assert card.get("href") == "/menu"
    assert "1,234" in "".join(card.itertext())


def test_the_menu_shows_the_ways_that_are_open(worker: PageClient, supervisor: PageClient) -> None:
    assert "Receipts and shipments" not in worker.get("/menu").words
    assert "Receipts and shipments" in supervisor.get("/menu").words


def test_the_page_where_the_user_is_is_marked(supervisor: PageClient) -> None:
    marked = supervisor.get("/documents").all("a", aria_current="page")
    assert [link.get("href") for link in marked] == ["/documents"]


def test_colours_and_size_are_kept_on_the_device(worker: PageClient) -> None:
    before = worker.get("/").all("html")[0]
    assert (before.get("data-theme"), before.get("data-scale")) == (None, "100")
    page = worker.get("/menu")
    worker.post_form("/appearance", page, theme="dark", scale="150")
    after = worker.get("/").all("html")[0]
    assert (after.get("data-theme"), after.get("data-scale")) == ("dark", "150")


def test_a_forged_appearance_is_left_alone(worker: PageClient) -> None:
    worker.client.set_cookie("scanner_scale", "9000")
    worker.client.set_cookie("scanner_theme", "pink")
    html = worker.get("/").all("html")[0]
    assert (html.get("data-theme"), html.get("data-scale")) == (None, "100")


def test_health_answers_without_a_sign_in(visitor: PageClient) -> None:
    answer = visitor.get("/health")
    assert answer.status == 200
    assert answer.response.json == {"status": "ok"}


def test_a_demo_says_so_on_every_page(settings: Settings, web_database: Database) -> None:
    client = PageClient(app_of(dataclasses.replace(settings, demo=True), web_database))
    client.sign_in("WALT", PASSWORD)
    assert "Demo warehouse" in client.get("/").words


def test_a_location_is_chosen_by_code_and_name(app: Flask) -> None:
    choose = app.jinja_env.filters["location_choice"]
    assert choose(Location(code="WHITE", name="White hall")) == ("WHITE", "WHITE White hall")
    assert choose(Location(code="BLUE", name="")) == ("BLUE", "BLUE")
