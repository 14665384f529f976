"""What is said when a zone or bin may not be set up so (docs/domain.md 4.5).

This module must never ask whether a rule holds: that is `set_up_zone`, `set_up_bin` and
`bin_template`.
"""

from scanner_app.errors import N_, RuleRefused


class BinTypeMissing(RuleRefused):
    """A zone says what its bins are for."""

    message = N_("The Bin Type Code is empty.")
    way_out = N_("Choose what the bins of the zone are for.")
    field = "Bin Type Code"


class LastZoneStays(RuleRefused):
    """The bins of a directed location stand in zones."""

    message = N_("Zone {code} is the last one of a location with Directed Put-away and Pick.")
    way_out = N_("Add another zone first.")


class BinNeedsZone(RuleRefused):
    """The bins of a directed location stand in zones."""

    message = N_("A location with Directed Put-away and Pick needs a zone for each new bin.")
    way_out = N_("Choose the zone in which the bin stands.")
    field = "Zone Code"


class BinFieldFixed(RuleRefused):
    """What lies in a bin came there by its rules."""

    message = N_("{field} of bin {bin_code} stays as it is: {place}.")
    way_out = N_("Empty the bin and finish its open work first.")


class BinHasEntries(RuleRefused):
    """The ledger names the bin for good."""

    message = N_("Bin {bin_code} stays: {place}.")
    way_out = N_("Block it for all movements, so that nothing goes there any more.")


class RangeMissing(RuleRefused):
    """A range has two ends."""

    message = N_("{field} is empty.")
    way_out = N_("Type the first and the last code of the range; a single one goes into both.")


class RangeNotReadable(RuleRefused):
    """The two ends of a range must be alike."""

    message = N_("“{first}” to “{last}” is not a range of {field}.")
    way_out = N_(
        "Let digits count up, and type the same letters and as many digits in both, such as A01 to"
        " A12."
    )


class RangeBackwards(RuleRefused):
    """A range counts up."""

    message = N_("{field}: “{first}” comes after “{last}”.")
    way_out = N_("Type the lower one first.")


class SeparatorNotReadable(RuleRefused):
    """The separator must be seen and stand in an address."""

    message = N_("“{typed}” cannot separate the parts of a code.")
    way_out = N_("Use one character such as a hyphen or a dot, or none.")
    field = "Field Separator"


class BinCodeTooLong(RuleRefused):
    """A code has at most 20 characters."""

    message = N_("Codes such as {code} would have {length} characters.")
    way_out = N_("Shorten the parts, so that a code has at most {most} characters.")
    field = "Rack"


class TooManyBins(RuleRefused):
    """So many bins at once are more likely a mistake."""

    message = N_("These ranges make {count} bins.")
    way_out = N_("Make at most {most} at once.")
    field = "Rack"


class NoNewBins(RuleRefused):
    """Everything is there already."""

    message = N_("All {count} bins are there already.")
    way_out = N_("Type other ranges.")
    field = "Rack"
