"""Look up: scan anything and see what it is and where it lies.

This module must never change anything.
"""

from flask import Blueprint, render_template, request

from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.inventory.location import work_date_of
from scanner_app.scanning.look_up import LookedUp, look_up
from scanner_app.scanning.resolve import NeedsChoice, candidates_of, choose
from scanner_app.scanning.words_of_candidates import WORD_OF_KIND, choices_of
from scanner_app.warehouse.employee import NoLocationChosen
from scanner_app.web.current import current_location, now, reading
from scanner_app.web.scans import barcode_settings

blueprint = Blueprint("look_up", __name__, url_prefix="/look-up")


@blueprint.get("")
def show() -> str:
    """What a code is and where it lies, or the empty page with its scan field."""
    code, key = request.args.get("code", ""), request.args.get("key", "")
    if not code:
        return render_template("look_up/show.html", code="", found=None, choices=())
    try:
        found = _found(code, key)
    except NeedsChoice as choice:
        choices = choices_of(reading(), choice.candidates)
        return render_template("look_up/show.html", code=code, found=None, choices=choices)
    word = WORD_OF_KIND[found.kind]
    return render_template("look_up/show.html", code=code, found=found, kind_word=word, choices=())


def _found(code: str, key: str) -> LookedUp:
    location = current_location()
    if location is None:
        raise NoLocationChosen
    day = work_date_of(location, now())
    parsed = parse_barcode(ScannedCode(code), day, barcode_settings())
    candidates = candidates_of(reading(), parsed, location.id, day)
    return look_up(reading(), location, choose(candidates, lambda _: False, key))
