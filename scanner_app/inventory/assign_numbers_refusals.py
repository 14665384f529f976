"""What is said when numbers may not be assigned so (docs/domain.md 2.12.1).

The parameter `at` is the name of the field at fault, where there is one.

This module must never ask whether a rule holds: that is `assign_numbers`.
"""

from scanner_app.errors import N_, RuleRefused
from scanner_app.inventory.tracking_information import NumberKind


class QuantityToCreateNotReadable(RuleRefused):
    """Numbers are made one by one."""

    message = N_("“{typed}” is not a Quantity to Create.")
    way_out = N_("Type a whole number from 1 to {maximum}.")
    field = "Quantity to Create"


class VariantNotFound(RuleRefused):
    """The form names a variant that the item does not have."""

    message = N_("Item {no} has no variant {code}.")
    way_out = N_("Choose one of the list.")
    field = "Variant Code"


class SerialNosNotTracked(RuleRefused):
    """The item asks for no serial number."""

    message = N_("The Item Tracking Code of item {no} asks for no serial number.")
    way_out = N_("Choose a code that does on the card of the item.")


class LotNosNotTracked(RuleRefused):
    """The item asks for no lot number."""

    message = N_("The Item Tracking Code of item {no} asks for no lot number.")
    way_out = N_("Choose a code that does on the card of the item.")


class PackageNosNotTracked(RuleRefused):
    """The item asks for no package number."""

    message = N_("The Item Tracking Code of item {no} asks for no package number.")
    way_out = N_("Choose a code that does on the card of the item.")


class SerialNosNotChosen(RuleRefused):
    """Serial numbers need a series to come from."""

    message = N_("Item {no} has no number series in Serial Nos.")
    way_out = N_("Choose one on the card of the item.")


class LotNosNotChosen(RuleRefused):
    """Lot numbers need a series to come from."""

    message = N_("Item {no} has no number series in Lot Nos.")
    way_out = N_("Choose one on the card of the item.")


class PackageNosNotChosen(RuleRefused):
    """Package numbers need a series to come from."""

    message = N_("Inventory Setup has no number series in Package Nos.")
    way_out = N_("Choose one on the page Inventory Setup.")


class NumberOfSeriesExists(RuleRefused):
    """The series has come to a number that somebody typed."""

    message = N_("{number}, the next of No. series {series}, exists already for item {no}.")
    way_out = N_("Set the Last No. Used on the card of the series to {number} or a later number.")


class StartNumberMissing(RuleRefused):
    """Customized numbers are counted up from the first one."""

    message = N_("The Start No. is empty.")
    way_out = N_("Type the first serial number.")
    field = "Start No."


class CustomizedNumberExists(RuleRefused):
    """Nobody gets a number twice."""

    message = N_("Serial No. {number} exists already for item {no}.")
    way_out = N_("Start from another number, or create fewer.")
    field = "Start No."


class CustomizedNumberTooLong(RuleRefused):
    """A serial number has at most 50 characters."""

    message = N_("Counted up so, the serial numbers grow longer than {maximum} characters.")
    way_out = N_("Start from a shorter number, or create fewer.")
    field = "Start No."


class SerialNosNotManual(RuleRefused):
    """Manual Nos. is off: what comes from the series is never typed."""

    message = N_("Serial numbers of item {no} come from No. series {series} and are not typed.")
    way_out = N_("Use Assign Serial No., or switch Manual Nos. on, on the card of the series.")
    field = "Manual Nos."


NOT_TRACKED: dict[NumberKind, type[RuleRefused]] = {
    NumberKind.SERIAL: SerialNosNotTracked,
    NumberKind.LOT: LotNosNotTracked,
    NumberKind.PACKAGE: PackageNosNotTracked,
}
NOT_CHOSEN: dict[NumberKind, type[RuleRefused]] = {
    NumberKind.SERIAL: SerialNosNotChosen,
    NumberKind.LOT: LotNosNotChosen,
    NumberKind.PACKAGE: PackageNosNotChosen,
}
