"""What is said when a number series may not be set up so (docs/domain.md 2.12).

The parameter `at` is the name that the card has for the field at fault.

This module must never ask whether a rule holds: that is `number_series_setup`.
"""

from scanner_app.errors import N_, RuleRefused


class NumberSeriesMissing(RuleRefused):
    """A series needs a code."""

    message = N_("The Code is empty.")
    way_out = N_("Type a code of at most 20 characters.")
    field = "Code"


class NumberSeriesTaken(RuleRefused):
    """Codes of series are unique."""

    message = N_("There is a number series {code} already.")
    way_out = N_("Choose another code, or edit that series.")
    field = "Code"


class NumberSeriesNotInAddress(RuleRefused):
    """The card of a series has an address with the code in it."""

    message = N_("“{code}” cannot be the code of a number series.")
    way_out = N_("Use at least one letter or digit, and no slash.")
    field = "Code"


class NumberSeriesUnknown(RuleRefused):
    """A form names a series that is not there."""

    message = N_("There is no number series {code}.")
    way_out = N_("Open the page No. Series again and choose one of the list.")
    field = "Code"


class StartingDateTwice(RuleRefused):
    """Two lines of one date would both be in force."""

    message = N_("Two lines begin on {starting_date}.")
    way_out = N_("Give one of them another Starting Date, or remove it.")
    field = "Starting Date"


class StartingNoMissing(RuleRefused):
    """A line counts up from its first number."""

    message = N_("The Starting No. is empty.")
    way_out = N_("Type the first number of the line, such as SN-0001.")
    field = "Starting No."


class StartingNoFixed(RuleRefused):
    """The numbers that a line has given follow from its first one."""

    message = N_("Numbers have been taken from this line, so its Starting No. stays {starting_no}.")
    way_out = N_("Add a line with a later Starting Date.")
    field = "Starting No."


class NumberOfOtherShape(RuleRefused):
    """Numbers of a line differ in their counted digits only."""

    message = N_("“{number}” is not counted up from {starting_no}.")
    way_out = N_("Change only the last digits of {starting_no}.")


class NumberBelowStart(RuleRefused):
    """A range ends and warns after it began."""

    message = N_("{number} comes before the Starting No. {starting_no}.")
    way_out = N_("Type {starting_no} or a later number.")


class IncrementNotReadable(RuleRefused):
    """Numbers are counted up by whole steps."""

    message = N_("“{typed}” is not an Increment-by No.")
    way_out = N_("Type a whole number from 1 to {maximum}.")
    field = "Increment-by No."


class LastNoUsedBack(RuleRefused):
    """Going back would give the numbers in between twice."""

    message = N_("{last_no_used} was used already, so the Last No. Used does not go back.")
    way_out = N_("Keep {last_no_used}, or type a later number.")
    field = "Last No. Used"


class LastNoUsedAfterEnd(RuleRefused):
    """The last number used is one of the line's own."""

    message = N_("The Last No. Used {number} comes after the Ending No. {ending_no}.")
    way_out = N_("Type a number up to {ending_no}, or a later Ending No.")
    field = "Last No. Used"


class LineHasGivenNumbers(RuleRefused):
    """A line tells which numbers were given."""

    message = N_("The line of {starting_date} has given numbers up to {last_no_used}.")
    way_out = N_("Keep it, and add a line with a later Starting Date.")


class SeriesHasGivenNumbers(RuleRefused):
    """A series tells which numbers were given."""

    message = N_("No. series {code} has given numbers up to {last_no_used}.")
    way_out = N_("Keep it: made anew, it would give the same numbers again.")
    field = "Code"


class SeriesOfItem(RuleRefused):
    """An item takes its numbers from the series."""

    message = N_("Item {item_no} takes its numbers from No. series {code}.")
    way_out = N_("Give that item, and all others that use it, another series first.")
    field = "Code"


class SeriesOfJournal(RuleRefused):
    """A journal numbers its documents from the series."""

    message = N_("Item journal {batch} takes its numbers from No. series {code}.")
    way_out = N_("Keep the series as long as there is that journal.")
    field = "Code"


class SeriesOfInventorySetup(RuleRefused):
    """The whole company takes its package numbers from the series."""

    message = N_("Inventory Setup takes the Package Nos. from No. series {code}.")
    way_out = N_("Choose another series on the page Inventory Setup first.")
    field = "Code"


class SeriesOfDocuments(RuleRefused):
    """Documents ask for the series by its code."""

    message = N_("Documents of the warehouse are numbered from No. series {code}.")
    way_out = N_("Keep it. Add a line where other numbers are wanted.")
    field = "Code"
