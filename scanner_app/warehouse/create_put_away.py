"""Create put-away: where received stock should go (docs/domain.md 6.2).

Bins are tried in the order of a put-away template. What fits nowhere gets a line without a bin,
when the location says Always Create Put-away Line, and the worker scans one.

This module must never choose which bins may take goods: `bins_for_put_away` finds them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.quantities import ZERO
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.bins_for_put_away import BinWithRoom, find_bins
from scanner_app.warehouse.new_activity import NewPair, insert_activity
from scanner_app.warehouse.put_away_template import (
    Searches,
    searches_at,
    searches_by_template,
)
from scanner_app.warehouse.register_activity import By


@dataclass
class _Room:
    """What suggestions of this put-away already fill, by bin, item and unit of measure.

    `bins` keeps what was found for an item, so that a hundred serial nos. look once.
    """

    templates: Mapping[str, Searches]
    bins: dict[tuple[int, int, int, int | None], list[BinWithRoom]] = field(default_factory=dict)
    planned: defaultdict[tuple[int, int, int], Decimal] = field(
        default_factory=lambda: defaultdict(lambda: ZERO)
    )


def create_put_away(
    session: Session,
    location: Location,
    source_no: str,
    received: Sequence[NewPair],
    by: By,
) -> WarehouseActivity | None:
    """Make a put-away of received quantities; a pair that names its Place bin keeps it.

    Returns None when nothing fits anywhere and the location wants no line without a bin.
    """
    room = _Room(searches_by_template(session))
    pairs = [pair for part in received for pair in _suggested(session, location, part, room)]
    if not pairs:
        return None
    header = WarehouseActivity(
        type=ActivityType.PUT_AWAY, location_id=location.id, source_no=source_no
    )
    return insert_activity(session, header, pairs, by)


def _suggested(
    session: Session, location: Location, part: NewPair, room: _Room
) -> Iterator[NewPair]:
    if part.place_bin_id is not None:
        yield part
        return
    rest = part.quantity
    for bin_id, fits in _bins_with_room(session, location, part, room):
        quantity = min(rest, fits)
        if quantity > 0:
            room.planned[(bin_id, part.item.id, part.unit_of_measure_id)] += quantity
            yield replace(part, place_bin_id=bin_id, quantity=quantity)
            rest -= quantity
        if rest <= 0:
            return
    if location.always_create_put_away_line:
        yield replace(part, quantity=rest)


def _bins_with_room(
    session: Session, location: Location, part: NewPair, room: _Room
) -> Iterator[tuple[int, Decimal]]:
    """Bins in the order of the template, with what still fits."""
    key = (part.item.id, part.variant_id, part.unit_of_measure_id, part.take_bin_id)
    if key not in room.bins:
        searches = searches_at(location, room.templates, part.item.put_away_template_code)
        room.bins[key] = find_bins(session, location, part, searches)
    for bin_id, fits in room.bins[key]:
        planned = room.planned[(bin_id, part.item.id, part.unit_of_measure_id)]
        yield bin_id, max(fits - planned, ZERO)
