"""Look up: what a code is, where it lies, and whether it is blocked.

This module must never change anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.code_index import CodeKind
from scanner_app.inventory.item import Item, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_picture import ItemPicture
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers, describe, numbers_of
from scanner_app.inventory.location import Location
from scanner_app.inventory.tracking_information import (
    Card,
    NumberKind,
    NumberOfItem,
    find_cards,
    numbers_by_kind,
)
from scanner_app.scanning.resolve import Candidate
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_balance import HAS_STOCK, BinBalance

ROWS_SHOWN_MAX = 100


@dataclass(frozen=True)
class Lies:
    """One quantity of one set of numbers in one bin.

    Attributes:
        blocked: the kinds of its numbers whose card is blocked.
    """

    bin_code: str
    words: str
    description: str
    variant_code: str
    quantity_base: Decimal
    unit: str
    expiration_date: date | None
    is_adjustment_bin: bool
    blocked: tuple[NumberKind, ...] = ()


@dataclass(frozen=True)
class CardOfNumber:
    """A number that was looked up of one item, and what its information card says.

    Attributes:
        card_id: None for a number that has no card.
    """

    kind: NumberKind
    number: str
    item_no: str
    variant_code: str
    card_id: int | None
    description: str
    blocked: bool


@dataclass(frozen=True)
class LookedUp:
    """What a candidate is, and what of it lies where at the location.

    Attributes:
        picture: the digest of the item's picture, '' where it has none.
    """

    kind: CodeKind
    code: str
    item_no: str
    description: str
    picture: str
    rows: tuple[Lies, ...]
    more: bool
    cards: tuple[CardOfNumber, ...] = ()


@dataclass(frozen=True)
class _Place:
    """One balance with the names of what it is of."""

    balance: BinBalance
    bin_code: str
    item: Item
    variant_code: str
    unit: str

    @property
    def numbers(self) -> list[NumberOfItem]:
        return numbers_by_kind(
            self.balance.item_id, self.balance.variant_id, numbers_of(self.balance)
        )


def look_up(session: Session, location: Location, candidate: Candidate) -> LookedUp:
    """Everything of a candidate that lies at a location; a bin shows its content."""
    bin_id = candidate.target_id if candidate.kind is CodeKind.BIN else 0
    looked_for = (candidate.item_id, candidate.variant_id)
    places = _places(session, location, *looked_for, candidate.numbers, bin_id)
    item, picture = _item_with_picture(session, candidate.item_id)
    owners = _owners(session, item, candidate, places)
    own = [number for owner in owners for number in numbers_by_kind(*owner, candidate.numbers)]
    cards = find_cards(session, {*own, *(number for place in places for number in place.numbers)})
    return LookedUp(
        kind=candidate.kind,
        code=candidate.code,
        item_no=item.no if item else "",
        description=item.description if item else "",
        picture=picture,
        rows=_rows(places, cards),
        more=len(places) > ROWS_SHOWN_MAX,
        cards=tuple(_card_of(number, owners, cards.get(number)) for number in own),
    )


def where_it_lies(
    session: Session, location: Location, item_id: int, variant_id: int, numbers: TrackingNumbers
) -> tuple[Lies, ...]:
    """The first places at a location where numbers of an item lie."""
    return _rows(_places(session, location, item_id, variant_id, numbers), {})


def _rows(places: Sequence[_Place], cards: dict[NumberOfItem, Card]) -> tuple[Lies, ...]:
    return tuple(
        Lies(
            bin_code=place.bin_code,
            words=describe(place.item.no, numbers_of(place.balance)),
            description=place.item.description,
            variant_code=place.variant_code,
            quantity_base=place.balance.quantity_base,
            unit=place.unit,
            expiration_date=place.balance.expiration_date,
            is_adjustment_bin=place.balance.is_adjustment_bin,
            blocked=tuple(n[2] for n in place.numbers if n in cards and cards[n].blocked),
        )
        for place in places[:ROWS_SHOWN_MAX]
    )


def _item_with_picture(session: Session, item_id: int) -> tuple[Item | None, str]:
    """An item and its picture, '' where it has none; a bin or a package is no item."""
    of_item = (
        select(Item, ItemPicture.sha256)
        .outerjoin(ItemPicture, ItemPicture.item_id == Item.id)
        .where(Item.id == item_id)
    )
    found = session.execute(of_item).one_or_none() if item_id else None
    return (found[0], found[1] or "") if found else (None, "")


def _owners(
    session: Session, item: Item | None, candidate: Candidate, places: Sequence[_Place]
) -> dict[tuple[int, int], tuple[str, str]]:
    """Whose number was looked up: item and variant; a package is of every item in it."""
    if not candidate.numbers:
        return {}
    if item is not None and candidate.variant_id:
        variant = session.get_one(ItemVariant, candidate.variant_id)
        return {(item.id, variant.id): (item.no, variant.code)}
    return {
        (place.balance.item_id, place.balance.variant_id): (place.item.no, place.variant_code)
        for place in places
    }


def _card_of(
    number: NumberOfItem, owners: dict[tuple[int, int], tuple[str, str]], card: Card | None
) -> CardOfNumber:
    item_id, variant_id, kind, name = number
    item_no, variant_code = owners[item_id, variant_id]
    return CardOfNumber(
        kind=kind,
        number=name,
        item_no=item_no,
        variant_code=variant_code,
        card_id=card.id if card else None,
        description=card.description if card else "",
        blocked=card is not None and card.blocked,
    )


def _places(
    session: Session,
    location: Location,
    item_id: int,
    variant_id: int,
    numbers: TrackingNumbers = NO_NUMBERS,
    bin_id: int = 0,
) -> Sequence[_Place]:
    row = BinBalance
    statement = (
        select(row, Bin.code, Item, ItemVariant.code, UnitOfMeasure.code)
        .join(Bin, Bin.id == row.bin_id)
        .join(Item, Item.id == row.item_id)
        .join(ItemVariant, ItemVariant.id == row.variant_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == Item.base_unit_of_measure_id)
        .where(row.location_id == location.id, HAS_STOCK)
        .order_by(row.is_adjustment_bin, Bin.code, row.id)
        .limit(ROWS_SHOWN_MAX + 1)
    )
    serial_no, lot_no, package_no = numbers.as_tuple()
    wanted = (
        (row.bin_id, bin_id),
        (row.item_id, item_id),
        (row.variant_id, variant_id),
        (row.serial_no, serial_no),
        (row.lot_no, lot_no),
        (row.package_no, package_no),
    )
    for column, value in wanted:
        if value:
            statement = statement.where(column == value)
    return [_Place(*found) for found in session.execute(statement)]
