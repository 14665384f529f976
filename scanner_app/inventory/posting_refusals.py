"""Why a line is not posted to the item ledger (docs/domain.md 9.1 to 9.3).

This module must never check anything: `posting_checks` raises these.
"""

from scanner_app.errors import N_, RuleRefused


class ItemBlocked(RuleRefused):
    """The item takes part in no transaction."""

    message = N_("Item {item_no} is blocked.")
    way_out = N_("Ask a supervisor to unblock the item.")
    field = "Blocked"


class VariantBlocked(RuleRefused):
    """The variant of the item takes part in no transaction."""

    message = N_("Variant {variant_code} of item {item_no} is blocked.")
    way_out = N_("Ask a supervisor to unblock the variant.")
    field = "Blocked"


class CardMissing(RuleRefused):
    """The code demands an information card that is not there."""

    message = N_("There is no {kind} No. Information for {number} of item {item_no}.")
    way_out = N_("Make the information card first.")


class NumberBlocked(RuleRefused):
    """The information card of a number says Blocked."""

    message = N_("{kind} No. {number} of item {item_no} is blocked.")
    way_out = N_("Put it aside, and ask a supervisor about the information card.")
    field = "Blocked"


class WarrantyDateMissing(RuleRefused):
    """The code demands a warranty date that was typed."""

    message = N_("Item {item_no} needs a Warranty Date.")
    way_out = N_("Type the warranty date from the label or the delivery note.")
    field = "Warranty Date"


class ExpirationDateMissing(RuleRefused):
    """The code demands an expiration date that was typed or scanned."""

    message = N_("Item {item_no} needs an Expiration Date.")
    way_out = N_("Scan or type the date from the label.")
    field = "Expiration Date"


class ExpirationDateDiffers(RuleRefused):
    """A number has one expiration date, and this is another."""

    message = N_("{number} of item {item_no} expires on {known}, not on {given}.")
    way_out = N_("Read the label again; an item reclassification changes the date of a whole lot.")
    field = "Expiration Date"


class ExpirationDateOfPart(RuleRefused):
    """A number gets another date only when all that is left of it gets it."""

    message = N_(
        "{remaining} of {number} of item {item_no} stay behind and expire on {known}, not {given}."
    )
    way_out = N_("Reclassify all of it in one posting, at every location and in every bin.")
    field = "New Expiration Date"


class NewExpirationDatesDiffer(RuleRefused):
    """Two lines of one posting give a number two dates."""

    message = N_("{number} of item {item_no} gets {known} on another line, and {given} on this.")
    way_out = N_("Enter the same New Expiration Date on every line with this number.")
    field = "New Expiration Date"


class TransferChangesNothing(RuleRefused):
    """Place, numbers and date of a transfer stay as they are."""

    message = N_("The line of {what} changes nothing.")
    way_out = N_("Enter a new location, bin, number or expiration date, or delete the line.")


class SerialAlreadyOnInventory(RuleRefused):
    """A serial no. would be in stock twice."""

    message = N_("Serial No. {serial_no} of item {item_no} is on inventory at {location}.")
    way_out = N_("Count {location}: if it is not there, post that difference first, then this.")
    field = "Serial No."


class InventoryInsufficient(RuleRefused):
    """There is less in the item ledger than is to leave."""

    message = N_("{what}: {available} on inventory at {location}, {quantity} are to leave.")
    way_out = N_("Post what is missing first, or post less.")
    field = "Quantity"


class AppliesToEntryOfInbound(RuleRefused):
    """What comes in is taken from nothing."""

    message = N_("{what} comes in: it is not taken from entry {entry_no}.")
    way_out = N_("Leave Applies-to Entry empty.")
    field = "Applies-to Entry"


class AppliesToEntryUnfit(RuleRefused):
    """The entry is not open, or of another item, location or number."""

    message = N_("Entry {entry_no} is no open stock of {what} at {location}.")
    way_out = N_("Choose an open entry of the same numbers, or leave Applies-to Entry empty.")
    field = "Applies-to Entry"


class AppliesToEntryTooLow(RuleRefused):
    """Less is left of the entry than the line takes."""

    message = N_("{remaining} of entry {entry_no} remain, the line takes {quantity}.")
    way_out = N_("Enter less, or leave Applies-to Entry empty.")
    field = "Applies-to Entry"


class ExpiredOnPostingDate(RuleRefused):
    """Strict expiration posting keeps expired stock from leaving."""

    message = N_("{what} expired on {expired}, before the posting date {posting_date}.")
    way_out = N_("Take another lot; expired stock leaves by a negative adjustment.")
    field = "Expiration Date"
