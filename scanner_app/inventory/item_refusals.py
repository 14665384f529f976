"""What is said when an item may not be set up so (docs/domain.md 2.11).

This module must never ask whether a rule holds: that is `item_setup` and `warehouse.set_up_item`.
"""

from scanner_app.errors import N_, RuleRefused


class ItemNumberMissing(RuleRefused):
    """An item needs a number."""

    message = N_("The No. is empty.")
    way_out = N_("Type a number of at most 20 characters.")
    field = "No."


class ItemNumberTaken(RuleRefused):
    """Numbers of items are unique."""

    message = N_("There is an item {no} already.")
    way_out = N_("Choose another No., or edit that item.")
    field = "No."


class ItemNumberNotInAddress(RuleRefused):
    """The card of an item has an address with the number in it."""

    message = N_("“{no}” cannot be the No. of an item.")
    way_out = N_("Use at least one letter or digit, and no slash.")
    field = "No."


class ItemUnknown(RuleRefused):
    """A form names an item that is not there."""

    message = N_("There is no item {no}.")
    way_out = N_("Open the page Items again and choose one of the list.")
    field = "No."


class BaseUnitMissing(RuleRefused):
    """The ledgers add up in the base unit."""

    message = N_("The Base Unit of Measure is empty.")
    way_out = N_("Choose the unit in which the item is counted.")
    field = "Base Unit of Measure"


class BaseUnitUnknown(RuleRefused):
    """The form names a unit that is not there."""

    message = N_("There is no unit of measure {code}.")
    way_out = N_("Choose one of the list.")
    field = "Base Unit of Measure"


class BaseUnitFixed(RuleRefused):
    """Quantities in base units are kept as they are."""

    message = N_("The Base Unit of Measure of item {no} is in use: {place}.")
    way_out = N_("Keep {code}, or make another item.")
    field = "Base Unit of Measure"


class BaseUnitHoldsMore(RuleRefused):
    """A base unit holds one of itself."""

    message = N_("One {code} of item {no} holds {quantity} base units.")
    way_out = N_("Choose a unit that the item does not count in yet.")
    field = "Base Unit of Measure"


class GtinNotReadable(RuleRefused):
    """A GTIN has 8, 12, 13 or 14 digits."""

    message = N_("“{gtin}” is not a GTIN.")
    way_out = N_("Type the 8, 12, 13 or 14 digits printed under the bar code.")
    field = "GTIN"


class GtinTaken(RuleRefused):
    """A GTIN names one item."""

    message = N_("Item {no} has the GTIN {gtin} already.")
    way_out = N_("Check the digits, or take the GTIN from item {no} first.")
    field = "GTIN"


class RoundingPrecisionNotReadable(RuleRefused):
    """The precision is a step above 0."""

    message = N_("“{typed}” is not a Qty. Rounding Precision.")
    way_out = N_("Type a step above 0 with at most five decimals, such as 1 or 0.01.")
    field = "Qty. Rounding Precision"


class TrackingCodeNotFound(RuleRefused):
    """The form names an item tracking code that is not there."""

    message = N_("There is no Item Tracking Code {code}.")
    way_out = N_("Choose one of the list.")
    field = "Item Tracking Code"


class SerialNosNotFound(RuleRefused):
    """The form names a series that is not there."""

    message = N_("There is no number series {code}.")
    way_out = N_("Choose one of the list.")
    field = "Serial Nos."


class LotNosNotFound(RuleRefused):
    """The form names a series that is not there."""

    message = N_("There is no number series {code}.")
    way_out = N_("Choose one of the list.")
    field = "Lot Nos."


class SerialNosNeedTracking(RuleRefused):
    """Only a tracked item has serial numbers."""

    message = N_("Serial Nos. needs an Item Tracking Code.")
    way_out = N_("Choose an Item Tracking Code, or leave Serial Nos. empty.")
    field = "Serial Nos."


class LotNosNeedTracking(RuleRefused):
    """Only a tracked item has lot numbers."""

    message = N_("Lot Nos. needs an Item Tracking Code.")
    way_out = N_("Choose an Item Tracking Code, or leave Lot Nos. empty.")
    field = "Lot Nos."


class ExpirationNeedsDates(RuleRefused):
    """Dates are calculated only where the code uses them."""

    message = N_("Expiration Calculation needs an Item Tracking Code with Use Expiration Dates.")
    way_out = N_("Choose such a code, or leave Expiration Calculation empty.")
    field = "Expiration Calculation"


class TrackingFixedByLedger(RuleRefused):
    """The item ledger was written under the specific tracking of the code."""

    message = N_("Item {no} has item ledger entries, so its specific tracking stays as it is.")
    way_out = N_("Choose a code with the same specific tracking, or make another item.")
    field = "Item Tracking Code"


class TrackingFixedByWarehouse(RuleRefused):
    """The warehouse ledger was written under the warehouse tracking of the code."""

    message = N_("Item {no} has warehouse entries, so its warehouse tracking stays as it is.")
    way_out = N_("Choose a code with the same warehouse tracking, or make another item.")
    field = "Item Tracking Code"


class TrackingFixedByDocument(RuleRefused):
    """Open work names numbers by the rules of the code."""

    message = N_("{document} is open and carries serial, lot or package numbers of item {no}.")
    way_out = N_("Register, post or empty {document} first.")
    field = "Item Tracking Code"
