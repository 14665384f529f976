"""What belongs to the request at hand: the database, the moment, the user and the location.

The rooms below get all of it as arguments; only the web asks here.

This module must never decide what a user may do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from flask import current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.config import Settings
from scanner_app.database import Database
from scanner_app.inventory.location import Location
from scanner_app.warehouse.employee import NoLocationChosen, locations_of

T = TypeVar("T")

EXTENSION = "scanner_app"


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

    Also when the work was refused: the refusal may be about what others wrote meanwhile.

    Raises:
        WriterBusy: when the writer could not be had in time.
    """
    try:
        return database().write(work)
    finally:
        stop_reading()


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


def change_by_user() -> Change:
    """Who changes something in this request, and when, as the change log keeps it."""
    return Change(changed_at=now(), changed_by=current_user_id())


def current_locations() -> list[Location]:
    """Where the user works, the default location first."""
    return locations_of(reading(), current_user_id())


def current_location_id() -> int | None:
    """The location chosen in this session, else the user's default one, else none."""
    return cast("int | None", current_user.location_id)


def current_location() -> Location | None:
    """The location at hand, read once for a page."""
    if "location" not in g:
        location_id = current_location_id()
        g.location = reading().get(Location, location_id) if location_id else None
    return cast("Location | None", g.location)


def chosen_location_id() -> int:
    """The id of the location at hand; refusals as `chosen_location`, without reading it."""
    location_id = current_location_id()
    if location_id is None:
        raise NoLocationChosen
    return location_id


def chosen_location() -> Location:
    """The location at hand, on a page that is of one location.

    Raises:
        NoLocationChosen: before there is one.
    """
    location = current_location()
    if location is None:
        raise NoLocationChosen
    return location


def current_device_id() -> int:
    """The device at hand; 0 until it has scanned for the first time."""
    return int(current_user.device_id)


def today() -> date:
    """The work date of the location at hand; before one is chosen, today in UTC."""
    location = current_location()
    return work_date(location) if location else now().date()


def time_zone() -> str:
    """The time zone in which moments are shown to this user."""
    location = current_location()
    return location.time_zone if location else "UTC"


def work_date(location: Location) -> date:
    """Today at the location: expiry, number series and night shifts hang on it."""
    return now().astimezone(ZoneInfo(location.time_zone)).date()
