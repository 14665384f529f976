"""Create bins: many at once, from ranges of racks, sections and levels (docs/domain.md 4.5).

A preview says what would come of it; creating does the same look-up again, behind the lock of the
location, so that of two people who create the same bins one finds them there already.

This module must never change a bin that is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import log_new_records
from scanner_app.access.sign_in import Change
from scanner_app.inventory.location import Location
from scanner_app.warehouse.bin import Bin, Zone
from scanner_app.warehouse.bin_refusals import NoNewBins
from scanner_app.warehouse.bin_template import BinTemplate, codes_of
from scanner_app.warehouse.new_bins import NewBin, add_bins
from scanner_app.warehouse.set_up_bin import TABLE, find_zone_of_new_bins
from scanner_app.warehouse.set_up_location import lock_location
from scanner_app.warehouse.set_up_zone import record_name


@dataclass(frozen=True)
class BinsToCreate:
    """What somebody wants to create."""

    template: BinTemplate
    zone_code: str = ""
    description: str = ""


@dataclass(frozen=True)
class BinsFound:
    """What would come of a template: codes in order; those that are there are left as they are."""

    zone: Zone | None
    new: Sequence[str]
    there: Sequence[str]


def preview_bins(session: Session, location: Location, wanted: BinsToCreate) -> BinsFound:
    """Say which bins a template would make; writes nothing.

    Raises:
        NoNewBins: when all of them are there.
        BinNeedsZone, RecordNotFound: for the zone.
        RuleRefused: as `codes_of` raises it.
    """
    codes = codes_of(wanted.template)
    zone = find_zone_of_new_bins(session, location, wanted.zone_code)
    of_location = select(Bin.code).where(Bin.location_id == location.id)
    in_range = of_location.where(Bin.code >= min(codes), Bin.code <= max(codes))
    there = set(session.scalars(in_range)) & set(codes)
    if len(there) == len(codes):
        raise NoNewBins(count=len(codes))
    new = [code for code in codes if code not in there]
    return BinsFound(zone, new, [code for code in codes if code in there])


def create_bins(
    session: Session, location_code: str, wanted: BinsToCreate, change: Change
) -> BinsFound:
    """Make every bin of a template that is not there yet, all or none; returns what was found.

    Raises:
        RecordUnknown: for a location that is not there.
        RuleRefused: as `preview_bins` raises it.
    """
    location = lock_location(session, location_code)
    found = preview_bins(session, location, wanted)
    own: dict[str, Any] = {"description": wanted.description}
    add_bins(session, location.id, [NewBin(code, found.zone, own) for code in found.new])
    log_new_records(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=TABLE,
        field_name="Code",
        record_names={record_name(location.code, code): code for code in found.new},
    )
    return found
