"""What is said when a place may not be set up so (docs/domain.md 4.5).

The parameter `field` is the caption of the field that was at fault.

This module must never ask whether a rule holds: that is `set_up_location` and its neighbours.
"""

from scanner_app.errors import N_, RuleRefused

LOCATION, ZONE, BIN, BIN_TYPE = N_("Location"), N_("Zone"), N_("Bin"), N_("Bin Type")


class DirectedNeedsBins(RuleRefused):
    """Directed work goes from bin to bin."""

    message = N_("Directed Put-away and Pick needs Bin Mandatory.")
    way_out = N_("Switch Bin Mandatory on, or Directed Put-away and Pick off.")
    field = "Bin Mandatory"


class DirectedNotInTransit(RuleRefused):
    """Nothing is put away on a lorry."""

    message = N_("A location that is used as in-transit has no Directed Put-away and Pick.")
    way_out = N_("Switch one of both off.")
    field = "Use As In-Transit"


class DirectedNeedsZone(RuleRefused):
    """The bins of a directed location stand in zones."""

    message = N_("Location {code} has no zone yet, so it cannot be directed.")
    way_out = N_("Add a zone first.")
    field = "Directed Put-away and Pick"


class DirectedNeedsAdjustmentBin(RuleRefused):
    """Counted differences of a directed location wait in a bin of their own."""

    message = N_("A location with Directed Put-away and Pick needs an Adjustment Bin.")
    way_out = N_("Name an empty bin that is used for nothing else.")
    field = "Adjustment Bin Code"


class FollowsFromDirected(RuleRefused):
    """Directed work asks for every document."""

    message = N_("{field} follows from Directed Put-away and Pick.")
    way_out = N_("Switch Directed Put-away and Pick off to choose it yourself.")


class LocationFieldFrozen(RuleRefused):
    """Open work goes by the rules it was begun under."""

    message = N_("{field} stays as it is while {document} is open.")
    way_out = N_("Register, post or empty {document} first.")


class LocationHasStock(RuleRefused):
    """Stock that was posted without a bin lies nowhere."""

    message = N_("Location {code} has stock that lies in no bin: item {item_no}.")
    way_out = N_("Make another location with bins and bring the stock there.")
    field = "Bin Mandatory"


class BinsHoldStock(RuleRefused):
    """What lies in a bin is known by its bin only."""

    message = N_("Bin {bin_code} of location {code} holds stock.")
    way_out = N_("Empty every bin of the location first.")
    field = "Bin Mandatory"


class FefoNeedsPick(RuleRefused):
    """First expired first out decides a pick."""

    message = N_(
        "Pick According to FEFO needs Require Pick and, with Require Shipment, Bin Mandatory too."
    )
    way_out = N_("Switch these on, or Pick According to FEFO off.")
    field = "Pick According to FEFO"


class TimeZoneUnknown(RuleRefused):
    """The work date needs a time zone that is known."""

    message = N_("“{typed}” is not a time zone.")
    way_out = N_("Choose one of the list.")
    field = "Time Zone"


class AdjustmentBinUsed(RuleRefused):
    """The adjustment bin is for differences and for nothing else."""

    message = N_("Bin {bin_code} cannot be the adjustment bin: {place}.")
    way_out = N_("Name an empty bin that was never used, is not blocked and not dedicated.")
    field = "Adjustment Bin Code"


class AdjustmentBinHoldsDifferences(RuleRefused):
    """What waits for the sync must not be lost."""

    message = N_("Adjustment bin {bin_code} holds differences that were not posted yet.")
    way_out = N_("Calculate and post them on the page Sync, then change the bin.")
    field = "Adjustment Bin Code"


class AdjustmentBinGuarded(RuleRefused):
    """Nothing but differences goes through the adjustment bin."""

    message = N_("Bin {bin_code} is the adjustment bin: {field} does not go with that.")
    way_out = N_("Use another bin.")
