"""What is said when rows cannot become receipts and shipments (docs/domain.md 6.8).

This module must never check anything: `document_import_plan` and `import_documents` raise these.
"""

from scanner_app.errors import N_, RuleRefused


class ImportWithoutRows(RuleRefused):
    """There are captions, and nothing below them."""

    message = N_("There is no row below the captions.")
    way_out = N_("Fill in a row for each line, and send the file again.")


class ImportRefused(RuleRefused):
    """A file is imported whole or not at all."""

    message = N_("Rows that cannot be imported: {count}. Nothing is imported.")
    way_out = N_("Mend the rows that are named below, and send the file again.")


class SourceOpenAlready(RuleRefused):
    """The file came before, or somebody typed what it says."""

    message = N_("{source} {source_no} is open already: {no}.")
    way_out = N_("Change {no} on its page, or delete these rows from the file.")
    field = "Source No."


class SourcePostedAlready(RuleRefused):
    """The file came before, and what it says was posted in between."""

    message = N_("{source} {source_no} was posted already: {no}.")
    way_out = N_(
        "Delete these rows from the file, or choose to import again what was posted before."
    )
    field = "Source No."


class HeaderDiffers(RuleRefused):
    """A document has one date and one bin."""

    message = N_("{field} is {given} here and {first} in row {row_no} of the same document.")
    way_out = N_("Let all rows of {source_no} say the same, or leave the others empty.")
