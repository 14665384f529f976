"""What is said when a warehouse journal may not be set up, filled in or registered so.

This module must never check anything: `manual_journal_lines` and its neighbours raise these
(docs/domain.md 13).
"""

from scanner_app.errors import N_, RuleRefused

WAREHOUSE_JOURNAL_BATCH = N_("Warehouse Journal Batch")
LINES = N_("warehouse journal lines")
COUNTED = N_("bins that are or were on count")


class DirectedPutAwayAndPickOff(RuleRefused):
    """Without directed put-away and pick there is no adjustment bin to turn to."""

    message = N_("Location {location} works without directed put-away and pick.")
    way_out = N_("Use the item journal there, or choose another location.")
    field = "Location Code"


class AdjustmentBinTyped(RuleRefused):
    """The other half of every line stands in the adjustment bin already."""

    message = N_("Bin {bin_code} is the adjustment bin of {location}.")
    way_out = N_("Enter the bin in which more or less lies; the adjustment bin follows by itself.")
    field = "Bin Code"


class NoLineToRegister(RuleRefused):
    """A batch without manual lines registers nothing."""

    message = N_("{name} has no line to register.")
    way_out = N_("Enter a line first; what was counted is registered on the page of the count.")


class NumberWithoutWarehouseTracking(RuleRefused):
    """Bins are kept by the numbers with warehouse tracking and by no others."""

    message = N_("Item {item_no} is not kept by {kind} in bins.")
    way_out = N_("Leave the {kind} of the line empty.")
