"""Registered put-aways, picks and movements: the list of them, and what one did.

The newest come first; a part of the list begins before the document that the part before ended
with, so that it takes no longer at the end than at the beginning, and nothing is counted.

This module must never change anything: what is registered is final (docs/domain.md 1.1).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, func, select, type_coerce, union
from sqlalchemy.orm import Session, aliased

from scanner_app.access.user import User
from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_tracking import TrackingNumbers, describe, numbers_of
from scanner_app.inventory.location import Location
from scanner_app.warehouse.activity import (
    ActionType,
    ActivityType,
    RegisteredActivity,
    RegisteredActivityLine,
)
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.moved_back import MovedBack
from scanner_app.warehouse.warehouse_ledger import WarehouseEntry

PLACE_AFTER_TAKE = 10_000  # how far the line no. of a Place is from that of its Take


@dataclass(frozen=True)
class WantedDocuments:
    """Which registered documents are looked for.

    Attributes:
        type: None for all.
        query: a number of theirs, of what they were registered from, or one that they moved; in
            capitals, whole.
        before: id of the document with which the part before ended, 0 for the first part.
    """

    type: ActivityType | None = None
    query: str = ""
    before: int = 0


@dataclass(frozen=True)
class RegisteredRow:
    """One registered document of a list."""

    id: int
    type: ActivityType
    no: str
    activity_no: str
    source_no: str
    registered_at: datetime
    user_name: str


@dataclass(frozen=True)
class RegisteredPart:
    """Registered documents, the newest first, and whether older ones follow."""

    rows: Sequence[RegisteredRow]
    more: bool


@dataclass(frozen=True)
class RegisteredPair:
    """What one Take and Place of a registered document brought from bin to bin.

    Attributes:
        id: of the Place line.
        moved_back_no: the registered movement that brought it back, '' for none.
    """

    id: int
    line_no: int
    item: Item
    variant_id: int
    variant_code: str
    unit_of_measure_id: int
    unit: str
    quantity: Decimal
    quantity_base: Decimal
    numbers: TrackingNumbers
    expiration_date: date | None
    source_document_line_id: int | None
    from_bin: Bin
    to_bin: Bin
    moved_back_no: str

    @property
    def what(self) -> str:
        """The item and its numbers in one breath."""
        return describe(self.item.no, self.numbers)


def list_registered(
    session: Session, location: Location, wanted: WantedDocuments, rows_max: int
) -> RegisteredPart:
    """The next registered documents of a location that are looked for."""
    row = RegisteredActivity
    columns = (row.id, row.type, row.no, row.activity_no, row.source_no, row.registered_at)
    statement = (
        select(*columns, User.user_name)
        .join(User, User.id == row.user_id)
        .where(row.location_id == location.id, *_conditions(location, wanted))
        .order_by(row.id.desc())
        .limit(rows_max + 1)
    )
    rows = [RegisteredRow(*found) for found in session.execute(statement)]
    return RegisteredPart(rows[:rows_max], more=len(rows) > rows_max)


def find_registered(
    session: Session, location: Location, type_: ActivityType, no: str
) -> RegisteredActivity | None:
    """The registered document of a number at a location, if there is one."""
    row = RegisteredActivity
    of_number = (row.type == type_, row.no == no, row.location_id == location.id)
    return session.scalars(select(row).where(*of_number)).one_or_none()


def count_pairs(session: Session, registered: RegisteredActivity) -> int:
    """How many lines were placed."""
    line = RegisteredActivityLine
    placed = (line.registered_activity_id == registered.id, line.action_type == ActionType.PLACE)
    return session.scalar(select(func.count(line.id)).where(*placed)) or 0


def pairs_of_registered(
    session: Session,
    registered: RegisteredActivity,
    *,
    rows_max: int,
    after_line_no: int = 0,
    ids: Collection[int] | None = None,
    not_moved_back: bool = False,
) -> list[RegisteredPair]:
    """What a registered document moved, in the order of its lines; `ids` of their Place lines."""
    place, movement = RegisteredActivityLine, aliased(RegisteredActivity)
    statement = (
        _pairs()
        .outerjoin(MovedBack, MovedBack.registered_line_id == place.id)
        .outerjoin(movement, movement.id == MovedBack.movement_id)
        .add_columns(func.coalesce(movement.no, ""))
        .where(place.registered_activity_id == registered.id, place.line_no > after_line_no)
        .order_by(place.line_no)
        .limit(rows_max)
    )
    if ids is not None:
        statement = statement.where(place.id.in_(sorted(ids)))
    if not_moved_back:
        statement = statement.where(MovedBack.id.is_(None))
    return [_pair(*found) for found in session.execute(statement)]


def _pairs() -> Any:  # noqa: ANN401 - a Select whose rows are read by `_pair`
    place, take = RegisteredActivityLine, aliased(RegisteredActivityLine)
    from_bin, to_bin = aliased(Bin), aliased(Bin)
    taken = and_(
        take.registered_activity_id == place.registered_activity_id,
        take.line_no == place.line_no - PLACE_AFTER_TAKE,
        take.action_type == ActionType.TAKE,
    )
    return (
        select(place, Item, ItemVariant.code, UnitOfMeasure.code, from_bin, to_bin)
        .join(take, taken)
        .join(Item, Item.id == place.item_id)
        .join(ItemVariant, ItemVariant.id == place.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == place.unit_of_measure_id)
        .join(from_bin, from_bin.id == take.bin_id)
        .join(to_bin, to_bin.id == place.bin_id)
        .where(place.action_type == ActionType.PLACE)
    )


def _pair(
    place: RegisteredActivityLine,
    item: Item,
    variant_code: str,
    unit: str,
    from_bin: Bin,
    to_bin: Bin,
    moved_back_no: str,
) -> RegisteredPair:
    return RegisteredPair(
        id=place.id,
        line_no=place.line_no,
        item=item,
        variant_id=place.variant_id,
        variant_code=variant_code,
        unit_of_measure_id=place.unit_of_measure_id,
        unit=unit,
        quantity=place.quantity,
        quantity_base=place.quantity_base,
        numbers=numbers_of(place),
        expiration_date=place.expiration_date,
        source_document_line_id=place.source_document_line_id,
        from_bin=from_bin,
        to_bin=to_bin,
        moved_back_no=moved_back_no,
    )


def _conditions(location: Location, wanted: WantedDocuments) -> list[ColumnElement[bool]]:
    row, conditions = RegisteredActivity, []
    if wanted.before:
        conditions.append(row.id < wanted.before)
    if wanted.type is not None:
        conditions.append(row.type == wanted.type)
    if wanted.query:
        # Each way is found by an index of its own; the documents are then taken by their ids.
        conditions.append(row.id.in_(union(*_ids_found(location, wanted.query))))
    return conditions


def _ids_found(location: Location, query: str) -> list[Select[int]]:
    row, entry = RegisteredActivity, WarehouseEntry
    named = [
        select(row.id).where(name == query) for name in (row.no, row.activity_no, row.source_no)
    ]
    of_document = and_(
        row.no == entry.reference_no,
        type_coerce(row.type, String) == type_coerce(entry.reference_document, String),
    )
    moved = [
        select(row.id)
        .join(entry, of_document)
        .where(number == query, entry.location_id == location.id)
        for number in (entry.serial_no, entry.lot_no, entry.package_no)
    ]
    return [*named, *moved]
