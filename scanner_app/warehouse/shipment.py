"""Warehouse Shipment and its posted copy: what leaves, for which source document.

This module must never pick or post: `create_pick` and `post_shipment` do.
"""

import enum
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.guards import guard_append_only
from scanner_app.records import Amount, Base, Code20, Editable, Entry, Id, Text100, TrackingNumber
from scanner_app.warehouse.source_document import SourceDocument


class ShipmentStatus(enum.StrEnum):
    """Only a released shipment is picked and posted."""

    OPEN = "Open"
    RELEASED = "Released"


class WarehouseShipment(Editable, Base):
    """The header of a shipment that has not left."""

    __tablename__ = "warehouse_shipment"
    __table_args__ = (UniqueConstraint("no"),)

    id: Mapped[Id]
    no: Mapped[Code20]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    bin_id: Mapped[int] = mapped_column(ForeignKey("bin.id"))
    status: Mapped[ShipmentStatus]
    source_document: Mapped[SourceDocument]
    source_no: Mapped[Code20]
    shipment_date: Mapped[date | None]
    created_at: Mapped[datetime]


class WarehouseShipmentLine(Base):
    """One item to be shipped; picked before it is shipped, shipped at most as picked."""

    __tablename__ = "warehouse_shipment_line"
    __table_args__ = (
        UniqueConstraint("shipment_id", "line_no"),
        CheckConstraint(
            "0 <= qty_shipped_base AND qty_shipped_base <= qty_picked_base"
            " AND qty_picked_base <= quantity_base",
            name="shipped_within_picked",
        ),
    )

    id: Mapped[Id]
    shipment_id: Mapped[int] = mapped_column(ForeignKey("warehouse_shipment.id"))
    line_no: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    description: Mapped[Text100] = mapped_column(default="")
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    qty_picked_base: Mapped[Amount]
    qty_shipped_base: Mapped[Amount]
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))
    transfer_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("transfer_order_line.id"), index=True
    )


class PostedShipment(Entry, Base):
    """What one posting of a shipment sent out: immutable."""

    __tablename__ = "posted_shipment"
    __table_args__ = (UniqueConstraint("no"),)

    id: Mapped[Id]
    no: Mapped[Code20]
    shipment_no: Mapped[Code20] = mapped_column(index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    source_document: Mapped[SourceDocument]
    source_no: Mapped[Code20] = mapped_column(index=True)
    posting_date: Mapped[date]
    posted_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class PostedShipmentLine(Entry, Base):
    """One shipped item with its numbers."""

    __tablename__ = "posted_shipment_line"

    id: Mapped[Id]
    posted_shipment_id: Mapped[int] = mapped_column(ForeignKey("posted_shipment.id"), index=True)
    shipment_line_id: Mapped[int] = mapped_column(index=True)
    line_no: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    bin_id: Mapped[int] = mapped_column(ForeignKey("bin.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]


for _posted in (PostedShipment, PostedShipmentLine):
    guard_append_only(_posted.__table__)  # type: ignore[arg-type]
