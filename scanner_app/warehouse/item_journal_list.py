"""The list of an item journal: its lines in parts, found by how they begin, and their totals.

This module must never change a line.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from scanner_app.beginnings import begins_with
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_tracking import (
    ItemTrackingLine,
    TrackingNumbers,
    TrackingSource,
    new_numbers_of,
    numbers_of,
)
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.journal_tracking import tracked_quantities
from scanner_app.warehouse.tracked_dates import known_dates_of_lines

_NewLocation, _NewBin = aliased(Location), aliased(Bin)
_Lines = Select[ItemJournalLine, str, int | None, str, str, str, str, str]


@dataclass(frozen=True)
class JournalRow:
    """One line of the list.

    Attributes:
        is_tracked: whether its item has an item tracking code.
        expiration_date: what the line says; of a transfer, the known one of its number.
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
    new_location: str | None
    new_bin: str | None
    quantity: Decimal
    unit: str
    is_tracked: bool
    numbers: TrackingNumbers
    new_numbers: TrackingNumbers
    warranty_date: date | None
    expiration_date: date | None
    new_expiration_date: date | None
    tracked_base: Decimal | None

    @property
    def is_transfer(self) -> bool:
        """Whether it also says how the goods come in."""
        return self.entry_type is EntryType.TRANSFER


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
            line,
            Item.no,
            Item.item_tracking_code_id,
            Location.code,
            Bin.code,
            _NewLocation.code,
            _NewBin.code,
            UnitOfMeasure.code,
        )
        .join(Item, Item.id == line.item_id)
        .join(Location, Location.id == line.location_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == line.unit_of_measure_id)
        .outerjoin(Bin, Bin.id == line.bin_id)
        .outerjoin(_NewLocation, _NewLocation.id == line.new_location_id)
        .outerjoin(_NewBin, _NewBin.id == line.new_bin_id)
        .where(line.batch_id == batch.id)
    )


def _rows(session: Session, wanted: _Lines) -> list[JournalRow]:
    rows = session.execute(wanted).all()
    tracked = tracked_quantities(session, [row[0].id for row in rows])
    lines = [row[0] for row in rows if row[0].entry_type is EntryType.TRANSFER]
    of_stock = known_dates_of_lines(session, lines)
    return [_row(row, tracked.get(row[0].id), of_stock.get(row[0].line_no)) for row in rows]


def _begins(query: str) -> ColumnElement[bool]:
    line, part = ItemJournalLine, ItemTrackingLine
    own = (Item.no, line.document_no, Bin.code, _NewBin.code, *_numbers_on(line))
    on_part = _numbers_on(part)
    of_line = (
        part.source_type == TrackingSource.ITEM_JOURNAL_LINE,
        part.source_line_id == line.id,
        or_(*(begins_with(column, query) for column in on_part)),
    )
    return or_(*(begins_with(column, query) for column in own), exists().where(*of_line))


def _numbers_on(
    row: type[ItemJournalLine] | type[ItemTrackingLine],
) -> tuple[InstrumentedAttribute[str], ...]:
    old = (row.serial_no, row.lot_no, row.package_no)
    return (*old, row.new_serial_no, row.new_lot_no, row.new_package_no)


def _row(
    row: Row[*tuple[Any, ...]], tracked_base: Decimal | None, date_of_stock: date | None
) -> JournalRow:
    line, item_no, tracking_code_id, location, bin_, new_location, new_bin, unit = row
    return JournalRow(
        id=line.id,
        line_no=line.line_no,
        entry_type=line.entry_type,
        posting_date=line.posting_date,
        document_no=line.document_no,
        item_no=item_no,
        description=line.description,
        location=location,
        bin=bin_,
        new_location=new_location,
        new_bin=new_bin,
        quantity=line.quantity,
        unit=unit,
        is_tracked=tracking_code_id is not None,
        numbers=numbers_of(line),
        new_numbers=new_numbers_of(line),
        warranty_date=line.warranty_date,
        expiration_date=line.expiration_date or date_of_stock,
        new_expiration_date=line.new_expiration_date,
        tracked_base=tracked_base,
    )
