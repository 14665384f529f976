"""The records that journal lines name by their codes, found for many lines at once.

A journal is typed line by line and filled in by the thousand from a workbook; both look the same
records up, each table once (docs/domain.md 12.2).

This module must never know what a line may say besides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_ledger import ItemLedgerEntry
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import NumberSeries
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.text_card import TextCard
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.item_journal_fields import EVERY_LINE_FIELD
from scanner_app.warehouse.record_card import Fields, captions_of
from scanner_app.warehouse.record_refusals import NameMissing, RecordNotFound
from scanner_app.warehouse.warehouse_journal_fields import FROM_BIN, TO_BIN

BINS = ("bin", "new_bin", FROM_BIN.name, TO_BIN.name)
CAPTIONS = captions_of(EVERY_LINE_FIELD)
CAPTIONS_OF_RECORDS = CAPTIONS | captions_of((FROM_BIN, TO_BIN))
LENGTHS = {field.name: field.length for field in EVERY_LINE_FIELD}

Key = TypeVar("Key")
Found = TypeVar("Found")
Coded = TypeVar("Coded", NumberSeries, ReasonCode)


@dataclass(frozen=True)
class UnitOfItem:
    """A unit that an item is counted in, and how many base units it holds."""

    unit_of_measure_id: int
    qty_per_unit_of_measure: Decimal


@dataclass(frozen=True)
class NamedRecords:
    """The records of some lines: by code, or by the record they belong to and their code.

    The unit with the code '' is the base unit of its item.
    """

    items: Mapping[str, Item]
    variants: Mapping[tuple[int, str], int]
    units: Mapping[tuple[int, str], UnitOfItem]
    locations: Mapping[str, Location]
    bins: Mapping[tuple[int, str], int]
    reasons: Mapping[str, int]
    entries: Mapping[str, int]


def find_named_records(session: Session, cards: Iterable[TextCard]) -> NamedRecords:
    """Look up what the cards name; what is not there is missed when a line asks for it."""
    cards = list(cards)
    of_items = select(Item).where(Item.no.in_(_codes(cards, "item_no")))
    items = {item.no: item for item in session.scalars(of_items)}
    codes = [*_codes(cards, "location"), *_codes(cards, "new_location")]
    of_locations = select(Location).where(Location.code.in_(codes))
    locations = {location.code: location for location in session.scalars(of_locations)}
    of_reasons = select(ReasonCode).where(ReasonCode.code.in_(_codes(cards, "reason_code")))
    return NamedRecords(
        items,
        _variants(session, items),
        _units(session, items),
        locations,
        _bins(session, locations, [code for name in BINS for code in _codes(cards, name)]),
        {reason.code: reason.id for reason in session.scalars(of_reasons)},
        _entries(session, cards),
    )


def item_of(records: NamedRecords, card: TextCard) -> Item:
    """The item of a line.

    Raises:
        NameMissing, RecordNotFound: when none is named, or there is no such item.
    """
    return _find(records.items, _given(card, "item_no"), card, "item_no")


def location_of(records: NamedRecords, card: TextCard, name: str = "location") -> Location:
    """The location of a line, or its new one; refusals as `item_of`."""
    return _find(records.locations, _given(card, name), card, name)


def variant_of(records: NamedRecords, item: Item, card: TextCard) -> int:
    """The id of the variant; the blank one stands for an item without variants.

    Raises:
        RecordNotFound: when the item has no such variant.
    """
    return _find(records.variants, (item.id, card["variant"]), card, "variant")


def unit_of(records: NamedRecords, item: Item, card: TextCard) -> UnitOfItem:
    """The unit of the quantity, the base unit where none is named.

    Raises:
        RecordNotFound: when the item is not counted in it.
    """
    return _find(records.units, (item.id, card["unit"]), card, "unit")


def bin_of(records: NamedRecords, location: Location, card: TextCard, name: str = "bin") -> int:
    """The id of a bin; `name` is that of its field.

    Raises:
        RecordNotFound: when the location has no such bin.
    """
    return _find(records.bins, (location.id, card[name]), card, name)


def reason_of(records: NamedRecords, card: TextCard) -> int | None:
    """The id of the reason, None where none is named.

    Raises:
        RecordNotFound: when there is no such reason.
    """
    code = card["reason_code"]
    return _find(records.reasons, code, card, "reason_code") if code else None


def find_named_record(
    session: Session, table: type[Coded], fields: Fields, card: TextCard, name: str
) -> Coded | None:
    """The record that one field of a card names, None where it names none.

    Raises:
        RecordNotFound: when there is no such record.
    """
    if not card[name]:
        return None
    row = session.scalar(select(table).where(table.code == card[name]))
    if row is None:
        raise RecordNotFound(field=captions_of(fields)[name], code=card[name])
    return row


def entry_of(records: NamedRecords, card: TextCard) -> int | None:
    """The entry that a line is taken from, None where none is named.

    Raises:
        RecordNotFound: when there is no such entry.
    """
    no = card["applies_to_entry"]
    return _find(records.entries, no, card, "applies_to_entry") if no else None


def _codes(cards: Iterable[TextCard], name: str) -> list[str]:
    return sorted({code for card in cards if (code := card.get(name))})


def _variants(session: Session, items: Mapping[str, Item]) -> dict[tuple[int, str], int]:
    row = ItemVariant
    of_items = select(row.item_id, row.code, row.id).where(row.item_id.in_(_ids(items)))
    return {(item_id, code): id_ for item_id, code, id_ in session.execute(of_items)}


def _units(session: Session, items: Mapping[str, Item]) -> dict[tuple[int, str], UnitOfItem]:
    row, unit = ItemUnit, UnitOfMeasure
    rows = session.execute(
        select(row.item_id, unit.code, unit.id, row.qty_per_unit_of_measure)
        .join(unit, unit.id == row.unit_of_measure_id)
        .where(row.item_id.in_(_ids(items)))
    )
    base = {item.id: item.base_unit_of_measure_id for item in items.values()}
    units = {}
    for item_id, code, unit_id, per_unit in rows:
        units[item_id, code] = UnitOfItem(unit_id, per_unit)
        if unit_id == base[item_id]:
            units[item_id, ""] = units[item_id, code]
    return units


def _bins(
    session: Session, locations: Mapping[str, Location], codes: list[str]
) -> dict[tuple[int, str], int]:
    of_locations = select(Bin.location_id, Bin.code, Bin.id).where(
        Bin.location_id.in_(_ids(locations)), Bin.code.in_(codes)
    )
    return {(location_id, code): id_ for location_id, code, id_ in session.execute(of_locations)}


def _entries(session: Session, cards: Iterable[TextCard]) -> dict[str, int]:
    """The item ledger entries that lines are taken from; few lines name one."""
    nos = {int(no) for card in cards if (no := card.get("applies_to_entry"))}
    if not nos:
        return {}
    row = ItemLedgerEntry
    return {str(id_): id_ for id_ in session.scalars(select(row.id).where(row.id.in_(nos)))}


def _ids(records: Mapping[str, Item] | Mapping[str, Location]) -> list[int]:
    return [record.id for record in records.values()]


def _given(card: TextCard, name: str) -> str:
    if not card[name]:
        raise NameMissing(field=CAPTIONS[name], length=LENGTHS[name])
    return card[name]


def _find(records: Mapping[Key, Found], key: Key, card: TextCard, name: str) -> Found:
    found = records.get(key)
    if found is None:
        raise RecordNotFound(field=CAPTIONS_OF_RECORDS[name], code=card[name])
    return found
