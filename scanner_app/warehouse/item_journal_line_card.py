"""Item Journal Line: what a line says, as people read and type it (docs/domain.md 12.2).

What is typed is tested lightly here: that each value can be read and each record is there. The
comprehensive check belongs to posting.

This module must never ask a ledger.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import ROWS_AT_ONCE, TextCard, day_of
from scanner_app.warehouse.adjustment_sync import BATCH_NAME as SYNC
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.item_journal_fields import LINE_FIELDS, TRACKING_FIELDS
from scanner_app.warehouse.item_journal_refusals import BinNotUsed
from scanner_app.warehouse.journal_line_card import (
    card_of_tracking,
    write_quantity,
    write_tracking,
)
from scanner_app.warehouse.journal_records import (
    CAPTIONS,
    NamedRecords,
    bin_of,
    entry_of,
    item_of,
    location_of,
    reason_of,
    unit_of,
    variant_of,
)
from scanner_app.warehouse.post_item_journal import DirectedLocation
from scanner_app.warehouse.record_card import read_card


@dataclass(frozen=True)
class StoredLine:
    """What a line says, and which one it is: ids come once, numbers come again."""

    id: int
    line_no: int
    card: TextCard


_LINE_WITH_CODES = (
    select(
        ItemJournalLine,
        Item.no,
        ItemVariant.code,
        UnitOfMeasure.code,
        Location.code,
        Bin.code,
        ReasonCode.code,
    )
    .join(Item, Item.id == ItemJournalLine.item_id)
    .join(ItemVariant, ItemVariant.id == ItemJournalLine.variant_id)
    .join(UnitOfMeasure, UnitOfMeasure.id == ItemJournalLine.unit_of_measure_id)
    .join(Location, Location.id == ItemJournalLine.location_id)
    .outerjoin(Bin, Bin.id == ItemJournalLine.bin_id)
    .outerjoin(ReasonCode, ReasonCode.id == ItemJournalLine.reason_code_id)
)


def blank_line_card() -> TextCard:
    """What a line says before anything is known of it."""
    return dict.fromkeys(CAPTIONS, "") | {"entry_type": EntryType.POSITIVE_ADJUSTMENT.value}


def card_of_line(session: Session, line: ItemJournalLine) -> TextCard:
    """What a line says, in one look-up."""
    return _card(*session.execute(_LINE_WITH_CODES.where(ItemJournalLine.id == line.id)).one())


def stored_lines(
    session: Session, batch: ItemJournalBatch, line_ids: Collection[int] | None = None
) -> dict[int, StoredLine]:
    """What lines of a batch say, by id, in the order of the numbers, in one look-up.

    All of them, or those of the ids that are there: a batch may hold many more.
    """
    of_batch = _LINE_WITH_CODES.where(ItemJournalLine.batch_id == batch.id)
    if line_ids is not None:
        of_batch = of_batch.where(ItemJournalLine.id.in_(sorted(line_ids)))
    rows = session.execute(of_batch.order_by(ItemJournalLine.line_no))
    return {row[0].id: StoredLine(row[0].id, row[0].line_no, _card(*row)) for row in rows}


def list_line_cards(session: Session) -> Iterator[TextCard]:
    """What the lines of all batches of people say, with batch and number, in one look-up."""
    batch, line = ItemJournalBatch, ItemJournalLine
    in_order = (
        _LINE_WITH_CODES.join(batch, batch.id == line.batch_id)
        .add_columns(batch.name)
        .where(batch.name != SYNC)
        .order_by(batch.name, line.line_no)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for *row, name in session.execute(in_order):
        yield {"batch": name, "line_no": str(row[0].line_no)} | _card(*row)


def read_line_card(batch: ItemJournalBatch, typed: TextCard) -> TextCard:
    """Return what was typed as a line keeps it; without the switch, no numbers and no dates.

    Raises:
        RuleRefused: as `read_card` raises it.
    """
    if not batch.item_tracking_on_lines:
        typed = typed | dict.fromkeys(TRACKING_FIELDS, "")
    return read_card(LINE_FIELDS, typed)


def write_line(line: ItemJournalLine, card: TextCard, records: NamedRecords, today: date) -> None:
    """Let a line say what its card says; who calls has its document number.

    Raises:
        NameMissing: for a line without item or location.
        RecordNotFound: for a record that is not there.
        DirectedLocation, BinNotUsed: for the place.
        QuantityZero, QuantityTooLarge, QuantityTooFine, SerialQuantityNotOne: for the quantity.
    """
    item, location = item_of(records, card), _location(records, card)
    line.item_id, line.location_id = item.id, location.id
    line.description = item.description
    line.variant_id = variant_of(records, item, card)
    line.bin_id = _bin(records, location, card)
    line.reason_code_id = reason_of(records, card)
    line.applies_to_entry_id = entry_of(records, card)
    line.entry_type = EntryType(card["entry_type"])
    line.document_no = card["document_no"]
    line.posting_date = day_of(card["posting_date"]) or today
    line.document_date = day_of(card["document_date"]) or line.posting_date
    write_tracking(line, card)
    write_quantity(line, item, unit_of(records, item, card), card)


def _card(
    line: ItemJournalLine,
    item_no: str,
    variant: str,
    unit: str,
    location: str,
    bin_: str | None,
    reason: str | None,
) -> TextCard:
    return {
        "posting_date": line.posting_date.isoformat(),
        "document_date": line.document_date.isoformat(),
        "document_no": line.document_no,
        "entry_type": line.entry_type.value,
        "item_no": item_no,
        "variant": variant,
        "location": location,
        "bin": bin_ or "",
        "quantity": f"{line.quantity:f}",
        "unit": unit,
        "reason_code": reason or "",
        "applies_to_entry": str(line.applies_to_entry_id or ""),
    } | card_of_tracking(line)


def _location(records: NamedRecords, card: TextCard) -> Location:
    location = location_of(records, card)
    if location.directed_put_away_and_pick:
        raise DirectedLocation(location=location.code)
    return location


def _bin(records: NamedRecords, location: Location, card: TextCard) -> int | None:
    """A bin that is left out is missed when the line is posted, not while it is typed."""
    if not card["bin"]:
        return None
    if not location.bin_mandatory:
        raise BinNotUsed(location=location.code)
    return bin_of(records, location, card)
