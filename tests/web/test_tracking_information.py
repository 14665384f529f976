"""The pages Serial, Lot and Package No. Information."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.database import Database
from scanner_app.inventory.information_card import KEY_FIELDS, blank_card, captions_of
from scanner_app.inventory.information_setup import create_information, delete_information
from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.inventory.item_card import blank_card as blank_item_card
from scanner_app.inventory.tracking_information import LotNoInformation, NumberKind
from scanner_app.warehouse.set_up_item import create_item
from scanner_app.web import tracking_information
from scanner_app.web.card_form import CardFields, CardForm, read_form
from tests.quick_runs import examples
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient
from tests.web.test_items import MARKUP, at_fault, text

LOTS = "/lot-no-information"
CARD = f"{LOTS}/1"
FORM_FIELDS = captions_of(NumberKind.LOT).keys()
OWN_FIELDS = FORM_FIELDS - set(KEY_FIELDS)
FAMILIES = [f"/{kind.value.lower()}-no-information" for kind in NumberKind]


@pytest.fixture(autouse=True)
def paint(web_database: Database, clock: Clock) -> None:
    """The item PAINT, and one card of each kind for its number N-1."""
    change = Change(clock.now, None)

    def work(session: Session) -> None:
        session.add(UnitOfMeasure(code="PCS", description="Piece"))
        session.flush()
        typed = {"no": "PAINT", "base_unit_of_measure": "PCS", "description": "Blue paint"}
        create_item(session, blank_item_card() | typed, change)
        for kind in NumberKind:
            card = blank_card(kind) | {"item_no": "PAINT", "number": "N-1"}
            create_information(session, kind, card, change)

    web_database.write(work)


def save(client: PageClient, page: Page, **fields: str) -> Page:
    return client.post_form(CARD, page, "card", **fields)


def new(client: PageClient, **fields: str) -> Page:
    usual = {"item_no": "PAINT", "number": "NEW"}
    return client.post_form(LOTS, client.get(f"{LOTS}/new"), "card", **(usual | fields))


def count_of_lots(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(func.count(LotNoInformation.id))).one()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("item_no", " ", "The Item No. is empty."),
        ("item_no", "NOPE", "There is no item NOPE."),
        ("item_no", "X" * 21, "Item No. has more than 20 characters."),
        ("variant_code", "RED", "Item PAINT has no variant RED."),
        ("number", "", "The Lot No. is empty."),
        ("number", "n-1", "There is a card for Lot No. N-1 of item PAINT already."),
        ("number", "X" * 51, "Lot No. has more than 50 characters."),
        ("number", "A\x00", "Lot No. holds a character that cannot be printed or seen."),
        ("description", "x" * 101, "more than 100 characters"),
        ("test_quality", "Superb", "The Test Quality is none of Good, Average and Bad."),
        ("certificate_number", "X" * 21, "Certificate Number has more than 20 characters."),
        ("comment", "x" * 251, "Comment has more than 250 characters."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    supervisor: PageClient, web_database: Database, field: str, value: str, said: str
) -> None:
    typed = {"comment": MARKUP, "blocked": "on"} | {field: value}
    page = new(supervisor, **typed)
    assert page.status == 422
    assert said in page.words
    assert at_fault(page) == {field}
    assert field == "comment" or text(page, "comment") == MARKUP
    assert page.all("input", name="blocked")[0].get("checked") is not None
    assert MARKUP not in page.text
    assert count_of_lots(web_database) == 1


def test_a_card_sent_twice_is_made_once(supervisor: PageClient, web_database: Database) -> None:
    page = supervisor.get(f"{LOTS}/new")
    fields = {"item_no": "PAINT", "number": "NEW"}
    first = supervisor.post_form(LOTS, page, "card", **fields)
    second = supervisor.post_form(LOTS, page, "card", **fields)
    assert first.location == second.location
    assert count_of_lots(web_database) == 2


def test_markup_is_shown_as_text_wherever_a_card_is_shown(supervisor: PageClient) -> None:
    card = supervisor.follow(new(supervisor, number="<B>&?#%/..", description=MARKUP))
    assert card.h1 == "<B>&?#%/.."
    assert text(card, "description") == MARKUP
    page = supervisor.get(f"{LOTS}?q=%3Cb")
    assert "<B>&?#%/.." in page.words
    assert MARKUP not in card.text + page.text


@pytest.mark.parametrize(("field", "value"), [("test_quality", "Good"), ("comment", "Old stock")])
def test_what_is_typed_is_saved_and_shown_with_its_editor(
    supervisor: PageClient, field: str, value: str
) -> None:
    card = supervisor.follow(save(supervisor, supervisor.get(CARD), **{field: value}))
    assert "The card is saved." in card.words
    changes = " ".join("".join(card.all("section", id_="changes")[0].itertext()).split())
    assert f"{value} SUE" in changes


@pytest.mark.parametrize("family", FAMILIES)
def test_each_kind_has_the_fields_of_its_kind(supervisor: PageClient, family: str) -> None:
    page = supervisor.get(f"{family}/1")
    names = {e.get("name") for tag in ("input", "select") for e in page.all(tag)}
    own = {
        FAMILIES[0]: set(),
        FAMILIES[1]: {"test_quality", "certificate_number"},
        FAMILIES[2]: {"country_region_code", "certificate_number"},
    }
    of_every_page = {"csrf_token", "request_id", "read", "q"}
    assert names - of_every_page == {"blocked", "description", "comment"} | own[family]


def test_the_list_is_shown_a_part_at_a_time(
    supervisor: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "These are all." in supervisor.get(LOTS).words
    monkeypatch.setattr(tracking_information, "ROWS_MAX", 1)
    new(supervisor, number="N-2  A&B")
    new(supervisor, number="N-3")
    seen, address = [], f"{LOTS}?q=n&blocked=no"
    while address:
        page = supervisor.get(address)
        seen += ["".join(row.itertext()).split()[0] for row in page.all("strong")]
        more = [a for a in page.all("a") if "".join(a.itertext()).strip() == "More"]
        address = more[0].get("href") if more else ""
    assert seen == ["N-1", "N-2", "N-3"]
    assert "By number, after N-2  A&B" in page.text.replace("&amp;", "&")


@pytest.mark.parametrize(
    "asked",
    [
        "q=nothing+such",
        "blocked=yes",
        "after=ZZZ",
        f"after=ZZZ&after_id={10**30}",
        "after=ZZZ&after_id=-1",
        "after=ZZZ&after_id=x",
        "q=" + "x" * 999,
    ],
)
def test_a_list_of_nothing_says_so(supervisor: PageClient, asked: str) -> None:
    page = supervisor.get(f"{LOTS}?{asked}")
    assert page.status == 200
    assert "No card is found so." in page.words


def test_an_empty_list_says_how_to_begin(supervisor: PageClient, web_database: Database) -> None:
    web_database.write(lambda session: session.execute(delete(LotNoInformation)))
    assert "No card yet" in supervisor.get(LOTS).words


def test_a_link_fills_in_the_item_and_the_number(supervisor: PageClient) -> None:
    page = supervisor.get(f"{LOTS}/new?item_no=PAINT&number=N%00%2F9&blocked=on&comment=x")
    assert text(page, "item_no") == "PAINT"
    assert text(page, "number") == "N/9"
    assert text(page, "comment") == ""
    assert page.all("input", name="blocked")[0].get("checked") is None


def test_a_second_editor_is_told_what_changed_and_loses_nothing_typed(
    supervisor: PageClient, web_database: Database
) -> None:
    page = supervisor.get(CARD)
    save(supervisor, supervisor.get(CARD), description="Theirs", blocked="on")
    refused = save(supervisor, page, comment="Mine", description="Mine too")
    assert refused.status == 422
    rows = " ".join("".join(refused.all("section", id_="meanwhile")[0].itertext()).split())
    assert "Description \N{EN DASH} Theirs" in rows
    assert "Blocked No Yes" in rows
    assert (text(refused, "comment"), text(refused, "description")) == ("Mine", "Mine too")
    assert refused.all("input", name="blocked")[0].get("checked") is not None
    supervisor.follow(save(supervisor, refused))
    with web_database.read() as session:
        card = session.scalars(select(LotNoInformation)).one()
        assert (card.description, card.comment, card.blocked) == ("Mine too", "Mine", True)


def test_who_is_overtaken_while_saving_is_shown_what_is_so_now(
    supervisor: PageClient, web_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the page had read before the write is older than what the write has found."""
    overtake = update(LotNoInformation).values(description="Theirs")

    def read_late(form: Mapping[str, str], fields: CardFields) -> CardForm:
        web_database.write(lambda session: session.execute(overtake))
        return read_form(form, fields)

    page = supervisor.get(CARD)
    monkeypatch.setattr(tracking_information, "read_form", read_late)
    refused = save(supervisor, page, comment="Mine")
    assert refused.all("section", id_="meanwhile")
    assert (text(refused, "comment"), text(refused, "description")) == ("Mine", "Theirs")


