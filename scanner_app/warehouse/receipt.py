"""Warehouse Receipt and its posted copy: what arrived, from which source document.

This module must never post: `post_receipt` does, through the one public post verb.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.guards import guard_append_only
from scanner_app.records import Amount, Base, Code20, Editable, Entry, Flag, Id, Text100
from scanner_app.warehouse.source_document import SourceDocument


class WarehouseReceipt(Editable, Base):
    """The header of a receipt that is not posted yet.

    Received By Scanning says that only what is scanned has come: the first scan emptied what the
    lines said before.
    """

    __tablename__ = "warehouse_receipt"
    __table_args__ = (UniqueConstraint("no"),)

    id: Mapped[Id]
    no: Mapped[Code20]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    bin_id: Mapped[int | None] = mapped_column(ForeignKey("bin.id"))
    source_document: Mapped[SourceDocument]
    source_no: Mapped[Code20]
    expected_receipt_date: Mapped[date | None]
    created_at: Mapped[datetime]
    received_by_scanning: Mapped[Flag]


class WarehouseReceiptLine(Base):
    """One item to be received; its numbers stand on item tracking lines."""

    __tablename__ = "warehouse_receipt_line"
    __table_args__ = (
        UniqueConstraint("receipt_id", "line_no"),
        CheckConstraint(
            "0 <= qty_to_receive AND qty_to_receive <= quantity - qty_received",
            name="to_receive_in_range",
        ),
    )

    id: Mapped[Id]
    receipt_id: Mapped[int] = mapped_column(ForeignKey("warehouse_receipt.id"))
    line_no: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    description: Mapped[Text100] = mapped_column(default="")
    bin_id: Mapped[int | None] = mapped_column(ForeignKey("bin.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity: Mapped[Decimal]
    qty_to_receive: Mapped[Amount]
    qty_received: Mapped[Amount]
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))
    transfer_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("transfer_order_line.id"), index=True
    )

    @property
    def outstanding(self) -> Decimal:
        """What is ordered and did not come yet, in the unit of the line."""
        return self.quantity - self.qty_received


class PostedReceipt(Entry, Base):
    """What one posting of a receipt brought in: immutable."""

    __tablename__ = "posted_receipt"
    __table_args__ = (UniqueConstraint("no"),)

    id: Mapped[Id]
    no: Mapped[Code20]
    receipt_no: Mapped[Code20] = mapped_column(index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    source_document: Mapped[SourceDocument]
    source_no: Mapped[Code20] = mapped_column(index=True)
    posting_date: Mapped[date]
    posted_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class PostedReceiptLine(Base):
    """One received item. Qty. Put Away follows the registered put-aways."""

    __tablename__ = "posted_receipt_line"
    __table_args__ = (
        CheckConstraint(
            "0 <= qty_put_away_base AND qty_put_away_base <= quantity_base",
            name="put_away_in_range",
        ),
    )

    id: Mapped[Id]
    posted_receipt_id: Mapped[int] = mapped_column(ForeignKey("posted_receipt.id"), index=True)
    line_no: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    bin_id: Mapped[int] = mapped_column(ForeignKey("bin.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    qty_put_away_base: Mapped[Amount]


guard_append_only(PostedReceipt.__table__)  # type: ignore[arg-type]
