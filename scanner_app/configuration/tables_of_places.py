"""Package tables of places: locations, zones, bins and bin types.

A location is made before its zones and bins, and completed after them: its bins and the way of
working there need them.

This module must never decide what a record may say: the verbs of the pages do.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.configuration.package_table import (
    Found,
    Named,
    PackageField,
    RecordTable,
    field_of_card,
    key_field,
)
from scanner_app.configuration.tables_of_templates import TEMPLATES_NO
from scanner_app.errors import N_
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import ROWS_AT_ONCE, TextCard
from scanner_app.warehouse.bin import Bin, BinType, Zone
from scanner_app.warehouse.place_fields import (
    BIN_FIELDS,
    BIN_TYPE_FIELDS,
    LOCATION_FIELDS,
    ZONE_FIELDS,
)
from scanner_app.warehouse.record_card import Fields, blank_card, read_card
from scanner_app.warehouse.set_up_bin import card_of_bin, change_bin, create_bin, find_bin
from scanner_app.warehouse.set_up_bin_type import (
    card_of_bin_type,
    change_bin_type,
    create_bin_type,
    find_bin_type,
)
from scanner_app.warehouse.set_up_location import (
    card_of_location,
    change_location,
    create_location,
    find_location,
    list_location_cards,
    new_location_card,
)
from scanner_app.warehouse.set_up_zone import card_of_zone, change_zone, create_zone, find_zone

LOCATIONS_NO, BIN_TYPES_NO, ZONES_NO, BINS_NO = 14, 7303, 7300, 7354
LOCATION = N_("Location Code")
OF_LOCATION: Named = (LOCATIONS_NO, ("location",))
OF_BIN: Named = (BINS_NO, ("location", "bin"))


def _fields(fields: Fields, names: dict[str, Named]) -> tuple[PackageField, ...]:
    return tuple(
        field_of_card(field, names.get(field.name), is_key=field.is_name) for field in fields
    )


def _list_bin_types(session: Session) -> Iterator[TextCard]:
    return map(card_of_bin_type, session.scalars(select(BinType).order_by(BinType.code)))


def _find_bin_type(session: Session, typed: TextCard) -> Found | None:
    row = find_bin_type(session, typed["code"])
    return Found(row.id, card_of_bin_type(row)) if row else None


BIN_TYPE = RecordTable(
    BIN_TYPES_NO,
    N_("Bin Type"),
    _fields(BIN_TYPE_FIELDS, {}),
    blank_card(BIN_TYPE_FIELDS),
    _list_bin_types,
    read=lambda typed: read_card(BIN_TYPE_FIELDS, typed),
    sample=blank_card(BIN_TYPE_FIELDS),
    find=_find_bin_type,
    create=create_bin_type,
    change=lambda session, found, typed, change: change_bin_type(
        session, found.card["code"], found.card, typed, change
    ),
)


def _find_location(session: Session, typed: TextCard) -> Found | None:
    row = find_location(session, typed["code"])
    return Found(row.id, card_of_location(session, row)) if row else None


BINS_OF_LOCATION: dict[str, Named] = {
    field.name: (BINS_NO, ("code", field.name)) for field in LOCATION_FIELDS if field.tab == "bins"
}

TEMPLATE_OF_LOCATION: dict[str, Named] = {
    "put_away_template_code": (TEMPLATES_NO, ("put_away_template_code",))
}

LOCATION_TABLE = RecordTable(
    LOCATIONS_NO,
    N_("Location"),
    _fields(LOCATION_FIELDS, BINS_OF_LOCATION | TEMPLATE_OF_LOCATION),
    new_location_card(),
    list_location_cards,
    read=lambda typed: read_card(LOCATION_FIELDS, typed),
    sample=new_location_card(),
    find=_find_location,
    create=create_location,
    change=lambda session, found, typed, change: change_location(
        session, found.card["code"], found.card, typed, change
    ),
    completed_with=frozenset(field.name for field in LOCATION_FIELDS if field.tab != "general"),
    completed_after=(ZONES_NO,),
)


def _location_of(session: Session, typed: TextCard) -> Location | None:
    return find_location(session, typed["location"])


def _list_zones(session: Session) -> Iterator[TextCard]:
    """The bin type comes along with its zone, so that its card asks nothing more."""
    in_order = (
        select(Zone, BinType, Location.code)
        .join(BinType, BinType.id == Zone.bin_type_id)
        .join(Location, Location.id == Zone.location_id)
        .order_by(Location.code, Zone.code)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for zone, _, location in session.execute(in_order):
        yield {"location": location} | card_of_zone(session, zone)


def _find_zone(session: Session, typed: TextCard) -> Found | None:
    location = _location_of(session, typed)
    row = find_zone(session, location.id, typed["code"]) if location else None
    if location is None or row is None:
        return None
    return Found(row.id, {"location": location.code} | card_of_zone(session, row))


ZONE = RecordTable(
    ZONES_NO,
    N_("Zone"),
    (
        key_field("location", LOCATION, OF_LOCATION),
        *_fields(ZONE_FIELDS, {"bin_type": (BIN_TYPES_NO, ("bin_type",))}),
    ),
    {"location": ""} | blank_card(ZONE_FIELDS),
    _list_zones,
    read=lambda typed: read_card(ZONE_FIELDS, typed),
    sample={"location": ""} | blank_card(ZONE_FIELDS),
    find=_find_zone,
    create=lambda session, typed, change: create_zone(session, typed["location"], typed, change),
    change=lambda session, found, typed, change: change_zone(
        session,
        found.card["location"],
        found.card["code"],
        as_read=found.card,
        typed=typed,
        change=change,
    ),
)


def _list_bins(session: Session) -> Iterator[TextCard]:
    """Zone and bin type come along with their bin, so that its card asks nothing more."""
    in_order = (
        select(Bin, Zone, BinType, Location.code)
        .join(Location, Location.id == Bin.location_id)
        .outerjoin(Zone, Zone.id == Bin.zone_id)
        .outerjoin(BinType, BinType.id == Bin.bin_type_id)
        .order_by(Location.code, Bin.code)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for bin_, _, _, location in session.execute(in_order):
        yield {"location": location} | card_of_bin(session, bin_)


def _find_bin(session: Session, typed: TextCard) -> Found | None:
    location = _location_of(session, typed)
    row = find_bin(session, location.id, typed["code"]) if location else None
    if location is None or row is None:
        return None
    return Found(row.id, {"location": location.code} | card_of_bin(session, row))


BIN = RecordTable(
    BINS_NO,
    N_("Bin"),
    (
        key_field("location", LOCATION, OF_LOCATION),
        *_fields(
            BIN_FIELDS,
            {
                "zone": (ZONES_NO, ("location", "zone")),
                "bin_type": (BIN_TYPES_NO, ("bin_type",)),
            },
        ),
    ),
    {"location": ""} | blank_card(BIN_FIELDS),
    _list_bins,
    read=lambda typed: read_card(BIN_FIELDS, typed),
    sample={"location": ""} | blank_card(BIN_FIELDS),
    find=_find_bin,
    create=lambda session, typed, change: create_bin(session, typed["location"], typed, change),
    change=lambda session, found, typed, change: change_bin(
        session,
        found.card["location"],
        found.card["code"],
        as_read=found.card,
        typed=typed,
        change=change,
    ),
    whole_when_new=False,
)
