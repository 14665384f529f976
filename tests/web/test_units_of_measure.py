"""The page Units of Measure and the card of each."""

import pytest
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.database import Database
from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.inventory.item_card import blank_card
from scanner_app.warehouse.set_up_item import create_item
from scanner_app.web import units_of_measure
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

LIST = "/units-of-measure"
CARD = f"{LIST}/CRATE"
MARKUP = "<img src=x onerror=alert(1)>"


def new(client: PageClient, code: str, description: str = "") -> Page:
    page = client.get(f"{LIST}/new")
    return client.post_form(LIST, page, "new", code=code, description=description)


def at_fault(page: Page) -> set[str]:
    return {f.get("name") for f in page.all("input") if f.get("aria-invalid") == "true"}


def test_an_empty_list_says_how_to_begin(supervisor: PageClient) -> None:
    assert "Choose New to add the unit" in supervisor.get(LIST).words


def test_a_unit_is_added_described_and_removed(supervisor: PageClient) -> None:
    listed = supervisor.follow(new(supervisor, "crate", "Crate"))
    assert "The unit is added." in listed.words
    assert "CRATE Crate" in listed.words
    page = supervisor.get(f"{LIST}/crate")
    saved = supervisor.post_form(CARD, page, "card", description="Wooden crate")
    card = supervisor.follow(saved)
    assert "The unit is saved." in card.words
    rows = " ".join("".join(card.all("section", id_="changes")[0].itertext()).split())
    assert "Description Crate Wooden crate SUE" in rows
    gone = supervisor.follow(supervisor.post_form(f"{CARD}/removal", card, "removal"))
    assert "The unit is removed." in gone.words
    assert supervisor.get(CARD).status == 404


@pytest.mark.parametrize(
    ("code", "description", "field", "said"),
    [
        (" ", "", "code", "The Code of the unit is empty."),
        ("A/B", "", "code", "“A/B” cannot be the Code of a unit."),
        ("X" * 11, "", "code", "longer than the 10 characters"),
        ("A\x00", "", "code", "cannot be printed or seen"),
        ("NEW", "x" * 101, "description", "more than 100 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    supervisor: PageClient, code: str, description: str, field: str, said: str
) -> None:
    page = new(supervisor, code, description)
    assert page.status == 422
    assert said in page.words
    assert at_fault(page) == {field}


def test_nothing_typed_is_lost_or_becomes_markup(supervisor: PageClient) -> None:
    supervisor.follow(new(supervisor, "CRATE", MARKUP))
    page = new(supervisor, "crate", MARKUP)
    assert "There is a unit of measure CRATE already." in page.words
    assert page.all("input", name="description")[0].get("value") == MARKUP
    assert MARKUP not in page.text + supervisor.get(LIST).text + supervisor.get(CARD).text


def test_a_description_that_is_refused_stays_on_the_card(supervisor: PageClient) -> None:
    new(supervisor, "CRATE")
    page = supervisor.post_form(CARD, supervisor.get(CARD), "card", description="x" * 101)
    assert page.status == 422
    assert at_fault(page) == {"description"}


def test_a_second_editor_is_told_what_changed(supervisor: PageClient) -> None:
    new(supervisor, "CRATE", "Crate")
    page = supervisor.get(CARD)
    supervisor.post_form(CARD, supervisor.get(CARD), "card", description="Box")
    refused = supervisor.post_form(CARD, page, "card", description="Mine")
    assert refused.status == 422
    rows = " ".join("".join(refused.all("section", id_="meanwhile")[0].itertext()).split())
    assert "Description Crate Box" in rows
    supervisor.follow(supervisor.post_form(CARD, refused, "card"))
    assert "Mine" in supervisor.get(LIST).words


def test_a_unit_in_which_an_item_counts_stays(
    supervisor: PageClient, web_database: Database, clock: Clock
) -> None:
    new(supervisor, "CRATE")

    def work(session: Session) -> None:
        typed = {"no": "GLOVE", "base_unit_of_measure": "CRATE"}
        create_item(session, blank_card() | typed, Change(clock.now, None))

    web_database.write(work)
    page = supervisor.get(CARD)
    refused = supervisor.post_form(f"{CARD}/removal", page, "removal")
    assert refused.status == 422
    assert "Item GLOVE counts in CRATE." in refused.words


def test_the_list_is_shown_a_part_at_a_time(
    supervisor: PageClient, web_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units_of_measure, "ROWS_MAX", 1)
    codes = ("A&B", "B")
    web_database.write(lambda session: session.add_all(UnitOfMeasure(code=c) for c in codes))
    [more] = [a for a in supervisor.get(LIST).all("a") if "".join(a.itertext()).strip() == "More"]
    rest = supervisor.get(more.get("href"))
    assert rest.all("a", href=f"{LIST}/B")
    assert not rest.all("a", href=f"{LIST}/A&B")


@pytest.mark.parametrize("code", ["NOWHERE", "%00", "A%2FB"])
def test_a_unit_that_is_not_there_has_no_page(supervisor: PageClient, code: str) -> None:
    assert supervisor.get(f"{LIST}/{code}").status == 404


@pytest.mark.parametrize("path", [LIST, f"{LIST}/new", CARD])
def test_the_pages_are_the_supervisors(worker: PageClient, path: str) -> None:
    assert worker.get(path).status == 403
