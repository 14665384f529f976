"""The form of an information card: the fields of each kind, and a new one as a link fills it.

This module must never decide what a card may say.
"""

from collections.abc import Mapping

from scanner_app.inventory.information_card import KEY_FIELDS, blank_card, captions_of
from scanner_app.inventory.information_refusals import InformationTaken
from scanner_app.inventory.text_card import TextCard
from scanner_app.inventory.tracking_information import NumberKind
from scanner_app.web.card_form import TYPED_MAX, CardFields
from scanner_app.web.texts import printable

FIELDS = {
    kind: CardFields(
        captions_of(kind),
        switches=frozenset({"blocked"}),
        kept=frozenset(KEY_FIELDS),
        of_refusals={InformationTaken: "number"},
    )
    for kind in NumberKind
}


def prefilled_card(asked: Mapping[str, str], kind: NumberKind) -> TextCard:
    """A new card with the item and number that a link names."""
    given = {name: printable(asked.get(name, "")[:TYPED_MAX]) for name in KEY_FIELDS}
    return blank_card(kind) | given
