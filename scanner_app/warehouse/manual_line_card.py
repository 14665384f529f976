"""Manual lines: what a line says, as people read and type it (docs/domain.md 13.2, 13.4).

What is typed is tested lightly here: that each value can be read and each record is there. The
comprehensive check belongs to registering.

This module must never ask a ledger.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_tracking import check_serial_quantity
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import ROWS_AT_ONCE, TextCard, day_of
from scanner_app.warehouse.bin import Bin, bins_by_id
from scanner_app.warehouse.journal_line_card import DraftLine, StoredLine, write_quantity
from scanner_app.warehouse.journal_records import (
    CAPTIONS_OF_RECORDS,
    NamedRecords,
    bin_of,
    item_of,
    reason_of,
    unit_of,
    variant_of,
)
from scanner_app.warehouse.manual_journal_line import ManualJournalLine, ManualLine
from scanner_app.warehouse.manual_line_kind import LINE_KINDS, LineKind
from scanner_app.warehouse.record_card import blank_card, read_card
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch, WarehouseJournalTemplate
from scanner_app.warehouse.warehouse_journal_refusals import AdjustmentBinTyped

_NAMED = ("item_no", "variant", "unit", "reason_code")


def blank_manual_line_card(kind: LineKind[Any]) -> TextCard:
    """What a line says before anything is known of it."""
    return blank_card(kind.fields)


def card_of_manual_line(session: Session, kind: LineKind[Any], line: ManualLine) -> TextCard:
    """What a line says."""
    wanted = _lines_with_codes(kind).where(kind.row.id == line.id)
    _, *codes = session.execute(wanted).one()
    return _card(kind, line, codes, bins_of_lines(session, kind, [line])[line.line_no])


def stored_manual_lines(
    session: Session, batch: WarehouseJournalBatch, line_ids: Collection[int] | None = None
) -> dict[int, StoredLine]:
    """What lines of a batch say, by id, in the order of the numbers, in two look-ups.

    All of them, or those of the ids that are there.
    """
    kind = LINE_KINDS[batch.template]
    of_batch = _lines_with_codes(kind).where(kind.row.batch_id == batch.id)
    if line_ids is not None:
        of_batch = of_batch.where(kind.row.id.in_(sorted(line_ids)))
    rows = session.execute(of_batch.order_by(kind.row.line_no)).all()
    bins = bins_of_lines(session, kind, [row[0] for row in rows])
    return {
        line.id: StoredLine(line.id, line.line_no, _card(kind, line, codes, bins[line.line_no]))
        for line, *codes in rows
    }


def list_adjustment_cards(session: Session) -> Iterator[TextCard]:
    """What the lines of all adjustment journals say, with journal and number, in one look-up."""
    batch, line = WarehouseJournalBatch, ManualJournalLine
    kind = LINE_KINDS[WarehouseJournalTemplate.ITEM]
    in_order = (
        _lines_with_codes(kind)
        .join(batch, batch.id == line.batch_id)
        .join(Location, Location.id == batch.location_id)
        .outerjoin(Bin, Bin.id == line.bin_id)
        .add_columns(Bin.code, batch.template, batch.name, Location.code)
        .order_by(Location.code, batch.template, batch.name, line.line_no)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for row, *codes, bin_, template, name, location in session.execute(in_order):
        key = {"template": template.value, "batch": name, "location": location}
        yield key | {"line_no": str(row.line_no)} | _card(kind, row, codes, (bin_,))


def _lines_with_codes(kind: LineKind[Any]) -> Select[Any, str, str, str, str]:
    row = kind.row
    return (
        select(row, Item.no, ItemVariant.code, UnitOfMeasure.code, ReasonCode.code)
        .join(Item, Item.id == row.item_id)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == row.unit_of_measure_id)
        .outerjoin(ReasonCode, ReasonCode.id == row.reason_code_id)
    )


def _card(
    kind: LineKind[Any],
    line: ManualLine,
    codes: Sequence[str | None],
    bins: Sequence[str | None],
) -> TextCard:
    """What a line says; the codes are those of `_lines_with_codes`, in their order."""
    return {
        "registering_date": line.registering_date.isoformat(),
        "whse_document_no": line.whse_document_no,
        "quantity": f"{line.quantity:f}",
        **{
            name: code or ""
            for name, code in zip((*_NAMED, *kind.bins), (*codes, *bins), strict=True)
        },
    } | kind.card_of_tracking(line)


def bins_of_lines(
    session: Session, kind: LineKind[Any], lines: Iterable[ManualLine]
) -> dict[int, tuple[str | None, ...]]:
    """The codes of the bins of some lines, by line number, None for a bin that is left out."""
    ids = {line.line_no: [getattr(line, f"{name}_id") for name in kind.bins] for line in lines}
    bins = bins_by_id(session, (bin_id for named in ids.values() for bin_id in named))
    return {
        line_no: tuple(bins[bin_id].code if bin_id else None for bin_id in named)
        for line_no, named in ids.items()
    }


def read_manual_line_card(kind: LineKind[Any], location: Location, typed: TextCard) -> TextCard:
    """Return what was typed as a line keeps it, with the location that the batch gives it.

    Raises:
        RuleRefused: as `read_card` raises it.
    """
    return read_card(kind.fields, typed) | {"location": location.code}


def write_manual_line(
    kind: LineKind[Any],
    line: ManualLine | DraftLine,
    card: TextCard,
    records: NamedRecords,
    today: date,
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
    for name in kind.bins:
        setattr(line, f"{name}_id", _bin(records, card, name))
    line.reason_code_id = reason_of(records, card)
    line.whse_document_no = card["whse_document_no"]
    line.registering_date = day_of(card["registering_date"]) or today
    kind.write_tracking(line, card)
    write_quantity(line, item, unit_of(records, item, card), card)
    check_serial_quantity(kind.new_numbers(line), line.quantity_base)


def _bin(records: NamedRecords, card: TextCard, name: str) -> int | None:
    """A bin that is left out is missed when the line is registered, not while it is typed."""
    if not card[name]:
        return None
    location = records.locations[card["location"]]
    bin_id = bin_of(records, location, card, name)
    if bin_id == location.adjustment_bin_id:
        caption = CAPTIONS_OF_RECORDS[name]
        raise AdjustmentBinTyped(bin_code=card[name], location=location.code, field=caption)
    return bin_id
