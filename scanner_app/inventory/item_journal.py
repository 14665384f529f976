"""Item Journal: the lines that are posted to the item ledger (docs/domain.md 8, 9, 12).

A batch holds lines of one template: of the item journal, or transfers of the item reclassification
journal; a line that several numbers share names them on item tracking lines. Lines
made by Calculate Warehouse Adjustment carry `warehouse_adjustment` and cannot be edited.

This module must never write a ledger: lines are a proposal until they are posted.
"""

import enum
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, UniqueConstraint, case
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.records import (
    Amount,
    Base,
    Code10,
    Code20,
    Editable,
    Flag,
    Id,
    Text100,
    TrackingNumber,
    partial_index,
)

# What a transfer takes leaves first.
OUTBOUND = frozenset({EntryType.SALE, EntryType.NEGATIVE_ADJUSTMENT, EntryType.TRANSFER})


def brings_stock_in(entry_type: EntryType, quantity_base: Decimal) -> bool:
    """Whether a line does: its entry type says so, and a minus turns it round."""
    return (entry_type in OUTBOUND) == (quantity_base < 0)


class ItemJournalTemplate(enum.StrEnum):
    """Which of the item journals a batch belongs to."""

    ITEM = "Item"
    TRANSFER = "Transfer"


class ItemJournalBatch(Editable, Base):
    """A named set of lines that are posted together.

    While `frozen_at` is set, nobody but the job touches the lines: `frozen_lines` is how many
    there were then. `posting_job_id` stays behind until its end was read (docs/domain.md 12.3).
    """

    __tablename__ = "item_journal_batch"
    __table_args__ = (
        UniqueConstraint("name"),
        UniqueConstraint("posting_job_id"),
        CheckConstraint(
            "(frozen_at IS NULL) = (frozen_by_id IS NULL)"
            " AND (frozen_at IS NULL) = (frozen_lines IS NULL)"
            " AND (frozen_at IS NULL OR posting_job_id IS NOT NULL)",
            name="frozen_for_a_job",
        ),
    )

    id: Mapped[Id]
    template: Mapped[ItemJournalTemplate] = mapped_column(default=ItemJournalTemplate.ITEM)
    name: Mapped[Code10]
    description: Mapped[Text100] = mapped_column(default="")
    item_tracking_on_lines: Mapped[Flag]
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))
    number_series_id: Mapped[int | None] = mapped_column(ForeignKey("number_series.id"))
    posting_job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    frozen_at: Mapped[datetime | None]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    frozen_lines: Mapped[int | None]

    @property
    def has_numbers_on_lines(self) -> bool:
        """Whether numbers are typed on its lines; what a transfer changes always is."""
        return self.item_tracking_on_lines or self.template is ItemJournalTemplate.TRANSFER


class ItemJournalLine(Base):
    """One line; the sign of its quantity reverses the direction of its entry type.

    The new fields are of a transfer: where it comes in, and under which numbers. Without a new
    location it stays where it is.
    """

    __tablename__ = "item_journal_line"
    __table_args__ = (
        UniqueConstraint("batch_id", "line_no"),
        CheckConstraint("quantity <> 0", name="quantity_not_zero"),
        partial_index("ix_item_journal_line_serial", "serial_no", where="serial_no <> ''"),
        partial_index(
            "ix_item_journal_line_adjustment",
            "location_id",
            "item_id",
            where="warehouse_adjustment",
        ),
    )

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("item_journal_batch.id"))
    line_no: Mapped[int]
    entry_type: Mapped[EntryType]
    posting_date: Mapped[date]
    document_date: Mapped[date]
    document_no: Mapped[Code20]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    bin_id: Mapped[int | None] = mapped_column(ForeignKey("bin.id"))
    description: Mapped[Text100] = mapped_column(default="")
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]
    new_location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    new_bin_id: Mapped[int | None] = mapped_column(ForeignKey("bin.id"))
    new_serial_no: Mapped[TrackingNumber]
    new_lot_no: Mapped[TrackingNumber]
    new_package_no: Mapped[TrackingNumber]
    new_expiration_date: Mapped[date | None]
    applies_to_entry_id: Mapped[int | None] = mapped_column(ForeignKey("item_ledger_entry.id"))
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))
    warehouse_adjustment: Mapped[Flag]
    phys_inventory: Mapped[Flag]
    qty_calculated: Mapped[Amount]
    qty_phys_inventory: Mapped[Amount]

    @hybrid_property
    def comes_in(self) -> bool:
        """Whether it brings stock in."""
        return brings_stock_in(self.entry_type, self.quantity_base)

    @comes_in.inplace.expression
    @classmethod
    def _comes_in(cls) -> ColumnElement[bool]:
        leaves = cls.entry_type.in_(OUTBOUND)
        return case((leaves, cls.quantity_base < 0), else_=cls.quantity_base > 0)
