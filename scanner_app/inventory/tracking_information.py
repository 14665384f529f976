"""Serial, Lot and Package No. Information, and the expiration date known for a number.

A card belongs to item, variant and number: the same lot no. of two items is two lots. A blocked
card stops picks and postings, never a put-away or a move to quarantine (docs/domain.md 2.7).
The known expiration date is what the last inbound item ledger entry of a number said
(docs/domain.md 2.5), kept beside the ledger so that finding it does not read history.

This module must never invent a card: posting creates one only where the code says so.
"""

import enum
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.code_index import CodeKind
from scanner_app.inventory.item_tracking import TrackingNumbers
from scanner_app.many_keys import holding_one_of
from scanner_app.records import Base, Code10, Code20, Code50, Editable, Flag, Id, Text100, Text250


class TestQuality(enum.StrEnum):
    """What a test of a lot found; informational."""

    __test__ = False

    BLANK = ""
    GOOD = "Good"
    AVERAGE = "Average"
    BAD = "Bad"


class NumberKind(enum.StrEnum):
    """The three kinds of tracking number."""

    SERIAL = "Serial"
    LOT = "Lot"
    PACKAGE = "Package"


class SerialNoInformation(Editable, Base):
    """The card of one serial no. of one item."""

    __tablename__ = "serial_no_information"
    __table_args__ = (
        UniqueConstraint("item_id", "variant_id", "serial_no"),
        Index("ix_serial_no_information_blocked", "blocked", "serial_no"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    serial_no: Mapped[Code50] = mapped_column(index=True)
    description: Mapped[Text100] = mapped_column(default="")
    blocked: Mapped[Flag]
    comment: Mapped[Text250] = mapped_column(default="")


class LotNoInformation(Editable, Base):
    """The card of one lot no. of one item."""

    __tablename__ = "lot_no_information"
    __table_args__ = (
        UniqueConstraint("item_id", "variant_id", "lot_no"),
        Index("ix_lot_no_information_blocked", "blocked", "lot_no"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    lot_no: Mapped[Code50] = mapped_column(index=True)
    description: Mapped[Text100] = mapped_column(default="")
    blocked: Mapped[Flag]
    comment: Mapped[Text250] = mapped_column(default="")
    test_quality: Mapped[TestQuality] = mapped_column(default=TestQuality.BLANK)
    certificate_number: Mapped[Code20] = mapped_column(default="")


class PackageNoInformation(Editable, Base):
    """The card of one package no. of one item."""

    __tablename__ = "package_no_information"
    __table_args__ = (
        UniqueConstraint("item_id", "variant_id", "package_no"),
        Index("ix_package_no_information_blocked", "blocked", "package_no"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    package_no: Mapped[Code50] = mapped_column(index=True)
    description: Mapped[Text100] = mapped_column(default="")
    blocked: Mapped[Flag]
    comment: Mapped[Text250] = mapped_column(default="")
    country_region_code: Mapped[Code10] = mapped_column(default="")
    certificate_number: Mapped[Code20] = mapped_column(default="")


class KnownExpirationDate(Base):
    """The expiration date that stands for one number of one item."""

    __tablename__ = "known_expiration_date"
    __table_args__ = (UniqueConstraint("item_id", "variant_id", "kind", "number"),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    kind: Mapped[NumberKind]
    number: Mapped[Code50]
    expiration_date: Mapped[date | None]
    item_ledger_entry_id: Mapped[int]


Card = SerialNoInformation | LotNoInformation | PackageNoInformation


CARD_TABLES: dict[NumberKind, tuple[Any, str]] = {
    NumberKind.SERIAL: (SerialNoInformation, "serial_no"),
    NumberKind.LOT: (LotNoInformation, "lot_no"),
    NumberKind.PACKAGE: (PackageNoInformation, "package_no"),
}
KIND_OF_CODE = {
    NumberKind.SERIAL: CodeKind.SERIAL,
    NumberKind.LOT: CodeKind.LOT,
    NumberKind.PACKAGE: CodeKind.PACKAGE,
}


NumberOfItem = tuple[int, int, NumberKind, str]
_KINDS = tuple(NumberKind)


def dated_number(item_id: int, variant_id: int, numbers: TrackingNumbers) -> NumberOfItem | None:
    """Which number carries the expiration date: the lot, else the serial, else the package."""
    for kind, number in (
        (NumberKind.LOT, numbers.lot_no),
        (NumberKind.SERIAL, numbers.serial_no),
        (NumberKind.PACKAGE, numbers.package_no),
    ):
        if number:
            return (item_id, variant_id, kind, number)
    return None


def known_expiration_dates(
    session: Session, numbers: Collection[NumberOfItem]
) -> dict[NumberOfItem, date | None]:
    """The known dates of many numbers in one look-up; a number without entries is left out."""
    if not numbers:
        return {}
    row = KnownExpirationDate
    key = (row.item_id, row.variant_id, row.kind, row.number)
    statement = select(*key, row.expiration_date)
    found = session.execute(holding_one_of(session, statement, key, numbers))
    return {(item, variant, kind, number): day for item, variant, kind, number, day in found}


def lock_known_expiration_dates(session: Session, numbers: Collection[NumberOfItem]) -> None:
    """Keep the dates of numbers that come in: who changes one waits, and sees what came in."""
    if not numbers:
        return
    row = KnownExpirationDate
    key = (row.item_id, row.variant_id, row.kind, row.number)
    statement = holding_one_of(session, select(row.id), key, numbers)
    session.execute(statement.order_by(row.id).with_for_update(of=row))


def find_cards(session: Session, numbers: Collection[NumberOfItem]) -> dict[NumberOfItem, Card]:
    """The cards of many numbers, in one look-up for each kind that is asked for."""
    cards: dict[NumberOfItem, Card] = {}
    for kind, (table, field) in CARD_TABLES.items():
        keys = [(item, variant, number) for item, variant, k, number in numbers if k is kind]
        if not keys:
            continue
        column = getattr(table, field)
        key = (table.item_id, table.variant_id, column)
        statement = holding_one_of(session, select(table), key, keys)
        for card in session.scalars(statement):
            cards[(card.item_id, card.variant_id, kind, getattr(card, field))] = card
    return cards


def blocked_numbers_of(session: Session, item_ids: Collection[int]) -> set[NumberOfItem]:
    """All blocked numbers of some items, in one look-up for each kind; blocked ones are few."""
    blocked: set[NumberOfItem] = set()
    for kind, (table, field) in CARD_TABLES.items():
        key = select(table.item_id, table.variant_id, getattr(table, field))
        of_items = key.where(table.blocked, table.item_id.in_(sorted(item_ids)))
        blocked.update((*goods, kind, number) for *goods, number in session.execute(of_items))
    return blocked


def numbers_by_kind(item_id: int, variant_id: int, numbers: TrackingNumbers) -> list[NumberOfItem]:
    """Each number given, as the key of its card."""
    return [
        (item_id, variant_id, kind, number)
        for kind, number in zip(_KINDS, numbers.as_tuple(), strict=True)
        if number
    ]
