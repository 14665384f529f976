"""What is said when an item tracking code may not be set up so (docs/domain.md 2.10).

The parameter `field` is the caption of the field that was at fault.

This module must never ask whether a rule holds: that is `item_tracking_code_setup`.
"""

from scanner_app.errors import N_, RuleRefused


class ItemTrackingCodeMissing(RuleRefused):
    """A code needs a name."""

    message = N_("The code is empty.")
    way_out = N_("Type a code of at most 10 characters.")
    field = "Code"


class ItemTrackingCodeTaken(RuleRefused):
    """Codes are unique."""

    message = N_("There is an item tracking code {code} already.")
    way_out = N_("Choose another code, or edit that one.")
    field = "Code"


class ItemTrackingCodeNotInAddress(RuleRefused):
    """The card of a code has an address with the code in it."""

    message = N_("“{code}” cannot be the name of an item tracking code.")
    way_out = N_("Use at least one letter or digit, and no slash.")
    field = "Code"


class ItemTrackingCodeUnknown(RuleRefused):
    """A form names a code that is not there."""

    message = N_("There is no item tracking code {code}.")
    way_out = N_("Open the page Item Tracking Codes again and choose one of the list.")
    field = "Code"


class ItemTrackingCodeInUse(RuleRefused):
    """A code that an item uses stays."""

    message = N_("Item {item_no} uses the item tracking code {code}.")
    way_out = N_("Give that item, and all others that use it, another code first.")
    field = "Code"


class WarehouseNeedsSpecific(RuleRefused):
    """Only a number that follows its unit can be kept by bin."""

    message = N_("{field} needs {other}.")
    way_out = N_("Switch {other} on first.")


class FlowImplied(RuleRefused):
    """A specific number is asked for in every flow."""

    message = N_("{field} follows from {other} and cannot be changed by itself.")
    way_out = N_("Switch {other} off first.")


class ItemLedgerEntriesExist(RuleRefused):
    """What was posted under one rule is not to be read under another."""

    message = N_("{field} cannot be changed: item {item_no} has item ledger entries.")
    way_out = N_("Make another item tracking code for items that were never posted.")


class WarehouseEntriesExist(RuleRefused):
    """The bins are kept by the numbers that the code asked for."""

    message = N_("{field} cannot be changed: item {item_no} has warehouse entries.")
    way_out = N_("Make another item tracking code for items that were never in a bin.")


class DatedEntriesExist(RuleRefused):
    """Dates that were posted stay in use."""

    message = N_(
        "{field} cannot be switched off: item {item_no} has entries with an expiration date."
    )
    way_out = N_("Make another item tracking code for items without dates.")


class ExpirationIsCalculated(RuleRefused):
    """An item makes its dates by a formula."""

    message = N_("{field} cannot be switched off: item {item_no} has an Expiration Calculation.")
    way_out = N_("Clear the Expiration Calculation of every item that uses this code first.")


class ExpirationDatesNeeded(RuleRefused):
    """A rule about dates needs dates."""

    message = N_("{field} cannot be off while {other} is on.")
    way_out = N_("Switch {other} off first.")
