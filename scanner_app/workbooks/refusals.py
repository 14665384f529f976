"""Refusals of a whole file or pasted table: nothing of it is read.

This module must never hold the refusal of one cell: those are in `cell_refusals.py`.
"""

from scanner_app.errors import N_, RuleRefused


class TableFileEmpty(RuleRefused):
    """The upload holds no bytes, or the paste no text."""

    message = N_("The file is empty.")
    way_out = N_("Choose the file that you saved, with the captions in its first row.")


class TableFileNotReadable(RuleRefused):
    """The file is of a kind that is not read here."""

    message = N_("“{file_name}” is neither an Excel workbook (.xlsx) nor a CSV file in Unicode.")
    way_out = N_("Save it in Excel as “Excel Workbook (.xlsx)” or as “CSV UTF-8”, and send that.")


class WorkbookOldOrProtected(RuleRefused):
    """The file is an .xls of old, or a workbook behind a password; both begin alike."""

    message = N_(
        "“{file_name}” is protected by a password, or an Excel file of the old kind (.xls)."
    )
    way_out = N_("Take the password off, save it as “Excel Workbook (.xlsx)”, and send that.")


class WorkbookHoldsMacros(RuleRefused):
    """The workbook carries programs."""

    message = N_("The workbook holds macros, or is saved as one that may hold them.")
    way_out = N_("Save it as “Excel Workbook (.xlsx)”, without macros, and send that.")


class WorkbookDamaged(RuleRefused):
    """The workbook is cut off or broken, or holds what no spreadsheet program writes."""

    message = N_("The workbook is damaged or incomplete: “{part}” cannot be read.")
    way_out = N_(
        "Open it in Excel, save it as “Excel Workbook (.xlsx)” under a new name, send that."
    )


class WorkbookHasTooManyParts(RuleRefused):
    """The workbook is packed of more files than a plain table needs."""

    message = N_("The workbook is packed of more than {maximum} parts.")
    way_out = N_("Copy the lines into a new workbook without pictures and other sheets.")


class TableFileUnpacksTooLarge(RuleRefused):
    """The content needs more memory than any table of the permitted size."""

    message = N_("The file holds more than {maximum} MiB when it is unpacked.")
    way_out = N_("Copy the lines into a new workbook, or send them in several files.")


class WorkbookPackedTooTightly(RuleRefused):
    """A part of the workbook is packed as only a trap or very much emptiness can be."""

    message = N_("“{part}” in the workbook is packed more than {maximum} times smaller.")
    way_out = N_("Copy the lines into a new workbook, and send that.")


class WorkbookSheetHidden(RuleRefused):
    """A sheet cannot be seen, and what is sent is only what one sees."""

    message = N_("The sheet “{sheet}” is hidden.")
    way_out = N_("Unhide or delete it, save the workbook, and send it again.")


class WorkbookSheetNotFound(RuleRefused):
    """No sheet is called as ours, and there is not just one."""

    message = N_("The workbook has {count} sheets, and none is called “{sheet}”.")
    way_out = N_("Call the sheet that holds the lines “{sheet}”, or delete the others.")


class WorkbookCellsMerged(RuleRefused):
    """Cells were merged into one, so it is not said to which rows and columns a value belongs."""

    message = N_("The cells {reference} are merged.")
    way_out = N_("Unmerge them, type each value into its own cell, and send the workbook again.")


class WorkbookCellTooFar(RuleRefused):
    """A cell is filled far away from the lines."""

    message = N_("Cell {cell} is filled, but nothing is read beyond cell {last_cell}.")
    way_out = N_("Delete what stands there, and empty rows between the lines; then send it again.")


class WorkbookErrorCell(RuleRefused):
    """A cell shows an error of a kind that makes its whole sheet unreadable."""

    message = N_("Cell {cell} shows the error {shown}.")
    way_out = N_("Type the value itself, or delete it, and send the workbook again.")


class TableHasTooManyRows(RuleRefused):
    """There are more lines than may be sent at once."""

    message = N_("There are more than {maximum} rows.")
    way_out = N_("Send them in several files.")


class TableHasTooManyFaults(RuleRefused):
    """So many cells cannot be read that naming each of them helps nobody."""

    message = N_("More than {maximum} cells cannot be read, the last of them in row {row_no}.")
    way_out = N_(
        "Correct the whole column: paste it as values, or format it as text and retype it."
    )


class TableTextBroken(RuleRefused):
    """A line of a CSV file or a paste has quotation marks that do not match, or no end."""

    message = N_(
        "Row {row_no} cannot be divided into cells: a quotation mark is left over or missing."
    )
    way_out = N_("Put cells with quotation marks between quotation marks, and double those inside.")


class CaptionMissing(RuleRefused):
    """A column is not there."""

    message = N_("The caption “{caption}” is missing.")
    way_out = N_("Write the caption above its column, or start from a new workbook.")


class CaptionUnknown(RuleRefused):
    """A column is called as none of ours."""

    message = N_("Cell {cell}: no column is called “{shown}”.")
    way_out = N_("Correct the caption, or delete the column.")


class CaptionTwice(RuleRefused):
    """Two columns are called alike."""

    message = N_("Cell {cell}: there is a column “{caption}” already.")
    way_out = N_("Delete one of the two columns.")
