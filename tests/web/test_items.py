"""The pages Items and Item Card."""

import json

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.database import Database
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_card import blank_card, find_item
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.records import Base
from scanner_app.warehouse.set_up_item import create_item
from scanner_app.web import items
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

LIST = "/items"
CARD = f"{LIST}/GLOVE"
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def gloves(web_database: Database, clock: Clock) -> None:
    """The item GLOVE, a code that uses dates, and a series."""

    def work(session: Session) -> None:
        session.add_all(
            [
                UnitOfMeasure(code="PCS", description="Piece"),
                ItemTrackingCode(code="DATED", use_expiration_dates=True),
                NumberSeries(code="SN-NEW"),
            ]
        )
        session.flush()
        typed = {"no": "GLOVE", "base_unit_of_measure": "PCS", "description": "Winter glove"}
        create_item(session, blank_card() | typed, Change(clock.now, None))

    web_database.write(work)


def save(client: PageClient, page: Page, **fields: str) -> Page:
    return client.post_form(CARD, page, "card", **fields)


def new(client: PageClient, **fields: str) -> Page:
    usual = {"no": "NEW", "base_unit_of_measure": "PCS"}
    return client.post_form(LIST, client.get(f"{LIST}/new"), "card", **(usual | fields))


def text(page: Page, name: str) -> str:
    [found] = page.all("input", name=name)
    return str(found.get("value", ""))


def at_fault(page: Page) -> set[str]:
    """The fields that the page says are wrong."""
    fields = [*page.all("input"), *page.all("select")]
    return {field.get("name") for field in fields if field.get("aria-invalid") == "true"}


def count_of_items(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(func.count(Item.id))).one()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("no", " ", "The No. is empty."),
        ("no", "glove", "There is an item GLOVE already."),
        ("no", "X" * 21, "longer than the 20 characters"),
        ("no", "A\x00", "cannot be printed or seen"),
        ("no", "A/B", "cannot be the No. of an item"),
        ("description", "x" * 101, "more than 100 characters"),
        ("base_unit_of_measure", "", "The Base Unit of Measure is empty."),
        ("base_unit_of_measure", "ELL", "There is no unit of measure ELL."),
        ("gtin", "12", "“12” is not a GTIN."),
        ("gtin", "4006381333932", "The check digit of 4006381333932 is wrong."),
        ("qty_rounding_precision", "-1", "is not a Qty. Rounding Precision."),
        ("item_tracking_code", "NOPE", "There is no Item Tracking Code NOPE."),
        ("serial_nos", "NOPE", "There is no number series NOPE."),
        ("serial_nos", "SN-NEW", "Serial Nos. needs an Item Tracking Code."),
        ("lot_nos", "SN-NEW", "Lot Nos. needs an Item Tracking Code."),
        ("expiration_calculation", "6M", "needs an Item Tracking Code with Use Expiration"),
        ("expiration_calculation", "6M+3Z", "it stops making sense at character 3."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    supervisor: PageClient, web_database: Database, field: str, value: str, said: str
) -> None:
    page = new(supervisor, **({"description": MARKUP} | {field: value}))
    assert page.status == 422
    assert said in page.words
    assert at_fault(page) == {field}
    assert field == "description" or text(page, "description") == MARKUP
    assert MARKUP not in page.text
    assert count_of_items(web_database) == 1


@pytest.mark.parametrize(
    "field",
    ["gtin", "base_unit_of_measure", "item_tracking_code", "serial_nos", "expiration_calculation"],
)
def test_no_refusal_shows_a_character_that_cannot_be_shown(
    supervisor: PageClient, field: str
) -> None:
    page = new(supervisor, **{field: "1\x1f\u202e2"})
    assert page.status == 422
    assert at_fault(page) == {field}
    assert not {"\x1f", "\u202e"} & set(page.text)


def test_a_card_sent_twice_makes_one_item(supervisor: PageClient, web_database: Database) -> None:
    page = supervisor.get(f"{LIST}/new")
    fields = {"no": "NEW", "base_unit_of_measure": "PCS"}
    first = supervisor.post_form(LIST, page, "card", **fields)
    second = supervisor.post_form(LIST, page, "card", **fields)
    assert first.location == second.location
    assert count_of_items(web_database) == 2


def test_markup_is_shown_as_text_wherever_an_item_is_shown(supervisor: PageClient) -> None:
    card = supervisor.follow(new(supervisor, no="<B>&?#%", description=MARKUP))
    assert card.h1 == "<B>&?#%"
    assert text(card, "description") == MARKUP
    page = supervisor.get(f"{LIST}?q=img")
    assert "<B>&?#%" in page.words
    assert MARKUP not in card.text + page.text


