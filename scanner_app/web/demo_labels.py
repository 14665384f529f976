"""Demo labels: everything of the demo that can be scanned, from the screen or from paper.

The pages exist in the demo only. The dates on the labels are those of the day of loading.

This module must never be part of an app that is not the demo.
"""

from datetime import date

from flask import Blueprint, abort, render_template
from flask.blueprints import BlueprintSetupState

from scanner_app.demo.bin_sheets import bin_labels, bin_sheets, package_labels
from scanner_app.demo.labels import DemoLabel, day_of_loading, labels_to_scan
from scanner_app.errors import N_
from scanner_app.web.current import EXTENSION, reading
from scanner_app.web.label_symbols import symbol_svg, width_of

blueprint = Blueprint("demo_labels", __name__)

# What fits across the screen of a handheld, and across a card; a wider symbol is turned there.
HANDHELD_PIXELS = 352
CARD_PIXELS = 384
NARROW_SCREEN = "screen and (max-width: 30rem)"
ANY_SCREEN = "screen"
PAGES = {
    "demo_labels.show": N_("To scan"),
    "demo_labels.show_bin_sheets": N_("What lies in the bin"),
    "demo_labels.show_bins": N_("Bins"),
    "demo_labels.show_packages": N_("Packages"),
}


@blueprint.record
def add_pages(state: BlueprintSetupState) -> None:
    """Add the pages to the app of the demo; elsewhere their addresses do not exist."""
    if not state.app.extensions[EXTENSION].settings.demo:
        return
    state.add_url_rule("/demo-labels", "show", show)
    state.add_url_rule("/demo-labels/bin-sheets", "show_bin_sheets", show_bin_sheets)
    state.add_url_rule("/demo-labels/bins", "show_bins", show_bins)
    state.add_url_rule("/demo-labels/packages", "show_packages", show_packages)


def show() -> str:
    """One card for each kind of scan, with what it should give."""
    day = _day_of_dates()
    return render_template("demo_labels/labels.html", labels=labels_to_scan(day), **_frame(day))


def show_bin_sheets() -> str:
    """A sheet of paper for each bin of the count, with what really lies there."""
    day = _day_of_dates()
    return render_template("demo_labels/bin_sheets.html", sheets=bin_sheets(day), **_frame(day))


def show_bins() -> str:
    """A sheet of labels for the shelves."""
    day = _day_of_dates()
    return render_template(
        "demo_labels/label_sheet.html",
        title=N_("Labels of bins"),
        labels=bin_labels(),
        **_frame(day),
    )


def show_packages() -> str:
    """A sheet of labels for the packages in stock."""
    day = _day_of_dates()
    return render_template(
        "demo_labels/label_sheet.html",
        title=N_("Labels of packages"),
        labels=package_labels(),
        **_frame(day),
    )


def screens_too_narrow(label: DemoLabel, day: date) -> str:
    """The media query of the screens on which a symbol has to stand upright; '' for none."""
    width = width_of(symbol_svg(label.symbology, label.content, day, "screen"))
    if width <= HANDHELD_PIXELS:
        return ""
    return NARROW_SCREEN if width <= CARD_PIXELS else ANY_SCREEN


def _day_of_dates() -> date:
    day = day_of_loading(reading())
    if day is None:
        abort(404)
    return day


def _frame(day: date) -> dict[str, object]:
    return {
        "day": day,
        "pages": PAGES,
        "screens_too_narrow": lambda label: screens_too_narrow(label, day),
    }
