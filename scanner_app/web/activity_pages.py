"""Put-away and pick pages: their list, the line at hand, and Register.

Put-aways and picks have pages of their own and one set of rules, so the pages share this.

This module must never apply a scan: those arrive at `scans`.
"""

from dataclasses import dataclass
from typing import cast

from flask import redirect, render_template, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.user import User
from scanner_app.errors import N_
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.scanning.note_missing import reasons_to_choose
from scanner_app.scanning.open_activity import (
    ActivityOnDevice,
    activity_on_device,
    lock_open_activity,
)
from scanner_app.scanning.prompts import activity_prompt, scanned_lines
from scanner_app.warehouse.activity import (
    IS_OPEN,
    ActionType,
    ActivityType,
    RegisteredActivity,
    WarehouseActivity,
    WarehouseActivityLine,
)
from scanner_app.warehouse.assignment import check_not_of_other, name_of_other
from scanner_app.warehouse.register_activity import By, register_warehouse_activity
from scanner_app.web.current import current_location, current_user_id, now, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.sessions import device_identity, is_supervisor
from scanner_app.web.undo_offer import undo_offer

KIND = {ActivityType.PUT_AWAY: "put-away", ActivityType.PICK: "pick"}
TYPE_OF_KIND = {kind: type_ for type_, kind in KIND.items()}
BLUEPRINT = {ActivityType.PUT_AWAY: "put_aways", ActivityType.PICK: "picks"}
TITLES = {ActivityType.PUT_AWAY: N_("Put-aways"), ActivityType.PICK: N_("Picks")}
DOCUMENTS_SHOWN_MAX = 100


@dataclass(frozen=True)
class ActivityRow:
    """A document in a list: how far it is, and whose it is."""

    no: str
    source_no: str
    done: int
    total: int
    assigned_to: str


def list_page(type_: ActivityType, registered_no: str) -> str:
    """The open documents of the current location, mine and unassigned ones first."""
    location = current_location()
    rows = activity_rows(reading(), location, type_, current_user_id()) if location else []
    return render_template(
        "activities/list.html",
        kind=KIND[type_],
        blueprint_name=BLUEPRINT[type_],
        title=TITLES[type_],
        rows=rows,
        location=location,
        registered=_registered(registered_no),
    )


def activity_rows(
    session: Session, location: Location, type_: ActivityType, user_id: int
) -> list[ActivityRow]:
    """Open documents with their progress, in one look-up."""
    activity, line = WarehouseActivity, WarehouseActivityLine
    mine_first = activity.assigned_user_id.is_not(None) & (activity.assigned_user_id != user_id)
    statement = (
        select(
            activity.no,
            activity.source_no,
            func.count().filter(~IS_OPEN),
            func.count(),
            User.user_name,
        )
        .join(line, line.activity_id == activity.id)
        .outerjoin(User, User.id == activity.assigned_user_id)
        .where(
            activity.location_id == location.id,
            activity.type == type_,
            line.action_type == ActionType.TAKE,
        )
        .group_by(activity.id, User.user_name)
        .order_by(mine_first, activity.id)
        .limit(DOCUMENTS_SHOWN_MAX)
    )
    return [
        ActivityRow(no, source_no, done, total, user_name or "")
        for no, source_no, done, total, user_name in session.execute(statement)
    ]


def show_page(type_: ActivityType, no: str) -> str:
    """One document: what is asked now, what is scanned, and whose it is where it is another's."""
    values, session = task_values(type_, no), reading()
    activity = cast("WarehouseActivity", values["activity"])
    of_page = {
        "lines": scanned_lines(session, activity),
        "assigned_to": name_of_other(session, activity, current_user_id()),
    }
    return render_template("activities/show.html", **values | of_page)


def open_activity(type_: ActivityType, no: str) -> WarehouseActivity:
    """An open document of a location of the user's, as it is now."""
    return _on_device(type_, no).activity


def lines_part(type_: ActivityType, no: str) -> str:
    """The lines to register alone, for a page that was left by a scan."""
    found = _on_device(type_, no)
    return render_template(
        "activities/_lines.html",
        lines=scanned_lines(reading(), found.activity),
        to_register=found.to_register,
    )


def task_values(type_: ActivityType, no: str) -> dict[str, object]:
    """A document and what is asked now; its lines are left to be asked for until all is scanned.

    Over a radio that drops, an answer that grew with every scan would be the first one lost.
    """
    found, session = _on_device(type_, no), reading()
    prompt = activity_prompt(session, found)
    is_complete = prompt.question == "complete"
    return {
        "kind": KIND[type_],
        "blueprint_name": BLUEPRINT[type_],
        "activity": found.activity,
        "prompt": prompt,
        "reasons": reasons_to_choose(session) if prompt.missing else (),
        "undo": undo_offer(found.last_scan),
        "to_register": found.to_register,
        "lines": scanned_lines(session, found.activity) if is_complete else None,
    }


def _on_device(type_: ActivityType, no: str) -> ActivityOnDevice:
    """A document as it is on this device; one of a location of others is not found."""
    found = activity_on_device(
        reading(), type_, no.upper(), current_user_id(), device_identity(), KIND[type_]
    )
    if found is None:
        raise NotFound
    return found


def register(type_: ActivityType, no: str) -> AnyResponse:
    """Register what is scanned; a document with lines left stays open."""
    user_id, at = current_user_id(), now()

    def work(session: Session) -> dict[str, object]:
        found = lock_open_activity(session, type_, no.upper(), user_id)
        if found is None:
            raise NotFound
        activity, location = found
        check_not_of_other(session, activity, user_id, is_supervisor=is_supervisor())
        by = By(user_id, work_date_of(location, at), at)
        result = register_warehouse_activity(session, activity.id, by)
        short = activity.no if result.short_lines else ""
        return {"no": result.no, "left": result.outstanding_lines, "short": short}

    answer = post_once(work)
    done = {"registered": answer["no"] or None, "short": answer["short"] or None}
    blueprint = BLUEPRINT[type_]
    if answer["left"]:
        return redirect(url_for(f"{blueprint}.show", no=no, **done), 303)
    return redirect(url_for(f"{blueprint}.show_list", **done), 303)


def _registered(no: str) -> RegisteredActivity | None:
    """The document just registered, for the sentence above the list."""
    if not no:
        return None
    return (
        reading()
        .scalars(select(RegisteredActivity).where(RegisteredActivity.no == no.upper()))
        .first()
    )
