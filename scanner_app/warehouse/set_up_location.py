"""Setting up locations: a location is made, its card is changed, or it goes (docs/domain.md 4.5).

This module must never move stock, nor change the code of a location.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.inventory.location import BinCapacityPolicy, Location, OtherBinPolicy
from scanner_app.inventory.set_up_lock import lock_set_up
from scanner_app.inventory.text_card import TextCard, changed_fields, check_unchanged
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.bin_use import BINS_OF_LOCATION
from scanner_app.warehouse.location_rules import (
    check_adjustment_bin,
    check_directed,
    check_fefo,
    check_flags_may_change,
    check_follows_directed,
    check_time_zone,
    follow_directed,
)
from scanner_app.warehouse.place_fields import LOCATION_FIELDS as FIELDS
from scanner_app.warehouse.place_refusals import LOCATION
from scanner_app.warehouse.place_use import user_of
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
from scanner_app.warehouse.set_up_put_away_template import check_template
from scanner_app.warehouse.warehouse_posting import mark_balances

TABLE = Location.__tablename__
CODE_LENGTH = 10
TEMPLATE = "put_away_template_code"
CAPTIONS = captions_of(FIELDS)

BinsByField = dict[str, Bin | None]


def find_location(session: Session, code: str) -> Location | None:
    """The location of a code as somebody typed it."""
    name = code.strip().upper()
    if not name.isprintable():
        return None
    return session.scalar(select(Location).where(Location.code == name))


def location_codes(session: Session) -> Sequence[str]:
    """The codes of all locations, in their order."""
    return session.scalars(select(Location.code).order_by(Location.code)).all()


def lock_location(session: Session, code: str) -> Location:
    """Find a location and keep its set-up for this transaction.

    Postings and scans, which only point to it, go on meanwhile.

    Raises:
        RecordUnknown: when there is none.
    """
    return _lock(session, code, key_share=True)


def new_location_card() -> TextCard:
    """What the card of a new location says before anything is typed."""
    return blank_card(FIELDS) | {
        "time_zone": "UTC",
        "bin_capacity_policy": BinCapacityPolicy.NEVER_CHECK.value,
        "other_bin_policy": OtherBinPolicy.WARN.value,
    }


def card_of_location(session: Session, location: Location) -> TextCard:
    """What the card of a location says."""
    return next(_cards(session, [location]))


def list_location_cards(session: Session) -> Iterator[TextCard]:
    """What the cards of all locations say, in the order of their codes."""
    return _cards(session, session.scalars(select(Location).order_by(Location.code)).all())


def _cards(session: Session, locations: Sequence[Location]) -> Iterator[TextCard]:
    """The cards of locations, with the codes of all bins that they name in one look-up."""
    ids = {getattr(location, name) for location in locations for name in BINS_OF_LOCATION}
    rows = session.execute(select(Bin.id, Bin.code).where(Bin.id.in_(ids - {None})))
    codes = {key: code for key, code in rows}
    for location in locations:
        named = {
            name.removesuffix("_id"): codes.get(getattr(location, name), "")
            for name in BINS_OF_LOCATION
        }
        yield card_of(FIELDS, location, named)


def create_location(session: Session, typed: TextCard, change: Change) -> Location:
    """Add a location; its zones and bins are made once it is there.

    Raises:
        NameTaken: when there is such a location.
        RuleRefused: as `read_name`, `read_card` and `check_time_zone` raise it.
    """
    code = read_name(typed["code"], CODE_LENGTH)
    lock_set_up(session)
    if find_location(session, code):
        raise NameTaken(record=LOCATION, code=code)
    card = read_card(FIELDS, new_location_card() | typed)
    check_time_zone(card)
    location = Location()
    write_card(FIELDS, location, card)
    session.add(location)
    session.flush()
    changes = changed_fields(blank_card(FIELDS), card)
    log_card(session, TABLE, code, change, by_caption(FIELDS, changes))
    return location


def change_location(
    session: Session, code: str, as_read: TextCard, typed: TextCard, change: Change
) -> None:
    """Let the card say what was typed, unless a rule or another editor stands against it.

    Raises:
        RecordUnknown: for a location that is not there.
        CardChanged: when somebody changed the card after it was read.
        RecordNotFound: for a bin that is not there.
        RuleRefused: as `read_card` and the checks of `location_rules` raise it.
    """
    lock_set_up(session)
    location = _lock(session, code, key_share=False)
    stored = card_of_location(session, location)
    check_unchanged(as_read, stored)
    card = follow_directed(stored, read_card(FIELDS, typed | {"code": location.code}))
    bins = _find_bins(session, location, card)
    _check(session, location, stored, card, bins)
    changes = changed_fields(stored, card)
    if not changes:
        return
    _change_adjustment_bin(session, location, bins["adjustment_bin"])
    write_card(FIELDS, location, card)
    for name, bin_ in bins.items():
        setattr(location, f"{name}_id", bin_.id if bin_ else None)
    location.lock_version += 1
    session.flush()
    log_card(session, TABLE, location.code, change, by_caption(FIELDS, changes))


def delete_location(session: Session, code: str, change: Change) -> None:
    """Remove a location that nothing points to.

    Raises:
        RecordUnknown: for a location that is not there.
        RecordInUse: for one with zones, bins, employees, documents or entries.
    """
    lock_set_up(session)
    location = _lock(session, code, key_share=False)
    if place := user_of(session, Location, location.id):
        raise RecordInUse(record=LOCATION, code=location.code, place=place)
    session.delete(location)
    log_card(session, TABLE, location.code, change, [("Code", location.code, "")])


def _lock(session: Session, code: str, *, key_share: bool) -> Location:
    """Without a share of the key, whoever posts here at this moment is waited for too."""
    name = code.strip().upper()
    location = None
    if name.isprintable():
        location = session.scalar(
            select(Location)
            .where(Location.code == name)
            .with_for_update(key_share=key_share)
            .execution_options(populate_existing=True)
        )
    if location is None:
        raise RecordUnknown(record=LOCATION, code=code[:CODE_LENGTH])
    return location


def _check(
    session: Session, location: Location, stored: TextCard, card: TextCard, bins: BinsByField
) -> None:
    """First what the card says by itself, then what stands against changing it."""
    check_time_zone(card)
    check_follows_directed(stored, card)
    check_directed(session, location, card)
    check_fefo(card)
    check_flags_may_change(session, location, stored, card)
    check_adjustment_bin(session, location, bins)
    check_template(session, CAPTIONS[TEMPLATE], card[TEMPLATE])


def _find_bins(session: Session, location: Location, card: TextCard) -> BinsByField:
    """The bins that the card names, by its fields; none goes while the location is locked."""
    names = [name.removesuffix("_id") for name in BINS_OF_LOCATION]
    wanted = {card[name] for name in names} - {""}
    statement = select(Bin).where(Bin.location_id == location.id, Bin.code.in_(wanted))
    found = {bin_.code: bin_ for bin_ in session.scalars(statement)}
    for name in names:
        if card[name] and card[name] not in found:
            caption = BINS_OF_LOCATION[f"{name}_id"]
            raise RecordNotFound(field=caption, code=card[name])
    return {name: found.get(card[name]) for name in names}


def _change_adjustment_bin(session: Session, location: Location, new: Bin | None) -> None:
    """The bin and its balances know what they are for; the rule has seen that nothing is in."""
    old_id = location.adjustment_bin_id
    if old_id == (new.id if new else None):
        return
    if old_id is not None:
        _mark(session, session.get_one(Bin, old_id), is_adjustment_bin=False)
    if new is not None:
        _mark(session, new, is_adjustment_bin=True)


def _mark(session: Session, bin_: Bin, *, is_adjustment_bin: bool) -> None:
    bin_.is_adjustment_bin = is_adjustment_bin
    bin_.lock_version += 1
    mark_balances(session, bin_)
    # One adjustment bin at a time is a unique index: the old one has to be gone first.
    session.flush()
