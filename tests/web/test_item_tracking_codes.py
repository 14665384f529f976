"""The pages Item Tracking Codes and Item Tracking Code Card."""

import json

import pytest
from flask import Flask

from scanner_app.access.sign_in import Change
from scanner_app.database import Database
from scanner_app.inventory.item_tracking_code_setup import create_item_tracking_code
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

LIST = "/item-tracking-codes"
CARD = f"{LIST}/NEW"
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def new_code(web_database: Database, clock: Clock) -> None:
    change = Change(clock.now, None)
    web_database.write(
        lambda session: create_item_tracking_code(session, "NEW", "Of tests", change)
    )


def save(client: PageClient, page: Page, **fields: str) -> Page:
    return client.post_form(CARD, page, "card", **fields)


def follow(client: PageClient, page: Page, tab: str, **fields: str) -> Page:
    """Send a change as the FastTab does: the whole form, to the address of the part."""
    form = {
        element.get("name"): element.get("value", "")
        for element in page.form("card", "").iter()
        if element.get("name")
        and (element.get("type") != "checkbox" or element.get("checked") is not None)
        and element.get("disabled") is None
    }
    return client.as_htmx.post(f"{CARD}/fast-tabs/{tab}", **(form | fields))


def switch(page: Page, name: str) -> tuple[bool, bool]:
    """Whether a switch is on, and whether it is locked."""
    [found] = page.all("input", type="checkbox", name=name)
    return found.get("checked") is not None, found.get("disabled") is not None


def text(page: Page, name: str) -> str:
    [found] = page.all("input", name=name)
    return str(found.get("value", ""))


def test_the_list_names_every_code_and_says_how_many(supervisor: PageClient) -> None:
    page = supervisor.get(LIST)
    assert "1 code" in page.words
    assert "Of tests" in page.words


def test_an_empty_list_says_how_to_begin(supervisor: PageClient) -> None:
    gone = supervisor.post_form(f"{CARD}/removal", supervisor.get(CARD), "removal")
    page = supervisor.follow(gone)
    assert "The code is removed." in page.words
    assert "Choose New" in page.words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "The code is empty."),
        ("new", "There is an item tracking code NEW already."),
        ("ELEVENCHARS", "longer than the 10 characters"),
        ("A\x00", "cannot be printed or seen"),
        ("A/B", "cannot be the name"),
    ],
)
def test_what_is_wrong_with_a_new_code_is_said_where_it_was_typed(
    supervisor: PageClient, typed: str, said: str
) -> None:
    sent = {"code": typed, "description": MARKUP}
    page = supervisor.post_form(LIST, supervisor.get(f"{LIST}/new"), "new", **sent)
    assert page.status == 422
    assert page.words.count(said) == 2
    [code] = page.all("input", name="code")
    assert code.get("aria-invalid") == "true"
    assert text(page, "description") == MARKUP
    assert MARKUP not in page.text


def test_a_description_that_is_too_long_is_said_at_its_field(supervisor: PageClient) -> None:
    sent = {"code": "X", "description": "x" * 101}
    page = supervisor.post_form(LIST, supervisor.get(f"{LIST}/new"), "new", **sent)
    assert page.all("input", name="description")[0].get("aria-invalid") == "true"


def test_markup_is_shown_as_text_wherever_a_code_is_shown(supervisor: PageClient) -> None:
    sent = {"code": "<b>&x</b", "description": MARKUP}
    refused = supervisor.post_form(LIST, supervisor.get(f"{LIST}/new"), "new", **sent)
    assert refused.status == 422
    made = supervisor.post_form(
        LIST, supervisor.get(f"{LIST}/new"), "new", code="<B>&?#%", description=MARKUP
    )
    card = supervisor.follow(made)
    assert card.h1 == "<B>&?#%"
    assert text(card, "description") == MARKUP
    assert MARKUP not in card.text
    assert MARKUP not in supervisor.get(LIST).text


def test_a_switch_answers_its_fast_tab_with_what_follows_and_writes_nothing(
    supervisor: PageClient,
) -> None:
    part = follow(supervisor, supervisor.get(CARD), "lot", lot_specific_tracking="on")
    assert part.status == 200
    assert [tab.get("id") for tab in part.all("details")] == ["tab-lot"]
    assert switch(part, "lot_warehouse_tracking") == (True, False)
    assert switch(part, "lot_sales_outbound_tracking") == (True, True)
    assert "14 other fields follow." in part.words
    assert part.all("section", id_="requirements")[0].get("hx-swap-oob") == "true"
    assert part.all("div", id_="answer")[0].get("hx-swap-oob") == "innerHTML"
    assert switch(supervisor.get(CARD), "lot_specific_tracking") == (False, False)


def test_a_refused_change_keeps_what_was_typed_and_is_said_at_its_field(
    supervisor: PageClient,
) -> None:
    page = supervisor.get(CARD)
    part = follow(supervisor, page, "misc", warranty_date_formula="two years")
    assert part.status == 422
    assert text(part, "warranty_date_formula") == "two years"
    assert part.words.count("“two years” is not a date formula") == 2
    [formula] = part.all("input", name="warranty_date_formula")
    assert formula.get("aria-invalid") == "true"
    assert "HX-Retarget" not in part.response.headers


