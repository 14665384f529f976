"""Refusals of configuration packages, beside those of the records that they bring.

This module must never hold what a page refuses too: that refusal is the page's.
"""

from scanner_app.errors import N_, RuleRefused


class SwitchNotReadable(RuleRefused):
    """A cell of a switch says neither Yes nor No."""

    message = N_("{field}: “{typed}” is neither Yes nor No.")
    way_out = N_("Type Yes or No.")


class LineNoNotReadable(RuleRefused):
    """A row gives its line no number that a line can have."""

    message = N_("{field}: “{typed}” is no whole number above 0.")
    way_out = N_("Type a number such as 10000, or leave the cell empty.")


class SheetOfLedger(RuleRefused):
    """Ledgers are written by posting and registering alone."""

    message = N_("The sheet “{sheet}” is of {table}: entries of a ledger cannot be imported.")
    way_out = N_("Delete the sheet. Bring stock in by lines of a journal, then post them.")


class SheetOfUnknownTable(RuleRefused):
    """The first row of a sheet names no table that a package can have."""

    message = N_("The sheet “{sheet}” is of no table that a package can have: “{number}”.")
    way_out = N_("Its first row holds package code, table name and table number; or delete it.")


class SheetTwice(RuleRefused):
    """Two sheets of a file are of one table."""

    message = N_("The sheet “{sheet}” is of {table}, as another one before it.")
    way_out = N_("Put all rows of a table on one sheet.")


class SheetOfOtherPackage(RuleRefused):
    """The file was made for another package."""

    message = N_("The sheet “{sheet}” is of the package {other}, not of {code}.")
    way_out = N_("Import it there, or write {code} into its first cell.")


class PackageHasTooManyRecords(RuleRefused):
    """A file holds more rows than can be kept at once."""

    message = N_("The file holds more than {maximum} rows in all.")
    way_out = N_("Send it in several files.")


class PackageRecordTwice(RuleRefused):
    """Two rows of a sheet are of one record."""

    message = N_("Row {row_no} says which record it is like row {other_row_no}.")
    way_out = N_("Keep one of the two rows.")


class EmployeeWithoutUser(RuleRefused):
    """A row assigns a location to a user who is not there."""

    message = N_("{field}: there is no user {user_name}.")
    way_out = N_("Add the user on the page Warehouse Employees: a package brings no users.")


class DefaultLocationTwice(RuleRefused):
    """Two rows of one user are the default."""

    message = N_("The default location of {user_name} is {location} in a row before this one.")
    way_out = N_("Let Default be Yes in one row of a user only.")


class PackageBusy(RuleRefused):
    """A job works on the package."""

    message = N_("The package {code} is being validated or applied.")
    way_out = N_("Wait until it has ended, or cancel it on the page of the package.")


class PackageEmpty(RuleRefused):
    """There is nothing to validate or to apply."""

    message = N_("The package {code} holds no records.")
    way_out = N_("Import a file first.")


class PackageWithoutTables(RuleRefused):
    """There is nothing to export."""

    message = N_("The package {code} has no tables.")
    way_out = N_("Choose its tables first.")


class PackageRecordRefused(RuleRefused):
    """Something changed between validating and applying."""

    message = N_("{table}, row {row_no}: it is refused now, though it was not when validated.")
    way_out = N_("Validate again: the list of errors says why. What was applied stays.")


class PackageLineGone(RuleRefused):
    """A row changed after its line was posted or deleted."""

    message = N_("The line of this row was applied, and posted or deleted since.")
    way_out = N_("Delete the row. A new row is a new line.")


class BatchWithoutTracking(RuleRefused):
    """Numbers are not typed on the lines of the batch."""

    message = N_("The batch {name} has no {field} on its lines.")
    way_out = N_("Switch Item Tracking on Lines on for the batch, or empty the cell.")


class OtherTemplate(RuleRefused):
    """There is one item journal template."""

    message = N_("{field}: there is no template “{typed}”.")
    way_out = N_("Type {template}, or leave it empty.")


class PackageApplied(RuleRefused):
    """Parts of the package are written, so there is no going back."""

    message = N_("{done} of {total} records of {code} are applied already.")
    way_out = N_("Let it go on. What was applied is changed back on its pages.")


class PackageJobEnded(RuleRefused):
    """There is nothing to cancel."""

    message = N_("Validating or applying {code} has ended already.")
    way_out = N_("The page of the package says how.")
