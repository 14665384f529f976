"""An open count as one worker and one device meet it, each time found in one look-up.

This module must never change a count: it locks it for the scan that will.
"""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.scanning.effects import LastScan, last_scan
from scanner_app.scanning.given import Given, given_from
from scanner_app.scanning.scan import Device, OpenDocument, Scan
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.employee import LOCATION_OF_EMPLOYEE, checked_location
from scanner_app.warehouse.warehouse_journal import (
    IS_COUNT,
    BinCount,
    BinCountState,
    WarehouseJournalBatch,
)

_LOCATION_BY_ID = LOCATION_OF_EMPLOYEE.where(Location.id == bindparam("location_id"))
COUNT_TO_LOCK = (
    _LOCATION_BY_ID.add_columns(WarehouseJournalBatch)
    .join(
        WarehouseJournalBatch,
        and_(
            WarehouseJournalBatch.location_id == Location.id,
            IS_COUNT,
            WarehouseJournalBatch.name == bindparam("name"),
        ),
    )
    .with_for_update(of=WarehouseJournalBatch)
    .execution_options(populate_existing=True)
)
_BINS = (
    select(func.count())
    .where(
        BinCount.batch_id == WarehouseJournalBatch.id,
        BinCount.state != BinCountState.REGISTERED,
    )
    .correlate(WarehouseJournalBatch)
)
COUNT_ON_DEVICE = (
    select(
        WarehouseJournalBatch,
        OpenDocument.given,
        _BINS.where(BinCount.state == BinCountState.CLOSED).scalar_subquery(),
        _BINS.scalar_subquery(),
        select(func.min(Bin.code))
        .join(BinCount, BinCount.bin_id == Bin.id)
        .where(
            BinCount.batch_id == WarehouseJournalBatch.id,
            BinCount.state == BinCountState.TO_COUNT,
        )
        .correlate(WarehouseJournalBatch)
        .scalar_subquery(),
        Scan.uuid,
        Scan.outcome,
    )
    .select_from(WarehouseJournalBatch)
    .outerjoin(Device, Device.identity == bindparam("identity"))
    .outerjoin(
        OpenDocument,
        and_(
            OpenDocument.device_id == Device.id,
            OpenDocument.document_kind == "count",
            OpenDocument.document_id == WarehouseJournalBatch.id,
        ),
    )
    .outerjoin(Scan, Scan.id == OpenDocument.undoable_scan_id)
    .where(
        WarehouseJournalBatch.location_id == bindparam("location_id"),
        IS_COUNT,
        WarehouseJournalBatch.name == bindparam("name"),
    )
)


@dataclass(frozen=True)
class CountOnDevice:
    """A count, what is half given, how many of its open bins are closed, and which is next.

    `last_scan` is what an undo on this device would take back.
    """

    batch: WarehouseJournalBatch
    given: Given
    closed: int
    total: int
    next_bin_code: str
    last_scan: LastScan | None = None


def count_on_device(
    session: Session, location_id: int, name: str, identity: str
) -> CountOnDevice | None:
    """What a page shows of a count on a device; None when it is gone."""
    wanted = {"location_id": location_id, "name": name, "identity": identity.upper()}
    row = session.execute(COUNT_ON_DEVICE, wanted).one_or_none()
    if row is None:
        return None
    batch, given, closed, total, next_bin_code, *last = row
    return CountOnDevice(
        batch, given_from(given), closed, total, next_bin_code or "", last_scan(*last)
    )


def location_of_worker(session: Session, location_id: int, user_id: int) -> Location | None:
    """The location where the worker is, None without one.

    Raises:
        NotWarehouseEmployee: when the user does not work there.
    """
    wanted = {"location_id": location_id, "user_id": user_id}
    row = session.execute(_LOCATION_BY_ID, wanted).one_or_none()
    return checked_location(*row) if row else None


def lock_open_count(
    session: Session, location_id: int, name: str, user_id: int
) -> tuple[WarehouseJournalBatch, Location] | None:
    """A count, locked as `lock_batch` does, and its location; None when it is gone.

    Raises:
        NotWarehouseEmployee: when the user does not work at the location.
    """
    wanted = {"location_id": location_id, "name": name, "user_id": user_id}
    row = session.execute(COUNT_TO_LOCK, wanted).one_or_none()
    if row is None:
        location_of_worker(session, location_id, user_id)
        return None
    location, employee_id, batch = row
    return batch, checked_location(location, employee_id)
