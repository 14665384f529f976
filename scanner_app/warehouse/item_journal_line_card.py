"""Item Journal Line: what a line says, as people read and type it (docs/domain.md 12.2).

What is typed is tested lightly here: that each value can be read and each record is there. The
comprehensive check belongs to posting.

This module must never ask a ledger.
"""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_card import find_item
from scanner_app.inventory.item_journal import ItemJournalBatch, ItemJournalLine
from scanner_app.inventory.item_tracking import check_serial_quantity, numbers_of
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import TextCard, day_of, text_of_day
from scanner_app.quantities import check_rounding_precision, parse_signed_quantity, to_base
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.item_journal_fields import LINE_FIELDS, TRACKING_FIELDS
from scanner_app.warehouse.item_journal_refusals import BinNotUsed, QuantityZero
from scanner_app.warehouse.post_item_journal import DirectedLocation
from scanner_app.warehouse.record_card import captions_of, read_card
from scanner_app.warehouse.record_refusals import NameMissing, RecordNotFound

CAPTIONS = captions_of(LINE_FIELDS)
LENGTHS = {field.name: field.length for field in LINE_FIELDS}


def blank_line_card() -> TextCard:
    """What a line says before anything is known of it."""
    return dict.fromkeys(CAPTIONS, "") | {"entry_type": EntryType.POSITIVE_ADJUSTMENT.value}


def card_of_line(session: Session, line: ItemJournalLine) -> TextCard:
    """What a line says, in one look-up."""
    item_no, variant, unit, location, bin_, reason = session.execute(
        select(
            Item.no,
            ItemVariant.code,
            UnitOfMeasure.code,
            Location.code,
            Bin.code,
            ReasonCode.code,
        )
        .select_from(ItemJournalLine)
        .join(Item, Item.id == ItemJournalLine.item_id)
        .join(ItemVariant, ItemVariant.id == ItemJournalLine.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == ItemJournalLine.unit_of_measure_id)
        .join(Location, Location.id == ItemJournalLine.location_id)
        .outerjoin(Bin, Bin.id == ItemJournalLine.bin_id)
        .outerjoin(ReasonCode, ReasonCode.id == ItemJournalLine.reason_code_id)
        .where(ItemJournalLine.id == line.id)
    ).one()
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
        "serial_no": line.serial_no,
        "lot_no": line.lot_no,
        "package_no": line.package_no,
        "warranty_date": text_of_day(line.warranty_date),
        "expiration_date": text_of_day(line.expiration_date),
    }


def read_line_card(batch: ItemJournalBatch, typed: TextCard) -> TextCard:
    """Return what was typed as a line keeps it; without the switch, no numbers and no dates.

    Raises:
        RuleRefused: as `read_card` raises it.
    """
    if not batch.item_tracking_on_lines:
        typed = typed | dict.fromkeys(TRACKING_FIELDS, "")
    return read_card(LINE_FIELDS, typed)


def write_line(session: Session, line: ItemJournalLine, card: TextCard, today: date) -> None:
    """Let a line say what its card says; who calls has its document number.

    Raises:
        NameMissing: for a line without item or location.
        RecordNotFound: for a record that is not there.
        DirectedLocation, BinNotUsed: for the place.
        QuantityZero, QuantityTooLarge, QuantityTooFine, SerialQuantityNotOne: for the quantity.
    """
    item = _find_item(session, card)
    location = _find_location(session, card)
    line.item_id, line.location_id = item.id, location.id
    line.description = item.description
    line.variant_id = _find_variant(session, item, card)
    line.bin_id = _find_bin(session, location, card)
    line.reason_code_id = _find_reason(session, card)
    line.entry_type = EntryType(card["entry_type"])
    line.document_no = card["document_no"]
    line.posting_date = day_of(card["posting_date"]) or today
    line.document_date = day_of(card["document_date"]) or line.posting_date
    line.serial_no, line.lot_no = card["serial_no"], card["lot_no"]
    line.package_no = card["package_no"]
    line.warranty_date = day_of(card["warranty_date"])
    line.expiration_date = day_of(card["expiration_date"])
    _write_quantity(session, line, item, card)


def _write_quantity(session: Session, line: ItemJournalLine, item: Item, card: TextCard) -> None:
    unit_id, per_unit = _find_unit(session, item, card)
    quantity = parse_signed_quantity(card["quantity"])
    base = to_base(quantity, per_unit)
    if base == 0:
        raise QuantityZero
    check_rounding_precision(base, item.qty_rounding_precision, item.no)
    line.unit_of_measure_id, line.qty_per_unit_of_measure = unit_id, per_unit
    line.quantity, line.quantity_base = quantity, base
    check_serial_quantity(numbers_of(line), base)


def _find_item(session: Session, card: TextCard) -> Item:
    item = find_item(session, _given(card, "item_no"))
    if item is None:
        raise _not_found(card, "item_no")
    return item


def _find_location(session: Session, card: TextCard) -> Location:
    code = _given(card, "location")
    location = session.scalar(select(Location).where(Location.code == code))
    if location is None:
        raise _not_found(card, "location")
    if location.directed_put_away_and_pick:
        raise DirectedLocation(location=location.code)
    return location


def _find_variant(session: Session, item: Item, card: TextCard) -> int:
    of_item = select(ItemVariant.id).where(
        ItemVariant.item_id == item.id, ItemVariant.code == card["variant"]
    )
    variant_id = session.scalar(of_item)
    if variant_id is None:
        raise _not_found(card, "variant")
    return variant_id


def _find_bin(session: Session, location: Location, card: TextCard) -> int | None:
    """A bin that is left out is missed when the line is posted, not while it is typed."""
    if not card["bin"]:
        return None
    if not location.bin_mandatory:
        raise BinNotUsed(location=location.code)
    at_location = select(Bin.id).where(Bin.location_id == location.id, Bin.code == card["bin"])
    bin_id = session.scalar(at_location)
    if bin_id is None:
        raise _not_found(card, "bin")
    return bin_id


def _find_reason(session: Session, card: TextCard) -> int | None:
    if not card["reason_code"]:
        return None
    reason_id = session.scalar(select(ReasonCode.id).where(ReasonCode.code == card["reason_code"]))
    if reason_id is None:
        raise _not_found(card, "reason_code")
    return reason_id


def _find_unit(session: Session, item: Item, card: TextCard) -> Any:  # noqa: ANN401 - a row of two columns
    """The unit and how many base units it holds."""
    of_item = select(ItemUnit.unit_of_measure_id, ItemUnit.qty_per_unit_of_measure).where(
        ItemUnit.item_id == item.id
    )
    if card["unit"]:
        by_code = UnitOfMeasure.id == ItemUnit.unit_of_measure_id
        of_item = of_item.join(UnitOfMeasure, by_code).where(UnitOfMeasure.code == card["unit"])
    else:
        of_item = of_item.where(ItemUnit.unit_of_measure_id == item.base_unit_of_measure_id)
    row = session.execute(of_item).one_or_none()
    if row is None:
        raise _not_found(card, "unit")
    return row


def _given(card: TextCard, name: str) -> str:
    if not card[name]:
        raise NameMissing(field=CAPTIONS[name], length=LENGTHS[name])
    return card[name]


def _not_found(card: TextCard, name: str) -> RecordNotFound:
    return RecordNotFound(field=CAPTIONS[name], code=card[name])
