"""Pick pages; what they share with the other activities is in `activity_pages`.

This module must never hold a rule of a pick.
"""

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.warehouse.activity import ActivityType
from scanner_app.web import activity_pages

blueprint = Blueprint("picks", __name__, url_prefix="/picks")


@blueprint.get("")
def show_list() -> str:
    """The open picks of the location."""
    return activity_pages.list_page(ActivityType.PICK, request.args.get("registered", ""))


@blueprint.get("/<no>")
def show(no: str) -> str:
    """One pick."""
    return activity_pages.show_page(ActivityType.PICK, no)


@blueprint.get("/<no>/lines")
def show_lines(no: str) -> str:
    """What registering one pick now would register."""
    return activity_pages.lines_part(ActivityType.PICK, no)


@blueprint.post("/<no>/registration")
def register(no: str) -> AnyResponse:
    """Register what is scanned of one pick."""
    return activity_pages.register(ActivityType.PICK, no)
