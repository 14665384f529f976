"""An open count and the location of a worker, each found in one look-up.

This module must never change a count: it locks it for the scan that will.
"""

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.warehouse.employee import NotWarehouseEmployee, WarehouseEmployee
from scanner_app.warehouse.warehouse_journal import WarehouseJournalBatch

LOCATION_OF_WORKER = (
    select(Location, WarehouseEmployee.id)
    .outerjoin(
        WarehouseEmployee,
        and_(
            WarehouseEmployee.location_id == Location.id,
            WarehouseEmployee.user_id == bindparam("user_id"),
        ),
    )
    .where(Location.id == bindparam("location_id"))
)
COUNT_TO_LOCK = (
    LOCATION_OF_WORKER.add_columns(WarehouseJournalBatch)
    .join(
        WarehouseJournalBatch,
        and_(
            WarehouseJournalBatch.location_id == Location.id,
            WarehouseJournalBatch.name == bindparam("name"),
        ),
    )
    .with_for_update(of=WarehouseJournalBatch)
    .execution_options(populate_existing=True)
)


def location_of_worker(session: Session, location_id: int, user_id: int) -> Location | None:
    """The location where the worker is, None without one.

    Raises:
        NotWarehouseEmployee: when the user does not work there.
    """
    wanted = {"location_id": location_id, "user_id": user_id}
    row = session.execute(LOCATION_OF_WORKER, wanted).one_or_none()
    if row is None:
        return None
    location, employee_id = row
    return _checked(location, employee_id)


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
    return batch, _checked(location, employee_id)


def _checked(location: Location, employee_id: int | None) -> Location:
    if employee_id is None:
        raise NotWarehouseEmployee(location=location.code)
    return location
