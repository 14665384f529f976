"""Difference: what lies more or less in a bin than is booked, whoever found it.

A line of a count becomes one when its bin is closed; a manual line is one from the beginning
(docs/domain.md 7.2, 13.2).

This module must never check or write anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import TrackingNumbers, numbers_of
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.tracking_information import NumberOfItem, dated_number
from scanner_app.quantities import ZERO
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import BalanceKey
from scanner_app.warehouse.manual_journal_line import ManualJournalLine
from scanner_app.warehouse.warehouse_journal import WarehouseJournalLine


@dataclass(frozen=True)
class Difference:
    """What lies more or less in a bin than is booked: plus was found, minus is missing.

    Attributes:
        registering_date: that of its line; else that of the registration holds.
        source_no: the document behind it, where it has one.
    """

    line_no: int
    bin: Bin
    item: Item
    tracking_code: ItemTrackingCode | None
    variant_id: int
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    quantity_base: Decimal
    numbers: TrackingNumbers
    warranty_date: date | None
    expiration_date: date | None
    reason_code_id: int | None
    registering_date: date | None = None
    source_no: str = ""

    @property
    def arrives(self) -> bool:
        """Whether it comes into the bin."""
        return self.quantity_base > 0

    @property
    def serial_specific(self) -> bool:
        """Whether a serial no. of the item stands in one bin only."""
        code = self.tracking_code
        return code is not None and code.serial_specific_tracking

    @property
    def dated_number(self) -> NumberOfItem | None:
        """The number that carries its expiration date."""
        return dated_number(self.item.id, self.variant_id, self.numbers)

    @property
    def key(self) -> BalanceKey:
        """The balance that it changes."""
        return BalanceKey(
            self.bin.id,
            self.item.id,
            self.variant_id,
            self.unit_of_measure_id,
            *self.numbers.as_tuple(),
        )


def difference_of_count(
    line: WarehouseJournalLine, bin_: Bin, item: Item, code: ItemTrackingCode | None
) -> Difference:
    """What a line of a count says, whose bin is closed."""
    return _difference(line, bin_, item, code, line.difference_base or ZERO)


def difference_of_manual_line(
    line: ManualJournalLine, bin_: Bin, item: Item, code: ItemTrackingCode | None
) -> Difference:
    """What a manual line says, with its own day and document."""
    difference = _difference(line, bin_, item, code, line.quantity_base)
    return replace(
        difference, registering_date=line.registering_date, source_no=line.whse_document_no
    )


def in_order(differences: Sequence[Difference]) -> list[Difference]:
    """Minus before plus, then as they stand in the journal."""
    return sorted(differences, key=lambda each: (each.quantity_base, each.line_no))


def _difference(
    line: WarehouseJournalLine | ManualJournalLine,
    bin_: Bin,
    item: Item,
    code: ItemTrackingCode | None,
    quantity_base: Decimal,
) -> Difference:
    return Difference(
        line_no=line.line_no,
        bin=bin_,
        item=item,
        tracking_code=code,
        variant_id=line.variant_id,
        unit_of_measure_id=line.unit_of_measure_id,
        qty_per_unit_of_measure=line.qty_per_unit_of_measure,
        quantity_base=quantity_base,
        numbers=numbers_of(line),
        warranty_date=line.warranty_date,
        expiration_date=line.expiration_date,
        reason_code_id=line.reason_code_id,
    )
