"""Put-away pages; what they share with the other activities is in `activity_pages`.

This module must never hold a rule of a put-away.
"""

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.warehouse.activity import ActivityType
from scanner_app.web import activity_pages

blueprint = Blueprint("put_aways", __name__, url_prefix="/put-aways")


@blueprint.get("")
def show_list() -> str:
    """The open put-aways of the location."""
    return activity_pages.list_page(ActivityType.PUT_AWAY, request.args.get("registered", ""))


@blueprint.get("/<no>")
def show(no: str) -> str:
    """One put-away."""
    return activity_pages.show_page(ActivityType.PUT_AWAY, no)


@blueprint.get("/<no>/lines")
def show_lines(no: str) -> str:
    """What registering one put-away now would register."""
    return activity_pages.lines_part(ActivityType.PUT_AWAY, no)


@blueprint.post("/<no>/registration")
def register(no: str) -> AnyResponse:
    """Register what is scanned of one put-away."""
    return activity_pages.register(ActivityType.PUT_AWAY, no)
