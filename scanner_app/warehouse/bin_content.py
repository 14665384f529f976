"""Bin Content: the rules of an item in a bin, without a quantity (docs/domain.md 4.3).

Fixed and default bins, minimum and maximum. The quantity is the bin's balance.

This module must never hold what a bin contains.
"""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.records import Amount, Base, Flag, Id, partial_index


class BinContent(Base):
    """One item, variant and unit of measure in one bin. Max. Qty. 0 means no maximum."""

    __tablename__ = "bin_content"
    __table_args__ = (
        UniqueConstraint("bin_id", "item_id", "variant_id", "unit_of_measure_id"),
        CheckConstraint("min_qty >= 0 AND max_qty >= 0", name="limits_not_negative"),
        partial_index(
            "uq_bin_content_default",
            "location_id",
            "item_id",
            "variant_id",
            unique=True,
            where="is_default",
        ),
        Index("ix_bin_content_item", "location_id", "item_id", "variant_id"),
    )

    id: Mapped[Id]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    bin_id: Mapped[int] = mapped_column(ForeignKey("bin.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    fixed: Mapped[Flag]
    is_default: Mapped[Flag]
    min_qty: Mapped[Amount]
    max_qty: Mapped[Amount]
