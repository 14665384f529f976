"""The values that are written to the warehouse ledger: an entry, and who registers it.

This module must never read or write a table.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import BalanceKey
from scanner_app.warehouse.warehouse_ledger import WarehouseDocument, WarehouseEntryType


@dataclass(frozen=True)
class NewWarehouseEntry:
    """One entry to be written; quantities are signed, plus puts into the bin.

    Attributes:
        registering_date: the posting date of its line; else the registration's date holds.
    """

    bin: Bin
    item_id: int
    variant_id: int
    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal
    quantity: Decimal
    quantity_base: Decimal
    numbers: TrackingNumbers
    serial_specific: bool
    entry_type: WarehouseEntryType
    warranty_date: date | None = None
    expiration_date: date | None = None
    source_no: str = ""
    reason_code_id: int | None = None
    registering_date: date | None = None

    @property
    def key(self) -> BalanceKey:
        """The balance that this entry changes."""
        return BalanceKey(
            self.bin.id,
            self.item_id,
            self.variant_id,
            self.unit_of_measure_id,
            *self.numbers.as_tuple(),
        )


@dataclass(frozen=True)
class Registration:
    """Who registers what kind of document, and when."""

    registering_date: date
    registered_at: datetime
    user_id: int
    source_code: str
    document: WarehouseDocument
    reference_no: str
    journal_batch_name: str = ""
