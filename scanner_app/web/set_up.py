"""Set-up: what a supervisor prepares before the hall works with it, shelf by shelf.

This module must never set anything up itself: each page family has its own pages.
"""

from flask import Blueprint, render_template

from scanner_app.web.pages import set_up_pages
from scanner_app.web.security import supervisor_required

blueprint = Blueprint("set_up", __name__)


@blueprint.get("/set-up")
@supervisor_required
def show() -> str:
    """The ways to everything that is set up."""
    return render_template("set_up/show.html", shelves=set_up_pages())
