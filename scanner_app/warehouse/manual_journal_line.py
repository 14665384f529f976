"""Manual lines of warehouse journals: what a person types.

A line of a count says what should lie in a bin. A manual journal line says how much more or less
does (docs/domain.md 13.2), a reclassification line what was moved, renumbered or dated anew
(docs/domain.md 13.4).

This module must never write a ledger: `register_manual_lines` does.
"""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.quantities import SCALE
from scanner_app.records import Base, Code20, Id, Text100, TrackingNumber


class ManualLine(Base):
    """What the lines of every warehouse journal say: so much of which item, why, and since when."""

    __abstract__ = True

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("warehouse_journal_batch.id"))
    line_no: Mapped[int]
    registering_date: Mapped[date]
    whse_document_no: Mapped[Code20]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    description: Mapped[Text100] = mapped_column(default="")
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))


class ManualJournalLine(ManualLine):
    """One line: plus is found in the bin, minus is missing there."""

    __tablename__ = "manual_journal_line"
    __table_args__ = (
        UniqueConstraint("batch_id", "line_no"),
        CheckConstraint("quantity <> 0 AND quantity_base <> 0", name="quantity_not_zero"),
        CheckConstraint(
            f"serial_no = '' OR quantity_base IN (-{SCALE}, {SCALE})", name="serial_is_one_unit"
        ),
    )

    bin_id: Mapped[int | None] = mapped_column(ForeignKey("bin.id"))
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]


class ReclassificationLine(ManualLine):
    """One line: stock that was moved, has other numbers now, or another expiration date.

    A number that is blank beside a new one that is not came into it; the other way round it left.
    """

    __tablename__ = "reclassification_line"
    __table_args__ = (
        UniqueConstraint("batch_id", "line_no"),
        CheckConstraint("quantity > 0 AND quantity_base > 0", name="quantity_above_zero"),
        CheckConstraint(
            f"(serial_no = '' AND new_serial_no = '') OR quantity_base = {SCALE}",
            name="serial_is_one_unit",
        ),
    )

    from_bin_id: Mapped[int | None] = mapped_column(ForeignKey("bin.id"))
    to_bin_id: Mapped[int | None] = mapped_column(ForeignKey("bin.id"))
    new_serial_no: Mapped[TrackingNumber]
    new_lot_no: Mapped[TrackingNumber]
    new_package_no: Mapped[TrackingNumber]
    new_expiration_date: Mapped[date | None]
