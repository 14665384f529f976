"""What is said when the card of a record of the set-up may not say so, whichever record it is.

The parameter `field` is the caption of the field that was at fault.

This module must never know a rule of one kind of record.
"""

from scanner_app.errors import N_, RuleRefused


class NameMissing(RuleRefused):
    """A record needs a code or name."""

    message = N_("The {field} is empty.")
    way_out = N_("Type the {field}, at most {length} characters.")


class NameTaken(RuleRefused):
    """Codes and names are unique."""

    message = N_("{record} {code} is there already.")
    way_out = N_("Choose another name, or edit that one.")
    field = "Code"


class NameNotInAddress(RuleRefused):
    """The card has an address with the code in it."""

    message = N_("“{code}” cannot name anything.")
    way_out = N_("Use at least one letter or digit, and no slash.")
    field = "Code"


class RecordUnknown(RuleRefused):
    """A form names a record that is not there."""

    message = N_("{record} {code} is not there.")
    way_out = N_("Open the list again and choose one of it.")
    field = "Code"


class WholeNumberNotReadable(RuleRefused):
    """A ranking is a whole number."""

    message = N_("“{typed}” is not a {field}.")
    way_out = N_("Type a whole number from 0 to 999999999.")


class EntryNoNotReadable(RuleRefused):
    """Entries are numbered."""

    message = N_("{field}: “{typed}” is not the number of an entry.")
    way_out = N_("Type the number as Preview Posting and the ledger show it.")


class ChoiceUnknown(RuleRefused):
    """The form holds a value that the field does not offer."""

    message = N_("“{typed}” is not a value of {field}.")
    way_out = N_("Choose one of the list.")


class RecordNotFound(RuleRefused):
    """The form names a record that is not there."""

    message = N_("{field} {code} is not there.")
    way_out = N_("Choose one that is set up.")


class RecordInUse(RuleRefused):
    """What something else needs stays."""

    message = N_("{record} {code} stays, because it is in use: {place}.")
    way_out = N_("Remove that first.")
