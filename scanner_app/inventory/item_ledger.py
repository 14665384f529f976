"""Item Ledger Entry, Item Application Entry and Item Register: the truth by location.

Entries are only inserted. What Business Central keeps in two changing fields of an entry, its
remaining quantity and whether it is open, stands here in `OpenItemLedgerEntry`, a row that
exists while an inbound entry has something left (docs/domain.md 9.4). `ItemBalance` sums the
entries per location and specific numbers; both are projections, written in the transaction of
their entries and recomputed by `scanner-app check`.

This module must never be written to by anything but `inventory.posting`.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.guards import guard_append_only
from scanner_app.inventory.item_tracking_code import EntryType
from scanner_app.quantities import SCALE
from scanner_app.records import (
    Base,
    Code10,
    Code20,
    Entry,
    Flag,
    Id,
    Text100,
    TrackingNumber,
    partial_index,
)


class ItemRegister(Entry, Base):
    """One posting: which entries it wrote, when and by whom."""

    __tablename__ = "item_register"
    __table_args__ = (UniqueConstraint("no"),)

    id: Mapped[Id]
    no: Mapped[int]
    created_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    source_code: Mapped[Code10]
    journal_batch_name: Mapped[Code10] = mapped_column(default="")
    from_entry_no: Mapped[int]
    to_entry_no: Mapped[int]


class ItemLedgerEntry(Entry, Base):
    """One posted quantity of an item at a location, with its numbers and dates."""

    __tablename__ = "item_ledger_entry"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="quantity_not_zero"),
        Index("ix_item_ledger_entry_item", "item_id", "variant_id", "location_id"),
        Index("ix_item_ledger_entry_document", "document_no"),
        partial_index("ix_item_ledger_entry_dated", "item_id", where="expiration_date IS NOT NULL"),
        # Most entries are in base units; they need not be asked for by their unit.
        partial_index(
            "ix_item_ledger_entry_unit",
            "item_id",
            "unit_of_measure_id",
            where=f"qty_per_unit_of_measure <> {SCALE}",
        ),
    )

    id: Mapped[Id]
    register_id: Mapped[int] = mapped_column(
        ForeignKey("item_register.id", deferrable=True, initially="DEFERRED"), index=True
    )
    entry_type: Mapped[EntryType]
    posting_date: Mapped[date]
    document_date: Mapped[date]
    document_no: Mapped[Code20]
    source_no: Mapped[Code20] = mapped_column(default="")
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    description: Mapped[Text100] = mapped_column(default="")
    quantity: Mapped[Decimal]
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    serial_no: Mapped[TrackingNumber] = mapped_column(index=True)
    lot_no: Mapped[TrackingNumber] = mapped_column(index=True)
    package_no: Mapped[TrackingNumber] = mapped_column(index=True)
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))
    warehouse_adjustment: Mapped[Flag]


class ItemApplicationEntry(Entry, Base):
    """Which inbound entry a quantity came from, or, for a fresh inbound, itself.

    What a transfer brought in names the inbound entry that it was taken from, so that a number is
    followed across its change.
    """

    __tablename__ = "item_application_entry"
    __table_args__ = (
        CheckConstraint(
            "(outbound_item_entry_id IS NULL) = (quantity > 0)", name="sign_follows_direction"
        ),
    )

    id: Mapped[Id]
    item_ledger_entry_id: Mapped[int] = mapped_column(
        ForeignKey("item_ledger_entry.id"), index=True
    )
    inbound_item_entry_id: Mapped[int] = mapped_column(
        ForeignKey("item_ledger_entry.id"), index=True
    )
    outbound_item_entry_id: Mapped[int | None] = mapped_column(ForeignKey("item_ledger_entry.id"))
    transferred_from_entry_id: Mapped[int | None] = mapped_column(
        ForeignKey("item_ledger_entry.id")
    )
    quantity: Mapped[Decimal]
    posting_date: Mapped[date]


class OpenItemLedgerEntry(Base):
    """What is left of an inbound entry. The row goes when nothing is left."""

    __tablename__ = "open_item_ledger_entry"
    __table_args__ = (
        CheckConstraint("remaining_quantity > 0", name="remaining_quantity_positive"),
        Index(
            "ix_open_item_ledger_entry_stock",
            "item_id",
            "variant_id",
            "location_id",
            "serial_no",
            "lot_no",
            "package_no",
        ),
        *(
            partial_index(
                f"ix_open_item_ledger_entry_{kind}",
                "item_id",
                "variant_id",
                f"{kind}_no",
                where=f"{kind}_no <> ''",
            )
            for kind in ("serial", "lot", "package")
        ),
    )

    item_ledger_entry_id: Mapped[int] = mapped_column(
        ForeignKey("item_ledger_entry.id"), primary_key=True, autoincrement=False
    )
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    posting_date: Mapped[date]
    expiration_date: Mapped[date | None]
    remaining_quantity: Mapped[Decimal]


class ItemBalance(Base):
    """The sum of the entries of a location and set of specific numbers."""

    __tablename__ = "item_balance"
    __table_args__ = (
        UniqueConstraint(
            "item_id",
            "variant_id",
            "location_id",
            "serial_no",
            "lot_no",
            "package_no",
            name="uq_item_balance_key",
        ),
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        Index("ix_item_balance_serial", "item_id", "variant_id", "serial_no"),
        *(
            partial_index(
                f"ix_item_balance_{kind}",
                "item_id",
                "variant_id",
                f"{kind}_no",
                where="quantity > 0",
            )
            for kind in ("lot", "package")
        ),
        CheckConstraint(
            f"NOT serial_specific OR serial_no = '' OR quantity IN (0, {SCALE})",
            name="serial_is_one_unit",
        ),
        partial_index(
            "uq_item_balance_serial",
            "item_id",
            "variant_id",
            "serial_no",
            unique=True,
            where="serial_specific AND serial_no <> '' AND quantity > 0",
        ),
    )

    id: Mapped[Id]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    serial_specific: Mapped[Flag]
    quantity: Mapped[Decimal]


for _ledger in (ItemRegister, ItemLedgerEntry, ItemApplicationEntry):
    guard_append_only(_ledger.__table__)  # type: ignore[arg-type]
