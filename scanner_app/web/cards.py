"""What the cards of the set-up share: a form of no card, and what a refusal says on a card.

This module must never know what a card holds.
"""

from typing import NamedTuple

from scanner_app.errors import N_, RuleRefused
from scanner_app.web.refusals import sentence


class CardNotReadable(RuleRefused):
    """The form is not one that the card sends."""

    message = N_("This form did not come as the card sends it. Nothing was changed.")
    way_out = N_("Open the card again and repeat what you did.")


class Said(NamedTuple):
    """The two sentences of a refusal, as the place for answers shows them."""

    message: str
    way_out: str


def said(refusal: RuleRefused) -> Said:
    """What a refusal says, in the reader's language."""
    return Said(
        sentence(refusal.message, refusal.parameters),
        sentence(refusal.way_out, refusal.parameters),
    )
