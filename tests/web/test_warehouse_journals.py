"""The pages of warehouse journals: batches, lines, two editors, what is gone, which location."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.page_device import opened_hall
from tests.web.conftest import Clock
from tests.web.page_client import PageClient
from tests.web.warehouse_journal_forms import JournalPages, supervisor_of


@pytest.fixture
def sue(sqlite_template: Path, tmp_path: Path) -> Iterator[PageClient]:
    with opened_hall(sqlite_template, tmp_path, Clock()) as (hall, app):
        yield supervisor_of(hall, app)


@pytest.fixture(params=["physical-inventory", "item", "reclassification"])
def journal(request: pytest.FixtureRequest, sue: PageClient) -> JournalPages:
    """A journal of WHITE without a batch."""
    return JournalPages(sue, request.param)


def test_without_a_batch_the_journal_leads_to_making_one(journal: JournalPages) -> None:
    page = journal.pages.get(journal.journals)
    assert "No batch yet" in page.words
    assert page.all("a", href=journal.batches)
    assert "No batch yet" in journal.pages.get(journal.batches).words


def test_a_line_is_entered_checked_and_registered(journal: JournalPages) -> None:
    assert journal.add_batch().status == 303
    assert journal.add_line().location.endswith("/lines/new?done=added")
    assert "Every line can be registered." in journal.pages.get(f"{journal.journal}?check=1").words
    page = journal.pages.follow(journal.register())
    assert "1 line is registered. Warehouse register 2." in page.words
    asked_to_sync = "Synchronise it with the item ledger." in page.words
    assert asked_to_sync is (journal.name != "reclassification")
    assert page.all("a", href="/sync")
    assert "There is nothing" not in page.words


def test_a_refused_line_keeps_what_was_typed(journal: JournalPages) -> None:
    journal.add_batch()
    answer = journal.add_line(item_no="NONE", quantity="7")
    assert answer.status == 422
    assert "Item No. NONE is not there." in answer.words
    [field] = answer.all("input", name="quantity")
    assert field.get("value") == "7"


def test_an_empty_batch_has_nothing_to_check_or_register(journal: JournalPages) -> None:
    journal.add_batch()
    assert "FOUND has no line to register." in journal.pages.get(f"{journal.journal}?check=1").words
    journal.add_line()
    before = journal.pages.get(journal.journal)
    assert journal.register().status == 303
    address = f"{journal.journal}/registration"
    answer = journal.pages.post_form(address, before, "register")
    assert answer.status == 422
    assert "FOUND has no line to register." in answer.words


def test_the_second_of_two_editors_keeps_what_they_typed_and_sees_what_changed(
    journal: JournalPages,
) -> None:
    journal.add_batch()
    journal.add_line()
    pages, line = journal.pages, f"{journal.lines}/10000"
    first, second = pages.get(line), pages.get(line)
    assert pages.post_form(line, first, "card", quantity="2").status == 303
    answer = pages.post_form(line, second, "card", lot_no="L2")
    assert answer.status == 422
    assert "Changed meanwhile" in answer.words
    [quantity], [lot_no] = (answer.all("input", name=name) for name in ("quantity", "lot_no"))
    assert (quantity.get("value"), lot_no.get("value")) == ("2", "L2")
    assert pages.post_form(line, answer, "card").status == 303


def test_a_batch_is_changed_and_its_second_editor_is_told(journal: JournalPages) -> None:
    journal.add_batch()
    pages, card = journal.pages, f"{journal.batches}/FOUND"
    first, second = pages.get(card), pages.get(card)
    saved = pages.follow(pages.post_form(card, first, "card", description="Mine"))
    assert "The card is saved." in saved.words
    answer = pages.post_form(card, second, "card", description="Theirs")
    assert answer.status == 422
    assert "Changed meanwhile" in answer.words


def test_a_batch_that_is_there_or_has_lines_is_refused_by_name(journal: JournalPages) -> None:
    journal.add_batch()
    assert "Warehouse Journal Batch FOUND is there already." in journal.add_batch().words
    journal.add_line()
    card = f"{journal.batches}/FOUND"
    page = journal.pages.get(card)
    answer = journal.pages.post_form(f"{card}/removal", page, "removal")
    assert answer.status == 422
    assert "warehouse journal lines" in answer.words


def test_what_is_gone_leads_nowhere(journal: JournalPages) -> None:
    journal.add_batch()
    journal.add_line()
    pages, line = journal.pages, f"{journal.lines}/10000"
    page = pages.get(line)
    assert pages.post_form(f"{line}/removal", page, "removal").status == 303
    assert pages.post_form(line, page, "card").status == 404
    assert pages.get(f"{journal.journals}/NONE").status == 404


@pytest.mark.slow
def test_long_lists_are_shown_part_by_part(journal: JournalPages) -> None:
    for number in range(51):
        assert journal.add_batch(f"B{number:02}").status == 303
    page = journal.pages.get(journal.batches)
    assert (len(page.all("li", class_="card record")), "B50" in page.words) == (50, False)
    rest = journal.pages.get(f"{journal.batches}?after=B49")
    assert len(rest.all("li", class_="card record")) == 1
    assert "These are all." in journal.pages.get(f"{journal.batches}?after=B50").words
    journal.add_batch()
    for _ in range(51):
        assert journal.add_line().status == 303
    page = journal.pages.get(journal.journal)
    assert "51 lines" in page.words
    [more] = [link for link in page.all("a") if "More" in "".join(link.itertext())]
    rest = journal.pages.get(str(more.get("href")))
    assert len(rest.all("tbody")[0].findall("{*}tr")) == 1
    assert "These are all." in journal.pages.get(f"{journal.journal}?after=510000").words


def test_the_journals_are_those_of_the_location_at_hand(journal: JournalPages) -> None:
    journal.add_batch()
    journal.work_at("SILVER")
    for path in (journal.journals, journal.journal, journal.batches, f"{journal.lines}/new"):
        elsewhere = journal.pages.get(path)
        assert elsewhere.status == 200
        assert "SILVER works without directed put-away and pick." in elsewhere.words
        assert elsewhere.all("a", href=journal.instead)


def test_a_form_that_was_opened_at_another_location_is_refused(journal: JournalPages) -> None:
    form = journal.pages.get(f"{journal.batches}/new")
    journal.work_at("SILVER")
    answer = journal.pages.post_form(journal.batches, form, "card", name="found")
    assert answer.status == 422
    assert "SILVER works without directed put-away and pick." in answer.words


def test_a_line_is_not_entered_at_another_location_of_the_same_names(
    journal: JournalPages,
) -> None:
    journal.add_batch()
    form = journal.pages.get(f"{journal.lines}/new")
    address = str(form.form("card", "").get("action"))
    assert address == f"{journal.lines}?location=WHITE"
    sent = journal.pages.post_form(f"{journal.lines}?location=EAST", form, "card", **journal.usual)
    assert sent.status == 422
    assert "opened at location EAST, and you work at WHITE now" in sent.words
    assert journal.pages.post_form(address, form, "card", **journal.usual).status == 303


def test_who_has_chosen_no_location_is_asked_for_one(supervisor: PageClient) -> None:
    page = supervisor.get("/warehouse-item-journals")
    assert "No location is chosen." in page.words


def test_a_worker_is_shown_no_journal(worker: PageClient) -> None:
    assert worker.get("/warehouse-physical-inventory-journals").status == 403


def test_a_batch_of_the_physical_inventory_is_counted_too(sue: PageClient) -> None:
    JournalPages(sue, "item").add_batch("OTHER")
    physical = JournalPages(sue, "physical-inventory")
    physical.add_batch()
    count = sue.get("/counts/FOUND")
    assert "No bin is on this count" in count.words
    assert count.all("a", href=physical.journal)
    assert sue.get("/counts/OTHER").status == 404
    form = sue.get("/counts")
    answer = sue.post_form("/counts", form, "calculate", name="FOUND", bins="A")
    assert sue.follow(answer).h1 == "FOUND"
    form = sue.get("/counts")
    refused = sue.post_form("/counts", form, "calculate", name="A/B", bins="B")
    assert "cannot name anything" in refused.words


def test_a_line_shows_what_was_moved_and_what_it_is_called_now(sue: PageClient) -> None:
    journal = JournalPages(sue, "reclassification")
    journal.add_batch()
    journal.add_line(quantity="2")
    journal.add_line(new_lot_no="L2", new_expiration_date="2030-12-31", to_bin="")
    table = journal.pages.get(journal.journal).all("tbody")[0]
    first, second = ("".join(row.itertext()) for row in table)
    assert ("L2" in first, "31 Dec 2030" in first) == (False, False)
    assert ("L2" in second, "31 Dec 2030" in second) == (True, True)
    card = journal.pages.get(f"{journal.lines}/10000")
    assert "Expiration Date" in card.words
    [new_lot] = card.all("input", name="new_lot_no")
    assert new_lot.get("value") == "L1"


def test_the_adjustment_bin_is_refused_in_the_field_where_it_was_typed(sue: PageClient) -> None:
    journal = JournalPages(sue, "reclassification")
    journal.add_batch()
    for field in ("from_bin", "to_bin"):
        answer = journal.add_line(**{field: "ADJ"})
        assert answer.status == 422
        [at_fault] = [each for each in answer.all("input") if each.get("aria-invalid")]
        assert at_fault.get("name") == field
