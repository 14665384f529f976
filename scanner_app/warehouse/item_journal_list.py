"""The list of an item journal: its lines in parts, found by how they begin, and their totals.

This module must never change a line.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from scanner_app.beginnings import begins_with
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_tracking import (
    ItemTrackingLine,
    TrackingNumbers,
    TrackingSource,
    numbers_of,
)
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.journal_tracking import tracked_quantities

_Lines = Select[ItemJournalLine, str, int | None, str, str, str]


@dataclass(frozen=True)
class JournalRow:
    """One line of the list.

    Attributes:
        is_tracked: whether its item has an item tracking code.
        tracked_base: how much has numbers on item tracking lines, None where there are none.
    """

    id: int
    line_no: int
    entry_type: EntryType
    posting_date: date
    document_no: str
    item_no: str
    description: str
    location: str
    bin: str | None
    quantity: Decimal
    unit: str
    is_tracked: bool
    numbers: TrackingNumbers
    warranty_date: date | None
    expiration_date: date | None
    tracked_base: Decimal | None


@dataclass(frozen=True)
class JournalTotals:
    """How many lines a batch has, and what they bring in and take out, in base units."""

    lines: int
    coming: Decimal
    leaving: Decimal


def list_item_journal_lines(
    session: Session, batch: ItemJournalBatch, after_line_no: int, rows_max: int, query: str = ""
) -> list[JournalRow]:
    """So many lines of a batch, in order, after the one that the part before ended with.

    With a query only those whose item, document, bin or one of whose numbers begins so.
    """
    wanted = _rows_of(batch).where(ItemJournalLine.line_no > after_line_no)
    if query:
        wanted = wanted.where(_begins(query))
    return _rows(session, wanted.order_by(ItemJournalLine.line_no).limit(rows_max))


def newest_lines(session: Session, batch: ItemJournalBatch, rows_max: int) -> list[JournalRow]:
    """The last lines of a batch, the newest first."""
    return _rows(session, _rows_of(batch).order_by(ItemJournalLine.line_no.desc()).limit(rows_max))


def totals_of(session: Session, batch: ItemJournalBatch) -> JournalTotals:
    """How many lines a batch has, and how many base units they bring in and take out."""
    row = ItemJournalLine
    comes_in = row.comes_in.label("comes_in")
    quantity = func.abs(row.quantity_base, type_=row.quantity_base.type)
    total = func.sum(quantity, type_=row.quantity_base.type)
    groups = session.execute(
        select(comes_in, func.count(), total).where(row.batch_id == batch.id).group_by(comes_in)
    )
    lines, totals = 0, {True: ZERO, False: ZERO}
    for inbound, count, quantity_base in groups:
        lines += count
        totals[bool(inbound)] = quantity_base
    return JournalTotals(lines, totals[True], totals[False])


def _rows_of(batch: ItemJournalBatch) -> _Lines:
    line = ItemJournalLine
    return (
        select(
            line, Item.no, Item.item_tracking_code_id, Location.code, Bin.code, UnitOfMeasure.code
        )
        .join(Item, Item.id == line.item_id)
        .join(Location, Location.id == line.location_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == line.unit_of_measure_id)
        .outerjoin(Bin, Bin.id == line.bin_id)
        .where(line.batch_id == batch.id)
    )


def _rows(session: Session, wanted: _Lines) -> list[JournalRow]:
    rows = session.execute(wanted).all()
    tracked = tracked_quantities(session, [row[0].id for row in rows])
    return [_row(*row, tracked.get(row[0].id)) for row in rows]


def _begins(query: str) -> ColumnElement[bool]:
    line, part = ItemJournalLine, ItemTrackingLine
    own = (Item.no, line.document_no, Bin.code, line.serial_no, line.lot_no, line.package_no)
    on_part = (part.serial_no, part.lot_no, part.package_no)
    of_line = (
        part.source_type == TrackingSource.ITEM_JOURNAL_LINE,
        part.source_line_id == line.id,
        or_(*(begins_with(column, query) for column in on_part)),
    )
    return or_(*(begins_with(column, query) for column in own), exists().where(*of_line))


def _row(
    line: ItemJournalLine,
    item_no: str,
    tracking_code_id: int | None,
    location: str,
    bin_: str | None,
    unit: str,
    tracked_base: Decimal | None,
) -> JournalRow:
    return JournalRow(
        line.id,
        line.line_no,
        line.entry_type,
        line.posting_date,
        line.document_no,
        item_no,
        line.description,
        location,
        bin_,
        line.quantity,
        unit,
        tracking_code_id is not None,
        numbers_of(line),
        line.warranty_date,
        line.expiration_date,
        tracked_base,
    )
