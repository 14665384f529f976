"""Item Tracking Code: which numbers and dates an item asks for, and when (docs/domain.md 2.2).

One code has the same switches three times, for serial, lot and package numbers. Two functions
answer what is asked: `numbers_required` for postings to the item ledger, `numbers_in_warehouse`
for warehouse work; everything else asks them.

This module must never look at a line: it answers from the code, the entry type and the direction.
"""

import enum
from dataclasses import dataclass
from functools import cache, partial

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.records import Base, Code, Code10, Editable, Flag, Id, Text100


class EntryType(enum.StrEnum):
    """Item ledger entry types of the flows this product posts."""

    PURCHASE = "Purchase"
    SALE = "Sale"
    POSITIVE_ADJUSTMENT = "Positive Adjmt."
    NEGATIVE_ADJUSTMENT = "Negative Adjmt."
    TRANSFER = "Transfer"


_FLOW_OF_ENTRY_TYPE = {
    EntryType.PURCHASE: "purchase",
    EntryType.SALE: "sales",
    EntryType.POSITIVE_ADJUSTMENT: "positive_adjmt",
    EntryType.NEGATIVE_ADJUSTMENT: "negative_adjmt",
}
KINDS = ("serial", "lot", "package")


class ItemTrackingCode(Editable, Base):
    """The switches of one code. `serial_` answers to Business Central's SN."""

    __tablename__ = "item_tracking_code"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("code <> ''", name="code_not_blank"),
        *(
            CheckConstraint(
                f"NOT {kind}_warehouse_tracking OR {kind}_specific_tracking",
                name=f"{kind}_warehouse_needs_specific",
            )
            for kind in KINDS
        ),
        CheckConstraint(
            "use_expiration_dates OR NOT"
            " (require_expiration_date_entry OR strict_expiration_posting)",
            name="expiration_rules_need_dates",
        ),
    )

    id: Mapped[Id]
    code: Mapped[Code10]
    description: Mapped[Text100] = mapped_column(default="")

    warranty_date_formula: Mapped[str] = mapped_column(Code(20), default="")
    require_warranty_date_entry: Mapped[Flag]
    use_expiration_dates: Mapped[Flag]
    require_expiration_date_entry: Mapped[Flag]
    strict_expiration_posting: Mapped[Flag]

    serial_specific_tracking: Mapped[Flag]
    serial_warehouse_tracking: Mapped[Flag]
    serial_info_inbound_must_exist: Mapped[Flag]
    serial_info_outbound_must_exist: Mapped[Flag]
    serial_purchase_inbound_tracking: Mapped[Flag]
    serial_purchase_outbound_tracking: Mapped[Flag]
    serial_sales_inbound_tracking: Mapped[Flag]
    serial_sales_outbound_tracking: Mapped[Flag]
    serial_positive_adjmt_inbound_tracking: Mapped[Flag]
    serial_positive_adjmt_outbound_tracking: Mapped[Flag]
    serial_negative_adjmt_inbound_tracking: Mapped[Flag]
    serial_negative_adjmt_outbound_tracking: Mapped[Flag]
    serial_transfer_tracking: Mapped[Flag]
    serial_manufacturing_inbound_tracking: Mapped[Flag]
    serial_manufacturing_outbound_tracking: Mapped[Flag]
    serial_assembly_inbound_tracking: Mapped[Flag]
    serial_assembly_outbound_tracking: Mapped[Flag]
    create_serial_info_on_posting: Mapped[Flag]

    lot_specific_tracking: Mapped[Flag]
    lot_warehouse_tracking: Mapped[Flag]
    lot_info_inbound_must_exist: Mapped[Flag]
    lot_info_outbound_must_exist: Mapped[Flag]
    lot_purchase_inbound_tracking: Mapped[Flag]
    lot_purchase_outbound_tracking: Mapped[Flag]
    lot_sales_inbound_tracking: Mapped[Flag]
    lot_sales_outbound_tracking: Mapped[Flag]
    lot_positive_adjmt_inbound_tracking: Mapped[Flag]
    lot_positive_adjmt_outbound_tracking: Mapped[Flag]
    lot_negative_adjmt_inbound_tracking: Mapped[Flag]
    lot_negative_adjmt_outbound_tracking: Mapped[Flag]
    lot_transfer_tracking: Mapped[Flag]
    lot_manufacturing_inbound_tracking: Mapped[Flag]
    lot_manufacturing_outbound_tracking: Mapped[Flag]
    lot_assembly_inbound_tracking: Mapped[Flag]
    lot_assembly_outbound_tracking: Mapped[Flag]
    create_lot_info_on_posting: Mapped[Flag]

    package_specific_tracking: Mapped[Flag]
    package_warehouse_tracking: Mapped[Flag]
    package_info_inbound_must_exist: Mapped[Flag]
    package_info_outbound_must_exist: Mapped[Flag]
    package_purchase_inbound_tracking: Mapped[Flag]
    package_purchase_outbound_tracking: Mapped[Flag]
    package_sales_inbound_tracking: Mapped[Flag]
    package_sales_outbound_tracking: Mapped[Flag]
    package_positive_adjmt_inbound_tracking: Mapped[Flag]
    package_positive_adjmt_outbound_tracking: Mapped[Flag]
    package_negative_adjmt_inbound_tracking: Mapped[Flag]
    package_negative_adjmt_outbound_tracking: Mapped[Flag]
    package_transfer_tracking: Mapped[Flag]
    package_manufacturing_inbound_tracking: Mapped[Flag]
    package_manufacturing_outbound_tracking: Mapped[Flag]
    package_assembly_inbound_tracking: Mapped[Flag]
    package_assembly_outbound_tracking: Mapped[Flag]


