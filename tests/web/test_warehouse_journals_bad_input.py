"""Whatever is typed into a warehouse journal, or into its address, is answered by name."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from scanner_app.warehouse.record_card import Fields
from scanner_app.warehouse.warehouse_journal_fields import (
    BATCH_FIELDS,
    LINE_FIELDS,
    RECLASSIFICATION_FIELDS,
)
from tests.reliability.page_device import opened_hall
from tests.web.conftest import Clock
from tests.web.page_client import PageClient
from tests.web.test_places_bad_input import TYPED
from tests.web.warehouse_journal_forms import ADJUSTED, MOVED, JournalPages, supervisor_of

JOURNALS = "/warehouse-physical-inventory-journals"
BATCH, LINES = "/warehouse-physical-inventory-journal-batches", f"{JOURNALS}/FOUND/lines"
MOVES = "/warehouse-reclassification-journals/FOUND/lines"


@pytest.fixture
def sue(sqlite_template: Path, tmp_path: Path) -> Iterator[PageClient]:
    """SUE, with FOUND and one line of LOTS in bin A, in two journals."""
    with opened_hall(sqlite_template, tmp_path, Clock()) as (hall, app):
        pages = supervisor_of(hall, app)
        for name in ("physical-inventory", "reclassification"):
            journal = JournalPages(pages, name)
            journal.add_batch()
            assert journal.add_line().status == 303
        yield pages


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "address", "fields", "needed"),
    [
        (f"{BATCH}/FOUND", f"{BATCH}/FOUND", BATCH_FIELDS[1:], {}),
        (f"{BATCH}/new", BATCH, BATCH_FIELDS, {"name": "NEW"}),
        (f"{LINES}/10000", f"{LINES}/10000", LINE_FIELDS, {}),
        (f"{LINES}/new", LINES, LINE_FIELDS, ADJUSTED),
        (f"{MOVES}/10000", f"{MOVES}/10000", RECLASSIFICATION_FIELDS, {}),
        (f"{MOVES}/new", MOVES, RECLASSIFICATION_FIELDS, MOVED),
    ],
)
def test_any_text_in_any_field_is_taken_or_refused(
    sue: PageClient, form: str, address: str, fields: Fields, needed: dict[str, str]
) -> None:
    page = sue.get(form)
    for name, text in product([field.name for field in fields], TYPED):
        answer = sue.post_form(address, page, "card", **(needed | {name: text}))
        assert answer.status in (303, 422), (name, text, answer.text)
        if answer.status == 303:
            page = sue.get(form)


@pytest.mark.parametrize("text", ["%00", "%F0%9F", "%3Cimg%3E", "X" * 300, "..", "9" * 40])
def test_any_text_in_an_address_is_answered(sue: PageClient, text: str) -> None:
    for path in (f"{BATCH}/{text}", f"{JOURNALS}/{text}", f"{LINES}/{text}"):
        assert sue.get(path).status in (404, 405, 308)
    assert sue.get(f"{BATCH}?after={text}").status == 200
    page = sue.get(f"{JOURNALS}/FOUND?after={text}&registered={text}&register={text}&check=1")
    assert page.status == 200


def test_any_location_in_the_address_of_a_form_is_answered(sue: PageClient) -> None:
    page = sue.get(f"{LINES}/new")
    for text in ("%00", "%F0%9F", "%3Cimg%3E", "X" * 300):
        assert sue.post_form(f"{LINES}?location={text}", page, "card", **ADJUSTED).status == 422


def test_a_form_that_is_not_the_pages_own_changes_nothing(sue: PageClient) -> None:
    page = sue.get(f"{LINES}/10000")
    answer = sue.post_form(f"{LINES}/10000", page, "card", read="{}", quantity="5")
    assert answer.status == 422
    assert "did not come as the card sends it" in answer.words
