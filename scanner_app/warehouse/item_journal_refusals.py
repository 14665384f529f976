"""What is said when an item journal is not set up, filled in or posted so (docs/domain.md 12).

This module must never check anything: `item_journal_lines` and its neighbours raise these.
"""

from scanner_app.errors import N_, RuleRefused

ITEM_JOURNAL_BATCH = N_("Item Journal Batch")
LINES = N_("item journal lines")


class TrackingOnLinesUsed(RuleRefused):
    """Numbers on lines would be hidden, and posted all the same."""

    message = N_("Item Tracking on Lines stays on: line {line_no} of {name} has numbers or dates.")
    way_out = N_("Post or delete the lines that have numbers first.")
    field = "Item Tracking on Lines"


class DocumentNoMissing(RuleRefused):
    """A line has a document, and nothing gives it a number."""

    message = N_("The Document No. is empty, and batch {name} has no No. Series.")
    way_out = N_("Type a Document No., or give the batch a No. Series.")
    field = "Document No."


class BinNotUsed(RuleRefused):
    """The location keeps its stock without bins."""

    message = N_("Location {location} has no bins.")
    way_out = N_("Leave the Bin Code empty.")
    field = "Bin Code"


class LinesNotReady(RuleRefused):
    """What would be refused makes no entries."""

    message = N_("Lines that posting would refuse: {count}.")
    way_out = N_("Mend the lines that are named below, and look again.")


class JournalFrozen(RuleRefused):
    """Lines that are checked or posted in parts stay as they are until that has ended."""

    message = N_(
        "{name} is frozen: {user} has its lines checked or posted in parts since {since}; "
        "{done} of {lines} are posted."
    )
    way_out = N_("Open the journal to see how far it is. Its lines can be changed when it ended.")


class PartsPosted(RuleRefused):
    """What is in the ledgers is not taken back by a button."""

    message = N_("{done} of {lines} lines of {name} are posted already.")
    way_out = N_("Wait for the rest. Take back what was wrong by lines with a minus.")


class PostingEnded(RuleRefused):
    """There is nothing to cancel."""

    message = N_("{name} is not being checked or posted in parts.")
    way_out = N_("Open the journal: it says how that ended.")
