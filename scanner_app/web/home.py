"""Home, menu and health: what waits for me, and where everything is.

This module must never count by itself: a card's number comes from the room that owns it.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, InvariantBroken
from scanner_app.inventory.location import Location
from scanner_app.inventory.number_series import series_running_out
from scanner_app.warehouse.activity import ActivityType
from scanner_app.warehouse.adjustment_sync import unsynchronised
from scanner_app.warehouse.short_pick import count_open_short_picks
from scanner_app.web.activity_pages import BLUEPRINT, KIND, TITLES, activity_rows
from scanner_app.web.count_rows import count_rows
from scanner_app.web.current import (
    current_location,
    current_locations,
    reading,
    settings,
    work_date,
)
from scanner_app.web.document_rows import count_documents
from scanner_app.web.kept_session import SignedInUser
from scanner_app.web.sessions import signed_in_user
from scanner_app.web.texts import gettext

blueprint = Blueprint("home", __name__)

THEMES = {"": N_("As the device"), "light": N_("Light"), "dark": N_("Dark")}
SCALES = ("100", "125", "150", "175", "200")
APPEARANCE_AGE = timedelta(days=3650)


@dataclass(frozen=True)
class HomeCard:
    """One kind of work that waits.

    Attributes:
        count: how many documents or lines wait.
        hint: what they are, or since when the oldest waits; translated.
        endpoint: the page that lists them, called with `values`.
        icon: a name in static/icons/sprite.svg.
    """

    title: str
    count: int
    hint: str
    endpoint: str
    icon: str
    values: dict[str, str] = field(default_factory=dict)


@blueprint.get("/")
def show() -> str:
    """What waits for the user at the location."""
    user, location = _signed_in(), current_location()
    return render_template(
        "home/home.html",
        cards=waiting_for(reading(), user, location) if location else [],
        location=location,
        locations=current_locations(),
    )


@blueprint.get("/menu")
def show_menu() -> str:
    """Everything there is, as plain links; the user, the location and the appearance."""
    return render_template(
        "home/menu.html",
        location=current_location(),
        locations=current_locations(),
        themes=[(theme, gettext(title)) for theme, title in THEMES.items()],
        scales=[(scale, f"{scale} %") for scale in SCALES],
    )


@blueprint.post("/appearance")
def change_appearance() -> AnyResponse:
    """Keep colours and size on this device; they belong to its screen, not to the user."""
    response = redirect(url_for("home.show_menu"), 303)
    for name, choices in (("theme", THEMES), ("scale", SCALES)):
        chosen = request.form.get(name, "")
        if chosen in choices:
            response.set_cookie(
                f"scanner_{name}",
                chosen,
                max_age=APPEARANCE_AGE,
                secure=settings().over_https,
                httponly=True,
                samesite="Lax",
            )
    return response


@blueprint.get("/health")
def health() -> dict[str, str]:
    """Whether the app can read its database."""
    reading().execute(text("SELECT 1"))
    return {"status": "ok"}


@blueprint.app_template_filter("location_choice")
def to_choice(location: Location) -> tuple[str, str]:
    """A location as a list shows it: its code, and its name where it has one."""
    return location.code, f"{location.code} {location.name}".strip()


@blueprint.app_context_processor
def add_appearance() -> dict[str, str]:
    """The theme and scale of this device, for the layout."""
    theme, scale = (request.cookies.get(f"scanner_{name}", "") for name in ("theme", "scale"))
    return {
        "theme": theme if theme in THEMES else "",
        "scale": scale if scale in SCALES else SCALES[0],
    }


def waiting_for(session: Session, user: SignedInUser, location: Location) -> list[HomeCard]:
    """The cards of the home page: what is open here, and what only a supervisor sees."""
    cards = [
        _activities(session, user, location, ActivityType.PUT_AWAY),
        _activities(session, user, location, ActivityType.PICK),
        _counts(session, location),
    ]
    if user.is_supervisor:
        documents = count_documents(session, location)
        cards.append(
            HomeCard(gettext("Receipts and shipments"), documents, "", "documents.show_list", "box")
        )
        cards.append(_short_picks(session, location))
        if location.adjustment_bin_id is not None:
            waiting = len(unsynchronised(session, location))
            hint = gettext("Item tracking numbers that differ")
            cards.append(HomeCard(gettext("Sync"), waiting, hint, "sync.show", "sync"))
        cards.append(_number_series(session, location))
    return [card for card in cards if card.count]


def _activities(
    session: Session, user: SignedInUser, location: Location, type_: ActivityType
) -> HomeCard:
    rows = activity_rows(session, location, type_, user.user_id)
    mine = sum(1 for row in rows if row.assigned_to == user.user_name)
    return HomeCard(
        title=gettext(TITLES[type_]),
        count=len(rows),
        hint=gettext("Assigned to you: {count}").format(count=mine) if mine else "",
        endpoint=f"{BLUEPRINT[type_]}.show_list",
        icon=KIND[type_],
    )


def _counts(session: Session, location: Location) -> HomeCard:
    rows = [row for row in count_rows(session, location) if row.to_count or row.open or row.closed]
    bins = sum(row.to_count + row.open for row in rows)
    hint = gettext("Bins to count: {count}").format(count=bins)
    return HomeCard(gettext("Counts"), len(rows), hint, "counts.show_list", "count")


def _short_picks(session: Session, location: Location) -> HomeCard:
    count = count_open_short_picks(session, location)
    hint = gettext("Not found where they are booked")
    return HomeCard(gettext("Short picks"), count, hint, "short_picks.show_list", "warning")


def _number_series(session: Session, location: Location) -> HomeCard:
    running_out = series_running_out(session, work_date(location))
    hint = gettext("Have reached their Warning No.")
    return HomeCard(
        gettext("No. Series"), len(running_out), hint, "number_series.show_list", "tracking"
    )


def _signed_in() -> SignedInUser:
    user = signed_in_user()
    if user is None:
        raise InvariantBroken("the door lets nobody in who is not signed in")
    return user
