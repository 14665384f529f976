"""What lies where in the demo warehouse, and what the last counts found.

The stock of WHITE is that after the counts: what they found and missed still waits in the
adjustment bin. Dates are date formulas on the work date.

This module must never hold what comes in by receipts: that is `documents`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scanner_app.demo.numbers import FOUND, NOT_FOUND
from scanner_app.inventory.item_tracking import NO_NUMBERS, TrackingNumbers


@dataclass(frozen=True)
class Goods:
    """An item in a unit of measure with its numbers and date."""

    item_no: str
    unit: str
    numbers: TrackingNumbers = NO_NUMBERS
    variant: str = ""
    expires: str = ""


@dataclass(frozen=True)
class Stock:
    """A quantity of goods in a bin; '' where the location has none."""

    bin_code: str
    goods: Goods
    quantity: Decimal


@dataclass(frozen=True)
class Unsynchronised:
    """What a count of a bin found (minus) or missed (plus), as the adjustment bin holds it."""

    bin_code: str
    goods: Goods
    quantity: Decimal
    counted: str
    counted_by: str
    reason: str


def lies(bin_code: str, quantity: str, goods: Goods) -> Stock:
    """One quantity in a bin."""
    return Stock(bin_code, goods, Decimal(quantity))


def each(
    bin_code: str,
    item_no: str,
    *serial_nos: str,
    lot: str = "",
    package: str = "",
    expires: str = "",
) -> Iterator[Stock]:
    """One piece in a bin for each serial no."""
    for serial_no in serial_nos:
        numbers = TrackingNumbers(serial_no, lot, package)
        yield lies(bin_code, "1", Goods(item_no, "PCS", numbers, expires=expires))


def of_lot(item_no: str, unit: str, lot: str, package: str = "", expires: str = "") -> Goods:
    """Goods of a lot, perhaps in a package."""
    return Goods(item_no, unit, TrackingNumbers("", lot, package), expires=expires)


def of_package(item_no: str, unit: str, package: str) -> Goods:
    """Goods in a package, without any other number."""
    return Goods(item_no, unit, TrackingNumbers("", "", package))


OPENED = "-30D"
SSCC_OF_CHAIRS = "395212340000000014"
SSCC_OF_MONITORS = "395212340000000021"

STOCK_OF_WHITE = (
    *each("W-01-0101", "2010", "1001", "DR-1002", "DR-1003"),
    *each("W-01-0102", "2010", "DR-1004", "DR-1005", "1044"),
    lies("W-01-0201", "10", of_lot("3020", "CAN", "P2401", expires="-1D")),
    lies("W-01-0202", "8", of_lot("3020", "CAN", "P2402", expires="0D")),
    *each("W-01-0301", "2030", "CU-7001", "CU-7002", "CU-7003", lot="CU-L1"),
    *each("W-01-0302", "2040", "MO-9001", "MO-9002", package=SSCC_OF_MONITORS),
    lies("W-01-0401", "37.5", of_lot("3050", "M", "LOT0100")),
    lies("W-01-0402", "20", Goods("3010", "PCS", variant="M")),
    lies("W-01-0402", "14", Goods("3010", "PCS", variant="L")),
    *each("W-01-0501", "1900-S", "1005", "1006", lot="LOT0002", package=SSCC_OF_CHAIRS),
    lies("W-01-0501", "5", of_lot("1920-S", "PCS", "LOT201", SSCC_OF_CHAIRS)),
    *each("W-01-0601", "2020", "FX-5001", "FX-5002", lot="FX25B", expires="30D"),
    lies("W-01-0602", "6", Goods("2050", "PCS")),
    lies("W-02-0101", "3", of_lot("3020", "CAN", "P2403", expires="60D")),
    lies("W-02-0102", "12", of_lot("3030", "BAG", "CB01", expires="-3D")),
    lies("W-02-0201", "24", of_lot("3030", "BAG", "CB02", expires="4M")),
    lies("W-02-0202", "5", of_package("3040", "PCS", "PKG-000101")),
    lies("W-02-0202", "7", of_package("3040", "PCS", "PKG-000102")),
    lies("W-02-0301", "4", of_lot("3020", "CAN", "P2399", expires="20D")),
    lies("W-03-0201", "6", of_lot("3020", "BOX", "P2403", expires="60D")),
    lies("W-03-0202", "3", of_lot("3050", "DRUM", "CA-77")),
    lies("W-05-0101", "16", of_lot("3060", "TUBE", "AD-3", expires="10D")),
    *each("W-10-0001", "2030", "CU-7099", lot="CU-L0"),
)
STOCK_OF_SILVER = (
    *each("S-01-0001", "2010", "1044", "DR-2001"),
    lies("S-01-0002", "30", Goods("3010", "PCS", variant="M")),
    lies("S-01-0003", "120", of_lot("3050", "M", "CA-78")),
    lies("S-01-0004", "9", of_lot("3030", "BAG", "CB02", expires="4M")),
)
STOCK_OF_BLUE = (
    lies("", "10", Goods("3010", "PCS", variant="L")),
    *each("", "2030", "CU-7010", lot="CU-L1"),
)
# Warranty dates that a person types, as the item tracking code asks: by item.
TYPED_WARRANTY_DATES = {"2040": "2Y"}

# In the order in which they were counted.
UNSYNCHRONISED = (
    Unsynchronised(
        "W-01-0102",
        Goods("2010", "PCS", TrackingNumbers("DR-1010")),
        Decimal(1),
        counted="-2D",
        counted_by="WORKER1",
        reason=NOT_FOUND,
    ),
    Unsynchronised(
        "W-02-0201",
        of_lot("3030", "BAG", "CB02", expires="4M"),
        Decimal(-2),
        counted="-1D",
        counted_by="WORKER2",
        reason=FOUND,
    ),
    Unsynchronised(
        "W-01-0102",
        Goods("2010", "PCS", TrackingNumbers("1044")),
        Decimal(-1),
        counted="-1D",
        counted_by="WORKER2",
        reason=FOUND,
    ),
)
