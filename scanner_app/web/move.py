"""Move: a worker scans goods and the bin they go to, and the movement is registered.

This module must never apply a scan: those arrive at `scans`.
"""

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from scanner_app.scanning.move_prompts import move_prompt
from scanner_app.scanning.open_move import location_of_mover, move_on_device
from scanner_app.web.current import chosen_location, current_user_id, reading
from scanner_app.web.sessions import device_identity

blueprint = Blueprint("move", __name__, url_prefix="/move")


@blueprint.get("")
def show() -> str:
    """What is in the hand at the location at hand, and what is asked now."""
    return render_template("move/show.html", **task_values(chosen_location().code))


def task_values(code: str) -> dict[str, object]:
    """Moving at a location, and what is asked now.

    Raises:
        NotFound: when the location is gone.
        NotWarehouseEmployee: when the user does not work there.
    """
    location = location_of_mover(reading(), code, current_user_id())
    if location is None:
        raise NotFound
    found = move_on_device(reading(), location, device_identity())
    return {"location": location, "prompt": move_prompt(reading(), found)}
