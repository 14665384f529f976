"""A journal that a test takes to a spreadsheet: its rows are edited, sent back and published."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from scanner_app.errors import RuleRefused
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.edited_item_journal import lock_item_journal
from scanner_app.warehouse.edited_journal import LockJournal
from scanner_app.warehouse.journal_upload import (
    UploadedRow,
    find_upload,
    keep_upload,
    make_workbook,
)
from scanner_app.warehouse.publication_plan import PublicationPlan, RowAction
from scanner_app.warehouse.publish_workbook import Published, plan_of_upload, publish_workbook
from tests.builders import Warehouse, another_location
from tests.warehouse.item_journals import BATCH, add_batch, add_line, line_card, line_nos
from tests.warehouse.masters import DAY
from tests.warehouse.place_cards import BY

NEW = {"item_no": "GOODS", "location": "SILVER", "bin": "S-1", "quantity": "1", "document_no": "D1"}
OF_BATCH = lock_item_journal(BATCH)


def three_lines_of_goods(white: Warehouse) -> None:
    """BALANCES with three lines of GOODS, lots L1 to L3, at SILVER in S-1."""
    another_location(white, "SILVER", "S-1")
    white.add_item("GOODS", "lot")
    add_batch(white)
    for number in (1, 2, 3):
        add_line(white, lot_no=f"L{number}", quantity=str(number))


def quantities(white: Warehouse) -> dict[int, str]:
    """What each line of the journal says, by its number."""
    return {no: line_card(white, no)["quantity"] for no in line_nos(white)}


@dataclass
class Book:
    """A workbook on somebody's desk: its key, and the cells of its rows, which may be edited.

    `new` is what a row says that is added to it.
    """

    key: str
    rows: list[dict[str, str]]
    new: dict[str, str] = field(default_factory=NEW.copy)
    faults: dict[int, tuple[RuleRefused, ...]] = field(default_factory=dict)

    def add(self, **cells: str) -> None:
        self.rows.append(self.new | cells)

    def uploaded(self) -> list[UploadedRow]:
        return [
            UploadedRow(row_no, dict(cells), self.faults.get(row_no, ()))
            for row_no, cells in enumerate(self.rows, start=2)
        ]


def download(white: Warehouse, key: str = "BOOK", lock: LockJournal = OF_BATCH) -> Book:
    lines = white.write(lambda session: make_workbook(session, lock, key, BY))
    return Book(key, [{"line_no": str(line.line_no)} | line.card for line in lines])


def send(white: Warehouse, book: Book, lock: LockJournal = OF_BATCH) -> int:
    """Send a workbook back; returns the id under which it waits."""
    rows = book.uploaded()
    return white.write(
        lambda session: keep_upload(session, lock, "book.xlsx", book.key, rows, BY).id
    )


def plan_of(white: Warehouse, upload_id: int, lock: LockJournal = OF_BATCH) -> PublicationPlan:
    def plan(session: Session) -> PublicationPlan:
        journal = lock(session)
        return plan_of_upload(journal, find_upload(journal, upload_id), DAY)

    return white.write(plan)


def actions(white: Warehouse, book: Book, lock: LockJournal = OF_BATCH) -> list[RowAction]:
    """What would become of each row."""
    return [planned.action for planned in plan_of(white, send(white, book, lock), lock).rows]


def faults(white: Warehouse, book: Book, lock: LockJournal = OF_BATCH) -> list[list[str]]:
    """What stands against each row."""
    plan = plan_of(white, send(white, book, lock), lock)
    return [[fault.code for fault in planned.faults] for planned in plan.rows]


def publish(white: Warehouse, book: Book, lock: LockJournal = OF_BATCH) -> Published:
    """Send, look and publish."""
    upload_id = send(white, book, lock)
    return publish_seen(white, upload_id, plan_of(white, upload_id, lock).digest, lock)


def publish_seen(
    white: Warehouse, upload_id: int, seen: str, lock: LockJournal = OF_BATCH
) -> Published:
    return white.write(lambda session: publish_workbook(session, lock, upload_id, seen, DAY, BY))


def cards_of(white: Warehouse, book: Book) -> list[TextCard]:
    """What the rows say, without the numbers of their lines."""
    return [{name: row[name] for name in row if name != "line_no"} for row in book.rows]
