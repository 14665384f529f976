"""What is said when the numbers of a line are not named so (docs/domain.md 6.7, 12.5).

This module must never check anything: `journal_tracking` and its neighbours raise these.
"""

from scanner_app.errors import N_, RuleRefused


class TrackingNumberNotGiven(RuleRefused):
    """An item tracking line is there for its numbers."""

    message = N_("No number is given.")
    way_out = N_("Scan or type a Serial No., Lot No. or Package No.")
    field = "Serial No."


class SerialTwiceOnLine(RuleRefused):
    """A serial no. is one unit, and that unit is named already."""

    message = N_("Serial No. {serial_no} is on this line already.")
    way_out = N_("Scan the next unit.")
    field = "Serial No."


class NumbersTwiceOnLine(RuleRefused):
    """The same numbers are one item tracking line."""

    message = N_("{numbers} is on this line already.")
    way_out = N_("Change the quantity there.")
    field = "Lot No."


class TrackedNothing(RuleRefused):
    """A number stands for some quantity."""

    message = N_("The quantity of {numbers} would be zero.")
    way_out = N_("Enter how much has these numbers; a line that has all its numbers takes no more.")
    field = "Quantity (Base)"


class TrackedTooMuch(RuleRefused):
    """Numbers are named for the quantity of the line, no more."""

    message = N_("{tracked} would have their numbers, the line says {quantity}.")
    way_out = N_("Enter less, or raise the quantity of the line first.")
    field = "Quantity (Base)"


class HandledTooMuch(RuleRefused):
    """No more of a number is posted than there is of it."""

    message = N_("No more than {quantity} of {numbers} can be handled.")
    way_out = N_("Enter less, or raise its quantity.")
    field = "Qty. to Handle (Base)"


class NumbersOnTrackingLines(RuleRefused):
    """The numbers of the line stand on its item tracking lines."""

    message = N_("Line {line_no} has item tracking lines.")
    way_out = N_("Enter its numbers and dates under Item Tracking Lines.")
    field = "Serial No."


class TrackedLineChanged(RuleRefused):
    """The numbers belong to the item that the line named."""

    message = N_("Line {line_no} has item tracking lines: {field} stays.")
    way_out = N_("Delete its item tracking lines first, or the line.")


class TrackedQuantityLower(RuleRefused):
    """Numbers are named for more than would remain."""

    message = N_("{tracked} of line {line_no} have their numbers, that is more than {quantity}.")
    way_out = N_("Delete item tracking lines first.")
    field = "Quantity"


class TrackingLineGone(RuleRefused):
    """It was deleted meanwhile, or its line was posted."""

    message = N_("This item tracking line is not there any more.")
    way_out = N_("Look at the line again.")


class LabelOfOtherItem(RuleRefused):
    """The label says which item it is, and that is another."""

    message = N_("The label is of {scanned}, the line of item {item_no}.")
    way_out = N_("Scan a label of item {item_no}.")
    field = "Item No."


class EntriesForInboundLine(RuleRefused):
    """What comes in is not on inventory yet."""

    message = N_("Line {line_no} brings stock in.")
    way_out = N_("Enter or assign its numbers.")


class NothingSelected(RuleRefused):
    """No number was ticked."""

    message = N_("No number is selected.")
    way_out = N_("Tick at least one.")


class NothingAvailable(RuleRefused):
    """Other lines ask for all of it, or it left meanwhile."""

    message = N_("Nothing of {numbers} is available.")
    way_out = N_("Look at the list again and select another number.")


class LineHasItsNumbers(RuleRefused):
    """Numbers are named for the quantity of the line, no more."""

    message = N_("Line {line_no} has all its numbers.")
    way_out = N_("Raise the quantity of the line, or delete one of its numbers.")


class NumbersNotTransferred(RuleRefused):
    """The numbers of all lines are transferred, or none."""

    message = N_("Lines whose numbers would be refused: {count}. Nothing is transferred.")
    way_out = N_("Mend the lines that are named below, and update again.")
