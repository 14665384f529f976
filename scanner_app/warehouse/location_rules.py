"""What the card of a location may say, and what stands against changing it (docs/domain.md 4.5).

This module must never write.
"""

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import NO, YES, TextCard
from scanner_app.warehouse.activity import ActivityType
from scanner_app.warehouse.bin import Bin, BlockMovement
from scanner_app.warehouse.bin_use import BINS_OF_LOCATION, history_of, holds_stock, use_now
from scanner_app.warehouse.place_fields import BIN_FIELDS, LOCATION_FIELDS
from scanner_app.warehouse.place_refusals import (
    AdjustmentBinGuarded,
    AdjustmentBinHoldsDifferences,
    AdjustmentBinUsed,
    BinsHoldStock,
    DirectedNeedsAdjustmentBin,
    DirectedNeedsBins,
    DirectedNeedsZone,
    DirectedNotInTransit,
    FefoNeedsPick,
    FollowsFromDirected,
    LocationFieldFrozen,
    LocationHasStock,
    TimeZoneUnknown,
)
from scanner_app.warehouse.place_use import (
    COUNT,
    EVERY_DOCUMENT,
    RECEIPT,
    SHIPMENT,
    bin_with_stock,
    has_other_zone,
    item_on_inventory,
    open_document_at,
)
from scanner_app.warehouse.record_card import captions_of

DIRECTED = "directed_put_away_and_pick"
# What directed work asks for, and what each says then.
IMPLIED_BY_DIRECTED = {
    "require_receive": YES,
    "require_shipment": YES,
    "require_put_away": YES,
    "require_pick": YES,
    "use_cross_docking": YES,
    "check_warehouse_class": YES,
    "default_bin_selection": "",
}
# By which fields open documents go.
FROZEN_BY = {
    "use_as_in_transit": EVERY_DOCUMENT,
    "bin_mandatory": EVERY_DOCUMENT,
    DIRECTED: EVERY_DOCUMENT,
    "require_receive": frozenset({RECEIPT}),
    "require_shipment": frozenset({SHIPMENT}),
    "require_put_away": frozenset({RECEIPT, ActivityType.PUT_AWAY}),
    "require_pick": frozenset({SHIPMENT, ActivityType.PICK}),
}
CAPTIONS = captions_of(LOCATION_FIELDS)
CAPTIONS_OF_BIN = captions_of(BIN_FIELDS)


@cache
def time_zones() -> tuple[str, ...]:
    """Every time zone that this machine knows, read once."""
    return tuple(sorted(available_timezones()))


def follow_directed(stored: TextCard, card: TextCard) -> TextCard:
    """The card with what switching Directed Put-away and Pick on brings with it."""
    turned_on = card[DIRECTED] == YES and stored[DIRECTED] == NO
    return card | IMPLIED_BY_DIRECTED if turned_on else card


def locked_fields(stored: TextCard) -> frozenset[str]:
    """The fields that follow from Directed Put-away and Pick now."""
    return frozenset(IMPLIED_BY_DIRECTED) if stored[DIRECTED] == YES else frozenset()


def check_time_zone(card: TextCard) -> None:
    """Refuse a time zone that nobody knows.

    Raises:
        TimeZoneUnknown: for such a one.
    """
    if card["time_zone"] not in time_zones():
        raise TimeZoneUnknown(typed=card["time_zone"][:50])


def check_follows_directed(stored: TextCard, card: TextCard) -> None:
    """Refuse to change by itself what directed work asks for.

    Raises:
        FollowsFromDirected: for the first such field.
    """
    if stored[DIRECTED] != YES or card[DIRECTED] != YES:
        return
    for name in IMPLIED_BY_DIRECTED:
        if stored[name] != card[name]:
            raise FollowsFromDirected(field=CAPTIONS[name])