def test_the_list_is_shown_a_part_at_a_time(
    supervisor: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "These are all." in supervisor.get(LIST).words
    monkeypatch.setattr(items, "ROWS_MAX", 1)
    new(supervisor, no="HAT", description="Winter hat")
    page = supervisor.get(f"{LIST}?q=winter&blocked=no")
    [more] = [link for link in page.all("a") if "".join(link.itertext()).strip() == "More"]
    assert more.get("href") == f"{LIST}?q=winter&blocked=no&after=GLOVE"
    rest = supervisor.get(more.get("href"))
    assert "Winter hat" in rest.words
    assert "Winter glove" not in rest.words
    assert "By No., after GLOVE" in rest.words


@pytest.mark.parametrize(
    "asked",
    [
        "q=nothing+such",
        "tracking_code=NOPE",
        "blocked=yes",
        "after=ZZZ",
        "q=%00%F0",
        "q=" + "x" * 999,
    ],
)
def test_a_list_of_nothing_says_so(supervisor: PageClient, asked: str) -> None:
    page = supervisor.get(f"{LIST}?{asked}")
    assert page.status == 200
    assert "Winter glove" not in page.words or asked == "q=%00%F0"


def test_an_empty_list_says_how_to_begin(supervisor: PageClient, web_database: Database) -> None:
    assert "No item is found so." in supervisor.get(f"{LIST}?tracking_code=NOPE").words
    tables = ("code_index", "item_word", "item_unit", "item_variant", "item")

    def empty(session: Session) -> None:
        for table in tables:
            session.execute(delete(Base.metadata.tables[table]))

    web_database.write(empty)
    assert "Choose New to add the first one." in supervisor.get(LIST).words


def test_a_blocked_item_says_so_and_can_be_released(supervisor: PageClient) -> None:
    blocked = supervisor.follow(save(supervisor, supervisor.get(CARD), blocked="Yes"))
    [switch] = blocked.all("input", type="checkbox", name="blocked")
    assert switch.get("checked") is not None
    assert "GLOVE" in supervisor.get(f"{LIST}?blocked=yes").words
    fields = {
        element.get("name"): element.get("value", "")
        for element in blocked.form("card", "").iter()
        if element.get("name") not in (None, "blocked")
    }
    fields |= {"base_unit_of_measure": "PCS"}
    released = supervisor.follow(supervisor.post(CARD, **fields))
    assert released.all("input", type="checkbox", name="blocked")[0].get("checked") is None
    rows = " ".join("".join(released.all("section", id_="changes")[0].itertext()).split())
    assert "Blocked Yes No SUE" in rows


def test_a_second_editor_is_told_what_changed_and_loses_nothing_typed(
    supervisor: PageClient, web_database: Database
) -> None:
    page = supervisor.get(CARD)
    save(supervisor, supervisor.get(CARD), description="Summer glove", gtin="96385074")
    refused = save(supervisor, page, qty_rounding_precision="1", gtin="4006381333931")
    assert refused.status == 422
    rows = " ".join("".join(refused.all("section", id_="meanwhile")[0].itertext()).split())
    assert "Description Winter glove Summer glove" in rows
    assert "GTIN \N{EN DASH} 96385074" in rows
    assert text(refused, "qty_rounding_precision") == "1"
    assert text(refused, "gtin") == "4006381333931"
    assert text(refused, "description") == "Summer glove"
    saved = supervisor.follow(save(supervisor, refused))
    assert "The card is saved." in saved.words
    with web_database.read() as session:
        item = find_item(session, "GLOVE")
        assert item is not None
        assert (item.description, item.gtin) == ("Summer glove", "4006381333931")


@pytest.mark.parametrize("read", ["", "[]", "{}", '{"no": 1}', "[" * 9999, "bad"])
def test_a_form_that_no_card_sent_is_refused(supervisor: PageClient, read: str) -> None:
    page = save(supervisor, supervisor.get(CARD), read=read)
    assert page.status == 422
    assert "did not come as the card sends it" in page.words


def test_a_card_that_was_read_with_controls_in_it_is_refused(supervisor: PageClient) -> None:
    page = supervisor.get(CARD)
    read = json.loads(text(page, "read")) | {"description": "a\x00"}
    assert save(supervisor, page, read=json.dumps(read)).status == 422


@pytest.mark.parametrize("no", ["NOWHERE", "%00", "A%2FB", "X" * 200])
def test_an_item_that_is_not_there_has_no_page(supervisor: PageClient, no: str) -> None:
    assert supervisor.get(f"{LIST}/{no}").status == 404


def test_a_card_is_found_in_small_letters_too(supervisor: PageClient) -> None:
    assert supervisor.get(f"{LIST}/glove").h1 == "GLOVE"


def test_a_formula_that_was_refused_is_said_once_and_marked(supervisor: PageClient) -> None:
    page = save(supervisor, supervisor.get(CARD), expiration_calculation="6M+3Z")
    parts = [*page.all("p", id_="expiration_calculation-error"), *page.all("mark")]
    assert len(parts) == 2
    preview = "".join(page.all("div", id_="expiration_calculation-preview")[0].itertext())
    assert "stops making sense" not in preview


@pytest.mark.parametrize("path", [LIST, f"{LIST}/new", CARD])
def test_the_pages_are_the_supervisors(worker: PageClient, path: str) -> None:
    assert worker.get(path).status == 403
