"""Whatever is typed on a card of a place, or into its address, is answered by name."""

from itertools import product
from urllib.parse import urlencode

import pytest
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.database import Database
from scanner_app.warehouse.place_fields import (
    BIN_FIELDS,
    BIN_TYPE_FIELDS,
    LOCATION_FIELDS,
    ZONE_FIELDS,
)
from scanner_app.warehouse.put_away_template_card import TEMPLATE_FIELDS
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_bin import create_bin
from scanner_app.warehouse.set_up_bin_type import create_bin_type
from scanner_app.warehouse.set_up_put_away_template import create_template
from scanner_app.warehouse.set_up_zone import create_zone
from scanner_app.web.create_bins import NAMES
from tests.web.conftest import Clock
from tests.web.page_client import PageClient

CARDS = {
    "/bin-types": ("PUTPICK", BIN_TYPE_FIELDS),
    "/put-away-templates": ("STD", TEMPLATE_FIELDS),
    "/locations": ("WHITE", LOCATION_FIELDS),
    "/locations/WHITE/zones": ("PICK", ZONE_FIELDS),
    "/locations/WHITE/bins": ("A-1", BIN_FIELDS),
}
TYPED = (
    "\x00",
    "a\x1bb",
    "a\u202eb",
    "<img src=x onerror=alert(1)>",
    "ß" * 20,
    "²",
    "-1",
    "9" * 600,
    "' OR 1=1 --",
    "{code}",
    "%s%n",
)


@pytest.fixture(autouse=True)
def hall(web_database: Database, clock: Clock) -> None:
    """WHITE has the zone PICK with the bin A-1."""

    def work(session: Session) -> None:
        change = Change(clock.now, None)
        create_bin_type(session, blank_card(BIN_TYPE_FIELDS) | {"code": "PUTPICK"}, change)
        typed = blank_card(ZONE_FIELDS) | {"code": "PICK", "bin_type": "PUTPICK"}
        create_zone(session, "WHITE", typed, change)
        create_template(session, blank_card(TEMPLATE_FIELDS) | {"code": "STD"}, change)
        create_bin(session, "WHITE", {"code": "A-1", "zone": "PICK"}, change)

    web_database.write(work)


@pytest.mark.slow
@pytest.mark.parametrize("path", CARDS)
def test_any_text_in_any_field_is_taken_or_refused(supervisor: PageClient, path: str) -> None:
    code, fields = CARDS[path]
    for address, form, asked in (
        (f"{path}/{code}", f"{path}/{code}", fields[1:]),
        (path, f"{path}/new", [field for field in fields if field.when_new]),
    ):
        page = supervisor.get(form)
        for name, text in product([field.name for field in asked if not field.is_switch], TYPED):
            sent = ({} if address == form else {"code": "NEW"}) | {name: text}
            answer = supervisor.post_form(address, page, "card", **sent)
            assert answer.status in (303, 422), (name, text, answer.text)
            if answer.status == 303:
                page = supervisor.get(form)


@pytest.mark.slow
def test_any_text_in_a_template_is_taken_or_refused(supervisor: PageClient) -> None:
    path = "/locations/WHITE/create-bins"
    usual = {"rack_from": "R1", "rack_to": "R2"}
    for text in TYPED:
        for name in NAMES:
            sent = usual | {name: text, "preview": "yes"}
            page = supervisor.get(f"{path}?{urlencode(sent)}")
            assert page.status in (200, 422), (name, text)


@pytest.mark.parametrize("text", ["%00", "%F0%9F", "%3Cimg%3E", "X" * 300, "..", "%25"])
def test_any_text_in_an_address_is_answered(supervisor: PageClient, text: str) -> None:
    token = str(supervisor.get("/menu").all("input", name="csrf_token")[0].get("value"))
    for path in (*CARDS, f"/locations/{text}/bins", f"/locations/{text}/zones"):
        assert supervisor.get(f"{path}/{text}").status in (404, 308)
        request_id = "4b3f9d7e-5f2b-4a58-9c4e-6f0a3f1f2d11"
        fields = {"csrf_token": token, "request_id": request_id}
        gone = supervisor.post(f"{path}/{text}/removal", **fields)
        assert gone.status in (404, 422, 308), (path, gone.text)
    query = f"q={text}&zone={text}&bin_type={text}&after={text}&created={text}&from={text}"
    assert supervisor.get(f"/locations/WHITE/bins?{query}").status == 200
