"""What is said when a transfer order cannot be written or worked so (docs/domain.md 6.10).

This module must never check anything: `transfer_orders` and its neighbours raise these.
"""

from scanner_app.errors import N_, RuleRefused


class TransferNeedsTwoLocations(RuleRefused):
    """Within one location goods are moved, or reclassified."""

    message = N_("{location} cannot be both ends of a transfer.")
    way_out = N_("Enter another location. Within one location, move the goods.")
    field = "Transfer-to Code"


class InTransitLocationNeeded(RuleRefused):
    """Between both ends goods are at a location that is for that alone."""

    message = N_("{location} is no location that is used as in-transit.")
    way_out = N_("Turn Use As In-Transit on, on the card of a location without bins.")
    field = "In-Transit Code"


class LocationInTransit(RuleRefused):
    """Nobody works at a location that goods only go through."""

    message = N_("{location} is used as in-transit: nothing is shipped or received there.")
    way_out = N_("Enter the location where the goods are, or where they are to go.")


class TransferLocationStays(RuleRefused):
    """What is in transit, and what lines name, is of this location."""

    message = N_("Lines of {no} are shipped or name a bin: {field} stays.")
    way_out = N_("Empty the bins of its lines, or make another order for the rest.")


class TransferBinNotUsed(RuleRefused):
    """Documents of the warehouse name the bin, or there is none."""

    message = N_("A transfer order names no bin of {location}.")
    way_out = N_(
        "Leave it empty: the location has no bins, or its shipments and receipts name them."
    )


class TransferReleased(RuleRefused):
    """Shipments and receipts are made of what a released order says."""

    message = N_("Transfer order {no} is released.")
    way_out = N_("Reopen it first.")
    field = "Status"


class TransferNotOpen(RuleRefused):
    """It was released before."""

    message = N_("Transfer order {no} is released already.")
    way_out = N_("Ship it, or reopen it to change it.")
    field = "Status"


class TransferNotReleased(RuleRefused):
    """Who types an order says when it may be worked."""

    message = N_("Transfer order {no} is not released.")
    way_out = N_("Release it first.")
    field = "Status"


class TransferEmpty(RuleRefused):
    """There would be nothing to ship."""

    message = N_("Transfer order {no} has no line.")
    way_out = N_("Enter what is to be transferred.")


class TransferOnDocument(RuleRefused):
    """What is being shipped or received stays as it is."""

    message = N_("{document_no} is open for transfer order {no}.")
    way_out = N_("Post it whole, or delete it.")
    field = "Status"


class TransferInTransit(RuleRefused):
    """The goods are on their way and come by this order."""

    message = N_("{quantity} of line {line_no} are in transit.")
    way_out = N_("Receive them first.")


class ShippedByShipment(RuleRefused):
    """The location ships by warehouse shipments."""

    message = N_("{location} ships by warehouse shipments.")
    way_out = N_("Create the warehouse shipment, then pick and post it.")


class ReceivedByReceipt(RuleRefused):
    """The location receives by warehouse receipts."""

    message = N_("{location} receives by warehouse receipts.")
    way_out = N_("Create the warehouse receipt, then receive and post it.")


class NothingLeftToShip(RuleRefused):
    """Everything has left, or is on shipments."""

    message = N_("Everything of transfer order {no} is shipped or on a shipment already.")
    way_out = N_("Post the shipment, or receive what is in transit.")


class NothingInTransit(RuleRefused):
    """Nothing was shipped that is not received, or on a receipt."""

    message = N_("Nothing of transfer order {no} is in transit that is on no receipt yet.")
    way_out = N_("Post the shipment, or the receipt that is open.")


class MoreThanOrdered(RuleRefused):
    """No more is shipped than the order says."""

    message = N_("{quantity} of line {line_no} are more than the {outstanding} to be shipped.")
    way_out = N_("Enter less, or reopen the order and raise the Quantity of the line.")
    field = "Qty. to Ship"


class MoreThanInTransit(RuleRefused):
    """What was shipped is what is received."""

    message = N_("{quantity} of {what} are more than the {in_transit} in transit.")
    way_out = N_("Enter no more than was shipped under this number.")
    field = "Qty. to Receive"


class NothingToTransfer(RuleRefused):
    """No quantity was entered."""

    message = N_("Nothing of transfer order {no} is to be posted.")
    way_out = N_("Enter a quantity on at least one line.")
    field = "Quantity"


class TransferSourceStays(RuleRefused):
    """The document is what its transfer order made it."""

    message = N_("{no} comes of transfer order {source_no}: {field} stays.")
    way_out = N_("Delete it, and create it of another transfer order.")


class TransferLineStays(RuleRefused):
    """Items and quantities are those of the transfer order."""

    message = N_("{field} of line {line_no} is that of the transfer order.")
    way_out = N_("Delete the line or its document, change the transfer order, and create it again.")


class LinesOfTransfer(RuleRefused):
    """A document of a transfer order has its lines and no others."""

    message = N_("{no} has the lines of transfer order {source_no} and no others.")
    way_out = N_("Reopen the transfer order, enter the line there, and create another document.")


class AllHasCome(RuleRefused):
    """What was shipped under a number is scanned already."""

    message = N_("All that was shipped of {numbers} has come already.")
    way_out = N_("Count it again. Put what is too much aside and tell a supervisor.")
    field = "Qty. to Receive"


class NumberNotShipped(RuleRefused):
    """What was shipped by its numbers is received by them."""

    message = N_("{numbers} was not shipped on this line.")
    way_out = N_("Receive the numbers that the line names; count and adjust what came instead.")
    field = "Serial No."


class ShippedNumbersStay(RuleRefused):
    """Numbers, dates and quantities are those that were shipped."""

    message = N_("{numbers} was shipped so: only the Qty. to Handle changes.")
    way_out = N_("Enter how much of it came, 0 if it did not come.")
    field = "Qty. to Handle (Base)"
