"""What is said when an information card may not be set up so (docs/domain.md 2.13).

The parameter `field` is the caption of the field that was at fault.

This module must never ask whether a rule holds: that is `information_setup`.
"""

from scanner_app.errors import N_, RuleRefused


class CardFieldEmpty(RuleRefused):
    """A card belongs to an item and a number."""

    message = N_("The {field} is empty.")
    way_out = N_("Type or scan the {field}.")


class InformationItemUnknown(RuleRefused):
    """A card belongs to an item that there is."""

    message = N_("There is no item {item_no}.")
    way_out = N_("Type the No. of an item as its card has it.")
    field = "Item No."


class InformationVariantUnknown(RuleRefused):
    """A card belongs to a variant of its item."""

    message = N_("Item {item_no} has no variant {variant_code}.")
    way_out = N_("Leave the Variant Code empty, or type one that the card of the item lists.")
    field = "Variant Code"


class InformationTaken(RuleRefused):
    """A number has one card for each item and variant."""

    message = N_("There is a card for {kind} No. {number} of item {item_no} already.")
    way_out = N_("Search for it in the list and edit it.")


class QualityUnknown(RuleRefused):
    """A test finds a lot good, average or bad."""

    message = N_("The Test Quality is none of Good, Average and Bad.")
    way_out = N_("Choose one of the list, or leave it empty.")
    field = "Test Quality"


class InformationUnknown(RuleRefused):
    """Somebody removed the card meanwhile."""

    message = N_("This card is not there any more.")
    way_out = N_("Open the list again; a card can be made anew with New.")


class InformationBlocked(RuleRefused):
    """Without its card a number would be free again, and nobody would have said so."""

    message = N_("{kind} No. {number} of item {item_no} is blocked, so its card stays.")
    way_out = N_("Clear Blocked and save first, if the number may be used again.")
    field = "Blocked"


class InformationDemanded(RuleRefused):
    """The next posting of the number would miss its card."""

    message = N_("Item Tracking Code {code} asks for this card, and {number} has been posted.")
    way_out = N_("Keep the card, or change what the code asks for first.")