# Those of one kind are those of every kind.
TRACKING_SWITCHES = tuple(
    column.name.removeprefix("serial_")
    for column in ItemTrackingCode.__table__.columns
    if column.name.startswith("serial_") and column.name.endswith("_tracking")
)


@dataclass(frozen=True)
class NumbersAsked:
    """Which of the three numbers are asked for."""

    serial: bool = False
    lot: bool = False
    package: bool = False

    def __bool__(self) -> bool:
        return self.serial or self.lot or self.package


NOTHING_ASKED = NumbersAsked()


def numbers_required(
    code: ItemTrackingCode | None, entry_type: EntryType, *, inbound: bool
) -> NumbersAsked:
    """What a posting must name: each specific number, and those its flow asks for."""
    if code is None:
        return NOTHING_ASKED
    flow = _FLOW_OF_ENTRY_TYPE.get(entry_type)
    direction = "inbound" if inbound else "outbound"
    switch = f"{flow}_{direction}_tracking" if flow else "transfer_tracking"
    return _asked(code, "specific_tracking", switch)


def numbers_in_warehouse(code: ItemTrackingCode | None) -> NumbersAsked:
    """What warehouse lines must name and warehouse entries store."""
    return NOTHING_ASKED if code is None else _asked(code, "warehouse_tracking")


def specific_numbers(code: ItemTrackingCode | None) -> NumbersAsked:
    """The numbers that follow a unit from receipt to issue: outbound applies to the same."""
    return NOTHING_ASKED if code is None else _asked(code, "specific_tracking")


def tracked_numbers(code: ItemTrackingCode | None) -> NumbersAsked:
    """The numbers that are asked for anywhere: in the warehouse or in any flow."""
    return NOTHING_ASKED if code is None else _asked(code, *TRACKING_SWITCHES)


def cards_required(
    code: ItemTrackingCode | None, entry_type: EntryType, *, inbound: bool
) -> NumbersAsked:
    """For which numbers an information card must exist; for a transfer either switch asks."""
    if code is None:
        return NOTHING_ASKED
    if entry_type is EntryType.TRANSFER:
        return _asked(code, "info_inbound_must_exist", "info_outbound_must_exist")
    return _asked(code, "info_inbound_must_exist" if inbound else "info_outbound_must_exist")


def _asked(code: ItemTrackingCode, *switches: str) -> NumbersAsked:
    is_on = partial(getattr, code)
    return NumbersAsked(*[any(map(is_on, columns)) for columns in _columns_of(*switches)])


@cache
def _columns_of(*switches: str) -> tuple[tuple[str, ...], ...]:
    """The columns of serial, lot and package numbers: every line that is posted asks for some."""
    return tuple(tuple(f"{kind}_{switch}" for switch in switches) for kind in KINDS)
