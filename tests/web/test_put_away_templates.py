"""Put-away templates by their pages: lines are added, changed and removed."""

import pytest

from tests.web.page_client import Page, PageClient

TEMPLATES = "/put-away-templates"
STD = f"{TEMPLATES}/STD"
LINES = f"{STD}/lines"


@pytest.fixture
def page(supervisor: PageClient) -> Page:
    """The card of a new template."""
    assert "No put-away template yet" in supervisor.get(TEMPLATES).words
    made = supervisor.post_form(
        TEMPLATES, supervisor.get(f"{TEMPLATES}/new"), "card", code="std", description="Usual"
    )
    return supervisor.follow(made)


def add(supervisor: PageClient, *switches: str, **fields: str) -> Page:
    on = dict.fromkeys(switches, "on")
    return supervisor.post_form(LINES, supervisor.get(f"{LINES}/new"), "card", **on, **fields)


def test_a_template_gets_lines_and_loses_them(supervisor: PageClient, page: Page) -> None:
    assert (page.h1, "No line yet" in page.words) == ("STD", True)
    assert "STD Usual" in supervisor.get(TEMPLATES).words
    add(supervisor, "find_empty_bin", description="Empty ones")
    shown = supervisor.follow(add(supervisor, "find_fixed_bin", line_no="5"))
    assert "It is added." in shown.words
    words = shown.words.partition("They are tried in this order")[2]
    assert words.index("Find Fixed Bin Find Same Item") < words.index("Empty ones")
    assert "Find Floating Bin Find Empty Bin" in words

    line = supervisor.get(f"{LINES}/1")
    assert line.h1 == "Line 10000 of STD"
    saved = supervisor.follow(supervisor.post_form(f"{LINES}/1", line, "card", description="All"))
    assert "The card is saved." in saved.words
    removed = supervisor.get(f"{LINES}/1")
    gone = supervisor.follow(supervisor.post_form(f"{LINES}/1/removal", removed, "removal"))
    assert "It is removed." in gone.words
    assert supervisor.get(f"{LINES}/1").status == 404
    removed = supervisor.follow(supervisor.post_form(f"{STD}/removal", gone, "removal"))
    assert "No put-away template yet" in removed.words
    assert supervisor.get(STD).status == 404
    assert supervisor.get(f"{LINES}/new").status == 404


def test_what_cannot_be_is_said_and_kept_as_typed(supervisor: PageClient, page: Page) -> None:
    assert page.status == 200
    answer = add(supervisor, "find_fixed_bin", "find_floating_bin", description="Both")
    assert answer.status == 422
    assert "Find Fixed Bin and Find Floating Bin cannot both be on." in answer.words
    assert 'value="Both"' in answer.text
    add(supervisor)
    line = supervisor.get(f"{LINES}/1")
    answer = supervisor.post_form(f"{LINES}/1", line, "card", line_no="first")
    assert (answer.status, "“first” is not a Line No." in answer.words) == (422, True)
    taken = supervisor.post_form(TEMPLATES, supervisor.get(f"{TEMPLATES}/new"), "card", code="STD")
    assert (taken.status, "STD is there already" in taken.words) == (422, True)
    answer = supervisor.post_form(STD, page, "card", description="D" * 101)
    assert (answer.status, "more than 100 characters" in answer.words) == (422, True)


def test_an_item_and_a_location_choose_it(supervisor: PageClient, page: Page) -> None:
    assert page.status == 200
    for card in ("/locations/WHITE", "/items/new"):
        assert "STD: Usual" in supervisor.get(card).words, card
    saved = supervisor.post_form(
        "/locations/WHITE",
        supervisor.get("/locations/WHITE"),
        "card",
        put_away_template_code="STD",
    )
    assert supervisor.follow(saved).status == 200
    refused = supervisor.post_form(f"{STD}/removal", page, "removal")
    assert "because it is in use: locations." in refused.words


def test_the_pages_are_the_supervisors(worker: PageClient) -> None:
    for path in (TEMPLATES, f"{TEMPLATES}/new", STD, f"{LINES}/new", f"{LINES}/1"):
        assert worker.get(path).status == 403, path
