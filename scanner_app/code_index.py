"""Code index: everything a scanned code can stand for, in one indexed table.

Bins, items, GTINs, references, documents and tracking numbers write their codes here in the
transaction that creates them, so that one look-up finds every candidate (docs/domain.md 10.3).
Business Central has no such table; it asks each of its tables in turn.

This module must never choose between candidates: that is `scanning.resolve`.
"""

import enum
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.records import Base, Code50, Id
from scanner_app.upsert import insert_into


class CodeKind(enum.StrEnum):
    """What a code stands for."""

    BIN = "bin"
    ITEM = "item"
    GTIN = "gtin"
    REFERENCE = "reference"
    SERIAL = "serial"
    LOT = "lot"
    PACKAGE = "package"
    PUT_AWAY = "put-away"
    PICK = "pick"
    MOVEMENT = "movement"
    COUNT = "count"
    RECEIPT = "receipt"
    SHIPMENT = "shipment"


DOCUMENT_KINDS = frozenset(
    {
        CodeKind.PUT_AWAY,
        CodeKind.PICK,
        CodeKind.MOVEMENT,
        CodeKind.COUNT,
        CodeKind.RECEIPT,
        CodeKind.SHIPMENT,
    }
)
NUMBER_KINDS = frozenset({CodeKind.SERIAL, CodeKind.LOT, CodeKind.PACKAGE})


class CodeIndexEntry(Base):
    """One meaning of one code. `target_id` is the row of the table that `kind` names.

    For tracking numbers the target is the item; item, variant and unit of measure are 0 where
    they say nothing, because unique keys do not hold over NULL.
    """

    __tablename__ = "code_index"
    __table_args__ = (
        Index(
            "uq_code_index_meaning",
            "code",
            "kind",
            "target_id",
            "variant_id",
            "unit_of_measure_id",
            unique=True,
        ),
        Index("ix_code_index_target", "kind", "target_id"),
    )

    id: Mapped[Id]
    code: Mapped[Code50]
    kind: Mapped[CodeKind]
    target_id: Mapped[int]
    item_id: Mapped[int] = mapped_column(default=0)
    variant_id: Mapped[int] = mapped_column(default=0)
    unit_of_measure_id: Mapped[int] = mapped_column(default=0)
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


@dataclass(frozen=True)
class Meaning:
    """A row of the index before it is written."""

    code: str
    kind: CodeKind
    target_id: int
    item_id: int = 0
    variant_id: int = 0
    unit_of_measure_id: int = 0
    location_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def index_codes(session: Session, meanings: Sequence[Meaning]) -> None:
    """Write meanings; one that is there already stays as it is."""
    if not meanings:
        return
    rows = [asdict(meaning) for meaning in sorted(set(meanings), key=_key)]
    session.execute(insert_into(session, CodeIndexEntry).on_conflict_do_nothing(), rows)


def meanings_of(session: Session, codes: Collection[str]) -> list[CodeIndexEntry]:
    """Every meaning of the given codes, in one look-up."""
    if not codes:
        return []
    statement = select(CodeIndexEntry).where(CodeIndexEntry.code.in_(sorted(codes)))
    return list(session.scalars(statement.order_by(CodeIndexEntry.id)))


def forget_codes(session: Session, kind: CodeKind, target_ids: Collection[int]) -> None:
    """Take out the codes of records that are gone, such as a document that is registered."""
    for entry in session.scalars(
        select(CodeIndexEntry).where(
            CodeIndexEntry.kind == kind, CodeIndexEntry.target_id.in_(target_ids)
        )
    ):
        session.delete(entry)


def gtin_14(digits: str) -> str:
    """A GTIN of 8, 12 or 13 digits in the one form in which GTINs are kept and compared."""
    return digits.zfill(14)


def _key(meaning: Meaning) -> tuple[str, str, int, int, int]:
    """Writers insert in one order, so that they never wait for each other in a ring."""
    return (
        meaning.code,
        meaning.kind,
        meaning.target_id,
        meaning.variant_id,
        meaning.unit_of_measure_id,
    )
