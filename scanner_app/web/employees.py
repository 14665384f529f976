"""Warehouse Employees: the supervisor's page of users and the locations they work at.

Answers to Business Central's page Warehouse Employees, with the users on the same page.

This module must never show or log a password.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.passwords import hash_password
from scanner_app.access.sign_in import (
    create_user,
    disable_user,
    enable_user,
    set_password,
)
from scanner_app.access.user import Role, User
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.warehouse.employee import (
    WarehouseEmployee,
    assign_location,
    remove_location,
    set_default_location,
)
from scanner_app.web.current import asked_by_htmx, change_by_user, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("employees", __name__, url_prefix="/warehouse-employees")

ROLES = {Role.WORKER: N_("Worker"), Role.SUPERVISOR: N_("Supervisor")}
DONE = {
    "added": N_("The user is added."),
    "assigned": N_("The location is assigned."),
    "removed": N_("The location is removed."),
    "default": N_("The default location is set."),
    "disabled": N_("The user is disabled and signed out everywhere."),
    "enabled": N_("The user is enabled."),
    "password": N_("The password is set. The user is signed out everywhere."),
}


class RoleUnknown(RuleRefused):
    """The form names a role that is not there."""

    message = N_("There is no role “{role}”.")
    way_out = N_("Choose worker or supervisor.")
    field = "Role"


@dataclass(frozen=True)
class EmployeeRow:
    """One user as the page shows it; `free` are the locations that may still be assigned."""

    user: User
    assigned: tuple[Location, ...]
    default: Location | None
    free: tuple[Location, ...]


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """All users, disabled ones last."""
    done = DONE.get(request.args.get("done", ""))
    rows = _rows(reading())
    return render_template(
        "employees/employees.html",
        rows=rows,
        roles=[(role.value, gettext(title)) for role, title in ROLES.items()],
        done=done and gettext(done),
    )


@blueprint.post("")
@supervisor_required
def add_user() -> AnyResponse:
    """Add a user, who works nowhere yet."""
    role = _role(request.form.get("role", ""))
    password_hash = hash_password(request.form.get("password", ""))

    def work(session: Session) -> dict[str, int]:
        user = create_user(
            session,
            user_name=request.form.get("user_name", ""),
            full_name=request.form.get("full_name", "").strip(),
            role=role,
            password_hash=password_hash,
            change=change_by_user(),
        )
        return {"user_id": user.id}

    return _redirect(post_once(work)["user_id"], "added")


@blueprint.post("/<int:user_id>/locations")
@supervisor_required
def add_location(user_id: int) -> AnyResponse | str:
    """Let the user work at one more location."""
    code, change = request.form.get("location", ""), change_by_user()
    return _answer_with_row(
        user_id, "assigned", lambda session: assign_location(session, user_id, code, change)
    )


@blueprint.post("/<int:user_id>/locations/removal")
@supervisor_required
def take_location(user_id: int) -> AnyResponse | str:
    """Take a location from the user."""
    code, change = request.form.get("location", ""), change_by_user()
    return _answer_with_row(
        user_id, "removed", lambda session: remove_location(session, user_id, code, change)
    )


@blueprint.post("/<int:user_id>/default-location")
@supervisor_required
def choose_default(user_id: int) -> AnyResponse | str:
    """Choose the location the user signs in to."""
    code, change = request.form.get("location", ""), change_by_user()
    return _answer_with_row(
        user_id, "default", lambda session: set_default_location(session, user_id, code, change)
    )


@blueprint.post("/<int:user_id>/disabling")
@supervisor_required
def disable(user_id: int) -> AnyResponse | str:
    """Take the user's access away at once."""
    change = change_by_user()
    return _answer_with_row(
        user_id, "disabled", lambda session: disable_user(session, user_id, change)
    )


@blueprint.post("/<int:user_id>/enabling")
@supervisor_required
def enable(user_id: int) -> AnyResponse | str:
    """Give the user access again."""
    change = change_by_user()
    return _answer_with_row(
        user_id, "enabled", lambda session: enable_user(session, user_id, change)
    )


@blueprint.post("/<int:user_id>/password")
@supervisor_required
def replace_password(user_id: int) -> AnyResponse | str:
    """Set a new password, which ends the user's sessions."""
    password_hash, change = hash_password(request.form.get("password", "")), change_by_user()
    return _answer_with_row(
        user_id, "password", lambda session: set_password(session, user_id, password_hash, change)
    )


def _role(typed: str) -> Role:
    if typed not in list(Role):
        raise RoleUnknown(role=typed[:20])
    return Role(typed)


def _answer_with_row(user_id: int, done: str, work: Callable[[Session], None]) -> AnyResponse | str:
    """Do the work once; htmx gets the user's row anew, a plain form the page."""

    def work_and_answer(session: Session) -> dict[str, int]:
        work(session)
        return {"user_id": user_id}

    post_once(work_and_answer)
    if not asked_by_htmx():
        return _redirect(user_id, done)
    [row] = _rows(reading(), user_id)
    return render_template(
        "employees/_employee.html", row=row, done=gettext(DONE[done]), swapped=True
    )


def _redirect(user_id: int, done: str) -> AnyResponse:
    address = url_for("employees.show_list", done=done, _anchor=f"employee-{user_id}")
    return redirect(address, 303)


def _rows(session: Session, user_id: int | None = None) -> list[EmployeeRow]:
    users = select(User).order_by(User.disabled, User.user_name)
    if user_id is not None:
        users = users.where(User.id == user_id)
    locations = tuple(session.scalars(select(Location).order_by(Location.code)))
    assignments: dict[int, dict[int, bool]] = {}
    for employee in session.scalars(select(WarehouseEmployee)):
        of_user = assignments.setdefault(employee.user_id, {})
        of_user[employee.location_id] = employee.is_default
    return [_row(user, locations, assignments.get(user.id, {})) for user in session.scalars(users)]


def _row(user: User, locations: tuple[Location, ...], assigned: dict[int, bool]) -> EmployeeRow:
    """`assigned` tells by location id whether the location is the default one."""
    return EmployeeRow(
        user=user,
        assigned=tuple(location for location in locations if location.id in assigned),
        default=next((location for location in locations if assigned.get(location.id)), None),
        free=tuple(location for location in locations if location.id not in assigned),
    )
