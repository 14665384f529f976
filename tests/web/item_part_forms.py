"""The forms of units, variants and references, as a supervisor fills them in."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.database import Database
from scanner_app.inventory.item import ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_card import blank_card
from scanner_app.inventory.item_reference import ItemReference
from scanner_app.warehouse.set_up_item import create_item
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

CARD = "/items/GLOVE"
PARTS = ("units", "variants", "references")


def add_gloves(database: Database, clock: Clock) -> None:
    """The items GLOVE and HAT, and a unit of measure in which neither counts."""

    def work(session: Session) -> None:
        session.add_all([UnitOfMeasure(code="PCS"), UnitOfMeasure(code="BOX", description="Box")])
        session.flush()
        for no in ("GLOVE", "HAT"):
            typed = {"no": no, "base_unit_of_measure": "PCS", "description": f"Winter {no.lower()}"}
            create_item(session, blank_card() | typed, Change(clock.now, None))

    database.write(work)


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
    "references": {"reference_no": "4006381333931", "unit": "PCS"},
}
