"""End of shift: what is begun and not done, before somebody goes home (docs/domain.md 11.4).

This module must never finish anything: the pages of the documents do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.inventory.location import Location
from scanner_app.scanning.given import given_from
from scanner_app.scanning.open_move import MOVE
from scanner_app.scanning.outcomes import Outcome, Result, from_json
from scanner_app.scanning.scan import OpenDocument, Scan
from scanner_app.scanning.stop_scans import ACTIVITY_OF_KIND
from scanner_app.warehouse.activity import WarehouseActivity
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.warehouse_journal import (
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
)

SHIFT = timedelta(hours=12)
SCANS_READ_MAX, SCANS_SHOWN_MAX = 400, 20


@dataclass(frozen=True)
class OpenBin:
    """A bin of a count that was opened and not closed."""

    batch_name: str
    bin_code: str
    user_name: str
    opened_at: datetime | None


@dataclass(frozen=True)
class InHand:
    """Units that a device has scanned and not brought anywhere yet.

    Attributes:
        kind, no: the document; `no` is '' for moving without one.
    """

    kind: str
    no: str
    units: int


@dataclass(frozen=True)
class RefusedScan:
    """What was scanned and refused."""

    raw: str
    document_no: str
    received_at: datetime
    outcome: Outcome


def open_bins(session: Session, location: Location, user_id: int | None = None) -> list[OpenBin]:
    """The bins that somebody counts at a location, or that one user does."""
    row, batch = BinCount, WarehouseJournalBatch
    statement = (
        select(batch.name, Bin.code, User.user_name, row.opened_at)
        .join(batch, batch.id == row.batch_id)
        .join(Bin, Bin.id == row.bin_id)
        .join(User, User.id == row.opened_by_id)
        .where(batch.location_id == location.id, row.state == BinCountState.OPEN)
        .order_by(User.user_name, row.opened_at)
    )
    if user_id is not None:
        statement = statement.where(row.opened_by_id == user_id)
    return [OpenBin(*found) for found in session.execute(statement)]


def in_hand(session: Session, location: Location, device_id: int) -> list[InHand]:
    """What a device has in the hand at a location, document by document."""
    row, activity = OpenDocument, WarehouseActivity
    of_kinds = [
        and_(row.document_kind == kind, activity.type == type_)
        for kind, type_ in ACTIVITY_OF_KIND.items()
    ]
    of_document = and_(activity.id == row.document_id, or_(*of_kinds))
    statement = (
        select(row.document_kind, row.document_id, row.given, activity.no)
        .outerjoin(activity, and_(of_document, activity.location_id == location.id))
        .where(row.device_id == device_id)
        .order_by(row.id)
    )
    found: list[InHand] = []
    for kind, document_id, given, no in session.execute(statement):
        units = len(given_from(given).units)
        is_here = no is not None or (kind == MOVE and document_id == location.id)
        if units and is_here:
            found.append(InHand(kind, no or "", units))
    return found


def refused_scans(
    session: Session, device_id: int, user_id: int, moment: datetime
) -> Sequence[RefusedScan]:
    """What was refused to a user on a device within a shift, the latest first."""
    newest = (
        select(Scan)
        .where(Scan.device_id == device_id)
        .order_by(Scan.device_seq.desc())
        .limit(SCANS_READ_MAX)
    )
    found: list[RefusedScan] = []
    for scan in session.scalars(newest):
        if scan.user_id != user_id or not scan.outcome or scan.received_at <= moment - SHIFT:
            continue
        outcome = from_json(scan.outcome)
        if outcome.result is Result.REFUSED:
            found.append(RefusedScan(scan.raw, scan.document_no, scan.received_at, outcome))
    return found[:SCANS_SHOWN_MAX]
