"""What is said when a bin content may not be set up so (docs/domain.md 4.3, 4.5).

This module must never ask whether a rule holds: that is `set_up_bin_content`.
"""

from scanner_app.errors import N_, RuleRefused


class BinContentTaken(RuleRefused):
    """One card says all that there is to say of an item in a bin."""

    message = N_("Bin {bin_code} has a content of item {item_no} in this unit already.")
    way_out = N_("Change that one.")
    field = "Item No."


class BinContentGone(RuleRefused):
    """Somebody removed it meanwhile."""

    message = N_("This content of bin {bin_code} is not there any more.")
    way_out = N_("Look at the contents of the bin again.")


class DefaultBinTaken(RuleRefused):
    """An item belongs into one bin."""

    message = N_("Bin {bin_code} is the default bin of item {item_no} at {location} already.")
    way_out = N_("Switch Default off there first.")
    field = "Default"


class DefaultBinNotUsed(RuleRefused):
    """Directed put-away and pick finds bins by zones, types and rankings."""

    message = N_("Location {location} directs put-aways and picks: items have no default bin.")
    way_out = N_("Switch Default off; Fixed makes put-aways fill the bin first.")
    field = "Default"


class BaseUnitOnly(RuleRefused):
    """Without directed put-away and pick bins hold base units."""

    message = N_("Location {location} holds item {item_no} in its base unit only.")
    way_out = N_("Leave the Unit of Measure Code empty.")
    field = "Unit of Measure Code"


class MinAboveMax(RuleRefused):
    """A bin cannot need more than it may hold."""

    message = N_("Min. Qty. {min_qty} is more than Max. Qty. {max_qty}.")
    way_out = N_("Lower the one or raise the other.")
    field = "Min. Qty."
