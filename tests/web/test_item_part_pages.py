"""Which rows of an item have a page, for whom, and how many are shown."""

import pytest

from scanner_app.database import Database
from scanner_app.inventory.item import UnitOfMeasure
from scanner_app.web import item_part_pages
from tests.web.conftest import Clock
from tests.web.item_part_forms import CARD, WHOLE, add_gloves, new, row_address
from tests.web.page_client import PageClient


@pytest.fixture(autouse=True)
def gloves(web_database: Database, clock: Clock) -> None:
    add_gloves(web_database, clock)


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
