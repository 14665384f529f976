"""Opening balances for the bench: a location with bins, items, and a journal that fills them.

A fifth of the lines are serial numbers, the others lots.
"""

import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.access.user import User
from scanner_app.database import Database
from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.edited_item_journal import lock_item_journal
from scanner_app.warehouse.item_journal_fields import BATCH_FIELDS
from scanner_app.warehouse.item_journal_line_card import blank_line_card, write_line
from scanner_app.warehouse.item_journal_lines import STEP
from scanner_app.warehouse.journal_records import find_named_records
from scanner_app.warehouse.journal_sheet import ROWS_MAX, columns_of_journal, instructions
from scanner_app.warehouse.journal_upload import UploadedRow, keep_upload
from scanner_app.warehouse.publish_workbook import plan_of_upload, publish_workbook
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.register_activity import By
from scanner_app.warehouse.set_up_item_journal_batch import (
    create_item_journal_batch,
)
from scanner_app.workbooks.column import Column
from scanner_app.workbooks.read import ReadRow, read_table
from scanner_app.workbooks.write import write_workbook
from tests.builders import Warehouse, another_location
from tests.warehouse.masters import DAY, MOMENT

ITEMS_OF_A_KIND, BINS = 50, 200
SERIAL_EVERY = 5


@dataclass(frozen=True)
class Hall:
    """A database with a journal to be filled, and who fills it."""

    database: Database
    by: By
    batch_id: int
    batch_name: str = "OPENING"


def open_hall(database: Database) -> Hall:
    """Add a location of opening balances, its items and a batch to a database."""
    with database.read() as session:
        user_id = session.scalars(select(User.id)).first()
        location = session.scalars(select(Location)).first()
    assert user_id is not None
    assert location is not None
    by = By(user_id, DAY, MOMENT)
    white = Warehouse(database, location, by)
    another_location(white, "OPEN", *(f"O-{number:03d}" for number in range(BINS)))
    for number in range(ITEMS_OF_A_KIND):
        white.add_item(f"OS{number:02d}", "serial")
        white.add_item(f"OL{number:02d}", "lot")
    typed = blank_card(BATCH_FIELDS) | {"name": "OPENING", "item_tracking_on_lines": "Yes"}
    change = Change(MOMENT, user_id)
    batch_id = database.write(lambda s: create_item_journal_batch(s, typed, change).id)
    return Hall(database, by, batch_id)


@dataclass(frozen=True)
class Workbooks:
    """The lines in files of as many rows as one may hold, by the columns of the journal."""

    columns: Sequence[Column]
    contents: Sequence[bytes]

    def read(self, number: int) -> Sequence[ReadRow]:
        """The rows of one file."""
        content = self.contents[number]
        return read_table(content, "opening.xlsx", self.columns, rows_max=ROWS_MAX).rows


def fill_workbooks(hall: Hall, lines: int) -> Workbooks:
    """Write the lines into workbooks as Edit in Excel gives them, which come from elsewhere."""
    with hall.database.read() as session:
        journal = lock_item_journal(hall.batch_name)(session)
        columns, says = columns_of_journal(journal), instructions("Item Journal", journal, "")
    contents = []
    for first in range(0, lines, ROWS_MAX):
        cards = _cards(first, min(first + ROWS_MAX, lines))
        stream = io.BytesIO()
        rows = ({"line_no": ""} | card for card in cards)
        write_workbook(stream, columns, rows, says, blank_rows=0)
        contents.append(stream.getvalue())
    return Workbooks(columns, contents)


def bring_in(hall: Hall, lines: int) -> tuple[float, float]:
    """Seconds in which the files are read, and in which they are kept, looked at and published."""
    workbooks, read, published = fill_workbooks(hall, lines), 0.0, 0.0
    for number in range(len(workbooks.contents)):
        began = time.perf_counter()
        rows = workbooks.read(number)
        read_at = time.perf_counter()
        publish_rows(hall, rows)
        read, published = read + read_at - began, published + time.perf_counter() - read_at
    return read, published


def publish_rows(hall: Hall, rows: Sequence[ReadRow]) -> None:
    """Keep the rows of a file, look at what they change, and publish it, as Edit in Excel does."""
    hall.database.write(partial(_publish, hall, rows))


def insert_lines(hall: Hall, lines: int) -> None:
    """Write the lines without files, where only their posting is measured."""
    hall.database.write(partial(_insert, hall, list(_cards(0, lines))))


def _publish(hall: Hall, read: Sequence[ReadRow], session: Session) -> int:
    change = Change(MOMENT, hall.by.user_id)
    rows = [UploadedRow(row.row_no, row.values, row.faults) for row in read]
    lock = lock_item_journal(hall.batch_name)
    upload = keep_upload(session, lock, "opening.xlsx", "", rows, change)
    seen = plan_of_upload(lock(session), upload, DAY).digest
    return publish_workbook(session, lock, upload.id, seen, DAY, change).new


def _insert(hall: Hall, cards: list[TextCard], session: Session) -> None:
    records = find_named_records(session, cards)
    for number, card in enumerate(cards, start=1):
        line = ItemJournalLine(batch_id=hall.batch_id, line_no=number * STEP)
        write_line(line, card, records, DAY)
        session.add(line)


def _cards(first: int, last: int) -> Iterator[TextCard]:
    for number in range(first, last):
        is_serial = number % SERIAL_EVERY == 0
        item = number // SERIAL_EVERY % ITEMS_OF_A_KIND
        yield blank_line_card() | {
            "document_no": "OPENING",
            "entry_type": "Positive Adjmt.",
            "item_no": f"{'OS' if is_serial else 'OL'}{item:02d}",
            "location": "OPEN",
            "bin": f"O-{number % BINS:03d}",
            "quantity": "1" if is_serial else "24",
            "serial_no": f"OSN{number:06d}" if is_serial else "",
            "lot_no": "" if is_serial else f"OLOT{number:06d}",
        }
