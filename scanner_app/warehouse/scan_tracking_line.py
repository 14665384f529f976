"""Scanning item tracking lines: what a label says becomes numbers of a line.

A label that names its item must be of the item of the line. A code that says nothing of itself is
the first kind of number that the item asks for. Lot and package go on from the last number, so
that the serial numbers of a lot are scanned one after the other (docs/domain.md 12.5). A number
that a receipt expects is not named again: it has come (6.7).

This module must never guess an item.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.barcodes.parsed_barcode import BarcodeForm, ParsedBarcode
from scanner_app.code_index import ITEM_KINDS, CodeIndexEntry, meanings_of
from scanner_app.inventory.item import ItemUnit
from scanner_app.inventory.item_tracking import NUMBER_LENGTH, TrackingNumbers
from scanner_app.inventory.item_tracking_code import NumbersAsked, tracked_numbers
from scanner_app.inventory.text_card import text_of_day
from scanner_app.inventory.typed_fields import read_code
from scanner_app.quantities import to_base
from scanner_app.warehouse.document_tracking import expected_part, receive_expected_part
from scanner_app.warehouse.journal_tracking import TrackedLine
from scanner_app.warehouse.journal_tracking_lines import (
    add_tracking_line,
    tracking_fields,
)
from scanner_app.warehouse.journal_tracking_refusals import (
    LabelOfOtherItem,
    TrackingNumberNotGiven,
)
from scanner_app.warehouse.record_card import blank_card


def scan_tracking_line(session: Session, tracked: TrackedLine, label: ParsedBarcode) -> None:
    """Add the numbers of a label to a line that is locked.

    Raises:
        LabelOfOtherItem: for a label of another item.
        TrackingNumberNotGiven: for a label that names the item and no number.
        RuleRefused: as `add_tracking_line` raises it.
    """
    meanings = _meanings(session, tracked, label)
    asked = tracked_numbers(tracked.code)
    numbers = TrackingNumbers(label.serial_no, label.lot_no, label.package_no)
    if not numbers:
        if meanings:
            raise TrackingNumberNotGiven
        numbers = _plain_number(label.text, asked)
    quantity = _quantity(session, tracked, meanings, label)
    if part := expected_part(tracked, numbers):
        receive_expected_part(session, tracked, part, quantity)
        return
    serial_no, lot_no, package_no = _with_last(tracked, numbers, asked).as_tuple()
    card = blank_card(tracking_fields(tracked)) | {
        "serial_no": serial_no,
        "lot_no": lot_no,
        "package_no": package_no,
        "expiration_date": text_of_day(label.expiration_date),
        "quantity": quantity,
    }
    add_tracking_line(session, tracked, card)


def _meanings(session: Session, tracked: TrackedLine, label: ParsedBarcode) -> list[CodeIndexEntry]:
    """What the label says of the item of the line."""
    code = label.gtin or label.item_no
    if not code:
        return []
    items = [meaning for meaning in meanings_of(session, [code]) if meaning.kind in ITEM_KINDS]
    own = [meaning for meaning in items if meaning.item_id == tracked.item.id]
    # A bare number of digits may be a number of the house as well as a GTIN.
    is_bare = label.form == BarcodeForm.GTIN and not items
    if not own and not is_bare:
        raise LabelOfOtherItem(scanned=code, item_no=tracked.item.no)
    return own


def _plain_number(text: str, asked: NumbersAsked) -> TrackingNumbers:
    """A code without identifiers is the first kind of number that the item asks for."""
    number = read_code("Serial No." if asked.serial else "Lot No.", text, NUMBER_LENGTH)
    if asked.serial:
        return TrackingNumbers(serial_no=number)
    return TrackingNumbers(lot_no=number) if asked.lot else TrackingNumbers(package_no=number)


def _with_last(
    tracked: TrackedLine, numbers: TrackingNumbers, asked: NumbersAsked
) -> TrackingNumbers:
    if not tracked.tracking.parts:
        return numbers
    last = tracked.tracking.parts[-1].numbers.without_serial().only(asked)
    return numbers.completed_by(last) if numbers.serial_no else numbers


def _quantity(
    session: Session,
    tracked: TrackedLine,
    meanings: list[CodeIndexEntry],
    label: ParsedBarcode,
) -> str:
    """What the label counts, in base units; '' where it counts nothing."""
    if label.quantity is None or label.serial_no:
        return ""
    unit_ids = [meaning.unit_of_measure_id for meaning in meanings if meaning.unit_of_measure_id]
    if not unit_ids:
        return f"{label.quantity:f}"
    row = ItemUnit
    per_unit = session.scalars(
        select(row.qty_per_unit_of_measure).where(
            row.item_id == tracked.item.id, row.unit_of_measure_id == unit_ids[0]
        )
    ).one()
    return f"{to_base(label.quantity, per_unit):f}"
