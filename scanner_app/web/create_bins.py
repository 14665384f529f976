"""Create Bins: whole racks at once, from ranges, with a look at the codes before.

Answers to Business Central's page Bin Creation Worksheet. A preview is a page of its own address
and writes nothing; Create sends what was previewed.

This module must never know which codes a range makes.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.location import Location
from scanner_app.warehouse.bin_template import LEVEL, RACK, SECTION, read_template
from scanner_app.warehouse.create_bins import BinsFound, BinsToCreate, create_bins, preview_bins
from scanner_app.warehouse.place_fields import DESCRIPTION
from scanner_app.warehouse.record_card import read_card
from scanner_app.web.card_form import TYPED_MAX, printable_card
from scanner_app.web.cards import said
from scanner_app.web.current import change_by_user, reading
from scanner_app.web.locations import find_location_here
from scanner_app.web.posting_once import post_once
from scanner_app.web.record_cards import zone_choices
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import gettext

blueprint = Blueprint("create_bins", __name__, url_prefix="/locations/<location>/create-bins")

PARTS = {"rack": RACK, "section": SECTION, "level": LEVEL}
HINTS = {
    "rack": N_("Digits count up, letters stay: W-01 to W-04."),
    "section": N_("Leave it empty where a rack has no sections."),
    "level": N_("Leave it empty where a section has no levels."),
}
NAMES = (
    "zone",
    "description",
    *(f"{part}_{end}" for part in PARTS for end in ("from", "to")),
    "separator",
)
FIELD_OF_CAPTION = {
    "Zone Code": "zone",
    "Description": "description",
    "Field Separator": "separator",
    **{caption: f"{part}_from" for part, caption in PARTS.items()},
}


@blueprint.get("")
@supervisor_required
def show(location: str) -> tuple[str, int]:
    """The form, and what would come of it once something was typed."""
    here, typed = find_location_here(location), _read_typed(request.args)
    if "preview" not in request.args:
        return _draw(here, typed | {"separator": "-"})
    try:
        found = preview_bins(reading(), here, _wanted(typed))
    except RuleRefused as refusal:
        return _draw(here, typed, refusal=refusal)
    return _draw(here, typed, found=found)


@blueprint.post("")
@supervisor_required
def create(location: str) -> AnyResponse | tuple[str, int]:
    """Create what was previewed, and show it in the list of bins."""
    here, typed, change = find_location_here(location), _read_typed(request.form), change_by_user()
    name = here.code

    def work(session: Session) -> dict[str, Any]:
        found = create_bins(session, name, _wanted(typed), change)
        return {"created": len(found.new), "from": found.new[0], "to": found.new[-1]}

    try:
        made = post_once(work)
    except RuleRefused as refusal:
        return _draw(here, typed, refusal=refusal)
    # The list begins after a code: that of the first bin without its last character comes before.
    before = made["from"][:-1] or None
    return redirect(url_for("bins.show_list", location=name, after=before, **made), 303)


def _read_typed(sent: Mapping[str, str]) -> dict[str, str]:
    return {name: sent.get(name, "")[:TYPED_MAX] for name in NAMES}


def _wanted(typed: Mapping[str, str]) -> BinsToCreate:
    rack, section, level = ((typed[f"{part}_from"], typed[f"{part}_to"]) for part in PARTS)
    read = read_card((DESCRIPTION,), {"description": typed["description"]})
    template = read_template(rack, section, level, typed["separator"])
    return BinsToCreate(template, typed["zone"].strip().upper(), read["description"])


def _draw(
    here: Location,
    typed: Mapping[str, str],
    *,
    found: BinsFound | None = None,
    refusal: RuleRefused | None = None,
) -> tuple[str, int]:
    told = said(refusal) if refusal else None
    page = render_template(
        "places/create_bins.html",
        location=here,
        typed=printable_card(dict(typed)),
        parts=[(name, gettext(title), gettext(HINTS[name])) for name, title in PARTS.items()],
        zones=zone_choices(here.id),
        found=found,
        refused=told,
        errors={_field_of(refusal): told.message} if refusal and told else {},
    )
    return page, status_of(refusal) if refusal else 200


def _field_of(refusal: RuleRefused) -> str:
    caption = str(refusal.parameters.get("field", "")) or refusal.field
    return FIELD_OF_CAPTION.get(caption, "")
