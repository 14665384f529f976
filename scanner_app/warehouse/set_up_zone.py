"""Setting up zones: parts of a location whose new bins are alike (docs/domain.md 4.5).

This module must never change the bins that stand in a zone: only new ones take its fields.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.bin import BinType, Zone
from scanner_app.warehouse.bin_refusals import BinTypeMissing, LastZoneStays
from scanner_app.warehouse.place_fields import ZONE_FIELDS as FIELDS
from scanner_app.warehouse.place_refusals import ZONE
from scanner_app.warehouse.place_use import has_other_zone, user_of
from scanner_app.warehouse.record_card import (
    blank_card,
    by_caption,
    card_of,
    log_card,
    read_card,
    read_name,
    write_card,
)
from scanner_app.warehouse.record_refusals import (
    NameTaken,
    RecordInUse,
    RecordNotFound,
    RecordUnknown,
)
from scanner_app.warehouse.set_up_bin_type import find_bin_type
from scanner_app.warehouse.set_up_location import lock_location

TABLE = Zone.__tablename__
CODE_LENGTH = 10


def find_zone(session: Session, location_id: int, code: str) -> Zone | None:
    """The zone of a code at a location, as somebody typed it."""
    name = code.strip().upper()
    if not name.isprintable():
        return None
    of_location = select(Zone).where(Zone.location_id == location_id, Zone.code == name)
    return session.scalar(of_location)


def card_of_zone(session: Session, row: Zone) -> TextCard:
    """What the card of a zone says."""
    return card_of(FIELDS, row, {"bin_type": session.get_one(BinType, row.bin_type_id).code})


def record_name(location_code: str, code: str) -> str:
    """How the change log names a zone or bin of a location."""
    return f"{location_code} {code}"


def create_zone(session: Session, location_code: str, typed: TextCard, change: Change) -> Zone:
    """Add a zone to a location.

    Raises:
        RecordUnknown: for a location that is not there.
        NameTaken: when the location has such a zone.
        BinTypeMissing, RecordNotFound: for the bin type.
        RuleRefused: as `read_name` and `read_card` raise it.
    """
    code = read_name(typed["code"], CODE_LENGTH)
    location = lock_location(session, location_code)
    if find_zone(session, location.id, code):
        raise NameTaken(record=ZONE, code=code)
    card = read_card(FIELDS, typed)
    row = Zone(location_id=location.id)
    _write(session, row, card)
    session.add(row)
    session.flush()
    changes = changed_fields(blank_card(FIELDS), card)
    _log(session, location, code, change, by_caption(FIELDS, changes))
    return row


def change_zone(
    session: Session,
    location_code: str,
    code: str,
    *,
    as_read: TextCard,
    typed: TextCard,
    change: Change,
) -> None:
    """Let the card say what was typed; bins that stand there already stay as they are.

    Raises:
        RecordUnknown: for a location or zone that is not there.
        CardChanged: when somebody changed the card after it was read.
        BinTypeMissing, RecordNotFound: for the bin type.
        RuleRefused: as `read_card` raises it.
    """
    location = lock_location(session, location_code)
    row = _get(session, location, code)
    stored = card_of_zone(session, row)
    check_unchanged(as_read, stored)
    card = read_card(FIELDS, typed | {"code": row.code})
    _write(session, row, card)
    session.flush()
    changes = changed_fields(stored, card)
    _log(session, location, row.code, change, by_caption(FIELDS, changes))


def delete_zone(session: Session, location_code: str, code: str, change: Change) -> None:
    """Remove a zone in which no bin stands.

    Raises:
        RecordUnknown: for a location or zone that is not there.
        RecordInUse: when bins stand in it, or entries name it.
        LastZoneStays: for the only zone of a directed location.
    """
    location = lock_location(session, location_code)
    row = _get(session, location, code)
    session.refresh(row, with_for_update=True)
    if place := user_of(session, Zone, row.id):
        raise RecordInUse(record=ZONE, code=row.code, place=place)
    if location.directed_put_away_and_pick and not has_other_zone(session, location.id, row.id):
        raise LastZoneStays(code=row.code)
    session.delete(row)
    _log(session, location, row.code, change, [("Code", row.code, "")])


def _get(session: Session, location: Location, code: str) -> Zone:
    row = find_zone(session, location.id, code)
    if row is None:
        raise RecordUnknown(record=ZONE, code=code[:CODE_LENGTH])
    return row


def _write(session: Session, row: Zone, card: TextCard) -> None:
    if not card["bin_type"]:
        raise BinTypeMissing
    bin_type = find_bin_type(session, card["bin_type"])
    if bin_type is None:
        raise RecordNotFound(field="Bin Type Code", code=card["bin_type"])
    write_card(FIELDS, row, card)
    row.bin_type_id = bin_type.id


def _log(
    session: Session,
    location: Location,
    code: str,
    change: Change,
    changes: list[tuple[str, str, str]],
) -> None:
    log_card(session, TABLE, record_name(location.code, code), change, changes)
