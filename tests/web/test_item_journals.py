"""The pages of item journals: choosing a batch, entering lines, two editors, and what is gone."""

import pytest

from scanner_app.database import Database
from tests.warehouse.masters import add_item
from tests.web.page_client import Page, PageClient

BATCHES, JOURNAL = "/item-journal-batches", "/item-journals/BALANCES"
LINES = f"{JOURNAL}/lines"
LINE = {"item_no": "LOTS", "location": "SILVER", "quantity": "1", "document_no": "D1"}


@pytest.fixture(autouse=True)
def lots(web_database: Database) -> None:
    web_database.write(lambda session: add_item(session, "LOTS", ("lot",), {}, {}, {}).id)


@pytest.fixture
def journal(supervisor: PageClient) -> PageClient:
    """BALANCES, without Item Tracking on Lines."""
    add_batch(supervisor, "balances")
    return supervisor


def add_batch(pages: PageClient, name: str, **fields: str) -> None:
    page = pages.get(f"{BATCHES}/new")
    assert pages.post_form(BATCHES, page, "card", name=name, **fields).status == 303


def add_line(pages: PageClient, **fields: str) -> Page:
    page = pages.get(f"{LINES}/new")
    return pages.post_form(LINES, page, "card", **(LINE | fields))


def test_without_a_batch_the_journal_leads_to_making_one(supervisor: PageClient) -> None:
    page = supervisor.get("/item-journals")
    assert "No batch yet" in page.words
    assert page.all("a", href=BATCHES)
    assert "No batch yet" in supervisor.get(BATCHES).words


def test_numbers_are_asked_only_where_the_batch_has_them_on_lines(journal: PageClient) -> None:
    assert not journal.get(f"{LINES}/new").all("input", name="lot_no")
    add_batch(journal, "tracked", item_tracking_on_lines="on")
    assert journal.get("/item-journals/TRACKED/lines/new").all("input", name="lot_no")


def test_a_refused_line_keeps_what_was_typed(journal: PageClient) -> None:
    answer = add_line(journal, item_no="NONE", quantity="7")
    assert answer.status == 422
    assert "Item No. NONE is not there." in answer.words
    [field] = answer.all("input", name="quantity")
    assert field.get("value") == "7"


def test_checking_an_empty_batch_says_that_there_is_nothing(journal: PageClient) -> None:
    assert "There is nothing to post." in journal.get(f"{JOURNAL}?check=1").words


def test_the_second_of_two_editors_keeps_what_they_typed_and_sees_what_changed(
    journal: PageClient,
) -> None:
    add_line(journal)
    first, second = journal.get(f"{LINES}/10000"), journal.get(f"{LINES}/10000")
    assert journal.post_form(f"{LINES}/10000", first, "card", quantity="2").status == 303
    answer = journal.post_form(f"{LINES}/10000", second, "card", document_no="D2")
    assert answer.status == 422
    assert "Changed meanwhile" in answer.words
    [quantity], [paper] = (answer.all("input", name=name) for name in ("quantity", "document_no"))
    assert (quantity.get("value"), paper.get("value")) == ("2", "D2")
    assert journal.post_form(f"{LINES}/10000", answer, "card").status == 303


def test_the_second_of_two_editors_of_a_batch_is_told(journal: PageClient) -> None:
    card = f"{BATCHES}/BALANCES"
    first, second = journal.get(card), journal.get(card)
    assert journal.post_form(card, first, "card", description="Mine").status == 303
    answer = journal.post_form(card, second, "card", item_tracking_on_lines="on")
    assert answer.status == 422
    assert "Changed meanwhile" in answer.words


def test_what_is_gone_leads_nowhere(journal: PageClient) -> None:
    add_line(journal)
    page = journal.get(f"{LINES}/10000")
    assert journal.post_form(f"{LINES}/10000/removal", page, "removal").status == 303
    assert journal.post_form(f"{LINES}/10000", page, "card").status == 404
    assert journal.get("/item-journals/NONE").status == 404


@pytest.mark.slow
def test_a_long_journal_is_shown_part_by_part(journal: PageClient) -> None:
    for _ in range(51):
        assert add_line(journal).status == 303
    page = journal.get(JOURNAL)
    assert "51 lines" in page.words
    assert len(page.all("tbody")[0].findall("{*}tr")) == 50
    [more] = [link for link in page.all("a") if "More" in "".join(link.itertext())]
    rest = journal.get(str(more.get("href")))
    assert len(rest.all("tbody")[0].findall("{*}tr")) == 1


def test_a_line_is_copied_into_a_new_one(journal: PageClient) -> None:
    add_line(journal, quantity="7", document_no="D7")
    card = journal.get(f"{LINES}/10000")
    [copy] = [a.get("href") for a in card.all("a") if "copy=" in (a.get("href") or "")]
    page = journal.get(copy)
    assert page.all("input", name="quantity")[0].get("value") == "7"
    [quantity] = journal.get(f"{LINES}/new?copy=70000").all("input", name="quantity")
    assert not quantity.get("value")


def test_lines_are_searched_and_the_totals_stay(journal: PageClient) -> None:
    add_line(journal, quantity="7")
    page = journal.get(f"{JOURNAL}?q=lo")
    assert "LOTS" in page.words
    assert "7 base units come in, 0 leave" in page.words
    page = journal.get(f"{JOURNAL}?q=%00nothing%F0")
    assert "No line is found so." in page.words
