"""End of shift: what is mine and not done, and for supervisors what is anybody's.

This module must never finish, give back or hand over anything itself.
"""

from flask import Blueprint, render_template, request

from scanner_app.scanning.end_of_shift import in_hand, open_bins, refused_scans
from scanner_app.warehouse.assignment import assigned_work
from scanner_app.web.activity_pages import KIND
from scanner_app.web.current import (
    chosen_location,
    current_device_id,
    current_user_id,
    now,
    reading,
)
from scanner_app.web.scan_answers import spoken
from scanner_app.web.sessions import is_supervisor

blueprint = Blueprint("end_of_shift", __name__, url_prefix="/end-of-shift")


@blueprint.get("")
def show() -> str:
    """Documents that somebody has, opened bins, what is in the hand, and refused scans."""
    session, location = reading(), chosen_location()
    user_id, device_id, may_see_all = current_user_id(), current_device_id(), is_supervisor()
    everyone = may_see_all and request.args.get("of") == "everyone"
    of = None if everyone else user_id
    refused = [] if everyone else refused_scans(session, device_id, user_id, now())
    return render_template(
        "end_of_shift/show.html",
        location=location,
        may_see_all=may_see_all,
        everyone=everyone,
        kinds=KIND,
        works=assigned_work(session, location, of),
        bins=open_bins(session, location, of),
        hands=[] if everyone else in_hand(session, location, device_id),
        refused=[(scan, spoken(scan.outcome)) for scan in refused],
        handed=request.args.get("handed", ""),
        to=request.args.get("to", ""),
    )
