"""What is said when a workbook cannot be published (docs/domain.md 12.4).

This module must never check anything: `publication_plan` and its neighbours raise these.
"""

from scanner_app.errors import N_, RuleRefused


class RowOfGoneLine(RuleRefused):
    """What the row changes is not there any more."""

    message = N_("The line of row {row_no} was posted or deleted after the row was published.")
    way_out = N_("Delete the row, or empty its Line No. to make a new line of it.")
    field = "Line No."


class LineChangedMeanwhile(RuleRefused):
    """Two people would have changed one line, and only one of them would know."""

    message = N_("Somebody else changed line {line_no} after the workbook was downloaded.")
    way_out = N_("Download the lines again, and repeat there what you changed on this one.")
    field = "Line No."


class WorkbookNotOfBatch(RuleRefused):
    """The file names a workbook that this journal does not know, or not any more."""

    message = N_("{file_name} was not downloaded from {name}, or more than a year ago.")
    way_out = N_("Open the journal it was downloaded from, or download the lines of {name}.")


class UploadGone(RuleRefused):
    """Somebody published it meanwhile, or another file took its place."""

    message = N_("These changes are not waiting any more.")
    way_out = N_("Look at the journal, and send the file again if something is missing.")


class NothingToPublish(RuleRefused):
    """The file says what the journal says."""

    message = N_("There is nothing to publish: the journal says what the file says.")
    way_out = N_("Go back to the journal.")


class RowsRefused(RuleRefused):
    """A file is published whole or not at all."""

    message = N_("Rows that cannot be lines: {count}. Nothing is published.")
    way_out = N_("Mend the rows that are named below, and send the file again.")


class PlanChanged(RuleRefused):
    """The journal moved between looking and publishing."""

    message = N_("The journal changed while you looked at the changes.")
    way_out = N_("Look again: these are the changes now.")
