"""Entering manual lines: a line is added, changed or deleted (docs/domain.md 13.2, 13.4).

Who enters or registers lines of a batch has the batch alone for that moment, so that lines are
numbered in order and nothing is registered that was read before it changed. The verbs never
commit.

This module must never register.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.number_series import take_number
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.inventory.text_card import TextCard, check_unchanged
from scanner_app.inventory.tracking_information import dated_number, known_expiration_dates
from scanner_app.warehouse.item_journal_lines import STEP
from scanner_app.warehouse.journal_line_card import DraftLine
from scanner_app.warehouse.journal_records import find_named_records
from scanner_app.warehouse.journal_refusals import JournalLineGone
from scanner_app.warehouse.manual_journal_line import ManualLine
from scanner_app.warehouse.manual_line_card import (
    bins_of_lines,
    blank_manual_line_card,
    card_of_manual_line,
    read_manual_line_card,
    write_manual_line,
)
from scanner_app.warehouse.manual_line_kind import LINE_KINDS, LineKind
from scanner_app.warehouse.register_differences import SERIES
from scanner_app.warehouse.set_up_warehouse_journal_batch import (
    WarehouseJournal,
    directed_location,
    lock_warehouse_journal_batch,
)
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch


@dataclass(frozen=True)
class ManualRow:
    """One line of the list.

    Attributes:
        bins: the codes of its bins, in the order of its fields.
        new_numbers: those that it has from now on; an adjustment changes none.
    """

    line_no: int
    registering_date: date
    whse_document_no: str
    item_no: str
    description: str
    bins: tuple[str | None, ...]
    quantity: Decimal
    unit: str
    numbers: TrackingNumbers
    new_numbers: TrackingNumbers
    warranty_date: date | None
    expiration_date: date | None
    new_expiration_date: date | None

    @property
    def is_transfer(self) -> bool:
        """Whether its quantity gets other numbers."""
        return self.new_numbers != self.numbers


class WhseDocumentNumbers:
    """The document numbers of lines that are written one after the other.

    An empty one becomes that of the line before; the first takes the next of its journal's series.
    """

    def __init__(
        self,
        session: Session,
        batch: WarehouseJournalBatch,
        before: ManualLine | None,
        today: date,
    ) -> None:
        self._session = session
        self._series = SERIES[batch.template]
        self._before = before.whse_document_no if before else ""
        self._today = today

    def number(self, line: ManualLine | DraftLine) -> None:
        """Let the next line have its number."""
        self._before = line.whse_document_no or self._before or self._from_series()
        line.whse_document_no = self._before

    def _from_series(self) -> str:
        return take_number(self._session, self._series, self._today)


def find_manual_line(
    session: Session, batch: WarehouseJournalBatch, line_no: int
) -> ManualLine | None:
    """A line of a batch by its number."""
    row = _kind_of(batch).row
    of_batch = select(row).where(row.batch_id == batch.id, row.line_no == line_no)
    found: ManualLine | None = session.scalar(of_batch)
    return found


def list_manual_lines(
    session: Session, batch: WarehouseJournalBatch, after_line_no: int, rows_max: int
) -> list[ManualRow]:
    """So many lines of a batch, in order, after the one that the part before ended with."""
    kind = _kind_of(batch)
    line = kind.row
    rows = session.execute(
        select(line, Item.no, UnitOfMeasure.code)
        .join(Item, Item.id == line.item_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == line.unit_of_measure_id)
        .where(line.batch_id == batch.id, line.line_no > after_line_no)
        .order_by(line.line_no)
        .limit(rows_max)
    ).all()
    lines = [line for line, _, _ in rows]
    bins, dates = bins_of_lines(session, kind, lines), expiration_dates_of(session, kind, lines)
    return [
        _row(kind, line, item_no, unit, bins[line.line_no], dates[line.line_no])
        for line, item_no, unit in rows
    ]


def expiration_dates_of(
    session: Session, kind: LineKind[Any], lines: Sequence[Any]
) -> dict[int, date | None]:
    """By line number, the date that a line says; of what is moved, the date that is known."""
    if not kind.moves:
        return {line.line_no: line.expiration_date for line in lines}
    numbers = {
        line.line_no: dated_number(line.item_id, line.variant_id, numbers_of(line))
        for line in lines
    }
    known = known_expiration_dates(session, {number for number in numbers.values() if number})
    return {line_no: number and known.get(number) for line_no, number in numbers.items()}


def count_manual_lines(session: Session, batch: WarehouseJournalBatch) -> int:
    """How many lines a batch has."""
    row = _kind_of(batch).row
    of_batch = select(func.count()).select_from(row).where(row.batch_id == batch.id)
    return int(session.scalar(of_batch) or 0)


def next_manual_line_card(session: Session, batch: WarehouseJournalBatch, today: date) -> TextCard:
    """What a new line begins with: the document, date, bins and reason of the line before it."""
    kind = _kind_of(batch)
    blank = blank_manual_line_card(kind) | {"registering_date": today.isoformat()}
    if batch.reason_code_id:
        blank["reason_code"] = session.get_one(ReasonCode, batch.reason_code_id).code
    last = last_manual_line(session, batch)
    if last is None:
        return blank
    before = card_of_manual_line(session, kind, last)
    kept = ("registering_date", "whse_document_no", *kind.bins, "reason_code")
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
    kind = _kind_of(batch)
    line: ManualLine = kind.row(batch_id=batch.id, line_no=(last.line_no if last else 0) + STEP)
    _write(session, batch, line, kind.complete(typed), today)
    WhseDocumentNumbers(session, batch, last, today).number(line)
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
    check_unchanged(as_read, card_of_manual_line(session, _kind_of(batch), line))
    _write(session, batch, line, typed, today)
    WhseDocumentNumbers(session, batch, None, today).number(line)
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
    line: ManualLine,
    typed: TextCard,
    today: date,
) -> None:
    kind = _kind_of(batch)
    card = read_manual_line_card(kind, directed_location(session, batch.location_id), typed)
    write_manual_line(kind, line, card, find_named_records(session, [card]), today)


def _lock_line(
    session: Session, journal: WarehouseJournal, name: str, line_no: int
) -> tuple[WarehouseJournalBatch, ManualLine]:
    batch = lock_warehouse_journal_batch(session, journal, name)
    line = find_manual_line(session, batch, line_no)
    if line is None:
        raise JournalLineGone(name=batch.name, line_no=line_no)
    return batch, line


def _kind_of(batch: WarehouseJournalBatch) -> LineKind[Any]:
    return LINE_KINDS[batch.template]


def last_manual_line(session: Session, batch: WarehouseJournalBatch) -> ManualLine | None:
    """The line with the highest number; None in a batch without lines."""
    row = _kind_of(batch).row
    of_batch = select(row).where(row.batch_id == batch.id)
    last: ManualLine | None = session.scalar(of_batch.order_by(row.line_no.desc()).limit(1))
    return last


def _row(
    kind: LineKind[Any],
    line: Any,  # noqa: ANN401 - of the table of its kind
    item_no: str,
    unit: str,
    bins: tuple[str | None, ...],
    expires: date | None,
) -> ManualRow:
    return ManualRow(
        line.line_no,
        line.registering_date,
        line.whse_document_no,
        item_no,
        line.description,
        bins,
        line.quantity,
        unit,
        numbers_of(line),
        kind.new_numbers(line),
        None if kind.moves else line.warranty_date,
        expires,
        line.new_expiration_date if kind.moves else None,
    )
