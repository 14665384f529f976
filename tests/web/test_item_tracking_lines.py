"""Item tracking lines by their pages: what is kept when refused, and what is sent by nobody."""

import pytest

from scanner_app.database import Database
from tests.warehouse.masters import add_item
from tests.web.page_client import Page, PageClient

JOURNAL = "/item-journals/BALANCES"
TRACKING = f"{JOURNAL}/lines/10000/tracking"
LINE = {"item_no": "LOTS", "location": "SILVER", "quantity": "9", "document_no": "D1"}


@pytest.fixture
def journal(supervisor: PageClient, web_database: Database) -> PageClient:
    """BALANCES with a line of 9 LOTS at SILVER, and one that takes as much out."""
    web_database.write(lambda session: add_item(session, "LOTS", ("lot",), {}, {}, {}).id)
    page = supervisor.get("/item-journal-batches/new")
    supervisor.post_form("/item-journal-batches", page, "card", name="balances")
    for entry_type in ("Positive Adjmt.", "Negative Adjmt."):
        page = supervisor.get(f"{JOURNAL}/lines/new")
        fields = LINE | {"entry_type": entry_type}
        supervisor.post_form(f"{JOURNAL}/lines", page, "card", **fields)
    return supervisor


def add(pages: PageClient, **fields: str) -> Page:
    return pages.post_form(TRACKING, pages.get(TRACKING), "card", **fields)


def test_a_refused_number_keeps_what_was_typed(journal: PageClient) -> None:
    answer = add(journal, lot_no="L1", quantity="10")
    assert answer.status == 422
    assert "10 would have their numbers, the line says 9." in answer.words
    assert answer.all("input", name="lot_no")[0].get("value") == "L1"


def test_a_refused_edit_keeps_what_was_typed(journal: PageClient) -> None:
    add(journal, lot_no="L1", quantity="5")
    [edit] = [
        a.get("href") for a in journal.get(TRACKING).all("a") if "Edit" in "".join(a.itertext())
    ]
    answer = journal.post_form(edit, journal.get(edit), "card", quantity="70")
    assert answer.status == 422
    assert answer.all("input", name="quantity")[0].get("value") == "70"


def test_what_nobody_may_assign_is_refused(journal: PageClient) -> None:
    answer = add(journal, assign="Lot")
    assert answer.status == 422
    assert "series" in answer.words


def test_what_leaves_may_be_selected_and_what_comes_in_may_not(journal: PageClient) -> None:
    assert "Select Entries" not in journal.get(TRACKING).words
    out = TRACKING.replace("10000", "20000")
    assert "Select Entries" in journal.get(out).words
    assert "Nothing on inventory" in journal.get(f"{out}/entries").words


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", "[" * 500, '["a"]', "[1, 2, 3]", '["\\u0000", "", ""]', '["L9", "", ""]'],
)
def test_whatever_is_sent_as_selected_is_answered_by_name(journal: PageClient, text: str) -> None:
    add(journal, lot_no="L1")
    journal.post_form(
        f"{JOURNAL}/lines/20000/removal", journal.get(f"{JOURNAL}/lines/20000"), "removal"
    )
    journal.post_form(f"{JOURNAL}/posting", journal.get(JOURNAL), "post")
    page = journal.get(f"{JOURNAL}/lines/new")
    out = LINE | {"entry_type": "Sale"}
    journal.post_form(f"{JOURNAL}/lines", page, "card", **out)
    entries = f"{TRACKING}/entries"
    answer = journal.post_form(entries, journal.get(entries), "select", numbers=text)
    assert answer.status == 422
    assert answer.all("p", class_="outcome-way-out")
    assert "These are all." in journal.get(f"{entries}?after=%5B%22%22,%22L1%22,%22%22%5D").words


def test_numbers_that_are_not_there_have_no_page(journal: PageClient) -> None:
    assert journal.get(f"{TRACKING}/77").status == 422
    assert journal.get(TRACKING.replace("10000", "70000")).status == 404
    assert journal.get(f"{TRACKING}/{'9' * 40}").status == 404


def test_a_batch_without_lines_has_nothing_to_transfer(supervisor: PageClient) -> None:
    page = supervisor.get("/item-journal-batches/new")
    fields = {"name": "empty", "item_tracking_on_lines": "on"}
    supervisor.post_form("/item-journal-batches", page, "card", **fields)
    assert "Update Item Tracking Lines" not in supervisor.get("/item-journals/EMPTY").words
