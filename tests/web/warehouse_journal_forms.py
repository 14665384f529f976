"""The pages of warehouse journals, as a supervisor at a directed location fills them in."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.access.user import User
from scanner_app.warehouse.employee import assign_location
from tests.builders import Warehouse, another_location, lot
from tests.passwords import PASSWORD
from tests.web.page_client import Page, PageClient

ADJUSTED = {"item_no": "LOTS", "bin": "A", "quantity": "1", "lot_no": "L1"}
MOVED = {"item_no": "LOTS", "from_bin": "A", "to_bin": "B", "quantity": "1", "lot_no": "L1"}


def supervisor_of(hall: Warehouse, app: Flask) -> PageClient:
    """SUE, who works at WHITE and at SILVER, which is not directed; L1 of LOTS lies in A."""
    hall.stock(hall.add_item("LOTS", "lot"), "A", 9, lot("L1"))
    another_location(hall, "SILVER")

    def work_there(session: Session) -> None:
        sue = session.scalars(select(User.id).where(User.user_name == "SUE")).one()
        assign_location(session, sue, "SILVER", Change(hall.by.at, None))

    hall.write(work_there)
    pages = PageClient(app)
    pages.sign_in("SUE", PASSWORD)
    return pages


@dataclass(frozen=True)
class JournalPages:
    """The pages of one journal, and its batch FOUND."""

    pages: PageClient
    name: str

    @property
    def usual(self) -> dict[str, str]:
        return MOVED if self.name == "reclassification" else ADJUSTED

    @property
    def instead(self) -> str:
        """The journal of locations without directed put-away and pick."""
        moves = self.name == "reclassification"
        return "/item-reclassification-journals" if moves else "/item-journals"

    @property
    def batches(self) -> str:
        return f"/warehouse-{self.name}-journal-batches"

    @property
    def journals(self) -> str:
        return f"/warehouse-{self.name}-journals"

    @property
    def journal(self) -> str:
        return f"{self.journals}/FOUND"

    @property
    def lines(self) -> str:
        return f"{self.journal}/lines"

    def add_batch(self, name: str = "found", **fields: str) -> Page:
        page = self.pages.get(f"{self.batches}/new")
        return self.pages.post_form(self.batches, page, "card", name=name, **fields)

    def add_line(self, **fields: str) -> Page:
        page = self.pages.get(f"{self.lines}/new")
        return self.pages.post_form(self.lines, page, "card", **(self.usual | fields))

    def work_at(self, location: str) -> None:
        """Choose the location on the menu."""
        page = self.pages.get("/menu")
        answer = self.pages.post_form("/location", page, "choose-location", location=location)
        assert answer.status == 303

    def register(self) -> Page:
        page = self.pages.get(self.journal)
        return self.pages.post_form(f"{self.journal}/registration", page, "register")
