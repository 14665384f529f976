"""What is said when a receipt or shipment cannot be written so (docs/domain.md 6.6).

This module must never check anything: `warehouse_documents` and its neighbours raise these.
"""

from scanner_app.errors import N_, RuleRefused


class ReceiptsNotUsed(RuleRefused):
    """The location does not receive by warehouse receipts."""

    message = N_("{location} receives nothing by warehouse receipts.")
    way_out = N_("Turn Require Receive on, on the card of the location.")
    field = "Require Receive"


class ShipmentsNotUsed(RuleRefused):
    """A shipment leaves from where its picks brought it."""

    message = N_("{location} sends nothing by warehouse shipments that are picked.")
    way_out = N_(
        "Turn Bin Mandatory, Require Shipment and Require Pick on, on the card of the location."
    )
    field = "Require Shipment"


class DocumentBinMissing(RuleRefused):
    """Neither the document nor the location says where the goods stand."""

    message = N_("{location} has no {field} that would be used instead.")
    way_out = N_("Enter a Bin Code, or set that bin up on the card of the location.")


class DocumentBinWrong(RuleRefused):
    """Goods are received and shipped where people look for them."""

    message = N_("Bin {bin_code} is not for that: its type has no {field}.")
    way_out = N_("Enter a bin of another type.")


class DocumentBinNotUsed(RuleRefused):
    """The location keeps no stock in bins."""

    message = N_("{location} has no bins.")
    way_out = N_("Leave the Bin Code empty.")
    field = "Bin Code"


class ShipmentReleased(RuleRefused):
    """Picks are made of what a released shipment says."""

    message = N_("Shipment {no} is released.")
    way_out = N_("Reopen it first.")
    field = "Status"


class ShipmentNotOpen(RuleRefused):
    """It was released before."""

    message = N_("Shipment {no} is released already.")
    way_out = N_("Create its pick, or reopen it to change it.")
    field = "Status"


class ShipmentOnPick(RuleRefused):
    """What is being picked stays as it is."""

    message = N_("Pick {pick_no} is open for shipment {no}.")
    way_out = N_("Register the pick whole, or delete it.")
    field = "Status"


class ShipmentEmpty(RuleRefused):
    """There would be nothing to pick."""

    message = N_("Shipment {no} has no line.")
    way_out = N_("Enter what is to be shipped.")


class DocumentLineGone(RuleRefused):
    """Somebody deleted it, or the document is posted."""

    message = N_("Line {line_no} of {no} is not there any more.")
    way_out = N_("Look at the document again.")


class LineBegun(RuleRefused):
    """What has come, is picked or has left is of this item, in this unit."""

    message = N_("{done} of line {line_no} are received, picked or shipped: {field} stays.")
    way_out = N_("Add another line.")


class QuantityBelowBegun(RuleRefused):
    """No less is ordered than has come, is picked or has left."""

    message = N_(
        "{done} of line {line_no} are received, picked or shipped, that is more than {quantity}."
    )
    way_out = N_("Enter at least {done}.")
    field = "Quantity"


class TooMuchToReceive(RuleRefused):
    """No more is received than is outstanding."""

    message = N_("{quantity} cannot be received on line {line_no}, {outstanding} are outstanding.")
    way_out = N_("Enter less, or raise the Quantity of the line first.")
    field = "Qty. to Receive"


class PickedNotShipped(RuleRefused):
    """The goods stand in the shipment bin."""

    message = N_("{picked} of line {line_no} are picked and did not leave.")
    way_out = N_("Post the shipment first.")
