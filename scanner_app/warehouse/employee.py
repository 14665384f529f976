"""Warehouse Employee: at which locations a user works (docs/domain.md 11.2).

A user works at every location assigned; the default one is only the one chosen at sign-in.

This module must never grant anything beyond locations: what a user may do is the role's.
"""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, UniqueConstraint, and_, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.access.sign_in import Change, find_user, log_user_change
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.records import Base, Flag, Id, partial_index


class NotWarehouseEmployee(RuleRefused):
    """The user does not work at the location."""

    message = N_("You are not a warehouse employee of {location}.")
    way_out = N_("Ask a supervisor to add you on the page Warehouse Employees.")
    field = "Location Code"


class LocationUnknown(RuleRefused):
    """The form names a location that is not there."""

    message = N_("There is no location {location}.")
    way_out = N_("Open the page Warehouse Employees again and choose one of the list.")
    field = "Location Code"


class NoLocationChosen(RuleRefused):
    """The user works nowhere, or chose no location."""

    message = N_("No location is chosen.")
    way_out = N_("Choose the location you work at on the home page.")
    field = "Location Code"


class WarehouseEmployee(Base):
    """One user at one location."""

    __tablename__ = "warehouse_employee"
    __table_args__ = (
        UniqueConstraint("user_id", "location_id"),
        partial_index(
            "uq_warehouse_employee_default",
            "user_id",
            unique=True,
            where="is_default",
        ),
    )

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    is_default: Mapped[Flag]


# A location, and whether the user works there: one look-up, as scans ask it each time.
LOCATION_OF_EMPLOYEE = select(Location, WarehouseEmployee.id).outerjoin(
    WarehouseEmployee,
    and_(
        WarehouseEmployee.location_id == Location.id,
        WarehouseEmployee.user_id == bindparam("user_id"),
    ),
)


def locations_of(session: Session, user_id: int) -> list[Location]:
    """The locations of a user, the default one first."""
    return list(
        session.scalars(
            select(Location)
            .join(WarehouseEmployee, WarehouseEmployee.location_id == Location.id)
            .where(WarehouseEmployee.user_id == user_id)
            .order_by(WarehouseEmployee.is_default.desc(), Location.code)
        )
    )


def check_works_at(session: Session, user_id: int, location: Location) -> None:
    """Refuse work at a location that is not the user's.

    Raises:
        NotWarehouseEmployee: when it is not.
    """
    assigned = session.scalar(
        select(WarehouseEmployee.id).where(
            WarehouseEmployee.user_id == user_id, WarehouseEmployee.location_id == location.id
        )
    )
    if assigned is None:
        raise NotWarehouseEmployee(location=location.code)


def checked_location(location: Location, employee_id: int | None) -> Location:
    """A location that `LOCATION_OF_EMPLOYEE` found.

    Raises:
        NotWarehouseEmployee: when the user does not work there.
    """
    if employee_id is None:
        raise NotWarehouseEmployee(location=location.code)
    return location


def check_works_at_one(session: Session, user_id: int, location_ids: Sequence[int]) -> None:
    """Refuse work on a document of locations none of which is the user's.

    Raises:
        NotWarehouseEmployee: naming the first one.
    """
    row = WarehouseEmployee
    of_user = (row.user_id == user_id, row.location_id.in_(location_ids))
    if session.scalar(select(row.id).where(*of_user).limit(1)) is None:
        raise NotWarehouseEmployee(location=session.get_one(Location, location_ids[0]).code)


def assign_location(session: Session, user_id: int, location_code: str, change: Change) -> None:
    """Make the user a warehouse employee of a location; the first one becomes the default.

    Raises:
        UserUnknown: for an id without a user.
        LocationUnknown: for a code without a location.
    """
    user, location = find_user(session, user_id), _find_location(session, location_code)
    assigned = _assignments(session, user_id)
    if location.id in assigned:
        return
    session.add(
        WarehouseEmployee(user_id=user_id, location_id=location.id, is_default=not assigned)
    )
    log_user_change(session, user, change, "location", "", location.code)


def remove_location(session: Session, user_id: int, location_code: str, change: Change) -> None:
    """Take a location from the user; where it is not assigned, nothing changes.

    Raises:
        UserUnknown: for an id without a user.
        LocationUnknown: for a code without a location.
    """
    user, location = find_user(session, user_id), _find_location(session, location_code)
    if (assigned := _assignments(session, user_id).get(location.id)) is not None:
        session.delete(assigned)
        log_user_change(session, user, change, "location", location.code, "")


def set_default_location(
    session: Session, user_id: int, location_code: str, change: Change
) -> None:
    """Make one of the user's locations the one chosen at sign-in.

    Raises:
        UserUnknown: for an id without a user.
        LocationUnknown: for a code without a location, or one that is not the user's.
    """
    user, location = find_user(session, user_id), _find_location(session, location_code)
    assigned = _assignments(session, user_id)
    if location.id not in assigned:
        raise LocationUnknown(location=location.code)
    for employee in assigned.values():
        employee.is_default = False
    # One default at a time is a unique index: the old one has to be gone first.
    session.flush()
    assigned[location.id].is_default = True
    log_user_change(session, user, change, "default_location", "", location.code)


def clear_default_location(
    session: Session, user_id: int, location_code: str, change: Change
) -> None:
    """Let a location no longer be the one chosen at sign-in; where it is not, nothing changes.

    Raises:
        UserUnknown: for an id without a user.
        LocationUnknown: for a code without a location.
    """
    user, location = find_user(session, user_id), _find_location(session, location_code)
    assigned = _assignments(session, user_id).get(location.id)
    if assigned is not None and assigned.is_default:
        assigned.is_default = False
        log_user_change(session, user, change, "default_location", location.code, "")


def _assignments(session: Session, user_id: int) -> dict[int, WarehouseEmployee]:
    employees = session.scalars(
        select(WarehouseEmployee).where(WarehouseEmployee.user_id == user_id)
    )
    return {employee.location_id: employee for employee in employees}


def _find_location(session: Session, code: str) -> Location:
    location = session.scalar(select(Location).where(Location.code == code.strip().upper()))
    if location is None:
        raise LocationUnknown(location=code[:10])
    return location
