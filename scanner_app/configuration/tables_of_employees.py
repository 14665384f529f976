"""Package table of warehouse employees: who works at which location.

Users themselves are in no package: neither their roles nor their passwords travel.

This module must never make a user, nor decide where one may work: the verbs of the page do.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import USER_NAME_LENGTH, Change, find_user_named
from scanner_app.access.user import User
from scanner_app.configuration.package_refusals import DefaultLocationTwice, EmployeeWithoutUser
from scanner_app.configuration.package_table import (
    WORDS_OF_SWITCHES,
    Found,
    PackageField,
    RecordTable,
    StandsOnce,
    key_field,
)
from scanner_app.configuration.tables_of_places import LOCATION, OF_LOCATION
from scanner_app.errors import N_
from scanner_app.inventory.location import Location
from scanner_app.inventory.text_card import NO, ROWS_AT_ONCE, YES, TextCard
from scanner_app.warehouse.employee import (
    WarehouseEmployee,
    assign_location,
    clear_default_location,
    set_default_location,
)
from scanner_app.warehouse.record_refusals import NameMissing
from scanner_app.warehouse.set_up_location import find_location
from scanner_app.workbooks.column import ColumnKind

USER_ID = N_("User ID")
BLANK = {"user_id": "", "location": "", "default": NO}


def _employees() -> Select[int, str, str, bool]:
    employee = WarehouseEmployee
    return (
        select(employee.id, User.user_name, Location.code, employee.is_default)
        .join(User, User.id == employee.user_id)
        .join(Location, Location.id == employee.location_id)
    )


def _card(user_name: str, location: str, *, is_default: bool) -> TextCard:
    return {"user_id": user_name, "location": location, "default": YES if is_default else NO}


def _list_employees(session: Session) -> Iterator[TextCard]:
    in_order = _employees().order_by(User.user_name, Location.code)
    for _, user_name, location, is_default in session.execute(
        in_order.execution_options(yield_per=ROWS_AT_ONCE)
    ):
        yield _card(user_name, location, is_default=is_default)


def _find_employee(session: Session, typed: TextCard) -> Found | None:
    user = find_user_named(session, typed["user_id"])
    location = find_location(session, typed["location"])
    if user is None or location is None:
        return None
    employee = WarehouseEmployee
    of_both = _employees().where(employee.user_id == user.id, employee.location_id == location.id)
    found = session.execute(of_both).one_or_none()
    if found is None:
        return None
    return Found(found.id, _card(found.user_name, found.code, is_default=found.is_default))


def _user_of(session: Session, typed: TextCard) -> User:
    """The user of a row.

    Raises:
        NameMissing: for a row without one.
        EmployeeWithoutUser: for one who is not there.
    """
    name = typed["user_id"].strip()
    if not name:
        raise NameMissing(field=USER_ID, length=USER_NAME_LENGTH)
    user = find_user_named(session, name)
    if user is None:
        raise EmployeeWithoutUser(field=USER_ID, user_name=name[:USER_NAME_LENGTH])
    return user


def _create_employee(session: Session, typed: TextCard, change: Change) -> None:
    assign_location(session, _user_of(session, typed).id, typed["location"], change)


def _change_employee(session: Session, found: Found, typed: TextCard, change: Change) -> None:
    """Whether the location is the default one is all that an assignment says."""
    if typed["default"] == found.card["default"]:
        return
    user, location = _user_of(session, found.card), found.card["location"]
    verb = set_default_location if typed["default"] == YES else clear_default_location
    verb(session, user.id, location, change)


def _default_of(cells: Mapping[str, str]) -> str:
    """The user whose default location a row says."""
    word = WORDS_OF_SWITCHES.get(cells.get("default", "").strip().casefold())
    return cells.get("user_id", "").strip().upper() if word == YES else ""


def _refuse_second_default(first: Sequence[str], _cells: Mapping[str, str]) -> DefaultLocationTwice:
    user_name, location = first
    return DefaultLocationTwice(user_name=user_name, location=location)


WAREHOUSE_EMPLOYEE = RecordTable(
    7301,
    N_("Warehouse Employee"),
    (
        key_field("user_id", USER_ID),
        key_field("location", LOCATION, OF_LOCATION),
        PackageField("default", N_("Default"), ColumnKind.SWITCH),
    ),
    BLANK,
    _list_employees,
    read=lambda typed: typed,
    sample=BLANK,
    find=_find_employee,
    create=_create_employee,
    change=_change_employee,
    whole_when_new=False,
    stands_once=StandsOnce("default", _default_of, _refuse_second_default),
)
