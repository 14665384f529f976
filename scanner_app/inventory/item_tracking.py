"""Item tracking: the numbers a quantity carries, and the tracking lines of unposted lines.

`TrackingNumbers` is the value that travels through the whole house. An Item Tracking Line is
one set of numbers of one journal, receipt or shipment line, so that a line of many units names
them all (docs/domain.md 2.1, 2.9).

This module must never ask what an item requires: that is `item_tracking_code`.
"""

import enum
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, select
from sqlalchemy.orm import Mapped, Session

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.item_tracking_code import NumbersAsked
from scanner_app.records import Amount, Base, Id, TrackingNumber, partial_index

NUMBER_LENGTH = 50


class SerialQuantityNotOne(RuleRefused):
    """A serial no. stands for one unit, never for more or less."""

    message = N_("Serial No. {serial_no} is one unit; the quantity says {quantity}.")
    way_out = N_("Use quantity 1 for each serial no.")
    field = "Quantity"


class NumberMissing(RuleRefused):
    """A number that the item asks for was not given."""

    message = N_("Item {item_no} needs a {kind} as well.")
    way_out = N_("Scan or type the {kind} of what you hold.")


@dataclass(frozen=True, order=True)
class TrackingNumbers:
    """Serial, lot and package number of a quantity; '' where there is none."""

    serial_no: str = ""
    lot_no: str = ""
    package_no: str = ""

    def __bool__(self) -> bool:
        return bool(self.serial_no or self.lot_no or self.package_no)

    def only(self, asked: NumbersAsked) -> "TrackingNumbers":
        """The numbers of the kinds asked for, the others blank."""
        return TrackingNumbers(
            self.serial_no if asked.serial else "",
            self.lot_no if asked.lot else "",
            self.package_no if asked.package else "",
        )

    def completed_by(self, other: "TrackingNumbers") -> "TrackingNumbers":
        """These numbers, with blanks filled from another set."""
        return TrackingNumbers(
            self.serial_no or other.serial_no,
            self.lot_no or other.lot_no,
            self.package_no or other.package_no,
        )

    def agree_with(self, other: "TrackingNumbers") -> bool:
        """Whether no number is given on both sides and different."""
        return all(
            not mine or not theirs or mine == theirs
            for mine, theirs in zip(self.as_tuple(), other.as_tuple(), strict=True)
        )

    def as_tuple(self) -> tuple[str, str, str]:
        """Serial, lot, package, in the order of every key."""
        return (self.serial_no, self.lot_no, self.package_no)

    def without_serial(self) -> "TrackingNumbers":
        """The same lot and package, for the units around a serial."""
        return replace(self, serial_no="")


NO_NUMBERS = TrackingNumbers()


def numbers_of(row: Any) -> TrackingNumbers:  # noqa: ANN401 - every line and entry has the three
    """The numbers a line or an entry carries."""
    return TrackingNumbers(row.serial_no, row.lot_no, row.package_no)


def new_numbers_of(row: Any) -> TrackingNumbers:  # noqa: ANN401 - of journal and tracking lines
    """The New numbers of a transfer."""
    return TrackingNumbers(row.new_serial_no, row.new_lot_no, row.new_package_no)


def check_numbers_given(numbers: TrackingNumbers, asked: NumbersAsked, item_no: str) -> None:
    """Refuse a set of numbers that leaves one out that is asked for (docs/domain.md 2.3).

    Raises:
        NumberMissing: for the first missing of serial, lot and package.
    """
    if asked.serial and not numbers.serial_no:
        raise NumberMissing(item_no=item_no, kind="Serial No.")
    if asked.lot and not numbers.lot_no:
        raise NumberMissing(item_no=item_no, kind="Lot No.")
    if asked.package and not numbers.package_no:
        raise NumberMissing(item_no=item_no, kind="Package No.")


def check_serial_quantity(numbers: TrackingNumbers, quantity_base: Decimal) -> None:
    """Refuse a serial no. with another quantity than 1, 0 or -1 (docs/domain.md 2.4).

    Raises:
        SerialQuantityNotOne: when it is.
    """
    if numbers.serial_no and quantity_base not in (-1, 0, 1):
        raise SerialQuantityNotOne(serial_no=numbers.serial_no, quantity=quantity_base)


def describe(item_no: str, numbers: TrackingNumbers) -> str:
    """Item and numbers in one breath, for a sentence: “2010 Serial No. DR-1003”."""
    words = ("Serial No.", "Lot No.", "Package No.")
    given = zip(words, numbers.as_tuple(), strict=True)
    return " ".join([item_no, *(f"{word} {number}" for word, number in given if number)])


class TrackingSource(enum.StrEnum):
    """The kinds of line an item tracking line may belong to."""

    ITEM_JOURNAL_LINE = "Item Journal Line"
    RECEIPT_LINE = "Receipt Line"
    SHIPMENT_LINE = "Shipment Line"
    TRANSFER_LINE = "Transfer Line"


class ItemTrackingLine(Base):
    """One set of numbers of one source line; the quantities are in base units."""

    __tablename__ = "item_tracking_line"
    __table_args__ = (
        Index("ix_item_tracking_line_source", "source_type", "source_line_id"),
        partial_index("ix_item_tracking_line_serial", "serial_no", where="serial_no <> ''"),
        CheckConstraint(
            "qty_to_handle_base >= 0 AND qty_handled_base >= 0"
            " AND qty_to_handle_base + qty_handled_base <= quantity_base",
            name="handled_within_quantity",
        ),
    )

    id: Mapped[Id]
    source_type: Mapped[TrackingSource]
    source_line_id: Mapped[int]
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    warranty_date: Mapped[date | None]
    expiration_date: Mapped[date | None]
    new_serial_no: Mapped[TrackingNumber]
    new_lot_no: Mapped[TrackingNumber]
    new_package_no: Mapped[TrackingNumber]
    new_expiration_date: Mapped[date | None]
    quantity_base: Mapped[Decimal]
    qty_to_handle_base: Mapped[Amount]
    qty_handled_base: Mapped[Amount]

    @property
    def qty_waiting_base(self) -> Decimal:
        """How much of it is neither handled nor to be handled next."""
        return self.quantity_base - self.qty_handled_base - self.qty_to_handle_base


def tracking_lines_of(
    session: Session, source: TrackingSource, line_ids: Collection[int]
) -> dict[int, list[ItemTrackingLine]]:
    """The item tracking lines of many source lines, by source line, in one look-up."""
    row = ItemTrackingLine
    statement = (
        select(row)
        .where(row.source_type == source, row.source_line_id.in_(line_ids))
        .order_by(row.id)
    )
    found: dict[int, list[ItemTrackingLine]] = {}
    for tracking in session.scalars(statement):
        found.setdefault(tracking.source_line_id, []).append(tracking)
    return found
