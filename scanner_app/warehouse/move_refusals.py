"""What is said when goods may not be moved from bin to bin (docs/domain.md 5.5).

This module must never ask whether a rule holds: that is `stock_to_move` and `move_stock`.
"""

from scanner_app.errors import N_, RuleRefused


class NoBinsToMove(RuleRefused):
    """Goods are moved from bin to bin, and there is none."""

    message = N_("Location {location} has no bins.")
    way_out = N_("Change the location on the home page.")
    field = "Bin Mandatory"


class AdjustmentBinNotMoved(RuleRefused):
    """What is in the adjustment bin lies nowhere."""

    message = N_("{bin_code} is the adjustment bin: nothing really lies in it.")
    way_out = N_("Scan the bin at which you stand.")
    field = "Bin Code"


class ReceiveBinNotMoved(RuleRefused):
    """Received goods leave the dock by their put-away."""

    message = N_("Bin {bin_code} is of type {bin_type}, for goods that are put away from there.")
    way_out = N_("Open the put-away of these goods, or scan another bin.")
    field = "Bin Type Code"


class StockOnDocuments(RuleRefused):
    """A put-away, pick or movement takes what would be moved away."""

    message = N_("Only {free} {unit} of {what} in bin {bin_code} are on no document.")
    way_out = N_("Move less, or finish the put-away, pick or movement that takes the rest.")
    field = "Quantity"


class StockPickedForShipment(RuleRefused):
    """What was picked waits in the shipment bin until its shipment is posted."""

    message = N_("{what} in bin {bin_code} is picked for shipment {shipment_no}.")
    way_out = N_("Leave it there, or have the shipment posted.")
    field = "Quantity"
