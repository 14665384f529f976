"""Whatever is typed into an item journal, or into its address, is answered by name."""

from itertools import product

import pytest

from scanner_app.database import Database
from scanner_app.warehouse.item_journal_fields import (
    BATCH_FIELDS,
    LINE_FIELDS,
    TRANSFER_LINE_FIELDS,
)
from scanner_app.warehouse.journal_fields import TRACKING_LINE_FIELDS, TRANSFER_TRACKING_LINE_FIELDS
from scanner_app.warehouse.record_card import Fields
from tests.warehouse.masters import add_item
from tests.web.page_client import PageClient
from tests.web.test_places_bad_input import TYPED

BATCH, LINES = "/item-journal-batches", "/item-journals/BALANCES/lines"
NEW_BATCH = "/item-reclassification-journal-batches"
NEW_LINES = "/item-reclassification-journals/RECLASS/lines"
# What a line of both journals says is read by the same function.
OWN_OF_TRANSFERS = tuple(each for each in TRANSFER_LINE_FIELDS if each not in LINE_FIELDS)
PART = {"quantity": "0.001"}
USUAL = {"item_no": "LOTS", "location": "SILVER", "quantity": "100000", "document_no": "D1"}


@pytest.fixture(autouse=True)
def batch(supervisor: PageClient, web_database: Database) -> None:
    """BALANCES and RECLASS with one line of LOTS each at SILVER, which has no bins."""
    web_database.write(lambda session: add_item(session, "LOTS", ("lot",), {}, {}, {}).id)
    page = supervisor.get(f"{BATCH}/new")
    on = {"item_tracking_on_lines": "on"}
    assert supervisor.post_form(BATCH, page, "card", name="balances", **on).status == 303
    page = supervisor.get(f"{LINES}/new")
    assert supervisor.post_form(LINES, page, "card", **USUAL).status == 303
    page = supervisor.get(f"{NEW_BATCH}/new")
    assert supervisor.post_form(NEW_BATCH, page, "card", name="reclass").status == 303
    page = supervisor.get(f"{NEW_LINES}/new")
    assert supervisor.post_form(NEW_LINES, page, "card", **USUAL).status == 303


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "address", "fields", "needed"),
    [
        (f"{BATCH}/BALANCES", f"{BATCH}/BALANCES", BATCH_FIELDS[1:], {}),
        (f"{BATCH}/new", BATCH, BATCH_FIELDS, {"name": "NEW"}),
        (f"{LINES}/10000", f"{LINES}/10000", LINE_FIELDS, {}),
        (f"{LINES}/new", LINES, LINE_FIELDS, USUAL),
        (f"{LINES}/10000/tracking", f"{LINES}/10000/tracking", TRACKING_LINE_FIELDS, PART),
        (f"{NEW_BATCH}/new", NEW_BATCH, BATCH_FIELDS[:-1], {"name": "NEW"}),
        (f"{NEW_LINES}/10000", f"{NEW_LINES}/10000", OWN_OF_TRANSFERS, {}),
        (f"{NEW_LINES}/new", NEW_LINES, OWN_OF_TRANSFERS, USUAL),
        (
            f"{NEW_LINES}/10000/tracking",
            f"{NEW_LINES}/10000/tracking",
            TRANSFER_TRACKING_LINE_FIELDS,
            PART,
        ),
    ],
)
def test_any_text_in_any_field_is_taken_or_refused(
    supervisor: PageClient, form: str, address: str, fields: Fields, needed: dict[str, str]
) -> None:
    page = supervisor.get(form)
    for name, text in product([field.name for field in fields if not field.is_switch], TYPED):
        answer = supervisor.post_form(address, page, "card", **(needed | {name: text}))
        assert answer.status in (303, 422), (name, text, answer.text)
        if answer.status == 303:
            page = supervisor.get(form)


@pytest.mark.parametrize("text", ["%00", "%F0%9F", "%3Cimg%3E", "X" * 300, "..", "9" * 40])
def test_any_text_in_an_address_is_answered(supervisor: PageClient, text: str) -> None:
    tracking = f"{LINES}/10000/tracking"
    paths = (f"{BATCH}/{text}", f"/item-journals/{text}", f"{LINES}/{text}", f"{tracking}/{text}")
    for path in paths:
        assert supervisor.get(path).status in (404, 405, 308)
    page = supervisor.get(f"/item-journals/BALANCES?after={text}&posted={text}&check=1")
    assert page.status == 200


def test_a_form_is_not_sent_to_the_other_journal(supervisor: PageClient) -> None:
    page = supervisor.get("/item-reclassification-journals/RECLASS")
    address = "/item-journals/RECLASS/posting"
    assert supervisor.post_form(address, page, "post").status == 404
    assert supervisor.get(f"{NEW_LINES}/10000").status == 200
    assert supervisor.get(f"{LINES.replace('BALANCES', 'RECLASS')}/10000").status == 404
