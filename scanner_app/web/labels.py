"""Labels: sheets of paper with the labels of assigned numbers, of an item, and of bins.

The browser prints them; one size of label so far. A sheet is drawn from a list of labels by the
part `label_sheet` of templates/_macros/labels.html, whatever the labels are of.

This module must never know what stands on a label.
"""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from werkzeug.exceptions import NotFound

from scanner_app.barcodes.label_contents import Label
from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.assigned_number import AssignedNumberBatch
from scanner_app.inventory.item import Item
from scanner_app.inventory.item_card import find_item
from scanner_app.inventory.location import Location
from scanner_app.warehouse.employee import NoLocationChosen
from scanner_app.warehouse.labels import BIN_LABELS_MAX, label_of_item, labels_of_batch
from scanner_app.warehouse.labels import labels_of_bins as find_bin_labels
from scanner_app.warehouse.set_up_location import find_location, location_codes
from scanner_app.web.cards import said
from scanner_app.web.current import current_location, reading
from scanner_app.web.refusals import status_of
from scanner_app.web.security import supervisor_required
from scanner_app.web.texts import printable

blueprint = Blueprint("labels", __name__, url_prefix="/labels")

BIN_CODE_MAX = 20


class LabelLocationUnknown(RuleRefused):
    """The address names a location that is not there."""

    message = N_("There is no location {code}.")
    way_out = N_("Choose one of the list.")
    field = "Location Code"


@dataclass(frozen=True)
class WantedBins:
    """From which bin code to which, of which location; '' where nothing was typed."""

    location: str
    first: str
    last: str


@blueprint.get("/assigned-numbers/<int:batch_id>")
@supervisor_required
def show_batch(batch_id: int) -> str:
    """The labels of the numbers that were assigned by one click."""
    batch = reading().get(AssignedNumberBatch, batch_id) if batch_id < 2**63 else None
    if batch is None:
        raise NotFound
    item = reading().get_one(Item, batch.item_id)
    return render_template(
        "labels/sheet.html",
        title=N_("Labels of assigned numbers"),
        back=url_for("assigned_numbers.show", no=item.no),
        labels=labels_of_batch(reading(), batch),
    )


@blueprint.get("/items/<path:no>")
@supervisor_required
def show_item(no: str) -> str:
    """The label of an item without any number."""
    item = find_item(reading(), no)
    if item is None:
        raise NotFound
    return render_template(
        "labels/sheet.html",
        title=N_("Label of an item"),
        back=url_for("items.show", no=item.no),
        labels=[label_of_item(item)],
    )


@blueprint.get("/bins")
@supervisor_required
def show_bins() -> str | tuple[str, int]:
    """The labels of the bins from one code to another."""
    wanted = _wanted_bins()
    if "from" not in request.args and "to" not in request.args:
        return _draw_bins(wanted, None)
    try:
        location = _location(wanted.location)
        labels = find_bin_labels(reading(), location.id, wanted.first, wanted.last)
    except RuleRefused as refusal:
        return _draw_bins(wanted, None, refusal), status_of(refusal)
    return _draw_bins(wanted, labels)


def _wanted_bins() -> WantedBins:
    typed = {name: printable(request.args.get(name, "")) for name in ("location", "from", "to")}
    first, last = (typed[name].strip().upper()[:BIN_CODE_MAX] for name in ("from", "to"))
    here = current_location()
    location = typed["location"].strip().upper() or (here.code if here else "")
    return WantedBins(location[:BIN_CODE_MAX], first, last)


def _location(code: str) -> Location:
    """The location whose bins are labelled: a new one is set up before anybody works there.

    Raises:
        NoLocationChosen: where none is named, and the user works at none.
        LabelLocationUnknown: for one that is not there.
    """
    if not code:
        raise NoLocationChosen
    location = find_location(reading(), code)
    if location is None:
        raise LabelLocationUnknown(code=code)
    return location


def _draw_bins(
    wanted: WantedBins, labels: list[Label] | None, refusal: RuleRefused | None = None
) -> str:
    told = said(refusal) if refusal else None
    names = {"To Bin Code": "to", "Location Code": "location"}
    at_fault = names.get(refusal.field, "") if refusal else ""
    return render_template(
        "labels/bins.html",
        title=N_("Labels of bins"),
        back=url_for("home.show"),
        wanted=wanted,
        locations=[(code, code) for code in location_codes(reading())],
        labels=labels,
        maximum=BIN_LABELS_MAX,
        errors={at_fault: told.message} if told and at_fault else {},
        refused=told,
    )
