"""Reclassification: stock that lies elsewhere, is called otherwise or expires on another day.

What a reclassification line says, with the records that it names (docs/domain.md 13.4).

This module must never check or write anything.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import TrackingNumbers, new_numbers_of, numbers_of
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.posting_line import PostingLine
from scanner_app.inventory.tracking_information import NumberOfItem, dated_number
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import BalanceKey, BalanceOwner
from scanner_app.warehouse.manual_journal_line import ReclassificationLine
from scanner_app.warehouse.new_warehouse_entry import NewWarehouseEntry
from scanner_app.warehouse.warehouse_ledger import WarehouseEntryType


@dataclass(frozen=True)
class Dates:
    """The warranty and expiration date of what lies in a bin."""

    warranty: date | None = None
    expiration: date | None = None


@dataclass(frozen=True)
class Reclassification:
    """So much of an item leaves a bin under its numbers and comes into one under the new ones.

    Attributes:
        new_expiration_date: the one that it gets; None leaves it as it is.
    """

    line_no: int
    from_bin: Bin
    to_bin: Bin
    item: Item
    tracking_code: ItemTrackingCode | None
    variant_id: int
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    quantity: Decimal
    quantity_base: Decimal
    numbers: TrackingNumbers
    new_numbers: TrackingNumbers
    new_expiration_date: date | None
    reason_code_id: int | None
    registering_date: date
    source_no: str

    @property
    def serial_specific(self) -> bool:
        """Whether a serial no. of the item stands in one bin only."""
        code = self.tracking_code
        return code is not None and code.serial_specific_tracking

    @property
    def dated_number(self) -> NumberOfItem | None:
        """The number that carries its expiration date until now."""
        return dated_number(self.item.id, self.variant_id, self.numbers)

    @property
    def new_dated_number(self) -> NumberOfItem | None:
        """The number that carries its expiration date from now on."""
        return dated_number(self.item.id, self.variant_id, self.new_numbers)

    @property
    def from_key(self) -> BalanceKey:
        """The balance that it leaves."""
        return self._key(self.from_bin, self.numbers)

    @property
    def to_key(self) -> BalanceKey:
        """The balance that it comes to."""
        return self._key(self.to_bin, self.new_numbers)

    @property
    def owner(self) -> BalanceOwner:
        """What new balance rows of it must know."""
        return BalanceOwner(
            self.from_bin.location_id,
            is_adjustment_bin=False,
            serial_specific=self.serial_specific,
        )

    def _key(self, bin_: Bin, numbers: TrackingNumbers) -> BalanceKey:
        return BalanceKey(
            bin_.id, self.item.id, self.variant_id, self.unit_of_measure_id, *numbers.as_tuple()
        )


@dataclass(frozen=True)
class CheckedReclassification:
    """A line that may be registered, with the dates of its halves.

    Attributes:
        transfer: what it posts to the item ledger; None when only the bin changes.
    """

    line: Reclassification
    before: Dates
    after: Dates
    transfer: PostingLine | None


def reclassification_of(
    line: ReclassificationLine,
    from_bin: Bin,
    to_bin: Bin,
    item: Item,
    code: ItemTrackingCode | None,
    reason_code_id: int | None,
) -> Reclassification:
    """What a line says; a date is nothing to an item whose code uses none."""
    uses_dates = code is not None and code.use_expiration_dates
    return Reclassification(
        line_no=line.line_no,
        from_bin=from_bin,
        to_bin=to_bin,
        item=item,
        tracking_code=code,
        variant_id=line.variant_id,
        unit_of_measure_id=line.unit_of_measure_id,
        qty_per_unit_of_measure=line.qty_per_unit_of_measure,
        quantity=line.quantity,
        quantity_base=line.quantity_base,
        numbers=numbers_of(line),
        new_numbers=new_numbers_of(line),
        new_expiration_date=line.new_expiration_date if uses_dates else None,
        reason_code_id=reason_code_id,
        registering_date=line.registering_date,
        source_no=line.whse_document_no,
    )


def entries_of(
    moved: Reclassification, before: Dates, after: Dates
) -> tuple[NewWarehouseEntry, NewWarehouseEntry]:
    """What leaves the one bin, and what comes into the other."""
    return _entry(moved, -1, before), _entry(moved, 1, after)


def leaving_entry(moved: Reclassification) -> NewWarehouseEntry:
    """What leaves the one bin, as a refusal speaks of it."""
    return _entry(moved, -1, Dates())


def _entry(moved: Reclassification, sign: int, dates: Dates) -> NewWarehouseEntry:
    return NewWarehouseEntry(
        bin=moved.from_bin if sign < 0 else moved.to_bin,
        item_id=moved.item.id,
        variant_id=moved.variant_id,
        unit_of_measure_id=moved.unit_of_measure_id,
        qty_per_unit_of_measure=moved.qty_per_unit_of_measure,
        quantity=sign * moved.quantity,
        quantity_base=sign * moved.quantity_base,
        numbers=moved.numbers if sign < 0 else moved.new_numbers,
        serial_specific=moved.serial_specific,
        entry_type=WarehouseEntryType.MOVEMENT,
        warranty_date=dates.warranty,
        expiration_date=dates.expiration,
        source_no=moved.source_no,
        reason_code_id=moved.reason_code_id,
        registering_date=moved.registering_date,
    )