def test_a_form_cannot_rename_a_number(supervisor: PageClient, web_database: Database) -> None:
    page = supervisor.get(CARD)
    read = json.loads(text(page, "read")) | {"number": "N-9"}
    assert save(supervisor, page, read=json.dumps(read)).status == 422
    with web_database.read() as session:
        assert session.scalars(select(LotNoInformation.lot_no)).all() == ["N-1"]


@pytest.mark.parametrize("read", ["", "[]", "{}", '{"number": 1}', "[" * 9999, "bad"])
def test_a_form_that_no_card_sent_is_refused(supervisor: PageClient, read: str) -> None:
    page = save(supervisor, supervisor.get(CARD), read=read)
    assert page.status == 422
    assert "did not come as the card sends it" in page.words


def test_a_card_is_deleted_and_the_list_says_so(supervisor: PageClient) -> None:
    page = supervisor.get(CARD)
    removal = f"{CARD}/removal"
    after = supervisor.follow(supervisor.post_form(removal, page, "removal"))
    assert "The card is deleted." in after.words
    assert supervisor.get(CARD).status == 404


def test_a_blocked_card_is_not_deleted_and_says_why(supervisor: PageClient) -> None:
    card = supervisor.follow(save(supervisor, supervisor.get(CARD), blocked="on"))
    refused = supervisor.post_form(f"{CARD}/removal", card, "removal")
    assert refused.status == 422
    assert "is blocked, so its card stays." in refused.words


