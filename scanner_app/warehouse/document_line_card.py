"""Lines of receipts and shipments: what a line says, as people read and type it.

What is typed is tested lightly: that each value can be read and each record is there, and that no
less is ordered than has come or is picked. Numbers and dates are tested when the document is
posted or picked (docs/domain.md 6.6).

This module must never ask a ledger.
"""

from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import Changes, TextCard
from scanner_app.quantities import (
    ZERO,
    check_rounding_precision,
    from_base,
    parse_quantity,
    to_base,
)
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.document_bins import document_bin, find_document_bins
from scanner_app.warehouse.document_kind import RECEIPTS, DocumentKind, Line
from scanner_app.warehouse.document_refusals import (
    LineBegun,
    QuantityBelowBegun,
    TooMuchToReceive,
)
from scanner_app.warehouse.journal_records import (
    CAPTIONS,
    NamedRecords,
    item_of,
    reason_of,
    unit_of,
    variant_of,
)
from scanner_app.warehouse.journal_refusals import QuantityZero
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.transfer_kind import TRANSFERS

# What cannot change any more when some of a line has come or is picked.
IDENTITY = ("item_no", "variant", "unit")


def blank_line_card(kind: DocumentKind) -> TextCard:
    """What a new line says before anything is typed."""
    return blank_card(kind.line_fields)


def card_of_line(session: Session, kind: DocumentKind, line: Line) -> TextCard:
    """What a line says, in one look-up."""
    row = session.execute(_with_codes(kind).where(kind.line.id == line.id)).one()
    card = {
        "item_no": row.item_no,
        "variant": row.variant,
        "unit": row.unit,
        "quantity": f"{line.quantity:f}",
        "qty_to_receive": f"{line.qty_to_receive:f}" if kind is RECEIPTS else "",
        "bin": row.bin or "" if kind is RECEIPTS else "",
        "reason_code": row.reason_code or "",
    }
    if kind is TRANSFERS:
        card |= TRANSFERS.card_of_bins(session, line)
    return {field.name: card[field.name] for field in kind.line_fields}


def write_line(
    session: Session,
    kind: DocumentKind,
    location: Location,
    line: Line,
    card: TextCard,
    records: NamedRecords,
) -> None:
    """Let a line say what its card says; `records` are those that it names.

    Raises:
        NameMissing, RecordNotFound: for the item, its variant and unit, and the reason.
        QuantityZero, QuantityTooLarge, QuantityTooFine: for the quantity.
        QuantityBelowBegun: for less than has come or is picked.
        TooMuchToReceive: for more to receive than is outstanding.
        RuleRefused: as `document_bin` raises it.
    """
    item = item_of(records, card)
    unit = unit_of(records, item, card)
    line.item_id, line.variant_id = item.id, variant_of(records, item, card)
    line.description = item.description
    line.unit_of_measure_id = unit.unit_of_measure_id
    line.qty_per_unit_of_measure = unit.qty_per_unit_of_measure
    line.reason_code_id = reason_of(records, card)
    quantity = _read_quantity(card["quantity"], line, item)
    if quantity == 0:
        raise QuantityZero
    _check_begun(kind, line, quantity)
    line.quantity = quantity
    if kind is RECEIPTS:
        bins = find_document_bins(session, location, [card["bin"]])
        line.bin_id = document_bin(kind, location, bins, card["bin"])
        line.qty_to_receive = _qty_to_receive(line, item, card["qty_to_receive"])
        return
    line.quantity_base = to_base(quantity, line.qty_per_unit_of_measure)
    if kind is TRANSFERS:
        TRANSFERS.write_bins(session, line, card)


def check_begun_kept(kind: DocumentKind, line: Line, changes: Changes) -> None:
    """Refuse another item or unit for what has come or is picked.

    Raises:
        LineBegun: when such a field changes.
    """
    begun = kind.begun_base(line)
    changed = [name for name in IDENTITY if name in changes]
    if begun and changed:
        raise LineBegun(line_no=line.line_no, done=begun, field=CAPTIONS[changed[0]])


def with_rest_to_receive(before: TextCard, card: TextCard) -> TextCard:
    """A quantity that changes takes the Qty. to Receive along, unless that was typed as well."""
    kept = card.get("qty_to_receive") == before.get("qty_to_receive")
    if card["quantity"] != before["quantity"] and kept and "qty_to_receive" in card:
        return card | {"qty_to_receive": ""}
    return card


def _with_codes(kind: DocumentKind) -> Select[*tuple[Any, ...]]:
    """The codes of the records that a line names; a line of a shipment names no bin."""
    row = kind.line
    bin_id = row.bin_id if kind is RECEIPTS else None
    return (
        select(
            Item.no.label("item_no"),
            ItemVariant.code.label("variant"),
            UnitOfMeasure.code.label("unit"),
            Bin.code.label("bin"),
            ReasonCode.code.label("reason_code"),
        )
        .join(row, row.item_id == Item.id)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == row.unit_of_measure_id)
        .outerjoin(Bin, Bin.id == bin_id)
        .outerjoin(ReasonCode, ReasonCode.id == row.reason_code_id)
    )


def _read_quantity(typed: str, line: Line, item: Item) -> Decimal:
    """A quantity in the unit of the line, no finer than the item is counted."""
    quantity = parse_quantity(typed)
    base = to_base(quantity, line.qty_per_unit_of_measure)
    check_rounding_precision(base, item.qty_rounding_precision, item.no)
    return quantity


def _check_begun(kind: DocumentKind, line: Line, quantity: Decimal) -> None:
    begun = kind.begun_base(line) if line.id else ZERO
    if to_base(quantity, line.qty_per_unit_of_measure) < begun:
        done = from_base(begun, line.qty_per_unit_of_measure)
        raise QuantityBelowBegun(line_no=line.line_no, done=done, quantity=quantity)


def _qty_to_receive(line: Line, item: Item, typed: str) -> Decimal:
    outstanding = line.quantity - (line.qty_received or ZERO)
    quantity = _read_quantity(typed, line, item) if typed else outstanding
    if quantity > outstanding:
        raise TooMuchToReceive(line_no=line.line_no, quantity=quantity, outstanding=outstanding)
    return Decimal(quantity)
