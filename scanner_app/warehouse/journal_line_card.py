"""What a line of every journal says: a quantity in a unit, its numbers and their dates.

This module must never ask a ledger.
"""

from dataclasses import dataclass
from types import SimpleNamespace

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_journal import ItemJournalLine
from scanner_app.inventory.item_tracking import check_serial_quantity, numbers_of
from scanner_app.inventory.text_card import TextCard, day_of, text_of_day
from scanner_app.quantities import check_rounding_precision, parse_signed_quantity, to_base
from scanner_app.warehouse.journal_records import UnitOfItem
from scanner_app.warehouse.journal_refusals import QuantityZero
from scanner_app.warehouse.manual_journal_line import (
    ManualJournalLine,
    ManualLine,
    ReclassificationLine,
)


@dataclass(frozen=True)
class StoredLine:
    """What a line says, and which one it is: ids come once, numbers come again."""

    id: int
    line_no: int
    card: TextCard


class DraftLine(SimpleNamespace):
    """What a line would say: it takes the values of one, and the session watches none of them."""


DatedLine = ItemJournalLine | ManualJournalLine | DraftLine
JournalLine = ItemJournalLine | ManualLine | DraftLine
TransferLine = ItemJournalLine | ReclassificationLine | DraftLine


def card_of_tracking(line: DatedLine) -> TextCard:
    """The numbers of a line and their dates, as its card says them."""
    return card_of_numbers(line) | {
        "warranty_date": text_of_day(line.warranty_date),
        "expiration_date": text_of_day(line.expiration_date),
    }


def write_tracking(line: DatedLine, card: TextCard) -> None:
    """Let a line have the numbers of its card and their dates."""
    write_numbers(line, card)
    line.warranty_date = day_of(card["warranty_date"])
    line.expiration_date = day_of(card["expiration_date"])


def card_of_numbers(line: JournalLine) -> TextCard:
    """The numbers of a line, as its card says them."""
    return {
        "serial_no": line.serial_no,
        "lot_no": line.lot_no,
        "package_no": line.package_no,
    }


def write_numbers(line: JournalLine, card: TextCard) -> None:
    """Let a line have the numbers of its card."""
    line.serial_no, line.lot_no = card["serial_no"], card["lot_no"]
    line.package_no = card["package_no"]


def card_of_new_tracking(line: TransferLine) -> TextCard:
    """What a transfer brings in, as its card says it."""
    return {
        "new_serial_no": line.new_serial_no,
        "new_lot_no": line.new_lot_no,
        "new_package_no": line.new_package_no,
        "new_expiration_date": text_of_day(line.new_expiration_date),
    }


def write_new_tracking(line: TransferLine, card: TextCard) -> None:
    """Let a transfer have the New numbers of its card and their date."""
    line.new_serial_no, line.new_lot_no = card["new_serial_no"], card["new_lot_no"]
    line.new_package_no = card["new_package_no"]
    line.new_expiration_date = day_of(card["new_expiration_date"])


def write_quantity(line: JournalLine, item: Item, unit: UnitOfItem, card: TextCard) -> None:
    """Let a line have the quantity of its card; its numbers are written already.

    Raises:
        QuantityZero, QuantityTooLarge, QuantityTooFine, SerialQuantityNotOne: for the quantity.
    """
    quantity = parse_signed_quantity(card["quantity"])
    base = to_base(quantity, unit.qty_per_unit_of_measure)
    if base == 0:
        raise QuantityZero
    check_rounding_precision(base, item.qty_rounding_precision, item.no)
    line.unit_of_measure_id = unit.unit_of_measure_id
    line.qty_per_unit_of_measure = unit.qty_per_unit_of_measure
    line.quantity, line.quantity_base = quantity, base
    check_serial_quantity(numbers_of(line), base)
