"""Look up: scan anything and see what it is, where it lies and whether it is blocked.

This module must never change anything.
"""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for

from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.code_index import CodeKind
from scanner_app.errors import N_
from scanner_app.inventory.information_card import NUMBER_CAPTIONS
from scanner_app.inventory.location import work_date_of
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.scanning.look_up import CardOfNumber, LookedUp, look_up
from scanner_app.scanning.resolve import NeedsChoice, candidates_of, choose
from scanner_app.scanning.words_of_candidates import WORD_OF_KIND, choices_of
from scanner_app.web.current import chosen_location, now, reading
from scanner_app.web.information_ways import endpoint_of
from scanner_app.web.pages import may_open
from scanner_app.web.scans import barcode_settings
from scanner_app.web.sessions import signed_in_user
from scanner_app.web.texts import gettext

blueprint = Blueprint("look_up", __name__, url_prefix="/look-up")

NUMBER_KINDS = frozenset({CodeKind.SERIAL, CodeKind.LOT, CodeKind.PACKAGE})
WAYS_TO_BLOCK = {
    NumberKind.SERIAL: N_("Block this serial no."),
    NumberKind.LOT: N_("Block this lot"),
    NumberKind.PACKAGE: N_("Block this package"),
}


@blueprint.get("")
def show() -> str:
    """What a code is and where it lies, or the empty page with its scan field."""
    code, key = request.args.get("code", ""), request.args.get("key", "")
    if not code:
        return render_template("look_up/show.html", asked="", found=None, choices=())
    try:
        found = _found(code, key)
    except NeedsChoice as choice:
        choices = choices_of(reading(), choice.candidates)
        return render_template("look_up/show.html", asked=code, found=None, choices=choices)
    return render_template(
        "look_up/show.html",
        asked=code,
        found=found,
        kind_word=WORD_OF_KIND[found.kind],
        number_captions=NUMBER_CAPTIONS,
        number_kinds=NUMBER_KINDS,
        cards=[shown for card in found.cards if (shown := _shown(card)).says_something],
        choices=(),
    )


@dataclass(frozen=True)
class ShownCard:
    """A number that was looked up, and the way to its card for those who may open it."""

    caption: str
    number: str
    item_no: str
    variant_code: str
    description: str
    blocked: bool
    way: str
    address: str

    @property
    def says_something(self) -> bool:
        """A worker is shown a card only where it says something."""
        return bool(self.blocked or self.description or self.address)


def _shown(card: CardOfNumber) -> ShownCard:
    way, address = N_("Open its card"), ""
    if may_open(signed_in_user(), endpoint_of(card.kind, "show")):
        if card.card_id is None:
            address = url_for(
                endpoint_of(card.kind, "show_new"),
                item_no=card.item_no,
                variant_code=card.variant_code or None,
                number=card.number,
            )
        else:
            address = url_for(endpoint_of(card.kind, "show"), card_id=card.card_id)
        way = way if card.blocked else WAYS_TO_BLOCK[card.kind]
    return ShownCard(
        caption=NUMBER_CAPTIONS[card.kind],
        number=card.number,
        item_no=card.item_no,
        variant_code=card.variant_code,
        description=card.description,
        blocked=card.blocked,
        way=gettext(way),
        address=address,
    )


def _found(code: str, key: str) -> LookedUp:
    location = chosen_location()
    day = work_date_of(location, now())
    parsed = parse_barcode(ScannedCode(code), day, barcode_settings())
    candidates = candidates_of(reading(), parsed, location.id, day)
    return look_up(reading(), location, choose(candidates, lambda _: False, key))
