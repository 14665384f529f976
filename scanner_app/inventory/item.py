"""Item, Item Variant, Unit of Measure and Item Unit of Measure (docs/domain.md 3).

This module must never hold a quantity on hand: that is a sum over ledger entries.
"""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.records import (
    Amount,
    Base,
    Code,
    Code10,
    Code20,
    Editable,
    Flag,
    Id,
    Text100,
    partial_index,
)


class UnitOfMeasure(Base):
    """A unit of measure: PCS, BOX, M."""

    __tablename__ = "unit_of_measure"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[Id]
    code: Mapped[Code10]
    description: Mapped[Text100] = mapped_column(default="")


class Item(Editable, Base):
    """What is stocked. The base unit is the unit in which the ledgers add up."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("no"),
        Index("ix_item_item_tracking_code_id_no", "item_tracking_code_id", "no"),
        partial_index("ix_item_blocked_no", "no", where="blocked"),
        partial_index("ix_item_serial_nos_id", "serial_nos_id", where="serial_nos_id IS NOT NULL"),
        partial_index("ix_item_lot_nos_id", "lot_nos_id", where="lot_nos_id IS NOT NULL"),
    )

    id: Mapped[Id]
    no: Mapped[Code20]
    description: Mapped[Text100] = mapped_column(default="")
    base_unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    put_away_unit_of_measure_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit_of_measure.id")
    )
    item_tracking_code_id: Mapped[int | None] = mapped_column(ForeignKey("item_tracking_code.id"))
    serial_nos_id: Mapped[int | None] = mapped_column(ForeignKey("number_series.id"))
    lot_nos_id: Mapped[int | None] = mapped_column(ForeignKey("number_series.id"))
    expiration_calculation: Mapped[str] = mapped_column(Code(20), default="")
    gtin: Mapped[str] = mapped_column(Code(14), default="")
    warehouse_class_code: Mapped[str] = mapped_column(Code(10), default="")
    put_away_template_code: Mapped[str] = mapped_column(Code(10), default="")
    item_category_code: Mapped[str] = mapped_column(Code(20), default="")
    qty_rounding_precision: Mapped[Decimal] = mapped_column(default=Decimal("0.00001"))
    unit_cost: Mapped[Amount]
    blocked: Mapped[Flag]


class ItemVariant(Base):
    """A variant of an item. Every item has the blank one, so that keys need no NULL."""

    __tablename__ = "item_variant"
    __table_args__ = (UniqueConstraint("item_id", "code"),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    code: Mapped[Code10]
    description: Mapped[Text100] = mapped_column(default="")
    blocked: Mapped[Flag]


class ItemUnit(Base):
    """Item Unit of Measure: how many base units one unit holds."""

    __tablename__ = "item_unit"
    __table_args__ = (
        UniqueConstraint("item_id", "unit_of_measure_id"),
        CheckConstraint("qty_per_unit_of_measure > 0", name="qty_per_unit_of_measure_positive"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
