"""The sheets of the demo: what really lies in the counted bins, and labels for bins and packages.

What lies in a bin differs from what is booked: those are the surprises of the count.

This module must never draw a symbol: it says what stands on a label.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scanner_app.barcodes.labels import LabelSymbology
from scanner_app.demo.documents import CONTAINER
from scanner_app.demo.labels import DemoLabel, six_digits
from scanner_app.demo.people_and_places import ADJUSTMENT_BIN, BINS_OF_SILVER, ZONES_OF_WHITE
from scanner_app.demo.stock import SSCC_OF_CHAIRS, SSCC_OF_MONITORS
from scanner_app.errors import N_


@dataclass(frozen=True)
class Lying:
    """So much of what a label stands for, lying in a bin; blank unit where it is no stock."""

    label: DemoLabel
    quantity: Decimal | None = None
    unit: str = ""
    remark: str = ""


@dataclass(frozen=True)
class BinSheet:
    """The sheet of paper to count a bin from."""

    bin: DemoLabel
    lying: tuple[Lying, ...]


def bin_sheets(work_date: date) -> tuple[BinSheet, ...]:
    """What really lies in the bins of the count COUNT-01."""
    return (
        BinSheet(
            bin_label("W-01-0101"),
            (
                Lying(_drill("1001"), Decimal(1), "PCS"),
                Lying(_drill("DR-1003"), Decimal(1), "PCS"),
                Lying(_drill("DR-1003"), remark=N_("The same drill: its label on the other side")),
                Lying(_drill("DR-1004"), Decimal(1), "PCS"),
            ),
        ),
        BinSheet(
            bin_label("W-01-0102"),
            (
                Lying(_drill("DR-1005"), Decimal(1), "PCS"),
                Lying(_drill("1044"), Decimal(1), "PCS"),
            ),
        ),
        BinSheet(
            bin_label("W-02-0102"),
            (
                Lying(_coffee("CB01"), Decimal(12), "BAG"),
                Lying(_coffee("CB03", f"(17){six_digits(work_date, '5M')}"), Decimal(5), "BAG"),
            ),
        ),
        BinSheet(bin_label("W-02-0201"), (Lying(_coffee("CB02"), Decimal(21), "BAG"),)),
        BinSheet(
            bin_label("W-02-0202"),
            (
                Lying(_package("PKG-000101"), Decimal(5), "PCS"),
                Lying(_package("PKG-000777"), Decimal(7), "PCS"),
                Lying(
                    DemoLabel("lying-hello-42", "", LabelSymbology.CODE_128, "HELLO-42"),
                    remark=N_("A label that sticks on the shelf"),
                ),
            ),
        ),
        BinSheet(bin_label("W-03-0401"), ()),
    )


def bin_labels() -> tuple[DemoLabel, ...]:
    """The label of every bin that is a place; the adjustment bin is none."""
    white = (code for zone in ZONES_OF_WHITE for code in zone.bins if code != ADJUSTMENT_BIN)
    return tuple(bin_label(code) for code in (*white, *BINS_OF_SILVER))


def bin_label(code: str) -> DemoLabel:
    """The label of a bin."""
    return DemoLabel(f"bin-{code.lower()}", "", LabelSymbology.CODE_128, code)


def package_labels() -> tuple[DemoLabel, ...]:
    """The labels of the packages in stock."""
    return (
        _package(CONTAINER),
        _sscc(SSCC_OF_CHAIRS),
        _sscc(SSCC_OF_MONITORS),
        _package("PKG-000101"),
        _package("PKG-000102"),
    )


def _drill(serial_no: str) -> DemoLabel:
    content = f"(01)09521234020103(21){serial_no}"
    symbology = LabelSymbology.GS1_DATA_MATRIX
    return DemoLabel(f"drill-{serial_no.lower()}", N_("Cordless drill"), symbology, content)


def _coffee(lot_no: str, date_element: str = "") -> DemoLabel:
    content = f"(01)09521234030300{date_element}(10){lot_no}"
    symbology = LabelSymbology.GS1_DATA_MATRIX
    return DemoLabel(f"coffee-{lot_no.lower()}", N_("Coffee"), symbology, content)


def _package(package_no: str) -> DemoLabel:
    return DemoLabel(
        f"package-{package_no.lower()}", N_("Package"), LabelSymbology.CODE_128, package_no
    )


def _sscc(package_no: str) -> DemoLabel:
    return DemoLabel(
        f"package-{package_no}", N_("Package"), LabelSymbology.GS1_128, f"(00){package_no}"
    )
