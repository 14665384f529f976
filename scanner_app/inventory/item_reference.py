"""Item Reference: what others call an item, above all the bar codes printed on it.

A reference stands for item, variant and unit of measure, and may be valid for a time only.
The same reference may stand for several items (docs/domain.md 10.3).

This module must never decide which of several items is meant.
"""

import enum
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.records import Base, Code20, Code50, Id, Text100


class ReferenceType(enum.StrEnum):
    """Whose reference it is."""

    BLANK = ""
    CUSTOMER = "Customer"
    VENDOR = "Vendor"
    BAR_CODE = "Bar Code"


class ItemReference(Base):
    """One reference no. of one item, variant and unit."""

    __tablename__ = "item_reference"
    __table_args__ = (
        UniqueConstraint(
            "item_id",
            "variant_id",
            "unit_of_measure_id",
            "reference_type",
            "reference_type_no",
            "reference_no",
            name="uq_item_reference_meaning",
        ),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    reference_type: Mapped[ReferenceType]
    reference_type_no: Mapped[Code20] = mapped_column(default="")
    reference_no: Mapped[Code50] = mapped_column(index=True)
    description: Mapped[Text100] = mapped_column(default="")
    starting_date: Mapped[date | None]
    ending_date: Mapped[date | None]
