"""What belongs to the request at hand: the database, the moment, the user and the location.

The rooms below get all of it as arguments; only the web asks here.

This module must never decide what a user may do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from flask import current_app, g, request, session
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.inventory.location import Location
from scanner_app.warehouse.employee import WarehouseEmployee, locations_of

T = TypeVar("T")

EXTENSION = "scanner_app"
LOCATION_KEY = "location_id"


@dataclass(frozen=True)
class Installation:
    """What one app runs on."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime]


def installation() -> Installation:
    """What the app of this request was created with."""
    return cast("Installation", current_app.extensions[EXTENSION])


def database() -> Database:
    """The database of this app."""
    return installation().database


def settings() -> Settings:
    """The settings of this app."""
    return installation().settings


def now() -> datetime:
    """The moment by the app's clock, aware, in UTC."""
    return installation().clock()


def reading() -> Session:
    """The request's one read session, opened when first asked for.

    It shows one snapshot; after `write` the next call opens a new one.
    """
    if "reading" not in g:
        g.reading_block = database().read()
        g.reading = g.reading_block.__enter__()
    return cast("Session", g.reading)


def write(work: Callable[[Session], T]) -> T:
    """Run the work in one transaction; what was read before it is read again after it.

    Raises:
        WriterBusy: when the writer could not be had in time.
    """
    result = database().write(work)
    stop_reading()
    return result


def stop_reading(_: BaseException | None = None) -> None:
    """Close the read session, at the end of the request or after a write."""
    block: Any = g.pop("reading_block", None)
    g.pop("reading", None)
    g.pop("location", None)
    if block is not None:
        block.__exit__(None, None, None)


def asked_by_htmx() -> bool:
    """Whether a fragment is wanted; a page from the browser's history is wanted whole."""
    htmx = cast("Any", request).htmx
    return bool(htmx) and not htmx.history_restore_request


def current_user_id() -> int:
    """The id of who is signed in; every page but the sign-in has somebody."""
    return int(current_user.user_id)


def current_locations() -> list[Location]:
    """Where the user works, the default location first."""
    return locations_of(reading(), current_user_id())


def current_location() -> Location | None:
    """The location chosen in this session, else the user's default one, else none."""
    if "location" not in g:
        g.location = _location_to_work_at()
    return cast("Location | None", g.location)


def _location_to_work_at() -> Location | None:
    assigned = reading().execute(
        select(Location, WarehouseEmployee.is_default)
        .join(WarehouseEmployee, WarehouseEmployee.location_id == Location.id)
        .where(WarehouseEmployee.user_id == current_user_id())
    )
    by_id = {location.id: (location, is_default) for location, is_default in assigned}
    if (chosen := session.get(LOCATION_KEY)) in by_id:
        return by_id[chosen][0]
    return next((location for location, is_default in by_id.values() if is_default), None)


def work_date(location: Location) -> date:
    """Today at the location: expiry, number series and night shifts hang on it."""
    return now().astimezone(ZoneInfo(location.time_zone)).date()
