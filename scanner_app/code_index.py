"""Code index: everything a scanned code can stand for, in one indexed table.

Bins, items, GTINs, references, documents and tracking numbers write their codes here in the
transaction that creates them, so that one look-up finds every candidate (docs/domain.md 10.3).
Business Central has no such table; it asks each of its tables in turn.

This module must never choose between candidates: that is `scanning.resolve`.
"""

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ForeignKey, Index, Select, literal_column, or_, select, union_all
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.beginnings import begins_with
from scanner_app.records import Base, Code50, Id, partial_index
from scanner_app.send_rows import send_rows
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
ITEM_KINDS = frozenset({CodeKind.ITEM, CodeKind.GTIN, CodeKind.REFERENCE})
NUMBER_KINDS = frozenset({CodeKind.SERIAL, CodeKind.LOT, CodeKind.PACKAGE})
# There are many more tracking numbers than names of anything else: names have an index without.
IS_NAME = "kind NOT IN ('lot', 'package', 'serial')"


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
        partial_index("ix_code_index_name", "kind", "location_id", "code", where=IS_NAME),
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


@dataclass(frozen=True)
class Beginning:
    """How the codes that are looked for begin: those of a kind, at locations or at none."""

    kind: CodeKind
    text: str
    location_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class NamedCode:
    """A code that begins as it was asked for, and what it stands for."""

    kind: CodeKind
    code: str
    target_id: int
    item_id: int
    location_id: int | None


def index_codes(session: Session, meanings: Sequence[Meaning]) -> None:
    """Write meanings; one that is there already stays as it is."""
    if not meanings:
        return
    rows = [dict(vars(meaning)) for meaning in sorted(set(meanings), key=_key)]
    unless_there = insert_into(session, CodeIndexEntry.__table__).on_conflict_do_nothing()
    send_rows(session, unless_there, rows)


def meanings_of(session: Session, codes: Collection[str]) -> list[CodeIndexEntry]:
    """Every meaning of the given codes, in one look-up."""
    if not codes:
        return []
    statement = select(CodeIndexEntry).where(CodeIndexEntry.code.in_(sorted(codes)))
    return list(session.scalars(statement.order_by(CodeIndexEntry.id)))


def codes_of_item(
    session: Session, kind: CodeKind, item_id: int, variant_id: int, codes: Collection[str]
) -> set[str]:
    """Those of the codes that are tracking numbers of a kind of an item and variant."""
    entry = CodeIndexEntry
    of_item = (entry.kind == kind, entry.target_id == item_id, entry.variant_id == variant_id)
    return set(session.scalars(select(entry.code).where(*of_item, entry.code.in_(codes))))


def codes_beginning(
    session: Session, beginnings: Sequence[Beginning], day: date, rows_max: int
) -> list[NamedCode]:
    """The first codes of each beginning that are valid on the day, in one look-up.

    Tracking numbers are not found so: there may be millions of one beginning.
    """
    if not beginnings:
        return []
    parts = [
        select_beginning(beginning, day).limit(rows_max).subquery() for beginning in beginnings
    ]
    rows = session.execute(union_all(*(select(part) for part in parts)))
    return [NamedCode(*row) for row in rows]


def select_beginning(
    beginning: Beginning, day: date
) -> Select[CodeKind, str, int, int, int | None]:
    """The codes of one beginning that are valid on the day, in their order."""
    entry = CodeIndexEntry
    places = entry.location_id.in_(beginning.location_ids)
    return (
        select(entry.kind, entry.code, entry.target_id, entry.item_id, entry.location_id)
        .where(
            literal_column(IS_NAME),  # SQLite uses a partial index only for its very condition
            entry.kind == beginning.kind,
            places if beginning.location_ids else entry.location_id.is_(None),
            begins_with(entry.code, beginning.text),
            or_(entry.valid_from.is_(None), entry.valid_from <= day),
            or_(entry.valid_to.is_(None), entry.valid_to >= day),
        )
        .order_by(entry.code)
    )


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
