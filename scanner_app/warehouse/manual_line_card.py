"""Manual Journal Line: what a line says, as people read and type it (docs/domain.md 13.2).

What is typed is tested lightly here: that each value can be read and each record is there. The
comprehensive check belongs to registering.

This module must never ask a ledger.
"""

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import ROWS_AT_ONCE, TextCard, day_of
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.journal_line_card import (
    card_of_tracking,
    write_quantity,
    write_tracking,
)
from scanner_app.warehouse.journal_records import (
    NamedRecords,
    bin_of,
    item_of,
    reason_of,
    unit_of,
    variant_of,
)
from scanner_app.warehouse.manual_journal_line import ManualJournalLine
from scanner_app.warehouse.record_card import blank_card, read_card
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch
from scanner_app.warehouse.warehouse_journal_fields import LINE_FIELDS
from scanner_app.warehouse.warehouse_journal_refusals import AdjustmentBinTyped

_LINE_WITH_CODES = (
    select(
        ManualJournalLine,
        Item.no,
        ItemVariant.code,
        UnitOfMeasure.code,
        Bin.code,
        ReasonCode.code,
    )
    .join(Item, Item.id == ManualJournalLine.item_id)
    .join(ItemVariant, ItemVariant.id == ManualJournalLine.variant_id)
    .join(UnitOfMeasure, UnitOfMeasure.id == ManualJournalLine.unit_of_measure_id)
    .outerjoin(Bin, Bin.id == ManualJournalLine.bin_id)
    .outerjoin(ReasonCode, ReasonCode.id == ManualJournalLine.reason_code_id)
)


def blank_manual_line_card() -> TextCard:
    """What a line says before anything is known of it."""
    return blank_card(LINE_FIELDS)


def card_of_manual_line(session: Session, line: ManualJournalLine) -> TextCard:
    """What a line says, in one look-up."""
    return _card(*session.execute(_LINE_WITH_CODES.where(ManualJournalLine.id == line.id)).one())


def cards_of_manual_lines(
    session: Session, batch: WarehouseJournalBatch, line_ids: Collection[int]
) -> dict[int, TextCard]:
    """What some lines of a batch say, by id, in one look-up."""
    line = ManualJournalLine
    of_batch = _LINE_WITH_CODES.where(line.batch_id == batch.id, line.id.in_(sorted(line_ids)))
    return {row[0].id: _card(*row) for row in session.execute(of_batch)}


def list_manual_line_cards(session: Session) -> Iterator[TextCard]:
    """What the lines of all batches say, with their journal and number, in one look-up."""
    batch, line = WarehouseJournalBatch, ManualJournalLine
    in_order = (
        _LINE_WITH_CODES.join(batch, batch.id == line.batch_id)
        .join(Location, Location.id == batch.location_id)
        .add_columns(batch.template, batch.name, Location.code)
        .order_by(Location.code, batch.template, batch.name, line.line_no)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for *row, template, name, location in session.execute(in_order):
        key = {"template": template.value, "batch": name, "location": location}
        yield key | {"line_no": str(row[0].line_no)} | _card(*row)


def _card(
    line: ManualJournalLine,
    item_no: str,
    variant: str,
    unit: str,
    bin_: str | None,
    reason: str | None,
) -> TextCard:
    return {
        "registering_date": line.registering_date.isoformat(),
        "whse_document_no": line.whse_document_no,
        "item_no": item_no,
        "variant": variant,
        "bin": bin_ or "",
        "quantity": f"{line.quantity:f}",
        "unit": unit,
        "reason_code": reason or "",
    } | card_of_tracking(line)


def read_manual_line_card(location: Location, typed: TextCard) -> TextCard:
    """Return what was typed as a line keeps it, with the location that the batch gives it.

    Raises:
        RuleRefused: as `read_card` raises it.
    """
    return read_card(LINE_FIELDS, typed) | {"location": location.code}


def write_manual_line(
    line: ManualJournalLine, card: TextCard, records: NamedRecords, today: date
) -> None:
    """Let a line say what its card says; who calls has its document number.

    Raises:
        NameMissing: for a line without item.
        RecordNotFound: for a record that is not there.
        AdjustmentBinTyped: for the adjustment bin.
        QuantityZero, QuantityTooLarge, QuantityTooFine, SerialQuantityNotOne: for the quantity.
    """
    item = item_of(records, card)
    line.item_id, line.description = item.id, item.description
    line.variant_id = variant_of(records, item, card)
    line.bin_id = _bin(records, card)
    line.reason_code_id = reason_of(records, card)
    line.whse_document_no = card["whse_document_no"]
    line.registering_date = day_of(card["registering_date"]) or today
    write_tracking(line, card)
    write_quantity(line, item, unit_of(records, item, card), card)


def _bin(records: NamedRecords, card: TextCard) -> int | None:
    """A bin that is left out is missed when the line is registered, not while it is typed."""
    if not card["bin"]:
        return None
    location = records.locations[card["location"]]
    bin_id = bin_of(records, location, card)
    if bin_id == location.adjustment_bin_id:
        raise AdjustmentBinTyped(bin_code=card["bin"], location=location.code)
    return bin_id
