"""Warehouse Entry and Warehouse Register: the truth by bin (docs/domain.md 1.1, 5.4).

This module holds only the tables; `warehouse_posting` is the one place that inserts into them.
"""

import enum
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.guards import guard_append_only
from scanner_app.records import Base, Code10, Code20, Entry, Id, TrackingNumber


class WarehouseEntryType(enum.StrEnum):
    """By the sign of an adjustment; both halves of a movement are Movement."""

    NEGATIVE_ADJUSTMENT = "Negative Adjmt."
    POSITIVE_ADJUSTMENT = "Positive Adjmt."
    MOVEMENT = "Movement"


class WarehouseDocument(enum.StrEnum):
    """What kind of registration or posting wrote an entry."""

    RECEIPT = "Receipt"
    PUT_AWAY = "Put-away"
    PICK = "Pick"
    MOVEMENT = "Movement"
    SHIPMENT = "Shipment"
    PHYSICAL_INVENTORY = "Phys. Inventory"
    ITEM_JOURNAL = "Item Journal"


class WarehouseRegister(Entry, Base):
    """One registration: its gap-free number, its entries, when and by whom."""

    __tablename__ = "warehouse_register"
    __table_args__ = (UniqueConstraint("no"),)

    id: Mapped[Id]
    no: Mapped[int]
    created_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    source_code: Mapped[Code10]
    journal_batch_name: Mapped[Code10] = mapped_column(default="")
    from_entry_no: Mapped[int]
    to_entry_no: Mapped[int]


class WarehouseEntry(Entry, Base):
    """One signed quantity of an item in a bin, with its numbers and dates."""

    __tablename__ = "warehouse_entry"
    __table_args__ = (
        Index(
            "ix_warehouse_entry_balance",
            "bin_id",
            "item_id",
            "variant_id",
            "unit_of_measure_id",
            "serial_no",
            "lot_no",
            "package_no",
        ),
        Index("ix_warehouse_entry_reference", "reference_document", "reference_no"),
    )

    id: Mapped[Id]
    register_id: Mapped[int] = mapped_column(
        ForeignKey("warehouse_register.id", deferrable=True, initially="DEFERRED"), index=True
    )
    registering_date: Mapped[date]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    bin_id: Mapped[int] = mapped_column(ForeignKey("bin.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    entry_type: Mapped[WarehouseEntryType]
    serial_no: Mapped[TrackingNumber] = mapped_column(index=True)
    lot_no: Mapped[TrackingNumber] = mapped_column(index=True)
    package_no: Mapped[TrackingNumber] = mapped_column(index=True)
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]
    reference_document: Mapped[WarehouseDocument]
    reference_no: Mapped[Code20]
    source_no: Mapped[Code20] = mapped_column(default="")
    journal_batch_name: Mapped[Code10] = mapped_column(default="")
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


for _ledger in (WarehouseRegister, WarehouseEntry):
    guard_append_only(_ledger.__table__)  # type: ignore[arg-type]
