"""What the lines of a package may name: the records that are there, and those that it brings.

A record that waits in the package without an error counts as there, so that a package is
validated as a whole before anything of it is applied. Its id is a number below zero, which no
record of a table has.

This module must never write, nor hand out a record that a line could be saved with.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy.orm import Session

from scanner_app.configuration.configuration_package import digest_of_key
from scanner_app.configuration.package_tables import TABLES
from scanner_app.configuration.staged_records import StagedRecords
from scanner_app.configuration.tables_of_codes import REASONS_NO
from scanner_app.configuration.tables_of_items import ITEM_UNITS_NO
from scanner_app.configuration.tables_of_numbers import ITEMS_NO, VARIANTS_NO
from scanner_app.configuration.tables_of_places import BINS_NO, LOCATIONS_NO
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_card import blank_card
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import NO, YES, TextCard
from scanner_app.quantities import ONE, parse_quantity
from scanner_app.warehouse.journal_records import NamedRecords, UnitOfItem, find_named_records

DIRECTED, BIN_MANDATORY = "directed_put_away_and_pick", "bin_mandatory"


@dataclass
class _Names:
    """The records by what lines call them, filled table by table."""

    items: dict[str, Item]
    variants: dict[tuple[int, str], int]
    units: dict[tuple[int, str], UnitOfItem]
    locations: dict[str, Location]
    bins: dict[tuple[int, str], int]
    reasons: dict[str, int]
    ids: Iterator[int] = field(default_factory=lambda: count(-1, -1))


def named_records_of_package(
    session: Session, staged: StagedRecords, cards: Sequence[TextCard]
) -> NamedRecords:
    """The records that lines name, as they will be once the tables before them are applied."""
    there = find_named_records(session, cards)
    names = _Names(
        dict(there.items),
        dict(there.variants),
        dict(there.units),
        dict(there.locations),
        dict(there.bins),
        dict(there.reasons),
    )
    _add_items(names, staged, {card["item_no"] for card in cards})
    _add_parts(names, staged, {(card["item_no"], card["variant"]) for card in cards})
    _add_units(names, staged, {(card["item_no"], card["unit"]) for card in cards})
    _add_places(names, staged, {(card["location"], card["bin"]) for card in cards})
    for says in _says(staged, REASONS_NO, ((card["reason_code"],) for card in cards)):
        names.reasons.setdefault(says["code"], next(names.ids))
    return NamedRecords(
        names.items,
        names.variants,
        names.units,
        names.locations,
        names.bins,
        names.reasons,
        there.entries,
    )


def _says(
    staged: StagedRecords, table_no: int, keys: Iterable[tuple[str, ...]]
) -> Iterator[TextCard]:
    """What the records of some keys say that have no errors: codes in capitals."""
    wanted = {digest_of_key(key) for key in keys if key[-1]}
    table = TABLES[table_no]
    for row in staged.by_keys(table_no, wanted, sound=True):
        typed = table.typed(row.cells)
        keys_of_row = {
            each.name: typed[each.name].strip().upper() for each in table.keys if each.name in typed
        }
        yield typed | keys_of_row


def _add_items(names: _Names, staged: StagedRecords, nos: Iterable[str]) -> None:
    for says in _says(staged, ITEMS_NO, ((no,) for no in nos)):
        old = names.items.get(says["no"])
        kept = f"{old.qty_rounding_precision:f}" if old else blank_card()["qty_rounding_precision"]
        names.items[says["no"]] = item = Item(
            id=old.id if old else next(names.ids),
            no=says["no"],
            description=says.get("description", ""),
            qty_rounding_precision=parse_quantity(says.get("qty_rounding_precision", kept)),
        )
        if old is None:
            names.variants[item.id, ""] = next(names.ids)
        if base := says.get("base_unit_of_measure", "").strip().upper():
            unit = names.units.get((item.id, base)) or UnitOfItem(next(names.ids), ONE)
            names.units[item.id, base] = names.units[item.id, ""] = unit


def _add_parts(names: _Names, staged: StagedRecords, keys: Iterable[tuple[str, str]]) -> None:
    for item, says in _of_items(names, _says(staged, VARIANTS_NO, keys)):
        names.variants.setdefault((item.id, says["code"]), next(names.ids))


def _add_units(names: _Names, staged: StagedRecords, keys: Iterable[tuple[str, str]]) -> None:
    for item, says in _of_items(names, _says(staged, ITEM_UNITS_NO, keys)):
        old = names.units.get((item.id, says["code"]))
        kept = f"{old.qty_per_unit_of_measure if old else ONE:f}"
        holds = parse_quantity(says.get("qty_per_unit_of_measure", kept))
        unit_id = old.unit_of_measure_id if old else next(names.ids)
        names.units[item.id, says["code"]] = UnitOfItem(unit_id, holds)


def _of_items(names: _Names, parts: Iterable[TextCard]) -> Iterator[tuple[Item, TextCard]]:
    """Parts of items, each with the item that it belongs to."""
    return (
        (names.items[says["item_no"]], says) for says in parts if says["item_no"] in names.items
    )


def _add_places(names: _Names, staged: StagedRecords, keys: Iterable[tuple[str, str]]) -> None:
    adjustment_bins: dict[str, str] = {}
    wanted = set(keys)
    for says in _says(staged, LOCATIONS_NO, ((code,) for code, _ in wanted)):
        names.locations[says["code"]] = _location(names, says)
        adjustment_bins[says["code"]] = says.get("adjustment_bin", "").strip().upper()
    bins = _says(staged, BINS_NO, wanted | set(adjustment_bins.items()))
    for says in filter(lambda each: each["location"] in names.locations, bins):
        location = names.locations[says["location"]]
        names.bins.setdefault((location.id, says["code"]), next(names.ids))
    for code, bin_code in adjustment_bins.items():
        location = names.locations[code]
        if bin_id := names.bins.get((location.id, bin_code)):
            location.adjustment_bin_id = bin_id


def _location(names: _Names, says: Mapping[str, str]) -> Location:
    """A location as the package leaves it; what it does not say stays."""
    old = names.locations.get(says["code"])

    def is_on(name: str) -> bool:
        kept = YES if old is not None and getattr(old, name) else NO
        return says.get(name, kept) == YES

    return Location(
        id=old.id if old else next(names.ids),
        code=says["code"],
        bin_mandatory=is_on(BIN_MANDATORY),
        directed_put_away_and_pick=is_on(DIRECTED),
        adjustment_bin_id=old.adjustment_bin_id if old else None,
    )
