"""The open documents of the demo warehouse: receipts, shipments, and a count.

This module must never hold a put-away or a pick: the verbs make them of these.
"""

from dataclasses import dataclass
from decimal import Decimal

from scanner_app.demo.stock import Goods, Stock, each, lies, of_lot, of_package
from scanner_app.inventory.item_tracking import TrackingNumbers

CONTAINER = "CONTAINER010"


@dataclass(frozen=True)
class PlacedIn:
    """So many of an item in a unit of measure that a supervisor wants in a bin."""

    item_no: str
    unit: str
    quantity: Decimal
    bin_code: str


@dataclass(frozen=True)
class DemoReceipt:
    """A receipt that is posted at loading, and where its put-away is to bring the goods."""

    source_no: str
    bin_code: str
    received: tuple[Stock, ...]
    placed: tuple[PlacedIn, ...]


@dataclass(frozen=True)
class DemoExpected:
    """A receipt that waits to be received by scanning; nothing says which numbers come."""

    source_no: str
    bin_code: str
    expected: tuple[tuple[Goods, Decimal], ...]


@dataclass(frozen=True)
class DemoShipment:
    """A released shipment; a pick is made at loading where `picked` says so."""

    source_no: str
    bin_code: str
    shipped: tuple[tuple[Goods, Decimal], ...]
    picked: bool


@dataclass(frozen=True)
class DemoTransfer:
    """A released transfer order between two locations, of stock that lies in a bin of the first."""

    transfer_from: str
    transfer_to: str
    in_transit: str
    transferred: tuple[Stock, ...]


@dataclass(frozen=True)
class DemoCount:
    """A blind count, calculated for its bins."""

    name: str
    description: str
    bins: tuple[str, ...]


RECEIPTS = (
    DemoReceipt(
        "PO-0101",
        "W-08-0001",
        (
            *each(
                "W-08-0001",
                "1900-S",
                "1001",
                "1002",
                "1003",
                "1004",
                lot="LOT0001",
                package=CONTAINER,
            ),
            lies("W-08-0001", "6", of_lot("1910-S", "PCS", "LOT0100", CONTAINER)),
            lies("W-08-0001", "12", of_lot("1920-S", "PCS", "LOT200", CONTAINER)),
        ),
        (
            PlacedIn("1900-S", "PCS", Decimal(4), "W-02-0401"),
            PlacedIn("1910-S", "PCS", Decimal(6), "W-02-0401"),
            PlacedIn("1920-S", "PCS", Decimal(12), "W-02-0401"),
        ),
    ),
    DemoReceipt(
        "PO-0102",
        "W-08-0002",
        (
            *each("W-08-0002", "2020", "FX-5101", "FX-5102", "FX-5103", lot="FX26A", expires="3Y"),
            lies("W-08-0002", "3", of_lot("3020", "BOX", "P2404", expires="14M+CM")),
        ),
        (
            PlacedIn("2020", "PCS", Decimal(3), "W-01-0601"),
            PlacedIn("3020", "BOX", Decimal(2), "W-03-0201"),
            PlacedIn("3020", "BOX", Decimal(1), "W-03-0302"),
        ),
    ),
)

EXPECTED = DemoExpected(
    "PO-0103",
    "W-08-0002",
    (
        (Goods("3020", "CAN"), Decimal(8)),
        (Goods("2010", "PCS"), Decimal(3)),
        (Goods("3010", "PCS", variant="M"), Decimal(10)),
    ),
)

SHIPMENTS = (
    DemoShipment(
        "SO-0101",
        "W-09-0001",
        (
            (Goods("3020", "CAN"), Decimal(9)),
            (Goods("2010", "PCS"), Decimal(1)),
            (Goods("2020", "PCS"), Decimal(1)),
        ),
        picked=True,
    ),
    DemoShipment(
        "SO-0102",
        "W-09-0002",
        (
            (Goods("3030", "BAG"), Decimal(14)),
            (Goods("3010", "PCS", variant="M"), Decimal(5)),
            (Goods("3050", "M", TrackingNumbers("", "LOT0100")), Decimal(20)),
        ),
        picked=True,
    ),
    DemoShipment(
        "SO-0103",
        "W-09-0003",
        (
            (of_package("1900-S", "PCS", CONTAINER), Decimal(4)),
            (of_package("1910-S", "PCS", CONTAINER), Decimal(6)),
            (of_package("1920-S", "PCS", CONTAINER), Decimal(12)),
        ),
        picked=False,
    ),
)

TRANSFERS = (
    DemoTransfer("SILVER", "WHITE", "OUT. LOG.", (*each("S-01-0001", "2010", "DR-2001"),)),
)

COUNT = DemoCount(
    "COUNT-01",
    "Six bins with surprises",
    ("W-01-0101", "W-01-0102", "W-02-0102", "W-02-0201", "W-02-0202", "W-03-0401"),
)
