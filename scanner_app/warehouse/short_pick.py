"""Short Pick: what a worker did not find where a pick sent them (docs/domain.md 6.11).

It is kept when the pick is registered, and stays open until the bin is counted or a supervisor
settles it: so long nothing sends the next worker to the same place for them.

This module must never change stock: a count does.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.errors import N_, RuleRefused
from scanner_app.insert_rows import insert_rows
from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO
from scanner_app.records import Base, Code20, Id, TrackingNumber, partial_index
from scanner_app.warehouse.activity import ActionType, WarehouseActivity, WarehouseActivityLine

OF_LINE = (
    "bin_id",
    "item_id",
    "variant_id",
    "unit_of_measure_id",
    "qty_per_unit_of_measure",
    "serial_no",
    "lot_no",
    "package_no",
)


class ShortPickSettled(RuleRefused):
    """Somebody was there before."""

    message = N_("That short pick is settled already.")
    way_out = N_("Nothing changed. Look at what is still open.")


class ShortPick(Base):
    """A quantity that was not where it is booked; open as long as `settled_at` is empty.

    Attributes:
        registered_no: the registered pick, '' where nothing of the pick was taken.
    """

    __tablename__ = "short_pick"
    __table_args__ = (
        CheckConstraint("quantity > 0 AND quantity_base > 0", name="quantity_missing"),
        CheckConstraint("(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by_whom"),
        partial_index("ix_short_pick_open", "location_id", "item_id", where="settled_at IS NULL"),
        partial_index("ix_short_pick_open_bin", "bin_id", where="settled_at IS NULL"),
    )

    id: Mapped[Id]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    activity_no: Mapped[Code20] = mapped_column(index=True)
    source_no: Mapped[Code20]
    registered_no: Mapped[Code20]
    bin_id: Mapped[int] = mapped_column(ForeignKey("bin.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    unit_of_measure_id: Mapped[int] = mapped_column(ForeignKey("unit_of_measure.id"))
    qty_per_unit_of_measure: Mapped[Decimal]
    quantity: Mapped[Decimal]
    quantity_base: Mapped[Decimal]
    serial_no: Mapped[TrackingNumber]
    lot_no: Mapped[TrackingNumber]
    package_no: Mapped[TrackingNumber]
    reason_code_id: Mapped[int | None] = mapped_column(ForeignKey("reason_code.id"))
    noted_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


NOT_SETTLED = ShortPick.settled_at.is_(None)


def keep_short_picks(
    session: Session,
    activity: WarehouseActivity,
    lines: Iterable[WarehouseActivityLine],
    registered_no: str,
    *,
    user_id: int,
    at: datetime,
) -> int:
    """Keep what is noted as missing on the Take lines of a pick; returns on how many."""
    of_all = {
        "location_id": activity.location_id,
        "activity_no": activity.no,
        "source_no": activity.source_no,
        "registered_no": registered_no,
        "noted_at": at,
        "user_id": user_id,
    }
    rows: list[dict[str, Any]] = [
        of_all
        | {name: getattr(line, name) for name in OF_LINE}
        | {
            "quantity": line.qty_missing,
            "quantity_base": line.qty_missing_base,
            "reason_code_id": line.missing_reason_id,
        }
        for line in lines
        if line.action_type is ActionType.TAKE and line.qty_missing > ZERO
    ]
    insert_rows(session, ShortPick, rows)
    return len(rows)


def open_short_picks(
    session: Session, location: Location, item_ids: Iterable[int]
) -> Sequence[ShortPick]:
    """What is missing of some items at a location and nobody has looked after, oldest first."""
    row = ShortPick
    of_items = (row.location_id == location.id, row.item_id.in_(sorted(item_ids)), NOT_SETTLED)
    return session.scalars(select(row).where(*of_items).order_by(row.id)).all()


def count_open_short_picks(session: Session, location: Location) -> int:
    """How many short picks wait for somebody at a location."""
    row = ShortPick
    here = (row.location_id == location.id, NOT_SETTLED)
    return session.scalar(select(func.count(row.id)).where(*here)) or 0


def settle_counted(
    session: Session, closed_at: Mapping[int, datetime], *, user_id: int, at: datetime
) -> None:
    """A registered count of a bin settles what was missing there before it was closed.

    `closed_at` is when the counting of each bin ended, by the id of the bin.
    """
    row = ShortPick
    in_bins = (row.bin_id.in_(sorted(closed_at)), NOT_SETTLED)
    for short in session.scalars(select(row).where(*in_bins).order_by(row.id).with_for_update()):
        if short.noted_at <= closed_at[short.bin_id]:
            short.settled_at, short.settled_by_id = at, user_id
    session.flush()


def settle_short_pick(
    session: Session, location: Location, short_pick_id: int, user_id: int, at: datetime
) -> None:
    """Somebody has looked: from now on picks count on what the bin holds again.

    Raises:
        ShortPickSettled: when it is not open at the location.
    """
    row = ShortPick
    statement = (
        update(row)
        .where(row.id == short_pick_id, row.location_id == location.id, NOT_SETTLED)
        .values(settled_at=at, settled_by_id=user_id)
        .returning(row.id)
    )
    if session.scalar(statement) is None:
        raise ShortPickSettled