def check_directed(session: Session, location: Location, card: TextCard) -> None:
    """Refuse directed work without what it needs.

    Raises:
        DirectedNeedsBins, DirectedNotInTransit, DirectedNeedsZone, DirectedNeedsAdjustmentBin.
    """
    if card[DIRECTED] != YES:
        return
    if card["bin_mandatory"] != YES:
        raise DirectedNeedsBins
    if card["use_as_in_transit"] == YES:
        raise DirectedNotInTransit
    if not has_other_zone(session, location.id):
        raise DirectedNeedsZone(code=location.code)
    if not card["adjustment_bin"]:
        raise DirectedNeedsAdjustmentBin


def check_fefo(card: TextCard) -> None:
    """Refuse first expired first out where no pick could follow it.

    Raises:
        FefoNeedsPick: when it is on without what it needs.
    """
    has_bins = card["require_shipment"] == NO or card["bin_mandatory"] == YES
    if card["pick_according_to_fefo"] == YES and not (card["require_pick"] == YES and has_bins):
        raise FefoNeedsPick


def check_flags_may_change(
    session: Session, location: Location, stored: TextCard, card: TextCard
) -> None:
    """Refuse to change what open documents and stock go by.

    Raises:
        LocationFieldFrozen: for the first field by which an open document goes.
        LocationHasStock: when stock lies in no bin and Bin Mandatory goes on.
        BinsHoldStock: when bins hold stock and Bin Mandatory goes off.
    """
    for name, kinds in FROZEN_BY.items():
        if stored[name] == card[name]:
            continue
        if document := open_document_at(session, location.id, kinds):
            raise LocationFieldFrozen(field=CAPTIONS[name], document=document)
    if stored["bin_mandatory"] == card["bin_mandatory"]:
        return
    if card["bin_mandatory"] == YES:
        if item_no := item_on_inventory(session, location.id):
            raise LocationHasStock(code=location.code, item_no=item_no)
    elif bin_code := bin_with_stock(session, location.id):
        raise BinsHoldStock(code=location.code, bin_code=bin_code)


def check_adjustment_bin(
    session: Session, location: Location, bins: Mapping[str, Bin | None]
) -> None:
    """Refuse an adjustment bin that is used for anything else, or that still holds differences.

    Raises:
        AdjustmentBinGuarded: when another field names the adjustment bin.
        AdjustmentBinHoldsDifferences: when the one before holds a balance.
        LocationFieldFrozen: when a count is open whose differences go to the one before.
        AdjustmentBinUsed: when the new one is not free.
    """
    new = bins["adjustment_bin"]
    if new is not None:
        for name, bin_ in bins.items():
            if name != "adjustment_bin" and bin_ is new:
                field = BINS_OF_LOCATION[f"{name}_id"]
                raise AdjustmentBinGuarded(field=field, bin_code=new.code)
    old_id = location.adjustment_bin_id
    if old_id == (new.id if new else None):
        return
    if old_id is not None:
        _check_gives_up(session, location, session.get_one(Bin, old_id))
    if new is not None and (place := _other_use(session, new)):
        raise AdjustmentBinUsed(bin_code=new.code, place=place)


def _check_gives_up(session: Session, location: Location, old: Bin) -> None:
    """A count that is registered at this moment has read where its differences go."""
    if holds_stock(session, old.id):
        raise AdjustmentBinHoldsDifferences(bin_code=old.code)
    if document := open_document_at(session, location.id, {COUNT}):
        raise LocationFieldFrozen(field=CAPTIONS["adjustment_bin"], document=document)


def _other_use(session: Session, bin_: Bin) -> str:
    """What the bin is for besides, '' when it is free."""
    if place := use_now(session, bin_.id) or history_of(session, bin_.id):
        return place
    if bin_.block_movement is not BlockMovement.BLANK:
        return CAPTIONS_OF_BIN["block_movement"]
    if bin_.dedicated:
        return CAPTIONS_OF_BIN["dedicated"]
    return CAPTIONS_OF_BIN["cross_dock_bin"] if bin_.cross_dock_bin else ""
