"""Item Journal Line: what a line says, as people read and type it (docs/domain.md 12.2).

What is typed is tested lightly here: that each value can be read and each record is there. The
comprehensive check belongs to posting.

This module must never ask a ledger.
"""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_journal import (
    ItemJournalBatch,
    ItemJournalLine,
    ItemJournalTemplate,
)
from scanner_app.inventory.item_tracking import check_serial_quantity, new_numbers_of
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import ROWS_AT_ONCE, TextCard, day_of
from scanner_app.warehouse.adjustment_sync import BATCH_NAME as SYNC
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.item_journal_fields import line_fields
from scanner_app.warehouse.item_journal_refusals import BinNotUsed
from scanner_app.warehouse.journal_line_card import (
    DraftLine,
    StoredLine,
    card_of_new_tracking,
    card_of_tracking,
    write_new_tracking,
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
from scanner_app.warehouse.transfer_checks import check_no_directed_location


class _SaidLine(NamedTuple):
    """What a card says of a line, and the codes of the records that it names.

    Many lines are read: the session need not watch an object of each, nor a row of SQLAlchemy
    look up each name.
    """

    id: int
    line_no: int
    posting_date: date
    document_date: date
    document_no: str
    entry_type: EntryType
    quantity: Decimal
    applies_to_entry_id: int | None
    serial_no: str
    lot_no: str
    package_no: str
    warranty_date: date | None
    expiration_date: date | None
    new_serial_no: str
    new_lot_no: str
    new_package_no: str
    new_expiration_date: date | None
    item_no: str
    variant: str
    unit: str
    location: str
    bin: str | None
    new_location: str | None
    new_bin: str | None
    reason_code: str | None


_NewLocation, _NewBin = aliased(Location), aliased(Bin)
_CODES = {
    "item_no": Item.no,
    "variant": ItemVariant.code,
    "unit": UnitOfMeasure.code,
    "location": Location.code,
    "bin": Bin.code,
    "new_location": _NewLocation.code,
    "new_bin": _NewBin.code,
    "reason_code": ReasonCode.code,
}
_COLUMNS = (getattr(ItemJournalLine, name) for name in _SaidLine._fields if name not in _CODES)
_LINE_WITH_CODES: Select[*tuple[Any, ...]] = (
    select(*_COLUMNS, *_CODES.values())
    .join(Item, Item.id == ItemJournalLine.item_id)
    .join(ItemVariant, ItemVariant.id == ItemJournalLine.variant_id)
    .join(UnitOfMeasure, UnitOfMeasure.id == ItemJournalLine.unit_of_measure_id)
    .join(Location, Location.id == ItemJournalLine.location_id)
    .outerjoin(Bin, Bin.id == ItemJournalLine.bin_id)
    .outerjoin(_NewLocation, _NewLocation.id == ItemJournalLine.new_location_id)
    .outerjoin(_NewBin, _NewBin.id == ItemJournalLine.new_bin_id)
    .outerjoin(ReasonCode, ReasonCode.id == ItemJournalLine.reason_code_id)
)


def blank_line_card(template: ItemJournalTemplate = ItemJournalTemplate.ITEM) -> TextCard:
    """What a line says before anything is known of it."""
    is_transfer = template is ItemJournalTemplate.TRANSFER
    entry_type = EntryType.TRANSFER if is_transfer else EntryType.POSITIVE_ADJUSTMENT
    return dict.fromkeys(CAPTIONS, "") | {"entry_type": entry_type.value}


def card_of_line(session: Session, line: ItemJournalLine) -> TextCard:
    """What a line says, in one look-up."""
    row = session.execute(_LINE_WITH_CODES.where(ItemJournalLine.id == line.id)).one()
    return _card(_SaidLine._make(row))


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
    lines = map(_SaidLine._make, rows)
    return {line.id: StoredLine(line.id, line.line_no, _card(line)) for line in lines}


def list_line_cards(session: Session) -> Iterator[TextCard]:
    """What the lines of all item journals of people say, with batch and number, in one look-up."""
    batch, line = ItemJournalBatch, ItemJournalLine
    in_order = (
        _LINE_WITH_CODES.join(batch, batch.id == line.batch_id)
        .add_columns(batch.name)
        .where(batch.name != SYNC, batch.template == ItemJournalTemplate.ITEM)
        .order_by(batch.name, line.line_no)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for row in session.execute(in_order):
        *said, name = row
        read = _SaidLine._make(said)
        yield {"batch": name, "line_no": str(read.line_no)} | _card(read)


def read_line_card(batch: ItemJournalBatch, typed: TextCard) -> TextCard:
    """Return what was typed as a line keeps it; what its journal does not ask for is left out.

    Raises:
        RuleRefused: as `read_card` raises it.
    """
    return blank_line_card(batch.template) | read_card(line_fields(batch), typed)


def completed_card(card: TextCard) -> TextCard:
    """What a new transfer says: what is left empty after the transfer stays as it was."""
    if card["entry_type"] != EntryType.TRANSFER:
        return card
    kept = ["serial_no", "lot_no", "package_no"]
    if card["new_location"] in ("", card["location"]):
        kept.append("bin")
    return card | {f"new_{name}": card[f"new_{name}"] or card[name] for name in kept}


def write_line(
    line: ItemJournalLine | DraftLine, card: TextCard, records: NamedRecords, today: date
) -> None:
    """Let a line say what its card says; who calls has its document number.

    Raises:
        NameMissing: for a line without item or location.
        RecordNotFound: for a record that is not there.
        DirectedLocation, BinNotUsed: for the place.
        ReclassifiedInItsBins, TransferOrderNeeded: for the places of a transfer.
        QuantityZero, QuantityTooLarge, QuantityTooFine, SerialQuantityNotOne: for the quantity.
    """
    item = item_of(records, card)
    line.item_id = item.id
    line.entry_type = EntryType(card["entry_type"])
    _write_places(line, card, records)
    line.description = item.description
    line.variant_id = variant_of(records, item, card)
    line.reason_code_id = reason_of(records, card)
    line.applies_to_entry_id = entry_of(records, card)
    line.document_no = card["document_no"]
    line.posting_date = day_of(card["posting_date"]) or today
    line.document_date = day_of(card["document_date"]) or line.posting_date
    write_tracking(line, card)
    write_new_tracking(line, card)
    write_quantity(line, item, unit_of(records, item, card), card)
    check_serial_quantity(new_numbers_of(line), line.quantity_base)


def _card(line: Any) -> TextCard:  # noqa: ANN401 - a `_SaidLine`, whose numbers are read as of rows
    """What a line says."""
    return {
        "posting_date": line.posting_date.isoformat(),
        "document_date": line.document_date.isoformat(),
        "document_no": line.document_no,
        "entry_type": line.entry_type.value,
        "quantity": f"{line.quantity:f}",
        "applies_to_entry": str(line.applies_to_entry_id or ""),
        **{name: getattr(line, name) or "" for name in _CODES},
        **card_of_tracking(line),
        **card_of_new_tracking(line),
    }


def _write_places(line: ItemJournalLine | DraftLine, card: TextCard, records: NamedRecords) -> None:
    location, new_location = location_of(records, card), None
    if card["new_location"]:
        new_location = location_of(records, card, "new_location")
    if line.entry_type is EntryType.TRANSFER:
        check_no_directed_location(location, new_location or location)
    elif location.directed_put_away_and_pick:
        raise DirectedLocation(location=location.code)
    line.location_id = location.id
    line.new_location_id = new_location.id if new_location else None
    line.bin_id = _bin(records, location, card, "bin")
    line.new_bin_id = _bin(records, new_location or location, card, "new_bin")


def _bin(records: NamedRecords, location: Location, card: TextCard, name: str) -> int | None:
    """A bin that is left out is missed when the line is posted, not while it is typed."""
    if not card[name]:
        return None
    if not location.bin_mandatory:
        raise BinNotUsed(location=location.code)
    return bin_of(records, location, card, name)
