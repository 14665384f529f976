"""An open put-away, pick or movement as one worker and one device meet it, in one look-up.

This module must never change a document: it finds it, or locks it for the scan that will.
"""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.scanning.effects import LastScan, last_scan
from scanner_app.scanning.given import Given, given_from
from scanner_app.scanning.scan import Device, OpenDocument, Scan
from scanner_app.warehouse.activity import (
    IS_OPEN,
    TO_REGISTER,
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.employee import NotWarehouseEmployee, WarehouseEmployee

LINE = WarehouseActivityLine
ACTIVITY_OF_WORKER = (
    select(WarehouseActivity, Location, WarehouseEmployee.id)
    .join(Location, Location.id == WarehouseActivity.location_id)
    .outerjoin(
        WarehouseEmployee,
        and_(
            WarehouseEmployee.location_id == Location.id,
            WarehouseEmployee.user_id == bindparam("user_id"),
        ),
    )
    .where(WarehouseActivity.type == bindparam("type"), WarehouseActivity.no == bindparam("no"))
)
ACTIVITY_TO_LOCK = ACTIVITY_OF_WORKER.with_for_update(of=WarehouseActivity).execution_options(
    populate_existing=True
)
_TAKES = (
    select(func.count())
    .where(LINE.activity_id == WarehouseActivity.id, LINE.action_type == ActionType.TAKE)
    .correlate(WarehouseActivity)
)
ACTIVITY_ON_DEVICE = (
    ACTIVITY_OF_WORKER.with_only_columns(
        WarehouseActivity,
        Location.code,
        WarehouseEmployee.id,
        OpenDocument.given,
        _TAKES.where(~IS_OPEN).scalar_subquery(),
        _TAKES.scalar_subquery(),
        _TAKES.where(TO_REGISTER).scalar_subquery(),
        Scan.uuid,
        Scan.outcome,
    )
    .outerjoin(Device, Device.identity == bindparam("identity"))
    .outerjoin(
        OpenDocument,
        and_(
            OpenDocument.device_id == Device.id,
            OpenDocument.document_kind == bindparam("kind"),
            OpenDocument.document_id == WarehouseActivity.id,
        ),
    )
    .outerjoin(Scan, Scan.id == OpenDocument.undoable_scan_id)
)


@dataclass(frozen=True)
class ActivityOnDevice:
    """A document, what is half given, and how many of its pairs are scanned, whole or in part.

    `last_scan` is what an undo on this device would take back.
    """

    activity: WarehouseActivity
    given: Given
    done: int
    total: int
    to_register: int
    last_scan: LastScan | None = None


def lock_open_activity(
    session: Session, type_: ActivityType, no: str, user_id: int
) -> tuple[WarehouseActivity, Location] | None:
    """A document, locked as `lock_activity` does, and its location; None when it is gone.

    Raises:
        NotWarehouseEmployee: when the user does not work at its location.
    """
    wanted = {"type": type_, "no": no, "user_id": user_id}
    row = session.execute(ACTIVITY_TO_LOCK, wanted).one_or_none()
    if row is None:
        return None
    activity, location, employee_id = row
    _check_works_there(location.code, employee_id)
    return activity, location


def activity_on_device(
    session: Session, type_: ActivityType, no: str, user_id: int, identity: str, kind: str
) -> ActivityOnDevice | None:
    """What a page shows of a document on a device; None when it is gone.

    Raises:
        NotWarehouseEmployee: when the user does not work at its location.
    """
    wanted = {
        "type": type_,
        "no": no,
        "user_id": user_id,
        "identity": identity.upper(),
        "kind": kind,
    }
    row = session.execute(ACTIVITY_ON_DEVICE, wanted).one_or_none()
    if row is None:
        return None
    activity, location_code, employee_id, given, done, total, to_register, *last = row
    _check_works_there(location_code, employee_id)
    return ActivityOnDevice(activity, given_from(given), done, total, to_register, last_scan(*last))


def _check_works_there(location_code: str, employee_id: int | None) -> None:
    if employee_id is None:
        raise NotWarehouseEmployee(location=location_code)
