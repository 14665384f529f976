"""Floor: a supervisor sees what is open, who works on what, and how fast it goes, as it happens.

This module must never change anything: `assignments` hands documents over.
"""

from flask import Blueprint, render_template

from scanner_app.inventory.location import work_date_of
from scanner_app.scanning.floor_view import floor_documents, last_scans, lines_per_hour
from scanner_app.web.activity_pages import KIND
from scanner_app.web.current import chosen_location, now, reading
from scanner_app.web.security import supervisor_required

blueprint = Blueprint("floor", __name__, url_prefix="/floor")


@blueprint.get("")
@supervisor_required
def show() -> str:
    """The floor now; the page asks again by itself."""
    return render_template("floor/show.html", **_values())


@blueprint.get("/now")
@supervisor_required
def show_now() -> str:
    """What changes alone, for a page that is open."""
    return render_template("floor/_now.html", **_values())


def _values() -> dict[str, object]:
    session, location, moment = reading(), chosen_location(), now()
    return {
        "location": location,
        "moment": moment,
        "documents": floor_documents(session, location, work_date_of(location, moment)),
        "scans": last_scans(session, location, moment),
        "hours": lines_per_hour(session, location, moment),
        "kinds": KIND,
    }
