"""What is said when a unit, variant or reference of an item may not be set up so (2.11).

This module must never ask whether a rule holds: that is `warehouse.set_up_item_unit` and its
neighbours.
"""

from scanner_app.errors import N_, RuleRefused


class ItemPartGone(RuleRefused):
    """Somebody else removed the row meanwhile."""

    message = N_("This row of item {no} is no longer there.")
    way_out = N_("Open the item again, and add the row if it is still needed.")


class ItemUnitMissing(RuleRefused):
    """An item counts in a unit that has a name."""

    message = N_("The Unit of Measure is empty.")
    way_out = N_("Choose one of the list.")
    field = "Unit of Measure"


class ItemUnitUnknown(RuleRefused):
    """The form names a unit that is not there."""

    message = N_("There is no unit of measure {code}.")
    way_out = N_("Choose one of the list, or add it on the page Units of Measure.")
    field = "Unit of Measure"


class ItemUnitTaken(RuleRefused):
    """An item counts in a unit once."""

    message = N_("Item {no} counts in {code} already.")
    way_out = N_("Choose another unit, or edit that one.")
    field = "Unit of Measure"


class QtyPerUnitNotReadable(RuleRefused):
    """A unit holds some of the base unit."""

    message = N_("“{typed}” is not a Qty. per Unit of Measure.")
    way_out = N_("Type a number above 0 with at most five decimals, such as 12 or 0.5.")
    field = "Qty. per Unit of Measure"


class BaseUnitIsOne(RuleRefused):
    """The base unit holds one of itself, and stays."""

    message = N_("{code} is the Base Unit of Measure of item {no}, which is 1 and stays.")
    way_out = N_("Change the Base Unit of Measure on the card first.")
    field = "Qty. per Unit of Measure"


class ItemUnitInUse(RuleRefused):
    """Quantities were written down in the unit."""

    message = N_("{code} of item {no} is in use: {place}.")
    way_out = N_("Keep it as it is, and add another unit where you need one.")
    field = "Qty. per Unit of Measure"


class VariantCodeMissing(RuleRefused):
    """The blank variant is there already, for every item."""

    message = N_("The Code of the variant is empty.")
    way_out = N_("Type a code of at most 10 characters.")
    field = "Code"


class VariantTaken(RuleRefused):
    """Codes of variants are unique for their item."""

    message = N_("Item {no} has a variant {code} already.")
    way_out = N_("Choose another code, or edit that variant.")
    field = "Code"


class VariantInUse(RuleRefused):
    """Quantities or records name the variant."""

    message = N_("Variant {code} of item {no} is in use: {place}.")
    way_out = N_("Keep it, and switch Blocked on when nothing of it may move any more.")
    field = "Code"


class VariantUnknown(RuleRefused):
    """A form names a variant that is not there."""

    message = N_("Item {no} has no variant {code}.")
    way_out = N_("Choose one of the list.")
    field = "Variant Code"


class ReferenceMissing(RuleRefused):
    """A reference is what is printed on the goods."""

    message = N_("The Reference No. is empty.")
    way_out = N_("Scan the bar code into the field, or type it.")
    field = "Reference No."


class ReferenceTypeUnknown(RuleRefused):
    """A form names a type that is not there."""

    message = N_("There is no reference type “{typed}”.")
    way_out = N_("Choose one of the list.")
    field = "Reference Type"


class ReferenceUnitUnknown(RuleRefused):
    """A reference stands for a unit in which the item counts."""

    message = N_("Item {no} does not count in “{code}”.")
    way_out = N_("Choose a unit of the item, or add the unit to the item first.")
    field = "Unit of Measure"


class ReferenceTaken(RuleRefused):
    """The same reference stands for the same thing once."""

    message = N_("{reference_no} stands for this variant and unit of item {no} already.")
    way_out = N_("Edit that reference, or choose another variant, unit or type.")
    field = "Reference No."


class ReferenceMeansOther(RuleRefused):
    """A code with several meanings asks each worker who scans it."""

    message = N_("{reference_no} stands for {other} at the same time.")
    way_out = N_(
        "Check the bar code. If it really is on both, switch “Also on other goods” on and save"
        " again: whoever scans it is asked."
    )
    field = "Reference No."


class EndsBeforeItStarts(RuleRefused):
    """A reference would never be valid."""

    message = N_("The Ending Date {ending} is before the Starting Date {starting}.")
    way_out = N_("Choose a later Ending Date, or leave it empty.")
    field = "Ending Date"
