"""Edit in Excel of warehouse journals by its pages: every file is answered by name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.page_device import opened_hall
from tests.spreadsheet import Spreadsheet
from tests.web.conftest import Clock
from tests.web.page_client import Page
from tests.web.warehouse_journal_forms import JournalPages, supervisor_of

# What a row says of its bins, and how a file is headed, by the journal.
ROWS = {
    "physical-inventory": ("Bin Code", "A"),
    "item": ("Bin Code", "A"),
    "reclassification": ("From Bin Code,To Bin Code", "A,B"),
}


@pytest.fixture(params=list(ROWS))
def journal(
    sqlite_template: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[JournalPages]:
    """The pages of one journal with its batch FOUND."""
    with opened_hall(sqlite_template, tmp_path, Clock()) as (hall, app):
        journal = JournalPages(supervisor_of(hall, app), request.param)
        journal.add_batch()
        yield journal


def file_of(journal: JournalPages, *quantities: str) -> bytes:
    """A CSV file with a row for each quantity, lots L1, L2 and so on."""
    captions, bins = ROWS[journal.name]
    rows = [f"LOTS,{bins},{quantity},L{no}" for no, quantity in enumerate(quantities, start=1)]
    return "\n".join([f"Item No.,{captions},Quantity,Lot No.", *rows, ""]).encode()


def send(journal: JournalPages, content: bytes) -> Page:
    excel = f"{journal.journal}/excel"
    page = journal.pages.get(excel)
    [form] = page.all("form", id_="upload")
    answer = journal.pages.upload(form.get("action"), page, "upload", file=content)
    return journal.pages.follow(answer) if answer.status == 303 else answer


def publish(journal: JournalPages, shown: Page) -> Page:
    [form] = shown.all("form", id_="publish")
    return journal.pages.post_form(form.get("action"), shown, "publish")


def test_a_csv_file_is_published_and_its_lines_are_there(journal: JournalPages) -> None:
    shown = send(journal, file_of(journal, "2", "3"))
    assert "2 new" in shown.words
    assert "Entry Type" not in shown.words
    answer = journal.pages.follow(publish(journal, shown))
    assert "2 changes are published." in answer.words
    assert "Register 2 lines" in answer.words


def test_what_changed_is_shown_field_by_field(journal: JournalPages) -> None:
    publish(journal, send(journal, file_of(journal, "2", "3")))
    page = journal.pages.get(f"{journal.journal}/excel")
    [form] = page.all("form", id_="download")
    sheet = Spreadsheet(journal.pages.download(form.get("action"), page, "download"))
    sheet.fill_in(0, quantity=5)
    sheet.delete(1)
    words = send(journal, sheet.save()).words
    assert "2 LOTS Quantity 2 5" in words
    assert "1 changed 1 deleted" in words
    assert ("→ B" in words) == (journal.name == "reclassification")


def test_rows_that_are_refused_come_back_with_their_errors(journal: JournalPages) -> None:
    shown = send(journal, file_of(journal, "2", "0"))
    assert "1 row cannot be published." in shown.words
    [link] = [a for a in shown.all("a") if "errors" in a.get("href", "")]
    rows = Spreadsheet(journal.pages.client.get(link.get("href")).data)
    assert rows.read(0)["Error"] == ""
    assert rows.read(1)["Error"] != ""


def test_a_file_that_is_no_table_is_refused_and_names_what_rows_need(
    journal: JournalPages,
) -> None:
    answer = send(journal, b"%PDF-1.7 \x00\x01")
    assert answer.status == 422
    captions = ROWS[journal.name][0].replace(",", ", ")
    assert f"At least: Item No., {captions}, Quantity." in answer.words


def test_rows_without_a_bin_column_are_refused(journal: JournalPages) -> None:
    answer = send(journal, b"Item No.,Quantity\nLOTS,1\n")
    assert answer.status == 422


def test_what_changed_meanwhile_is_shown_anew(journal: JournalPages) -> None:
    journal.add_line()
    page = journal.pages.get(f"{journal.journal}/excel")
    [form] = page.all("form", id_="download")
    sheet = Spreadsheet(journal.pages.download(form.get("action"), page, "download"))
    sheet.delete(0)
    shown = send(journal, sheet.save())
    assert "1 deleted" in shown.words
    removal = f"{journal.lines}/10000"
    journal.pages.post_form(f"{removal}/removal", journal.pages.get(removal), "removal")
    answer = publish(journal, shown)
    assert answer.status == 422
    assert "The journal changed while you looked at the changes." in answer.words


def test_a_file_is_not_taken_after_the_location_was_changed(journal: JournalPages) -> None:
    page = journal.pages.get(f"{journal.journal}/excel")
    [form] = page.all("form", id_="upload")
    journal.work_at("SILVER")
    answer = journal.pages.upload(form.get("action"), page, "upload", file=file_of(journal, "2"))
    assert answer.status == 422
    assert "Location SILVER works without directed put-away and pick." in answer.words
    journal.work_at("WHITE")
    assert "No line yet" in journal.pages.get(journal.journal).words


def test_a_batch_that_is_not_there_is_not_found(journal: JournalPages) -> None:
    assert journal.pages.get(f"{journal.journals}/NONE/excel").status == 404


def test_a_file_that_does_not_wait_any_more_is_said_to_be_gone(journal: JournalPages) -> None:
    answer = journal.pages.get(f"{journal.journal}/excel/uploads/99")
    assert answer.status == 422
    assert "These changes are not waiting any more." in answer.words
