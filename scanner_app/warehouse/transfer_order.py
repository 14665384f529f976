"""Transfer Order and its posted copies: goods between two locations (docs/domain.md 6.10).

Between shipping and receiving, the goods are at the in-transit location of the order.

This module must never post: `post_shipment`, `post_receipt` and `post_transfer` do.
"""

import enum
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.guards import guard_append_only
from scanner_app.records import Amount, Base, Code20, Editable, Entry, Id, Text100, TrackingNumber


class TransferStatus(enum.StrEnum):
    """An open order is typed, a released one is shipped and received."""

    OPEN = "Open"
    RELEASED = "Released"


class TransferDirection(enum.StrEnum):
    """Which way goods go through the in-transit location: a shipment in, a receipt out."""

    SHIPMENT = "Shipment"
    RECEIPT = "Receipt"


class TransferOrder(Editable, Base):
    """The header of an order of which not everything is received."""

    __tablename__ = "transfer_order"
    __table_args__ = (UniqueConstraint("no"),)

    id: Mapped[Id]
    no: Mapped[Code20]
    transfer_from_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    transfer_to_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    in_transit_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    status: Mapped[TransferStatus]
    shipment_date: Mapped[date | None]
    receipt_date: Mapped[date | None]
    created_at: Mapped[datetime]

    @property
    def is_released(self) -> bool:
        """Whether it may be shipped and received."""
        return self.status is TransferStatus.RELEASED

    @property
    def location_id(self) -> int:
        """Where its lines are worked first: the location that ships."""
        return self.transfer_from_id


class TransferOrderLine(Base):
    """One item to be transferred, and how much of it is shipped and received."""

    __tablename__ = "transfer_order_line"
    __table_args__ = (
        UniqueConstraint("transfer_id", "line_no"),
        CheckConstraint(
            "0 <= qty_received_base AND qty_received_base <= qty_shipped_base"
            " AND qty_shipped_base <= quantity_base",
            name="received_within_shipped",
        ),
    )

    id: Mapped[Id]
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer_order.id"))
    line_no: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    description: Mapped[Text100] = mapped_column(default="")
    transfer_from_bin_id: Mapped[int | None] = mapped_column(ForeignKey("bin.id"))
    transfer_to_bin_id: Mapped[int | None] = mapped_column(ForeignKey("bin.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    qty_shipped_base: Mapped[Amount]
    qty_received_base: Mapped[Amount]
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))

    @property
    def in_transit_base(self) -> Decimal:
        """How much is shipped and not received."""
        return self.qty_shipped_base - self.qty_received_base


class PostedTransfer(Entry, Base):
    """What one posting shipped into the in-transit location, or received out of it: immutable."""

    __tablename__ = "posted_transfer"
    __table_args__ = (UniqueConstraint("no"),)

    id: Mapped[Id]
    no: Mapped[Code20]
    direction: Mapped[TransferDirection]
    transfer_order_no: Mapped[Code20] = mapped_column(index=True)
    transfer_from_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    transfer_to_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    in_transit_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    posting_date: Mapped[date]
    posted_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class PostedTransferLine(Entry, Base):
    """One set of numbers of it, signed as the in-transit location has it: plus is shipped."""

    __tablename__ = "posted_transfer_line"

    id: Mapped[Id]
    posted_transfer_id: Mapped[int] = mapped_column(ForeignKey("posted_transfer.id"), index=True)
    transfer_line_id: Mapped[int] = mapped_column(index=True)
    line_no: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]


for _posted in (PostedTransfer, PostedTransferLine):
    guard_append_only(_posted.__table__)  # type: ignore[arg-type]