def test_a_part_that_is_not_there_is_not_found(supervisor: PageClient) -> None:
    assert follow(supervisor, supervisor.get(CARD), "nowhere").status == 404
    assert supervisor.get(f"{LIST}/NOBODY").status == 404


def test_a_refused_card_is_shown_again_as_it_was_typed(supervisor: PageClient) -> None:
    sent = {"description": MARKUP, "warranty_date_formula": "3X", "lot_transfer_tracking": "on"}
    page = save(supervisor, supervisor.get(CARD), **sent)
    assert page.status == 422
    assert (text(page, "description"), text(page, "warranty_date_formula")) == (MARKUP, "3X")
    assert switch(page, "lot_transfer_tracking") == (True, False)
    assert MARKUP not in page.text
    saved = save(supervisor, page, warranty_date_formula="3Y", lot_transfer_tracking="on")
    assert "The card is saved." in supervisor.follow(saved).words


def test_the_second_editor_is_told_what_changed_and_loses_nothing(
    supervisor: PageClient, app: Flask
) -> None:
    mine, theirs = supervisor.get(CARD), supervisor.get(CARD)
    save(supervisor, theirs, description="Theirs", package_specific_tracking="on")
    sent = {"description": "Mine", "lot_transfer_tracking": "on"}
    told = save(supervisor, mine, **sent)
    assert told.status == 422
    assert "Fields: 16." in told.words
    assert "Description Of tests Theirs" in told.words
    assert "Package Specific Tracking No Yes" in told.words
    assert text(told, "description") == "Mine"
    assert switch(told, "lot_transfer_tracking") == (True, False)
    assert switch(told, "package_specific_tracking") == (True, False)
    assert "Changed meanwhile" in told.words
    again = supervisor.follow(save(supervisor, told, lot_transfer_tracking="on"))
    assert text(again, "description") == "Mine"
    assert switch(again, "lot_transfer_tracking") == (True, False)
    assert switch(again, "package_specific_tracking") == (True, False)


def test_an_edit_that_no_longer_fits_what_another_saved_is_shown_with_its_reason(
    supervisor: PageClient,
) -> None:
    save(supervisor, supervisor.get(CARD), lot_transfer_tracking="on")
    mine, theirs = supervisor.get(CARD), supervisor.get(CARD)
    save(supervisor, theirs, lot_specific_tracking="on")
    form = {
        element.get("name"): element.get("value", "")
        for element in mine.form("card", "").iter()
        if element.get("type") in ("hidden", "text")
    }
    told = supervisor.post(CARD, **form)
    assert told.status == 422
    assert "Lot Specific Tracking No Yes" in told.words
    assert "Lot Transfer Tracking follows from Lot Specific Tracking" in told.words


def test_a_save_sent_twice_is_done_once(supervisor: PageClient) -> None:
    page = supervisor.get(CARD)
    for _ in range(2):
        assert save(supervisor, page, description="Once").status == 303
    assert supervisor.get(CARD).words.count("Once") == 1


def test_the_last_changes_stand_on_the_card_with_their_user(
    supervisor: PageClient, clock: Clock
) -> None:
    clock.advance(minutes=1)
    save(supervisor, supervisor.get(CARD), strict_expiration_posting="on")
    [section] = supervisor.get(CARD).all("section", id_="changes")
    words = " ".join("".join(section.itertext()).split())
    assert "Use Expiration Dates No Yes SUE 22 Nov 2026" in words
    assert words.index("Strict Expiration Posting") < words.index("Use Expiration Dates")
    assert words.index("Use Expiration Dates") < words.index("Of tests")


def test_what_the_code_asks_for_stands_on_the_card(supervisor: PageClient) -> None:
    sent = {"serial_sales_outbound_tracking": "on", "serial_info_outbound_must_exist": "on"}
    save(supervisor, supervisor.get(CARD), **sent)
    [section] = supervisor.get(CARD).all("section", id_="requirements")
    words = " ".join("".join(section.itertext()).split())
    assert "Sale, outbound Number and card Nothing Nothing" in words
    assert "Purchase, outbound Card only Nothing Nothing" in words
    assert "Warehouse work Nothing Nothing Nothing" in words


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "no json",
        "[]",
        "[" * 5000,
        "{}",
        json.dumps({"description": 1}),
        json.dumps({"description": "\ud800"}),
        json.dumps({"description": "x", "more": True}),
    ],
)
def test_a_form_that_the_card_did_not_send_is_refused(supervisor: PageClient, forged: str) -> None:
    page = save(supervisor, supervisor.get(CARD), **{"shown-general": forged})
    assert page.status == 422
    assert "did not come as the card sends it" in page.words


def test_every_field_says_what_it_specifies(supervisor: PageClient) -> None:
    page = supervisor.get(CARD)
    ids = {element.get("id"): element for element in page.tree.iter() if element.get("id")}
    for field in page.form("card", "").iter():
        if field.get("type") in ("checkbox", "text"):
            hints = [ids[hint] for hint in field.get("aria-describedby").split()]
            assert "".join(hints[0].itertext()).startswith("Specifies ")


def test_everything_about_item_tracking_codes_is_for_supervisors(app: Flask) -> None:
    views = [view for name, view in app.view_functions.items() if "tracking_codes." in name]
    assert len(views) == 7
    assert all(getattr(view, "supervisor_only", False) for view in views)
