"""What is said of a line of any journal, posted or registered (docs/domain.md 12, 13).

This module must never check anything: the verbs of the journals raise these.
"""

from scanner_app.errors import N_, RuleRefused


class JournalLineGone(RuleRefused):
    """The line was posted, registered or deleted meanwhile."""

    message = N_("Line {line_no} of {name} is not there any more.")
    way_out = N_("Open the journal again: somebody posted, registered or deleted the line.")


class QuantityZero(RuleRefused):
    """A line moves something."""

    message = N_("The Quantity is zero.")
    way_out = N_("Type how much comes in or leaves.")
    field = "Quantity"


class JournalTooLong(RuleRefused):
    """One posting or registration is one transaction, and that is kept short."""

    message = N_("{name} has more than {lines_max} lines.")
    way_out = N_("Divide the lines among several batches, and take one after the other.")
