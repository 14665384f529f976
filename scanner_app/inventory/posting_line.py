"""The values that are posted to the item ledger: one line is one set of numbers.

This module must never read or write a table.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from scanner_app.inventory.item import Item
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers
from scanner_app.inventory.item_tracking_code import (
    EntryType,
    ItemTrackingCode,
    numbers_in_warehouse,
    specific_numbers,
)
from scanner_app.inventory.location import Location


@dataclass(frozen=True)
class Posting:
    """Who posts, when, and from which journal batch or document; each line has its own date."""

    work_date: date
    posted_at: datetime
    user_id: int
    source_code: str
    journal_batch_name: str = ""


@dataclass(frozen=True)
class PostingLine:
    """One quantity to be posted; `quantity_base` is signed, plus brings stock in."""

    entry_type: EntryType
    posting_date: date
    document_no: str
    document_date: date
    item: Item
    tracking_code: ItemTrackingCode | None
    variant_id: int
    location: Location
    quantity_base: Decimal
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    numbers: TrackingNumbers = NO_NUMBERS
    warranty_date: date | None = None
    expiration_date: date | None = None
    source_no: str = ""
    reason_code_id: int | None = None
    warehouse_adjustment: bool = False
    applies_to_entry_id: int | None = None

    @property
    def inbound(self) -> bool:
        """Whether the line brings stock in."""
        return self.quantity_base > 0

    @cached_property
    def specific_numbers(self) -> TrackingNumbers:
        """The numbers that outbound and inbound must share."""
        return self.numbers.only(specific_numbers(self.tracking_code))

    @cached_property
    def warehouse_numbers(self) -> TrackingNumbers:
        """The numbers that warehouse entries store."""
        return self.numbers.only(numbers_in_warehouse(self.tracking_code))
