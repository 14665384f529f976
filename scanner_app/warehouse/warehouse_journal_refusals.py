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
    """What is adjusted stands in the adjustment bin by itself, and nothing is moved there."""

    message = N_("Bin {bin_code} is the adjustment bin of {location}.")
    way_out = N_("Enter the bin where the goods are; the adjustment bin is never entered by hand.")
    field = "Bin Code"


class NoLineToRegister(RuleRefused):
    """A batch without manual lines registers nothing."""

    message = N_("{name} has no line to register.")
    way_out = N_("Enter a line first; what was counted is registered on the page of the count.")


class BinToMoveMissing(RuleRefused):
    """What is moved leaves one bin and comes into one."""

    message = N_("The line of item {item_no} names no {field}.")
    way_out = N_("Enter it; where only numbers or a date change, it is the same as the other.")


class SerialNotInBaseUnit(RuleRefused):
    """A unit with a number of its own is counted by itself."""

    message = N_("Serial No. {serial_no} of item {item_no} is moved in the base unit of the item.")
    way_out = N_("Leave the unit of measure of the line empty.")
    field = "Unit of Measure Code"


class ExpirationDateWaits(RuleRefused):
    """What waits for the sync would come in with another date than its number has."""

    message = N_(
        "{number} of item {item_no} waits for the sync with the date {waiting}, not {given}."
    )
    way_out = N_("Synchronise first, then register the new date.")
    field = "New Expiration Date"


class NumberWithoutWarehouseTracking(RuleRefused):
    """Bins are kept by the numbers with warehouse tracking and by no others."""

    message = N_("Item {item_no} is not kept by {kind} in bins.")
    way_out = N_("Leave the {kind} of the line empty.")