def test_a_card_that_is_gone_is_not_there_for_those_who_have_it_open(
    supervisor: PageClient, web_database: Database, clock: Clock
) -> None:
    page = supervisor.get(CARD)
    web_database.write(
        lambda session: delete_information(session, NumberKind.LOT, 1, Change(clock.now, None))
    )
    assert save(supervisor, page, comment="Mine").status == 404
    assert supervisor.post_form(f"{CARD}/removal", page, "removal").status == 404


@pytest.mark.parametrize("card_id", ["2", "x", str(10**30), "-1"])
def test_a_card_that_is_not_there_has_no_page(supervisor: PageClient, card_id: str) -> None:
    assert supervisor.get(f"{LOTS}/{card_id}").status == 404


@pytest.mark.parametrize("family", FAMILIES)
def test_the_pages_are_the_supervisors(worker: PageClient, family: str) -> None:
    for path in (family, f"{family}/new", f"{family}/1"):
        assert worker.get(path).status == 403


@pytest.mark.slow
def test_whatever_is_typed_or_asked_is_answered(supervisor: PageClient) -> None:
    fields = st.sampled_from([*captions_of(NumberKind.LOT), "q", "after", "after_id", "read"])

    @settings(max_examples=examples(40), deadline=None, derandomize=True)
    @given(st.dictionaries(fields, st.text(st.characters(exclude_categories=["Cs"]))))
    def check(typed: dict[str, str]) -> None:
        for path in (LOTS, f"{LOTS}/new"):
            assert supervisor.get(f"{path}?{urlencode(typed)}").status == 200
        sent = {name: value for name, value in typed.items() if name in FORM_FIELDS}
        assert new(supervisor, **sent).status in {303, 422}
        changed = {name: value for name, value in sent.items() if name in OWN_FIELDS}
        assert save(supervisor, supervisor.get(CARD), **changed).status in {303, 422}

    check()
