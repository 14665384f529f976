"""Label symbols: the picture of a bar code, by an address that says what it holds.

The address names symbology and content, so a picture never changes and a browser may keep it.
What is drawn is what the address says, for anybody who is signed in: it reads no record.

This module must never know what a label is of.
"""

import re
from datetime import date

from flask import Blueprint, Response, abort, request, url_for

from scanner_app.barcodes.labels import LabelSymbology, label_svg
from scanner_app.errors import RuleRefused
from scanner_app.web.current import now

blueprint = Blueprint("label_symbols", __name__, url_prefix="/label-symbols")

SQUARES = frozenset({LabelSymbology.GS1_DATA_MATRIX, LabelSymbology.QR_CODE})
CONTENT_MAX = 512
# Pixels per module, of bars and of squares. On paper a pixel is 0.26 mm; a camera that looks at
# a screen needs more of them.
ON_PAPER = (1, 2)
ON_SCREEN = (2, 5)
SCALES = {"paper": ON_PAPER, "screen": ON_SCREEN}
KEPT = "private, max-age=31536000, immutable"

_SIZE = re.compile(r'<svg width="([0-9]+)" height="([0-9]+)"')


@blueprint.get("/<scale>/<symbology>.svg")
def draw(scale: str, symbology: str) -> Response:
    """The symbol that holds the content."""
    content = request.args.get("content", "")
    if scale not in SCALES or symbology not in list(LabelSymbology) or len(content) > CONTENT_MAX:
        abort(404)
    try:
        svg = symbol_svg(symbology, content, now().date(), scale)
    except RuleRefused:
        abort(404)
    if "turned" in request.args:
        svg = turn_by_a_quarter(svg)
    return Response(svg, mimetype="image/svg+xml", headers={"Cache-Control": KEPT})


def symbol_address(symbology: str, content: str, scale: str, *, turned: bool = False) -> str:
    """The address of a symbol; turned by a quarter it stands on a screen higher than wide."""
    return url_for(
        "label_symbols.draw",
        scale=scale,
        symbology=symbology,
        content=content,
        turned="1" if turned else None,
    )


def symbol_svg(symbology: str, content: str, day: date, scale: str) -> str:
    """A symbol without text.

    Raises:
        RuleRefused: as `label_svg` raises it, when the symbol cannot hold the content.
    """
    bars, squares = SCALES[scale]
    pixels = squares if symbology in SQUARES else bars
    return label_svg(symbology, content, day, scale=pixels, with_text=False)


def width_of(svg: str) -> int:
    """How many pixels wide a drawing is."""
    size = _SIZE.match(svg)
    return int(size[1]) if size else 0


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
