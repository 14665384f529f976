"""Bin contents by their pages: the place of an item is entered, changed and removed."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from scanner_app.warehouse.bin_content_card import FIELDS
from tests.reliability.page_device import opened_hall
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient
from tests.web.test_places_bad_input import TYPED
from tests.web.warehouse_journal_forms import supervisor_of

CONTENTS = "/locations/WHITE/bins/C/contents"


@pytest.fixture
def sue(sqlite_template: Path, tmp_path: Path) -> Iterator[PageClient]:
    """SUE at WHITE, where LOTS may get a place."""
    with opened_hall(sqlite_template, tmp_path, Clock()) as (hall, app):
        yield supervisor_of(hall, app)


def add(sue: PageClient, **fields: str) -> Page:
    return sue.post_form(CONTENTS, sue.get(f"{CONTENTS}/new"), "card", **fields)


def test_an_item_gets_its_place_and_loses_it(sue: PageClient) -> None:
    assert 'href="/locations/WHITE/bins/C/contents"' in sue.get("/locations/WHITE/bins/C").text
    assert "No item has its place here" in sue.get(CONTENTS).words
    shown = sue.follow(add(sue, item_no="lots", max_qty="20"))
    assert "It is added." in shown.words
    assert "PCS Fixed at most 20" in shown.words
    page = sue.get(f"{CONTENTS}/1")
    assert page.h1 == "LOTS PCS in C"
    saved = sue.follow(sue.post_form(f"{CONTENTS}/1", page, "card", max_qty=""))
    assert "The card is saved." in saved.words
    assert "Max. Qty. 20" in saved.words
    gone = sue.follow(sue.post_form(f"{CONTENTS}/1/removal", saved, "removal"))
    assert "It is removed." in gone.words
    assert sue.get(f"{CONTENTS}/1").status == 404


def test_what_cannot_be_is_said_at_its_field(sue: PageClient) -> None:
    add(sue, item_no="lots")
    answer = add(sue, item_no="lots")
    assert answer.status == 422
    assert "Bin C has a content of item LOTS in this unit already." in answer.words
    page = sue.get(f"{CONTENTS}/1")
    answer = sue.post_form(f"{CONTENTS}/1", page, "card", max_qty="many")
    assert answer.status == 422
    assert "many" in answer.text


def test_default_is_not_asked_where_put_aways_are_directed(sue: PageClient) -> None:
    assert 'name="is_default"' not in sue.get(f"{CONTENTS}/new").text
    add(sue, item_no="lots")
    assert 'name="is_default"' not in sue.get(f"{CONTENTS}/1").text


@pytest.mark.slow
def test_any_text_in_any_field_is_taken_or_refused(sue: PageClient) -> None:
    page = sue.get(f"{CONTENTS}/new")
    offered = [field for field in FIELDS if field.name != "is_default"]
    for field, text in product(offered, TYPED):
        answer = sue.post_form(CONTENTS, page, "card", **({"item_no": "LOTS"} | {field.name: text}))
        assert answer.status in (303, 422), (field.name, text, answer.text)
        if answer.status == 303:
            page = sue.get(f"{CONTENTS}/new")


@pytest.mark.parametrize(
    "address",
    [f"{CONTENTS}/9", "/locations/WHITE/bins/NONE/contents", "/locations/NONE/bins/C/contents/new"],
)
def test_what_is_not_there_is_not_found(sue: PageClient, address: str) -> None:
    assert sue.get(address).status == 404
