"""The forms of units, variants and references, on pages of their own and on the card."""

import pytest

from scanner_app.database import Database
from tests.web.conftest import Clock
from tests.web.item_part_forms import (
    CARD,
    PARTS,
    WHOLE,
    add_gloves,
    at_fault,
    counts,
    new,
    row_address,
    save,
    value,
)
from tests.web.page_client import PageClient

MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def gloves(web_database: Database, clock: Clock) -> None:
    add_gloves(web_database, clock)


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
        ("references", "starting_date", "soon", "Starting Date: “soon” is not a date."),
        ("references", "ending_date", "2026-13-01", "Ending Date: “2026-13-01” is not a date."),
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
    assert page.all("input", name="also_on_others")[0].get("checked") is not None


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
    late = supervisor.post_form(f"{address}/removal", page, f"remove-{part}")
    assert late.status == 422
    assert value(late, field) == "8"
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
