"""The number series and reason codes of the demo warehouse.

This module must never number what the verbs number themselves.
"""

from dataclasses import dataclass

from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS
from scanner_app.warehouse.transfer_kind import TRANSFERS


@dataclass(frozen=True)
class DemoSeries:
    """A number series; `last` is the last number that the stock at loading uses."""

    code: str
    description: str
    starting_no: str
    last: str = ""


PACKAGE_SERIES = "PKG"

SERIES = (
    DemoSeries(RECEIPTS.series, "Warehouse receipts", "RC-00001"),
    DemoSeries(SHIPMENTS.series, "Warehouse shipments", "SH-00001"),
    DemoSeries(TRANSFERS.series, "Transfer orders", "TO-0101", "TO-0104"),
    DemoSeries("PUTAWAY", "Put-aways", "PA-00001"),
    DemoSeries("PICK", "Picks", "PI-00001"),
    DemoSeries("MOVEMENT", "Movements", "MV-00001"),
    DemoSeries("REG-PUTAWAY", "Registered put-aways", "RPA-00001"),
    DemoSeries("REG-PICK", "Registered picks", "RPI-00001"),
    DemoSeries("REG-MOVE", "Registered movements", "RMV-00001"),
    DemoSeries("POSTED-REC", "Posted receipts", "PR-00001"),
    DemoSeries("POSTED-SHP", "Posted shipments", "PS-00001"),
    DemoSeries("POSTED-TSH", "Posted transfer shipments", "PTS-00001"),
    DemoSeries("POSTED-TRC", "Posted transfer receipts", "PTR-00001"),
    DemoSeries("PHYSINV", "Registered counts", "PH-00001"),
    DemoSeries("WHITEM", "Registered warehouse item journals", "WI-00001"),
    DemoSeries("WHRECLASS", "Registered warehouse reclassifications", "WR-00001"),
    DemoSeries("SYNC", "Warehouse adjustments", "SY-00001"),
    DemoSeries("CHAIR-SN", "Serial nos. of chairs", "1001", "1006"),
    DemoSeries("CHAIR-LOT", "Lot nos. of chairs", "LOT0001", "LOT0002"),
    DemoSeries("TABLE-LOT", "Lot nos. of side tables", "LOT0100", "LOT0100"),
    DemoSeries("DRILL-SN", "Serial nos. of drills", "DR-1001", "DR-1010"),
    DemoSeries("PAINT-LOT", "Lot nos. of paint", "P2399", "P2404"),
    DemoSeries(PACKAGE_SERIES, "Package nos.", "PKG-000101", "PKG-000102"),
)

NOT_FOUND = "NOT FOUND"
FOUND = "FOUND"
REASONS = {
    NOT_FOUND: "Booked, but not seen in the bin",
    FOUND: "Seen in the bin, but not booked",
    "DAMAGED": "Cannot be sold any more",
    # A reason code holds ten characters.
    "COUNTERROR": "An earlier count was wrong",
}
