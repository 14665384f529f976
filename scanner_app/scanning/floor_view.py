"""Floor view: what is open at a location, who works on what, and how much is done in an hour.

It asks as much after ten years as on the first day: what is open, and the newest of what was
scanned and registered (docs/domain.md 11.5).

This module must never change anything.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from scanner_app.access.user import User
from scanner_app.inventory.location import Location
from scanner_app.scanning.end_of_shift import SHIFT
from scanner_app.scanning.outcomes import Result, from_json
from scanner_app.scanning.scan import Scan
from scanner_app.warehouse.activity import (
    IS_OPEN,
    ActionType,
    ActivityType,
    RegisteredActivity,
    RegisteredActivityLine,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.bin import Bin, BlockMovement

DOCUMENTS_SHOWN_MAX = 100
SCANS_READ_MAX, REGISTERED_READ_MAX = 500, 1000
HOURS = 8
ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class FloorDocument:
    """An open put-away, pick or movement.

    Attributes:
        user_name: whose it is, '' for nobody's.
        blocked: on how many lines a bin is closed in the direction that the line needs.
        is_late: whether its Due Date is over.
    """

    type: ActivityType
    no: str
    source_no: str
    user_name: str
    due_date: date | None
    done: int
    total: int
    blocked: int
    is_late: bool


@dataclass(frozen=True)
class LastScanOfUser:
    """The last scan that somebody made at the location."""

    user_name: str
    document_no: str
    received_at: datetime
    refused: bool


@dataclass(frozen=True)
class HourOfWork:
    """How many lines were registered in an hour, by the clock on the wall of the location."""

    starts_at: datetime
    lines: int


def floor_documents(session: Session, location: Location, today: date) -> list[FloorDocument]:
    """What is open: late documents first, then those that somebody has."""
    activity, line = WarehouseActivity, WarehouseActivityLine
    takes, places = (line.action_type == action for action in (ActionType.TAKE, ActionType.PLACE))
    closed = Bin.block_movement
    blocked = or_(
        and_(takes, closed.in_([BlockMovement.OUTBOUND, BlockMovement.ALL])),
        and_(places, closed.in_([BlockMovement.INBOUND, BlockMovement.ALL])),
    )
    is_late = func.coalesce(activity.due_date < today, False)
    statement = (
        select(
            activity.type,
            activity.no,
            activity.source_no,
            func.coalesce(User.user_name, ""),
            activity.due_date,
            func.count().filter(takes & ~IS_OPEN),
            func.count().filter(takes),
            func.count().filter(blocked),
            is_late,
        )
        .join(line, line.activity_id == activity.id)
        .outerjoin(Bin, Bin.id == line.bin_id)
        .outerjoin(User, User.id == activity.assigned_user_id)
        .where(activity.location_id == location.id)
        .group_by(activity.id, User.user_name)
        .order_by(is_late.desc(), User.user_name.is_(None), activity.id)
        .limit(DOCUMENTS_SHOWN_MAX)
    )
    return [FloorDocument(*row) for row in session.execute(statement)]


def last_scans(session: Session, location: Location, moment: datetime) -> list[LastScanOfUser]:
    """The last scan of everybody within a shift, the latest first."""
    newest = (
        select(Scan, User.user_name)
        .join(User, User.id == Scan.user_id)
        .order_by(Scan.id.desc())
        .limit(SCANS_READ_MAX)
    )
    found: dict[str, LastScanOfUser] = {}
    for scan, user_name in session.execute(newest):
        if scan.location_id == location.id and scan.received_at > moment - SHIFT:
            outcome = from_json(scan.outcome) if scan.outcome else None
            refused = outcome is not None and outcome.result is Result.REFUSED
            last = LastScanOfUser(user_name, scan.document_no, scan.received_at, refused)
            found.setdefault(user_name, last)
    return list(found.values())


def lines_per_hour(session: Session, location: Location, moment: datetime) -> list[HourOfWork]:
    """How many lines were registered in each of the last hours, the earliest first."""
    row, line = RegisteredActivity, RegisteredActivityLine
    newest = (
        select(row.id, row.registered_at)
        .where(row.location_id == location.id)
        .order_by(row.id.desc())
        .limit(REGISTERED_READ_MAX)
        .subquery()
    )
    rows = session.execute(
        select(newest.c.registered_at, func.count(line.id))
        .join(line, line.registered_activity_id == newest.c.id)
        .where(line.action_type == ActionType.PLACE)
        .group_by(newest.c.id, newest.c.registered_at)
    )
    lines: Counter[datetime] = Counter()
    for registered_at, count in rows:
        lines[_hour_of(registered_at, location)] += count
    last = _hour_of(moment, location)
    hours = [last - ONE_HOUR * back for back in reversed(range(HOURS))]
    return [HourOfWork(hour, lines[hour]) for hour in hours]


def _hour_of(moment: datetime, location: Location) -> datetime:
    local = moment.astimezone(ZoneInfo(location.time_zone))
    return local.replace(minute=0, second=0, microsecond=0)
