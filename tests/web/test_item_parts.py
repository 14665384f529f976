"""The forms of units, variants and references, on pages of their own and on the card."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.database import Database
from scanner_app.inventory.item import ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_card import blank_card
from scanner_app.inventory.item_reference import ItemReference
from scanner_app.warehouse.set_up_item import create_item
from scanner_app.web import item_part_pages
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

CARD = "/items/GLOVE"
PARTS = ("units", "variants", "references")
MARKUP = "<img src=x onerror=alert(1)>"
GTIN = "4006381333931"


@pytest.fixture(autouse=True)
def gloves(web_database: Database, clock: Clock) -> None:
    """The items GLOVE and HAT, and a unit of measure in which neither counts."""

    def work(session: Session) -> None:
        session.add_all([UnitOfMeasure(code="PCS"), UnitOfMeasure(code="BOX", description="Box")])
        session.flush()
        for no in ("GLOVE", "HAT"):
            typed = {"no": no, "base_unit_of_measure": "PCS", "description": f"Winter {no.lower()}"}
            create_item(session, blank_card() | typed, Change(clock.now, None))

    web_database.write(work)


def new(client: PageClient, part: str, **fields: str) -> Page:
    page = client.get(f"{CARD}/{part}/new")
    return client.post_form(f"{CARD}/{part}", page, f"edit-{part}", **fields)


def row_address(page: Page, part: str) -> str:
    """Where the first row of a part is edited."""
    [tab] = page.all("details", id_=f"tab-{part}")
    return next(
        str(link.get("href"))
        for link in tab.iter()
        if str(link.get("href", "")).rpartition("/")[2].isdigit()
    )


def save(client: PageClient, address: str, page: Page, part: str, **fields: str) -> Page:
    return client.post_form(address, page, f"edit-{part}", **fields)


def at_fault(page: Page) -> set[str]:
    fields = [*page.all("input"), *page.all("select")]
    return {field.get("name") for field in fields if field.get("aria-invalid") == "true"}


def value(page: Page, name: str) -> str:
    [found] = page.all("input", name=name)
    return str(found.get("value", ""))


def counts(database: Database) -> tuple[int, ...]:
    tables = (ItemUnit, ItemVariant, ItemReference)
    with database.read() as session:
        return tuple(session.scalars(select(func.count(t.id))).one() for t in tables)


WHOLE = {
    "units": {"code": "BOX", "qty_per_unit_of_measure": "6"},
    "variants": {"code": "XL", "description": "Extra large"},
    "references": {"reference_no": GTIN, "unit": "PCS"},
}


@pytest.mark.parametrize("part", PARTS)
def test_a_row_is_added_changed_and_removed_by_plain_forms(
    supervisor: PageClient, web_database: Database, part: str
) -> None:
    before = counts(web_database)
    card = supervisor.follow(new(supervisor, part, **WHOLE[part]))
    assert "The row is added." in card.words
    assert card.h1 == "GLOVE"
    address = row_address(card, part)
    field = "qty_per_unit_of_measure" if part == "units" else "description"
    saved = save(supervisor, address, supervisor.get(address), part, **{field: "8"})
    card = supervisor.follow(saved)
    assert "The row is saved." in card.words
    assert saved.location.endswith(f"#tab-{part}")
    page = supervisor.get(address)
    assert value(page, field) == "8"
    gone = supervisor.post_form(f"{address}/removal", page, f"remove-{part}")
    assert "The row is removed." in supervisor.follow(gone).words
    assert counts(web_database) == before
    assert supervisor.get(address).status == 404


@pytest.mark.parametrize("part", PARTS)
def test_on_the_card_a_row_is_edited_in_its_place(supervisor: PageClient, part: str) -> None:
    parts = supervisor.as_htmx
    opened = parts.get(f"{CARD}/{part}/new")
    assert not opened.all("h1")
    assert opened.all("form", id_=f"edit-{part}")
    added = parts.post_form(f"{CARD}/{part}", opened, f"edit-{part}", **WHOLE[part])
    assert added.status == 200
    assert not added.all("form", id_=f"edit-{part}")
    assert "The row is added." in "".join(added.all("div", id_="answer")[0].itertext())
    assert added.all("section", id_="changes", hx_swap_oob="outerHTML")
    address = row_address(added, part)
    opened = parts.get(address)
    gone = parts.post_form(f"{address}/removal", opened, f"remove-{part}")
    assert "The row is removed." in gone.words
    closed = parts.get(f"{CARD}/{part}")
    assert not closed.all("section", id_="changes")
    assert closed.all("details", id_=f"tab-{part}")


@pytest.mark.parametrize(
    ("part", "field", "typed", "said"),
    [
        ("units", "code", "", "The Unit of Measure is empty."),
        ("units", "code", "ELL", "There is no unit of measure ELL."),
        ("units", "code", "PCS", "Item GLOVE counts in PCS already."),
        ("units", "qty_per_unit_of_measure", "0", "“0” is not a Qty. per Unit of Measure."),
        ("units", "qty_per_unit_of_measure", "\x001", "“1” is not a Qty."),
        ("variants", "code", " ", "The Code of the variant is empty."),
        ("variants", "code", "X" * 11, "longer than the 10 characters"),
        ("variants", "description", "x" * 101, "more than 100 characters"),
        ("references", "reference_no", "", "The Reference No. is empty."),
        ("references", "reference_no", "X" * 51, "longer than the 50 characters"),
        ("references", "reference_no", "HAT", "HAT stands for HAT at the same time."),
        ("references", "reference_type", "Nobody", "There is no reference type “Nobody”."),
        ("references", "unit", "BOX", "Item GLOVE does not count in “BOX”."),
        ("references", "variant", "XL", "Item GLOVE has no variant XL."),
        ("references", "starting_date", "soon", "“soon” is not a date."),
        ("references", "ending_date", "2026-13-01", "“2026-13-01” is not a date."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    supervisor: PageClient,
    web_database: Database,
    part: str,
    field: str,
    typed: str,
    said: str,
) -> None:
    before = counts(web_database)
    words = {} if part == "units" else {"description": MARKUP}
    page = new(supervisor, part, **(WHOLE[part] | words | {field: typed}))
    assert page.status == 422
    assert said in page.words
    assert at_fault(page) == {field}
    assert MARKUP not in page.text
    if words and field != "description":
        assert value(page, "description") == MARKUP
    assert counts(web_database) == before
    part_of_card = supervisor.as_htmx
    opened = part_of_card.get(f"{CARD}/{part}/new")
    fields = WHOLE[part] | {field: typed}
    again = part_of_card.post_form(f"{CARD}/{part}", opened, f"edit-{part}", **fields)
    assert again.status == 422
    assert at_fault(again) == {field}


def test_a_reference_that_ends_before_it_starts_is_refused(supervisor: PageClient) -> None:
    days = {"starting_date": "2026-02-02", "ending_date": "2026-02-01"}
    page = new(supervisor, "references", **(WHOLE["references"] | days))
    assert "The Ending Date 1 Feb 2026 is before the Starting Date 2 Feb 2026." in page.words
    assert at_fault(page) == {"ending_date"}
    assert value(page, "starting_date") == "2026-02-02"


def test_a_bar_code_of_other_goods_asks_once(supervisor: PageClient) -> None:
    fields = {"reference_no": "HAT", "unit": "PCS"}
    asked = new(supervisor, "references", **fields)
    assert asked.status == 422
    [switch] = asked.all("input", name="also_on_others")
    assert switch.get("checked") is None
    saved = supervisor.post_form(
        f"{CARD}/references", asked, "edit-references", also_on_others="on"
    )
    assert "HAT" in supervisor.follow(saved).words
    assert not supervisor.get(f"{CARD}/references/new").all("input", name="also_on_others")


def test_the_question_stays_while_something_else_is_wrong(supervisor: PageClient) -> None:
    asked = new(supervisor, "references", reference_no="HAT", unit="PCS")
    wrong = {"also_on_others": "on", "ending_date": "soon"}
    page = supervisor.post_form(f"{CARD}/references", asked, "edit-references", **wrong)
    assert at_fault(page) == {"ending_date"}
    assert page.all("input", name="also_on_others")


@pytest.mark.parametrize("part", PARTS)
def test_a_second_editor_is_told_what_changed_and_loses_nothing_typed(
    supervisor: PageClient, part: str
) -> None:
    card = supervisor.follow(new(supervisor, part, **WHOLE[part]))
    address = row_address(card, part)
    field = "qty_per_unit_of_measure" if part == "units" else "description"
    page = supervisor.get(address)
    save(supervisor, address, supervisor.get(address), part, **{field: "8"})
    refused = save(supervisor, address, page, part, **{field: "9"})
    assert refused.status == 422
    rows = " ".join("".join(refused.all("section", id_="meanwhile")[0].itertext()).split())
    assert rows.endswith("8")
    assert value(refused, field) == "9"
    supervisor.follow(save(supervisor, address, refused, part))
    assert value(supervisor.get(address), field) == "9"


def test_a_variant_that_is_blocked_says_so(supervisor: PageClient) -> None:
    card = supervisor.follow(new(supervisor, "variants", **WHOLE["variants"]))
    address = row_address(card, "variants")
    card = supervisor.follow(
        save(supervisor, address, supervisor.get(address), "variants", blocked="on")
    )
    rows = " ".join("".join(card.all("section", id_="changes")[0].itertext()).split())
    assert "Blocked XL: No XL: Yes SUE" in rows
    [switch] = supervisor.get(address).all("input", type="checkbox", name="blocked")
    assert switch.get("checked") is not None


@pytest.mark.parametrize("part", PARTS)
def test_a_row_that_is_gone_says_so_and_stays_gone(supervisor: PageClient, part: str) -> None:
    card = supervisor.follow(new(supervisor, part, **WHOLE[part]))
    address = row_address(card, part)
    page, other = supervisor.get(address), supervisor.get(address)
    supervisor.post_form(f"{address}/removal", page, f"remove-{part}")
    for late in (
        supervisor.post_form(f"{address}/removal", other, f"remove-{part}"),
        save(supervisor, address, other, part),
        supervisor.as_htmx.post_form(address, other, f"edit-{part}"),
    ):
        assert late.status == 422
        assert "no longer there" in late.words


@pytest.mark.parametrize("read", ["", "[]", "{}", '{"code": 1}', "[" * 9999])
def test_a_form_that_no_card_sent_is_refused(supervisor: PageClient, read: str) -> None:
    card = supervisor.follow(new(supervisor, "units", **WHOLE["units"]))
    address = row_address(card, "units")
    page = save(supervisor, address, supervisor.get(address), "units", read=read)
    assert page.status == 422
    assert "did not come as the card sends it" in page.words


def test_what_a_row_keeps_cannot_be_changed_by_a_form_of_ones_own(supervisor: PageClient) -> None:
    card = supervisor.follow(new(supervisor, "units", **WHOLE["units"]))
    address = row_address(card, "units")
    page = supervisor.get(address)
    hidden = {
        element.get("name"): element.get("value", "")
        for element in page.form("edit-units", "").iter()
        if element.get("name")
    }
    supervisor.follow(supervisor.post(address, **(hidden | {"code": "PCS"})))
    assert supervisor.get(address).all("h3", id_="edit-units-heading")[0].text == "BOX"


def test_units_are_shown_a_part_at_a_time_by_how_much_they_hold(
    supervisor: PageClient, web_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    web_database.write(lambda session: session.add(UnitOfMeasure(code="BAG")))
    new(supervisor, "units", code="BOX", qty_per_unit_of_measure="6")
    new(supervisor, "units", code="BAG", qty_per_unit_of_measure="12")
    monkeypatch.setattr(item_part_pages, "ROWS_MAX", 2)
    [tab] = supervisor.get(CARD).all("details", id_="tab-units")
    [more] = [a for a in tab.iter() if "More" in "".join(a.itertext()) and a.get("href")]
    rest = supervisor.get(more.get("href"))
    assert [cell for cell in rest.all("th", scope="row") if "BAG" in "".join(cell.itertext())]
    assert not [c for c in rest.all("th", scope="row") if "BOX" in "".join(c.itertext())]
    offered = supervisor.get(f"{CARD}/references/new").all("select", name="unit")[0]
    assert [option.get("value") for option in offered.iter()][1:] == ["BAG", "BOX", "PCS"]


@pytest.mark.parametrize("part", ["variants", "references"])
def test_the_rows_are_shown_a_part_at_a_time(
    supervisor: PageClient, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(item_part_pages, "ROWS_MAX", 2)
    name = "code" if part == "variants" else "reference_no"
    for code in ("C", "A", "B"):
        new(supervisor, part, **(WHOLE[part] | {name: code}))
    card = supervisor.get(CARD)
    [tab] = card.all("details", id_=f"tab-{part}")
    [more] = [a for a in tab.iter() if "More" in "".join(a.itertext()) and a.get("href")]
    rest = supervisor.get(more.get("href"))
    headings = ["".join(cell.itertext()).split()[0] for cell in rest.all("th", scope="row")]
    assert headings == ["C"]
    assert "More" not in "".join(rest.all("details", id_=f"tab-{part}")[0].itertext())
    for odd in ("-1", "x", "9" * 30):
        assert supervisor.get(f"{CARD}/{part}?after={odd}").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/items/NOWHERE/units",
        f"{CARD}/units/999",
        f"{CARD}/units/" + "9" * 30,
        f"{CARD}/pictures",
        f"{CARD}/variants/1",
    ],
)
def test_what_is_not_there_has_no_page(supervisor: PageClient, path: str) -> None:
    """The first variant is the blank one."""
    assert supervisor.get(path).status == 404


def test_a_row_of_another_item_has_no_page_here(supervisor: PageClient) -> None:
    card = supervisor.follow(new(supervisor, "units", **WHOLE["units"]))
    address = row_address(card, "units").replace("GLOVE", "HAT")
    assert supervisor.get(address).status == 404


@pytest.mark.parametrize("path", ["units", "units/new", "variants", "references/new", "units/1"])
def test_the_forms_are_the_supervisors(worker: PageClient, path: str) -> None:
    assert worker.get(f"{CARD}/{path}").status == 403


def test_an_item_no_with_odd_characters_has_its_parts(supervisor: PageClient) -> None:
    page = supervisor.get("/items/new")
    odd = {"no": "A B?#%&", "base_unit_of_measure": "PCS"}
    card = supervisor.follow(supervisor.post_form("/items", page, "card", **odd))
    address = next(
        a.get("href") for a in card.all("a") if (a.get("href") or "").endswith("/variants/new")
    )
    page = supervisor.get(address)
    action = page.form("edit-variants", "").get("action")
    made = supervisor.post_form(action, page, "edit-variants", code="XL")
    assert "XL" in supervisor.follow(made).words
