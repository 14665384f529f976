"""Manual Journal Line: what a line says, as people read and type it (docs/domain.md 13.2).

What is typed is tested lightly here: that each value can be read and each record is there. The
comprehensive check belongs to registering.

This module must never ask a ledger.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import TextCard, day_of
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
from scanner_app.warehouse.warehouse_journal_fields import LINE_FIELDS
from scanner_app.warehouse.warehouse_journal_refusals import AdjustmentBinTyped


def blank_manual_line_card() -> TextCard:
    """What a line says before anything is known of it."""
    return blank_card(LINE_FIELDS)


def card_of_manual_line(session: Session, line: ManualJournalLine) -> TextCard:
    """What a line says, in one look-up."""
    row = ManualJournalLine
    item_no, variant, unit, bin_, reason = session.execute(
        select(Item.no, ItemVariant.code, UnitOfMeasure.code, Bin.code, ReasonCode.code)
        .select_from(row)
        .join(Item, Item.id == row.item_id)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == row.unit_of_measure_id)
        .outerjoin(Bin, Bin.id == row.bin_id)
        .outerjoin(ReasonCode, ReasonCode.id == row.reason_code_id)
        .where(row.id == line.id)
    ).one()
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
