"""Zone, Bin Type and Bin: the places of a location (docs/domain.md 4.2).

This module must never say what a bin holds: that is `bin_balance`.
"""

import enum
from collections.abc import Iterable

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.errors import N_, RuleRefused
from scanner_app.records import Base, Code10, Code20, Editable, Flag, Id, Text100, partial_index


class BlockMovement(enum.StrEnum):
    """Which movements a bin is closed to."""

    BLANK = ""
    INBOUND = "Inbound"
    OUTBOUND = "Outbound"
    ALL = "All"


class BinBlocked(RuleRefused):
    """The bin is closed to this movement."""

    message = N_("Bin {bin_code} is blocked for movement: {block_movement}.")
    way_out = N_("Use another bin, or ask a supervisor to clear the block.")
    field = "Block Movement"


class BinType(Base):
    """What a bin is suggested for: receive, ship, put away, pick."""

    __tablename__ = "bin_type"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[Id]
    code: Mapped[Code10]
    description: Mapped[Text100] = mapped_column(default="")
    receive: Mapped[Flag]
    ship: Mapped[Flag]
    put_away: Mapped[Flag]
    pick: Mapped[Flag]


class Zone(Base):
    """A part of a location whose bins are alike."""

    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("location_id", "code"),)

    id: Mapped[Id]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    code: Mapped[Code10]
    description: Mapped[Text100] = mapped_column(default="")
    bin_type_id: Mapped[int] = mapped_column(ForeignKey("bin_type.id"))
    warehouse_class_code: Mapped[Code10] = mapped_column(default="")
    zone_ranking: Mapped[int] = mapped_column(default=0)
    cross_dock_bin_zone: Mapped[Flag]


class Bin(Editable, Base):
    """One place with a label."""

    __tablename__ = "bin"
    __table_args__ = (
        UniqueConstraint("location_id", "code"),
        partial_index("uq_bin_adjustment", "location_id", unique=True, where="is_adjustment_bin"),
        Index("ix_bin_zone_id_code", "zone_id", "code"),
        Index("ix_bin_type", "location_id", "bin_type_id", "code"),
        partial_index("ix_bin_blocked", "location_id", "code", where="block_movement <> ''"),
    )

    id: Mapped[Id]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    code: Mapped[Code20]
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    bin_type_id: Mapped[int | None] = mapped_column(ForeignKey("bin_type.id"))
    description: Mapped[Text100] = mapped_column(default="")
    warehouse_class_code: Mapped[Code10] = mapped_column(default="")
    block_movement: Mapped[BlockMovement] = mapped_column(default=BlockMovement.BLANK)
    bin_ranking: Mapped[int] = mapped_column(default=0)
    cross_dock_bin: Mapped[Flag]
    dedicated: Mapped[Flag]
    is_adjustment_bin: Mapped[Flag]


# In the order of a pick. Named after the class: only its columns know how to count downwards.
Index("ix_bin_ranking", Bin.location_id, Bin.bin_ranking.desc(), Bin.code)


def bins_by_id(session: Session, ids: Iterable[int | None]) -> dict[int, Bin]:
    """The bins of some lines, in one look-up; a line may name none."""
    named = sorted({bin_id for bin_id in ids if bin_id is not None})
    return {bin_.id: bin_ for bin_ in session.scalars(select(Bin).where(Bin.id.in_(named)))}


def check_open_inbound(bin_: Bin) -> None:
    """Refuse to put anything into a bin that is closed to it.

    Raises:
        BinBlocked: when the block is Inbound or All.
    """
    _check_open(bin_, BlockMovement.INBOUND)


def check_open_outbound(bin_: Bin) -> None:
    """Refuse to take anything out of a bin that is closed to it.

    Raises:
        BinBlocked: when the block is Outbound or All.
    """
    _check_open(bin_, BlockMovement.OUTBOUND)


def _check_open(bin_: Bin, direction: BlockMovement) -> None:
    if bin_.block_movement in (direction, BlockMovement.ALL):
        raise BinBlocked(bin_code=bin_.code, block_movement=bin_.block_movement.value)
