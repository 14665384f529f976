"""Moving at a location as one worker and one device meet it (docs/domain.md 5.5).

There is no document: what is in the hand is kept with the location and the device.

This module must never move anything.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from scanner_app.inventory.location import Location
from scanner_app.inventory.set_up_lock import hold_set_up
from scanner_app.scanning.given import Given, given_on_device
from scanner_app.scanning.move_work import given_there
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.employee import LOCATION_OF_EMPLOYEE, checked_location

MOVE = "move"
_LOCATION_BY_CODE = LOCATION_OF_EMPLOYEE.where(Location.code == bindparam("code"))


@dataclass(frozen=True)
class MoveOnDevice:
    """A location, and what a device has in its hand there."""

    location: Location
    given: Given
    from_bin: Bin | None


def move_on_device(session: Session, location: Location, identity: str) -> MoveOnDevice:
    """What a page shows of moving at a location on a device."""
    given = given_on_device(session, identity, MOVE, location.id)
    return MoveOnDevice(location, *given_there(session, given))


def location_to_move_at(session: Session, code: str, user_id: int) -> Location | None:
    """A location whose set-up is held, because the scan may register; None when it is gone.

    Raises:
        NotWarehouseEmployee: for somebody who does not work there.
    """
    hold_set_up(session)
    return location_of_mover(session, code, user_id)


def location_of_mover(session: Session, code: str, user_id: int) -> Location | None:
    """A location at which somebody moves goods; None when it is gone.

    Raises:
        NotWarehouseEmployee: for somebody who does not work there.
    """
    row = session.execute(_LOCATION_BY_CODE, {"code": code, "user_id": user_id}).one_or_none()
    return checked_location(*row) if row else None
