"""Assignments: who does a put-away or pick is looked at and changed.

This module must never know who may hand what over: `warehouse/assignment.py` does.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.warehouse.activity import WarehouseActivity
from scanner_app.warehouse.assignment import (
    Assigner,
    assign_activity,
    name_of_assigned,
    workers_at,
)
from scanner_app.web.activity_pages import BLUEPRINT, TYPE_OF_KIND, open_activity
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, chosen_location, current_user_id, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.refusals import sentence, status_of
from scanner_app.web.sessions import is_supervisor, signed_in_user

blueprint = Blueprint("assignments", __name__, url_prefix="/assignments")


@blueprint.get("/<kind>/<no>")
def show(kind: str, no: str) -> tuple[str, int]:
    """Who has a document, and who can have it."""
    return _draw(kind, _find(kind, no))


@blueprint.post("/<kind>/<no>")
def assign(kind: str, no: str) -> AnyResponse | tuple[str, int]:
    """Let somebody have it, or nobody; then on to it, or back to where one came from."""
    by = Assigner(current_user_id(), is_supervisor(), change_by_user())
    asked = {
        "to_user_name": request.form.get("user_name", ""),
        "seen_user_name": request.form.get("seen_user_name", ""),
    }

    activity_id = _find(kind, no).id

    def work(session: Session) -> dict[str, str]:
        return {"name": assign_activity(session, activity_id, **asked, by=by)}

    try:
        name = post_once(work)["name"]
    except RuleRefused as refusal:
        return _draw(kind, _find(kind, no), refusal)
    return redirect(_after(kind, no, str(name)), 303)


def _after(kind: str, no: str, user_name: str) -> str:
    """Who took a document goes to it; who let it go sees what else is open."""
    user = signed_in_user()
    if user is not None and user_name == user.user_name:
        return url_for(f"{BLUEPRINT[TYPE_OF_KIND[kind]]}.show", no=no)
    return url_for("end_of_shift.show", handed=no.upper(), to=user_name or None)


def _find(kind: str, no: str) -> WarehouseActivity:
    """An open put-away or pick of a location of the user's; another one is not found."""
    if kind not in TYPE_OF_KIND:
        raise NotFound
    return open_activity(TYPE_OF_KIND[kind], no)


def _draw(
    kind: str, activity: WarehouseActivity, refusal: RuleRefused | None = None
) -> tuple[str, int]:
    session = reading()
    page = render_template(
        "assignments/show.html",
        title=sentence(N_("Who does {no}?"), {"no": activity.no}),
        kind=kind,
        activity=activity,
        back=url_for(f"{BLUEPRINT[activity.type]}.show", no=activity.no),
        user_name=name_of_assigned(session, activity),
        workers=workers_at(session, chosen_location()),
        refused=said(refusal) if refusal else None,
    )
    return page, status_of(refusal) if refusal else 200
