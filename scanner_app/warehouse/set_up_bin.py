"""Setting up bins: a bin is made, its card is changed, or it goes (docs/domain.md 4.5).

This module must never move stock, nor change the code of a bin.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.code_index import CodeKind, forget_codes
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import NO, Changes, TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.bin import Bin, BinType, BlockMovement, Zone
from scanner_app.warehouse.bin_refusals import BinFieldFixed, BinHasEntries, BinNeedsZone
from scanner_app.warehouse.bin_use import (
    STOCK,
    history_of,
    holds_stock,
    open_work,
    role_of,
    use_now,
)
from scanner_app.warehouse.new_bins import NewBin, add_bins
from scanner_app.warehouse.place_fields import BIN_FIELDS as FIELDS
from scanner_app.warehouse.place_refusals import BIN, AdjustmentBinGuarded
from scanner_app.warehouse.record_card import (
    blank_card,
    by_caption,
    captions_of,
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
from scanner_app.warehouse.set_up_zone import find_zone, record_name

TABLE = Bin.__tablename__
CODE_LENGTH = 20
CAPTIONS = captions_of(FIELDS)
# What goods were put there by: it stays while goods or open work are there.
FIXED_BY_USE = ("zone", "bin_type", "warehouse_class_code")
GUARDED = {"block_movement": BlockMovement.BLANK.value, "dedicated": NO, "cross_dock_bin": NO}


def find_bin(session: Session, location_id: int, code: str) -> Bin | None:
    """The bin of a code at a location, as somebody typed it."""
    name = code.strip().upper()
    if not name.isprintable():
        return None
    return session.scalar(select(Bin).where(Bin.location_id == location_id, Bin.code == name))


def card_of_bin(session: Session, row: Bin) -> TextCard:
    """What the card of a bin says."""
    zone = session.get_one(Zone, row.zone_id).code if row.zone_id else ""
    bin_type = session.get_one(BinType, row.bin_type_id).code if row.bin_type_id else ""
    return card_of(FIELDS, row, {"zone": zone, "bin_type": bin_type})


def create_bin(session: Session, location_code: str, typed: TextCard, change: Change) -> str:
    """Add a bin with the fields of its zone; returns its code.

    Raises:
        RecordUnknown: for a location that is not there.
        NameTaken: when the location has such a bin.
        BinNeedsZone, RecordNotFound: for the zone.
        RuleRefused: as `read_name` and `read_card` raise it.
    """
    code = read_name(typed["code"], CODE_LENGTH)
    location = lock_location(session, location_code)
    if find_bin(session, location.id, code):
        raise NameTaken(record=BIN, code=code)
    card = read_card(FIELDS, blank_card(FIELDS) | typed)
    zone = find_zone_of_new_bins(session, location, card["zone"])
    [bin_id] = add_bins(
        session, location.id, [NewBin(code, zone, {"description": card["description"]})]
    )
    made = card_of_bin(session, session.get_one(Bin, bin_id))
    _log(session, location, code, change, changed_fields(blank_card(FIELDS), made))
    return code


def find_zone_of_new_bins(session: Session, location: Location, code: str) -> Zone | None:
    """Return the zone in which new bins are to stand.

    Raises:
        BinNeedsZone: when none is named at a directed location.
        RecordNotFound: for a zone that is not there.
    """
    if not code and location.directed_put_away_and_pick:
        raise BinNeedsZone
    return _named_zone(session, location, code)


def change_bin(
    session: Session,
    location_code: str,
    code: str,
    *,
    as_read: TextCard,
    typed: TextCard,
    change: Change,
) -> None:
    """Let the card say what was typed, unless a rule or another editor stands against it.

    Raises:
        RecordUnknown: for a location or bin that is not there.
        CardChanged: when somebody changed the card after it was read.
        BinFieldFixed, AdjustmentBinGuarded, BinNeedsZone: when the bin is in use so.
        RecordNotFound: for a zone or bin type that is not there.
        RuleRefused: as `read_card` raises it.
    """
    location = lock_location(session, location_code)
    row = _lock(session, location, code)
    stored = card_of_bin(session, row)
    check_unchanged(as_read, stored)
    card = read_card(FIELDS, typed | {"code": row.code})
    changes = changed_fields(stored, card)
    zone = _named_zone(session, location, card["zone"])
    bin_type = _named_bin_type(session, card["bin_type"])
    if "zone" in changes and zone is None and location.directed_put_away_and_pick:
        raise BinNeedsZone
    _check_change(session, row, card, changes)
    write_card(FIELDS, row, card)
    row.zone_id = zone.id if zone else None
    row.bin_type_id = bin_type.id if bin_type else None
    row.lock_version += 1 if changes else 0
    session.flush()
    _log(session, location, row.code, change, changes)


def delete_bin(session: Session, location_code: str, code: str, change: Change) -> None:
    """Remove a bin that nothing points to, and what it is scanned by.

    Raises:
        RecordUnknown: for a location or bin that is not there.
        RecordInUse: for a bin of the location's card, with stock, open work or bin content.
        BinHasEntries: for one that the ledger names.
    """
    location = lock_location(session, location_code)
    row = _lock(session, location, code)
    if place := role_of(location, row.id) or use_now(session, row.id):
        raise RecordInUse(record=BIN, code=row.code, place=place)
    if place := history_of(session, row.id):
        raise BinHasEntries(bin_code=row.code, place=place)
    forget_codes(session, CodeKind.BIN, [row.id])
    session.delete(row)
    session.flush()
    _log(session, location, row.code, change, {"code": (row.code, "")})


def _check_change(session: Session, row: Bin, card: TextCard, changes: Changes) -> None:
    if row.is_adjustment_bin:
        for name, only in GUARDED.items():
            if card[name] != only:
                raise AdjustmentBinGuarded(field=CAPTIONS[name], bin_code=row.code)
    fixed = [name for name in FIXED_BY_USE if name in changes]
    in_the_way = ""
    if "dedicated" in changes and holds_stock(session, row.id):
        fixed, in_the_way = ["dedicated"], STOCK
    elif fixed:
        in_the_way = STOCK if holds_stock(session, row.id) else open_work(session, row.id)
    if in_the_way:
        raise BinFieldFixed(field=CAPTIONS[fixed[0]], bin_code=row.code, place=in_the_way)


def _named_zone(session: Session, location: Location, code: str) -> Zone | None:
    zone = find_zone(session, location.id, code) if code else None
    if code and zone is None:
        raise RecordNotFound(field=CAPTIONS["zone"], code=code)
    return zone


def _named_bin_type(session: Session, code: str) -> BinType | None:
    bin_type = find_bin_type(session, code) if code else None
    if code and bin_type is None:
        raise RecordNotFound(field=CAPTIONS["bin_type"], code=code)
    return bin_type


def _lock(session: Session, location: Location, code: str) -> Bin:
    """Who brings something into the bin at this moment is waited for, or sees it gone."""
    row = find_bin(session, location.id, code)
    if row is None:
        raise RecordUnknown(record=BIN, code=code[:CODE_LENGTH])
    session.refresh(row, with_for_update=True)
    return row


def _log(session: Session, location: Location, code: str, change: Change, changes: Changes) -> None:
    name = record_name(location.code, code)
    log_card(session, TABLE, name, change, by_caption(FIELDS, changes))
