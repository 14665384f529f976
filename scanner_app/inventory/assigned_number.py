"""Assigned numbers: serial, lot and package numbers that were given out before any stock has them.

Ours: Business Central writes new numbers to item tracking lines at once. Here they are a record of
their own, so that labels can be printed before the goods come and printed again, and nobody gets
a number twice (docs/domain.md 2.12.1).

This module must never say that anything is in stock.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.access.user import User
from scanner_app.guards import guard_append_only
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.records import Base, Code50, Entry, Id, TrackingNumber


class AssignedNumberBatch(Entry, Base):
    """Numbers of one kind that were assigned to an item by one click.

    `lot_no` is the lot that was made for serial numbers together with them.
    """

    __tablename__ = "assigned_number_batch"
    __table_args__ = (
        CheckConstraint("quantity >= 1", name="quantity_positive"),
        Index("ix_assigned_number_batch_item_id_id", "item_id", "id"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    kind: Mapped[NumberKind]
    quantity: Mapped[int]
    first_no: Mapped[Code50]
    last_no: Mapped[Code50]
    lot_no: Mapped[TrackingNumber]
    assigned_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class AssignedNumber(Entry, Base):
    """One number that was assigned to an item, once."""

    __tablename__ = "assigned_number"
    __table_args__ = (
        UniqueConstraint("item_id", "variant_id", "kind", "number"),
        CheckConstraint("number <> ''", name="number_not_blank"),
    )

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("assigned_number_batch.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("item_variant.id"))
    kind: Mapped[NumberKind]
    number: Mapped[Code50]


for _table in (AssignedNumberBatch, AssignedNumber):
    guard_append_only(_table.__table__)  # type: ignore[arg-type]


def last_batches(
    session: Session, item_id: int, rows_max: int
) -> Sequence[tuple[AssignedNumberBatch, str]]:
    """The latest batches of an item, each with the name of its user."""
    batch = AssignedNumberBatch
    rows = session.execute(
        select(batch, User.user_name)
        .join(User, User.id == batch.user_id)
        .where(batch.item_id == item_id)
        .order_by(batch.id.desc())
        .limit(rows_max)
    )
    return [(row, user_name) for row, user_name in rows]


def numbers_of_batch(session: Session, batch: AssignedNumberBatch) -> list[str]:
    """The numbers of a batch in the order in which they were assigned."""
    number = AssignedNumber
    of_batch = select(number.number).where(number.batch_id == batch.id, number.kind == batch.kind)
    return list(session.scalars(of_batch.order_by(number.id)))
