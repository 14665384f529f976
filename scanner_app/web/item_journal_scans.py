"""Entering an item journal by scanning: what it asks now, and its newest lines.

This module must never apply a scan: those arrive at `scans`.
"""

from flask import Blueprint, render_template

from scanner_app.scanning.journal_prompts import journal_prompt
from scanner_app.scanning.open_item_journal import journal_on_device
from scanner_app.web.current import chosen_location, reading
from scanner_app.web.item_journal_batches import find_batch_here
from scanner_app.web.security import supervisor_required
from scanner_app.web.sessions import device_identity

blueprint = Blueprint("item_journal_scans", __name__, url_prefix="/item-journals/<no>/scan")


@blueprint.get("")
@supervisor_required
def show(no: str) -> str:
    """Where bins are scanned, and what lies in them."""
    return render_template("item_journals/scan.html", **task_values(no))


def task_values(no: str) -> dict[str, object]:
    """A journal and what is asked now, at the location at hand.

    Raises:
        NotFound: when it is gone.
        NoLocationChosen: before there is a location.
    """
    batch, location = find_batch_here(no), chosen_location()
    found = journal_on_device(reading(), batch, location, device_identity())
    return {
        "batch": batch,
        "location": location,
        "prompt": journal_prompt(reading(), found, location),
    }
