"""Assignment: who does a put-away or pick (docs/domain.md 5.7).

Whoever scans first has the document. It is taken, given back or handed over by whoever has it,
and by supervisors; what is scanned stays on it.

This module must never change a line of the document.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import log_changes
from scanner_app.access.sign_in import Change
from scanner_app.access.user import User
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.warehouse.activity import (
    IS_OPEN,
    TO_REGISTER,
    ActionType,
    ActivityType,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.employee import WarehouseEmployee
from scanner_app.warehouse.register_activity import lock_activity

CAPTION = "Assigned User ID"


class AssignedToOther(RuleRefused):
    """The document is somebody else's, and only they or a supervisor hand it over."""

    message = N_("{document_no} is assigned to {user_name}.")
    way_out = N_("Take another document, or ask {user_name} or a supervisor to hand it over.")
    field = CAPTION


class AssignedMeanwhile(RuleRefused):
    """Somebody took it or handed it over after the page was read."""

    message = N_("{document_no} was assigned to {user_name} meanwhile.")
    way_out = N_("Nothing changed. Choose again if it is still to be somebody else's.")
    field = CAPTION


class GivenBackMeanwhile(RuleRefused):
    """Nobody has it any more."""

    message = N_("{document_no} was given back meanwhile.")
    way_out = N_("Nothing changed. Choose again who does it.")
    field = CAPTION


class AssigneeNotThere(RuleRefused):
    """Who does it has to work at the location."""

    message = N_("{user_name} does not work at {location}.")
    way_out = N_("Choose somebody of the list.")
    field = CAPTION


@dataclass(frozen=True)
class Assigner:
    """Who assigns, and when."""

    user_id: int
    is_supervisor: bool
    change: Change


@dataclass(frozen=True)
class AssignedWork:
    """A document that somebody has, and how far it is.

    Attributes:
        to_register: on how many of its lines something is scanned and not registered.
    """

    type: ActivityType
    no: str
    source_no: str
    user_name: str
    done: int
    total: int
    to_register: int


def workers_at(session: Session, location: Location) -> Sequence[User]:
    """Who works at a location and may sign in, by name."""
    return session.scalars(
        select(User)
        .join(WarehouseEmployee, WarehouseEmployee.user_id == User.id)
        .where(WarehouseEmployee.location_id == location.id, User.disabled.is_(False))
        .order_by(User.user_name)
    ).all()


def assign_activity(
    session: Session,
    activity_id: int,
    *,
    to_user_name: str,
    seen_user_name: str,
    by: Assigner,
) -> str:
    """Let somebody else have a document, '' for nobody; returns the name of who has it.

    `seen_user_name` is who had it when that was decided.

    Raises:
        DocumentGone: when it was registered completely.
        AssignedMeanwhile, GivenBackMeanwhile: when another one has it than was seen.
        AssignedToOther: when it is somebody else's and `by` is no supervisor.
        AssigneeNotThere: for who does not work at its location.
    """
    activity = lock_activity(session, activity_id)
    location = session.get_one(Location, activity.location_id)
    name = _name_of(session, activity.assigned_user_id)
    _check_as_seen(activity, name, seen_user_name.strip().upper())
    check_not_of_other(session, activity, by.user_id, is_supervisor=by.is_supervisor)
    user = _find_worker(session, location, to_user_name) if to_user_name.strip() else None
    activity.assigned_user_id = user.id if user else None
    activity.assigned_at = by.change.changed_at if user else None
    new_name = user.user_name if user else ""
    log_changes(
        session,
        changed_at=by.change.changed_at,
        user_id=by.change.changed_by,
        table_name=WarehouseActivity.__tablename__,
        record_name=activity.no,
        changes={CAPTION: (name, new_name)},
    )
    session.flush()
    return new_name


def assigned_work(
    session: Session, location: Location, user_id: int | None = None
) -> list[AssignedWork]:
    """The put-aways and picks that somebody has at a location, or that one user has."""
    activity, line = WarehouseActivity, WarehouseActivityLine
    statement = (
        select(
            activity.type,
            activity.no,
            activity.source_no,
            User.user_name,
            func.count().filter(~IS_OPEN),
            func.count(),
            func.count().filter(TO_REGISTER),
        )
        .join(line, line.activity_id == activity.id)
        .join(User, User.id == activity.assigned_user_id)
        .where(activity.location_id == location.id, line.action_type == ActionType.TAKE)
        .group_by(activity.id, User.user_name)
        .order_by(User.user_name, activity.id)
    )
    if user_id is not None:
        statement = statement.where(activity.assigned_user_id == user_id)
    return [AssignedWork(*row) for row in session.execute(statement)]


def check_not_of_other(
    session: Session, activity: WarehouseActivity, user_id: int, *, is_supervisor: bool = False
) -> None:
    """Refuse a document that is somebody else's, but to a supervisor who decides about it.

    Raises:
        AssignedToOther: with the name of who has it.
    """
    name = name_of_other(session, activity, user_id)
    if name and not is_supervisor:
        raise AssignedToOther(document_no=activity.no, user_name=name)


def name_of_other(session: Session, activity: WarehouseActivity, user_id: int) -> str:
    """Who has a document where that is somebody else, '' for nobody and the user."""
    is_mine = activity.assigned_user_id == user_id
    return "" if is_mine else name_of_assigned(session, activity)


def name_of_assigned(session: Session, activity: WarehouseActivity) -> str:
    """Who has a document, '' for nobody."""
    return _name_of(session, activity.assigned_user_id)


def _name_of(session: Session, user_id: int | None) -> str:
    return session.get_one(User, user_id).user_name if user_id is not None else ""


def _check_as_seen(activity: WarehouseActivity, name: str, seen: str) -> None:
    if name == seen:
        return
    if not name:
        raise GivenBackMeanwhile(document_no=activity.no)
    raise AssignedMeanwhile(document_no=activity.no, user_name=name)


def _find_worker(session: Session, location: Location, user_name: str) -> User:
    wanted = user_name.strip().upper()
    for user in workers_at(session, location):
        if user.user_name == wanted:
            return user
    raise AssigneeNotThere(user_name=wanted[:50], location=location.code)
