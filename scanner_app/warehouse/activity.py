"""Warehouse Activity: put-away, pick and movement, and their registered copies.

A line is a Take or a Place with the state of docs/domain.md 5.1:
`quantity = handled + outstanding`, `0 <= to handle + missing <= outstanding`, each with its base
twin.

This module must never move stock: `register_activity` does.
"""

import enum
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.errors import N_, RuleRefused
from scanner_app.guards import guard_append_only
from scanner_app.quantities import ZERO, to_base
from scanner_app.records import (
    Amount,
    Base,
    Code20,
    Editable,
    Entry,
    Id,
    Text100,
    TrackingNumber,
)


class ActivityType(enum.StrEnum):
    """The documents that move stock between bins."""

    PUT_AWAY = "Put-away"
    PICK = "Pick"
    MOVEMENT = "Movement"


class ActionType(enum.StrEnum):
    """What a line does at its bin."""

    TAKE = "Take"
    PLACE = "Place"


class QuantityAboveOutstanding(RuleRefused):
    """More than the line still asks for."""

    message = N_("{quantity} is more than the {outstanding} {unit} still to be handled.")
    way_out = N_("Type {outstanding} or less.")
    field = "Qty. to Handle"


class WarehouseActivity(Editable, Base):
    """The header of a put-away, pick or movement that is still to be done."""

    __tablename__ = "warehouse_activity"
    __table_args__ = (UniqueConstraint("type", "no"),)

    id: Mapped[Id]
    type: Mapped[ActivityType]
    no: Mapped[Code20]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    source_no: Mapped[Code20] = mapped_column(default="")
    assigned_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    assigned_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    due_date: Mapped[date | None]
    last_registering_no: Mapped[Code20] = mapped_column(default="")


class WarehouseActivityLine(Base):
    """One Take or Place. `pair_no` joins the Take and Place of one quantity."""

    __tablename__ = "warehouse_activity_line"
    __table_args__ = (
        UniqueConstraint("activity_id", "line_no"),
        CheckConstraint(
            "quantity = qty_handled + qty_outstanding"
            " AND quantity_base = qty_handled_base + qty_outstanding_base",
            name="handled_plus_outstanding",
        ),
        CheckConstraint(
            "0 <= qty_to_handle AND 0 <= qty_missing"
            " AND qty_to_handle + qty_missing <= qty_outstanding",
            name="to_handle_in_range",
        ),
        CheckConstraint(
            "(qty_outstanding = 0) = (qty_outstanding_base = 0)", name="base_agrees_with_unit"
        ),
        Index("ix_warehouse_activity_line_bin", "bin_id", "item_id", "variant_id"),
        Index("ix_warehouse_activity_line_package", "package_no"),
    )

    id: Mapped[Id]
    activity_id: Mapped[int] = mapped_column(ForeignKey("warehouse_activity.id"))
    line_no: Mapped[int]
    pair_no: Mapped[int]
    action_type: Mapped[ActionType]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    description: Mapped[Text100] = mapped_column(default="")
    bin_id: Mapped[int | None] = mapped_column(ForeignKey("bin.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    qty_outstanding: Mapped[Decimal]
    qty_outstanding_base: Mapped[Decimal]
    qty_to_handle: Mapped[Amount]
    qty_to_handle_base: Mapped[Amount]
    qty_handled: Mapped[Amount]
    qty_handled_base: Mapped[Amount]
    qty_missing: Mapped[Amount]
    qty_missing_base: Mapped[Amount]
    missing_reason_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]
    source_document_line_id: Mapped[int | None] = mapped_column(index=True)
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))


_LINE = WarehouseActivityLine
TO_REGISTER = or_(_LINE.qty_to_handle > ZERO, _LINE.qty_missing > ZERO)
IS_OPEN = _LINE.qty_to_handle + _LINE.qty_missing < _LINE.qty_outstanding


class RegisteredActivity(Entry, Base):
    """What one registration of an activity did: immutable."""

    __tablename__ = "registered_activity"
    __table_args__ = (
        UniqueConstraint("type", "no"),
        Index("ix_registered_activity_here", "location_id", "id"),
        Index("ix_registered_activity_here_of_type", "location_id", "type", "id"),
        Index("ix_registered_activity_no", "no"),
    )

    id: Mapped[Id]
    type: Mapped[ActivityType]
    no: Mapped[Code20]
    activity_no: Mapped[Code20] = mapped_column(index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    source_no: Mapped[Code20] = mapped_column(default="", index=True)
    registering_date: Mapped[date]
    registered_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    register_id: Mapped[int] = mapped_column(
        ForeignKey("warehouse_register.id", deferrable=True, initially="DEFERRED")
    )


class RegisteredActivityLine(Entry, Base):
    """One registered Take or Place."""

    __tablename__ = "registered_activity_line"

    id: Mapped[Id]
    registered_activity_id: Mapped[int] = mapped_column(
        ForeignKey("registered_activity.id"), index=True
    )
    line_no: Mapped[int]
    action_type: Mapped[ActionType]
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
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]
    source_document_line_id: Mapped[int | None] = mapped_column(index=True)
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))


for _registered in (RegisteredActivity, RegisteredActivityLine):
    guard_append_only(_registered.__table__)  # type: ignore[arg-type]


def set_qty_to_handle(line: WarehouseActivityLine, quantity: Decimal, unit: str) -> None:
    """Set Qty. to Handle and its base twin, within what is outstanding (docs/domain.md 5.1).

    What is handled is not missing after all.

    Raises:
        QuantityAboveOutstanding: when the quantity exceeds it.
    """
    if quantity > line.qty_outstanding:
        raise QuantityAboveOutstanding(
            quantity=quantity, outstanding=line.qty_outstanding, unit=unit
        )
    line.qty_to_handle = quantity
    line.qty_to_handle_base = (
        line.qty_outstanding_base
        if quantity == line.qty_outstanding
        else to_base(quantity, line.qty_per_unit_of_measure)
    )
    set_qty_missing(line, min(line.qty_missing, line.qty_outstanding - quantity))


def set_qty_missing(line: WarehouseActivityLine, quantity: Decimal) -> None:
    """Note how much was not found, and its base twin, within what is left of the line."""
    line.qty_missing = quantity
    line.missing_reason_id = line.missing_reason_id if quantity else None
    line.qty_missing_base = (
        line.qty_outstanding_base - line.qty_to_handle_base
        if quantity == line.qty_outstanding - line.qty_to_handle
        else to_base(quantity, line.qty_per_unit_of_measure)
    )
