"""The page of an item where numbers are assigned."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.database import Database
from scanner_app.inventory.assigned_number import AssignedNumber
from scanner_app.inventory.item import ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_card import blank_card
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.warehouse.set_up_item import create_item
from scanner_app.web import assigned_numbers
from tests.warehouse.masters import add_series
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient
from tests.web.parsed_pages import Element

GLOVE = "/items/GLOVE/assign-numbers"
PLAIN = "/items/PLAIN/assign-numbers"
MARKUP = "<img src=x onerror=alert(1)>1"


@pytest.fixture(autouse=True)
def gloves(web_database: Database, clock: Clock) -> None:
    """GLOVE, whose serials come in lots, and PLAIN, which has no numbers."""

    def work(session: Session) -> None:
        kinds = ("serial", "lot")
        specific = {f"{kind}_specific_tracking": True for kind in kinds}
        session.add_all([UnitOfMeasure(code="PCS"), ItemTrackingCode(code="SNLOT", **specific)])
        add_series(session, "SN", "S-001", warning_no="S-003")
        add_series(session, "LOT", "L-001", ending_no="L-002", warning_no="L-001")
        change = Change(clock.now, None)
        base = blank_card() | {"base_unit_of_measure": "PCS"}
        numbers = {"item_tracking_code": "SNLOT", "serial_nos": "SN", "lot_nos": "LOT"}
        glove = create_item(session, base | {"no": "GLOVE"} | numbers, change)
        session.add(ItemVariant(item_id=glove.id, code="RED", description="Red"))
        create_item(session, base | {"no": "PLAIN"}, change)

    web_database.write(work)


def send(client: PageClient, form_id: str, action: str, **fields: str) -> Page:
    return client.post_form(f"{GLOVE}/{action}", client.get(GLOVE), form_id, **fields)


def assigned(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(AssignedNumber.id))) or 0


def field(page: Page, element_id: str) -> Element:
    [found] = [*page.all("input", id_=element_id), *page.all("select", id_=element_id)]
    return found


def test_an_item_without_numbers_says_where_to_choose_them(supervisor: PageClient) -> None:
    page = supervisor.get(PLAIN)
    assert "No numbers to assign" in page.words
    assert not [form for form in page.all("form") if form.get("method") == "post"]


def test_an_action_that_is_not_offered_is_refused_all_the_same(supervisor: PageClient) -> None:
    page = supervisor.get(GLOVE)
    hidden = {e.get("name"): e.get("value") for e in page.form("lot", "").iter() if e.get("name")}
    refused = supervisor.post(f"{PLAIN}/lot-nos", **hidden)
    assert refused.status == 422
    assert "The Item Tracking Code of item PLAIN asks for no lot number." in refused.words
    refused = supervisor.post(f"{GLOVE}/package-nos", **hidden)
    assert "asks for no package number" in refused.words


def test_what_was_typed_is_kept_with_the_reason_at_its_field(
    supervisor: PageClient, web_database: Database
) -> None:
    typed = {"start": MARKUP, "increment": "0", "quantity": "2", "create_cards": "on"}
    refused = send(supervisor, "customized", "customized-serial-nos", **typed, variant="RED")
    assert refused.status == 422
    assert field(refused, "customized-increment").get("aria-invalid") == "true"
    assert field(refused, "customized-start").get("value") == MARKUP
    assert field(refused, "customized-create_cards").get("checked") is not None
    [chosen] = [o for o in refused.all("option", value="RED") if o.get("selected") is not None]
    assert "".join(chosen.itertext()) == "RED: Red"
    assert refused.all("details", id_="tab-serial")[0].get("open") is None
    assert "“0” is not an Increment-by No." in refused.words
    assert assigned(web_database) == 0


@pytest.mark.parametrize("quantity", ["0", "many", "\x00", "9" * 300, "1001"])
def test_a_quantity_of_no_use_is_refused_at_its_field(
    supervisor: PageClient, quantity: str
) -> None:
    refused = send(supervisor, "serial", "serial-nos", quantity=quantity)
    assert refused.status == 422
    assert "Type a whole number from 1 to 1000." in refused.words
    assert field(refused, "serial-quantity").get("aria-invalid") == "true"


def test_serials_of_a_variant_with_a_new_lot_are_listed(
    supervisor: PageClient, web_database: Database
) -> None:
    fields = {"quantity": "2", "variant": "RED", "create_new_lot": "on"}
    page = supervisor.follow(send(supervisor, "serial", "serial-nos", **fields))
    assert "2 numbers are assigned: S-001 to S-002" in page.words
    [batches] = page.all("section", id_="batches")
    words = " ".join("".join(batches.itertext()).split())
    assert "S-001 to S-002 Serial No. 2 L-001 SUE" in words
    assert assigned(web_database) == 3
    assert "No. series LOT has 1 number left." in page.words
    page = supervisor.follow(send(supervisor, "serial", "serial-nos", quantity="1"))
    assert "1 number is assigned: S-003" in page.words
    assert "No. series SN has reached its Warning No." in page.words


def test_a_lot_number_is_assigned_until_there_is_none(supervisor: PageClient) -> None:
    for number in ("L-001", "L-002"):
        page = supervisor.follow(send(supervisor, "lot", "lot-nos"))
        assert f"1 number is assigned: {number}" in page.words
    refused = send(supervisor, "lot", "lot-nos")
    assert "No. series LOT has no number left on 22 Nov 2026." in refused.words


def test_only_the_last_batches_are_listed(
    supervisor: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assigned_numbers, "BATCHES_SHOWN_MAX", 2)
    for _ in range(3):
        page = supervisor.follow(send(supervisor, "serial", "serial-nos", quantity="1"))
    assert len(page.all("tr")) == 1 + 2
    assert "assigned:" not in supervisor.get(f"{GLOVE}?batch=1").words
    assert "assigned:" not in supervisor.get(f"{GLOVE}?batch=x").words


@pytest.mark.parametrize("no", ["NONE", "A%00B", "X" * 300])
def test_an_item_that_is_not_there_has_no_page(supervisor: PageClient, no: str) -> None:
    assert supervisor.get(f"/items/{no}/assign-numbers").status == 404
