"""Warehouse journals: batches, and of counts the lines, the bins, and what was counted.

A calculated line (`phys_inventory`) is what the entries say lies in a bin; only its counted
quantity changes. A manual line is what was found besides. A bin is counted when it was opened
and closed; what was scanned in between stands in count entries, which are only added
(docs/domain.md 7). Lines that people type stand in `manual_journal_line` and, where they move
stock, in `reclassification_line`.

This module must never write a ledger: `register_journal` does.
"""

import enum
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.guards import guard_append_only
from scanner_app.records import (
    Base,
    Code10,
    Editable,
    Entry,
    Flag,
    Id,
    Text100,
    TrackingNumber,
    partial_index,
)
from scanner_app.warehouse.warehouse_ledger import WarehouseEntryType


class WarehouseJournalTemplate(enum.StrEnum):
    """Which of the warehouse journals a batch belongs to."""

    PHYSICAL_INVENTORY = "Physical Inventory"
    ITEM = "Item"
    RECLASSIFICATION = "Reclassification"


class WarehouseJournalBatch(Editable, Base):
    """A named set of lines of one location; of the template Physical Inventory, a count.

    Blind: the counter is not shown what is booked.
    """

    __tablename__ = "warehouse_journal_batch"
    __table_args__ = (UniqueConstraint("location_id", "template", "name"),)

    id: Mapped[Id]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    template: Mapped[WarehouseJournalTemplate] = mapped_column(
        default=WarehouseJournalTemplate.PHYSICAL_INVENTORY
    )
    name: Mapped[Code10]
    description: Mapped[Text100] = mapped_column(default="")
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))
    blind: Mapped[bool] = mapped_column(default=True)


# What scans and the pages of counts look among; the Item journals have names of their own.
IS_COUNT = WarehouseJournalBatch.template == WarehouseJournalTemplate.PHYSICAL_INVENTORY


class WarehouseJournalLine(Base):
    """One bin, item, unit of measure and set of numbers, booked or found.

    `expected_version` is the version of the bin's balance when the expectation was taken,
    `counted_version` the one when the bin was closed.
    """

    __tablename__ = "warehouse_journal_line"
    __table_args__ = (
        UniqueConstraint("batch_id", "line_no"),
        UniqueConstraint(
            "batch_id",
            "bin_id",
            "item_id",
            "variant_id",
            "unit_of_measure_id",
            "serial_no",
            "lot_no",
            "package_no",
            name="uq_warehouse_journal_line_key",
        ),
        CheckConstraint("qty_calculated_base >= 0", name="calculated_not_negative"),
        CheckConstraint("phys_inventory OR qty_calculated_base = 0", name="manual_has_no_booked"),
    )

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("warehouse_journal_batch.id"))
    line_no: Mapped[int]
    phys_inventory: Mapped[bool]
    bin_count_id: Mapped[int] = mapped_column(ForeignKey("bin_count.id"), index=True)
    bin_id: Mapped[int] = mapped_column(ForeignKey("bin.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]
    qty_calculated_base: Mapped[Decimal]
    qty_phys_inventory_base: Mapped[Decimal | None]
    expected_version: Mapped[int] = mapped_column(default=0)
    counted_version: Mapped[int | None]
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))

    @property
    def difference_base(self) -> Decimal | None:
        """Counted less booked, in base units; None while the bin is not closed."""
        if self.qty_phys_inventory_base is None:
            return None
        return self.qty_phys_inventory_base - self.qty_calculated_base

    @property
    def entry_type(self) -> WarehouseEntryType:
        """Positive or negative adjustment, by the sign of the difference."""
        if (self.difference_base or 0) < 0:
            return WarehouseEntryType.NEGATIVE_ADJUSTMENT
        return WarehouseEntryType.POSITIVE_ADJUSTMENT


class BinCountState(enum.StrEnum):
    """How far the count of one bin is."""

    TO_COUNT = "To count"
    OPEN = "Open"
    CLOSED = "Closed"
    REGISTERED = "Registered"


class BinCount(Base):
    """One bin of a batch: who opened and closed it, and in which round."""

    __tablename__ = "bin_count"
    __table_args__ = (
        partial_index(
            "uq_bin_count_unregistered",
            "batch_id",
            "bin_id",
            unique=True,
            where="state <> 'Registered'",
        ),
        Index("ix_bin_count_bin", "bin_id", "state"),
    )

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("warehouse_journal_batch.id"))
    bin_id: Mapped[int] = mapped_column(ForeignKey("bin.id"))
    state: Mapped[BinCountState] = mapped_column(default=BinCountState.TO_COUNT)
    round: Mapped[int] = mapped_column(default=1)
    declared_empty: Mapped[Flag]
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    registered_at: Mapped[datetime | None]
    warehouse_register_id: Mapped[int | None] = mapped_column(ForeignKey("warehouse_register.id"))


class CountEntry(Entry, Base):
    """One fact of a count: a quantity seen, or, when it was corrected, taken back.

    `undoes_id` is the entry that an undo takes back as if it had never been seen.
    """

    __tablename__ = "count_entry"
    __table_args__ = (
        Index("ix_count_entry_bin_count", "bin_count_id", "round"),
        UniqueConstraint("undoes_id"),
    )

    id: Mapped[Id]
    bin_count_id: Mapped[int] = mapped_column(ForeignKey("bin_count.id"))
    round: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]
    quantity: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    counted_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id"))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("count_entry.id"))


guard_append_only(CountEntry.__table__)  # type: ignore[arg-type]
