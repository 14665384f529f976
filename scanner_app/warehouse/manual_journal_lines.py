"""Entering manual lines: a line is added, changed or deleted (docs/domain.md 13.2).

Who enters or registers lines of a batch has the batch alone for that moment, so that lines are
numbered in order and nothing is registered that was read before it changed. The verbs never
commit.

This module must never register.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.inventory.text_card import TextCard, check_unchanged
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.item_journal_lines import STEP
from scanner_app.warehouse.journal_records import find_named_records
from scanner_app.warehouse.journal_refusals import JournalLineGone
from scanner_app.warehouse.manual_journal_line import ManualJournalLine
from scanner_app.warehouse.manual_line_card import (
    blank_manual_line_card,
    card_of_manual_line,
    read_manual_line_card,
    write_manual_line,
)
from scanner_app.warehouse.register_differences import SERIES
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    WarehouseJournal,
    directed_location,
    lock_warehouse_journal_batch,
)
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch


@dataclass(frozen=True)
class ManualRow:
    """One line of the list."""

    line_no: int
    registering_date: date
    whse_document_no: str
    item_no: str
    description: str
    bin: str | None
    quantity: Decimal
    unit: str
    numbers: TrackingNumbers
    warranty_date: date | None
    expiration_date: date | None


def find_manual_line(
    session: Session, batch: WarehouseJournalBatch, line_no: int
) -> ManualJournalLine | None:
    """A line of a batch by its number."""
    row = ManualJournalLine
    return session.scalar(select(row).where(row.batch_id == batch.id, row.line_no == line_no))


def list_manual_lines(
    session: Session, batch: WarehouseJournalBatch, after_line_no: int, rows_max: int
) -> list[ManualRow]:
    """So many lines of a batch, in order, after the one that the part before ended with."""
    line = ManualJournalLine
    rows = session.execute(
        select(line, Item.no, Bin.code, UnitOfMeasure.code)
        .join(Item, Item.id == line.item_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == line.unit_of_measure_id)
        .outerjoin(Bin, Bin.id == line.bin_id)
        .where(line.batch_id == batch.id, line.line_no > after_line_no)
        .order_by(line.line_no)
        .limit(rows_max)
    )
    return [_row(*row) for row in rows]


def count_manual_lines(session: Session, batch: WarehouseJournalBatch) -> int:
    """How many lines a batch has."""
    of_batch = ManualJournalLine.batch_id == batch.id
    return session.scalar(select(func.count()).select_from(ManualJournalLine).where(of_batch)) or 0


def next_manual_line_card(session: Session, batch: WarehouseJournalBatch, today: date) -> TextCard:
    """What a new line begins with: the document, date, bin and reason of the line before it."""
    blank = blank_manual_line_card() | {"registering_date": today.isoformat()}
    if batch.reason_code_id:
        blank["reason_code"] = session.get_one(ReasonCode, batch.reason_code_id).code
    last = last_manual_line(session, batch)
    if last is None:
        return blank
    before = card_of_manual_line(session, last)
    kept = ("registering_date", "whse_document_no", "bin", "reason_code")
    return blank | {name: before[name] for name in kept}


def add_manual_line(
    session: Session, journal: WarehouseJournal, name: str, typed: TextCard, today: date
) -> int:
    """Add a line behind the others, and return its number.

    Raises:
        RecordUnknown: for a batch that is not there.
        DirectedPutAwayAndPickOff: when its location works so no more.
        RuleRefused: as `read_manual_line_card` and `write_manual_line` raise it.
    """
    hold_set_up(session)
    batch = lock_warehouse_journal_batch(session, journal, name)
    last = last_manual_line(session, batch)
    line = ManualJournalLine(batch_id=batch.id, line_no=(last.line_no if last else 0) + STEP)
    _write(session, batch, line, typed, today)
    line.whse_document_no = line.whse_document_no or document_no_after(session, batch, last, today)
    session.add(line)
    session.flush()
    return line.line_no


def change_manual_line(
    session: Session,
    journal: WarehouseJournal,
    name: str,
    line_no: int,
    as_read: TextCard,
    typed: TextCard,
    today: date,
) -> None:
    """Let a line say what was typed.

    Raises:
        RecordUnknown, JournalLineGone: for what is not there.
        CardChanged: when somebody changed the line after it was read.
        RuleRefused: as `add_manual_line` raises it.
    """
    hold_set_up(session)
    batch, line = _lock_line(session, journal, name, line_no)
    check_unchanged(as_read, card_of_manual_line(session, line))
    _write(session, batch, line, typed, today)
    line.whse_document_no = line.whse_document_no or document_no_after(session, batch, None, today)
    session.flush()


def delete_manual_line(
    session: Session, journal: WarehouseJournal, name: str, line_no: int
) -> None:
    """Take a line out of its batch.

    Raises:
        RecordUnknown, JournalLineGone: for what is not there.
    """
    hold_set_up(session)
    _, line = _lock_line(session, journal, name, line_no)
    session.delete(line)


def _write(
    session: Session,
    batch: WarehouseJournalBatch,
    line: ManualJournalLine,
    typed: TextCard,
    today: date,
) -> None:
    card = read_manual_line_card(directed_location(session, batch.location_id), typed)
    write_manual_line(line, card, find_named_records(session, [card]), today)


def _lock_line(
    session: Session, journal: WarehouseJournal, name: str, line_no: int
) -> tuple[WarehouseJournalBatch, ManualJournalLine]:
    batch = lock_warehouse_journal_batch(session, journal, name)
    line = find_manual_line(session, batch, line_no)
    if line is None:
        raise JournalLineGone(name=batch.name, line_no=line_no)
    return batch, line


def last_manual_line(session: Session, batch: WarehouseJournalBatch) -> ManualJournalLine | None:
    """The line with the highest number; None in a batch without lines."""
    row = ManualJournalLine
    of_batch = select(row).where(row.batch_id == batch.id)
    return session.scalar(of_batch.order_by(row.line_no.desc()).limit(1))


def document_no_after(
    session: Session, batch: WarehouseJournalBatch, last: ManualJournalLine | None, today: date
) -> str:
    """Lines share the number of the line before them; the first takes the next of its journal."""
    if last is not None:
        return last.whse_document_no
    return take_number(session, SERIES[batch.template], today)


def _row(line: ManualJournalLine, item_no: str, bin_: str | None, unit: str) -> ManualRow:
    return ManualRow(
        line.line_no,
        line.registering_date,
        line.whse_document_no,
        item_no,
        line.description,
        bin_,
        line.quantity,
        unit,
        numbers_of(line),
        line.warranty_date,
        line.expiration_date,
    )
