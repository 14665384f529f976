"""Demo labels: everything of the demo that can be scanned, from the screen or from paper.

The pages exist in the demo only. A symbol has an address of its own, which says the day its
dates come from, so that a browser may keep it.

This module must never be part of an app that is not the demo.
"""

import re
from datetime import date

from flask import Blueprint, Response, abort, render_template
from flask.blueprints import BlueprintSetupState

from scanner_app.barcodes.labels import LabelSymbology, label_svg
from scanner_app.demo.bin_sheets import all_labels, bin_labels, bin_sheets, package_labels
from scanner_app.demo.labels import DemoLabel, day_of_loading, labels_to_scan
from scanner_app.errors import N_
from scanner_app.web.current import EXTENSION, reading

blueprint = Blueprint("demo_labels", __name__)

# Pixels per module: enough for a camera that looks at a screen.
SCALE_OF_BARS = 2
SCALE_OF_SQUARES = 5
SQUARES = frozenset({LabelSymbology.GS1_DATA_MATRIX, LabelSymbology.QR_CODE})
# What fits across the screen of a handheld, and across a card; a wider symbol is turned there.
HANDHELD_PIXELS = 352
CARD_PIXELS = 384
NARROW_SCREEN = "screen and (max-width: 30rem)"
ANY_SCREEN = "screen"
KEPT = "private, max-age=31536000, immutable"
PAGES = {
    "demo_labels.show": N_("To scan"),
    "demo_labels.show_bin_sheets": N_("What lies in the bin"),
    "demo_labels.show_bins": N_("Bins"),
    "demo_labels.show_packages": N_("Packages"),
}

_SIZE = re.compile(r'<svg width="([0-9]+)" height="([0-9]+)"')


@blueprint.record
def add_pages(state: BlueprintSetupState) -> None:
    """Add the pages to the app of the demo; elsewhere their addresses do not exist."""
    if not state.app.extensions[EXTENSION].settings.demo:
        return
    state.add_url_rule("/demo-labels", "show", show)
    state.add_url_rule("/demo-labels/bin-sheets", "show_bin_sheets", show_bin_sheets)
    state.add_url_rule("/demo-labels/bins", "show_bins", show_bins)
    state.add_url_rule("/demo-labels/packages", "show_packages", show_packages)
    state.add_url_rule("/demo-labels/<day>/<name>.svg", "draw", draw)
    state.add_url_rule("/demo-labels/<day>/turned/<name>.svg", "draw_turned", draw_turned)


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


def draw(day: str, name: str) -> Response:
    """The symbol of a label, as its dates were on a day."""
    return _as_picture(_symbol_at(day, name))


def draw_turned(day: str, name: str) -> Response:
    """The same symbol turned by a quarter, for a screen that is higher than wide."""
    return _as_picture(turn_by_a_quarter(_symbol_at(day, name)))


def screens_too_narrow(label: DemoLabel, day: date) -> str:
    """The media query of the screens on which a symbol has to stand upright; '' for none."""
    size = _SIZE.match(_draw(label, day))
    width = int(size[1]) if size else 0
    if width <= HANDHELD_PIXELS:
        return ""
    return NARROW_SCREEN if width <= CARD_PIXELS else ANY_SCREEN


def turn_by_a_quarter(svg: str) -> str:
    """Return the drawing turned clockwise, in a frame that is as high as it was wide."""
    size = _SIZE.match(svg)
    if size is None:
        return svg
    width, height = size.groups()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{height}" height="{width}">'
        f'<g transform="translate({height} 0) rotate(90)">{svg}</g></svg>'
    )


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


def _symbol_at(day: str, name: str) -> str:
    try:
        work_date = date.fromisoformat(day)
    except ValueError:
        abort(404)
    label = all_labels(work_date).get(name)
    if label is None:
        abort(404)
    return _draw(label, work_date)


def _draw(label: DemoLabel, day: date) -> str:
    scale = SCALE_OF_SQUARES if label.symbology in SQUARES else SCALE_OF_BARS
    return label_svg(label.symbology, label.content, day, scale=scale, with_text=False)


def _as_picture(svg: str) -> Response:
    return Response(svg, mimetype="image/svg+xml", headers={"Cache-Control": KEPT})
