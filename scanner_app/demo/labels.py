"""The labels of the demo to try a scanner with: what to scan, and what it should give.

Dates on labels come from the day of loading, so that they agree with the stock however old the
demo is.

This module must never draw a symbol: it says what stands on a label.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.barcodes.labels import LabelSymbology
from scanner_app.demo.documents import CONTAINER
from scanner_app.demo.stock import SSCC_OF_CHAIRS, SSCC_OF_MONITORS
from scanner_app.errors import N_
from scanner_app.inventory.date_formula import apply_date_formula
from scanner_app.warehouse.receipt import PostedReceipt

FIRST_RECEIPT = "RC-00001"
EXPECTED_RECEIPT = "RC-00003"


@dataclass(frozen=True)
class DemoLabel:
    """One label.

    Attributes:
        name: how the page calls it; the names of all labels differ.
        title: what it is, to be translated; blank where the content says it.
        content: as `label_svg` takes it; GS1 in brackets.
        gives: what a scan of it should give, to be translated.
    """

    name: str
    title: str
    symbology: LabelSymbology
    content: str
    gives: str = ""

    @property
    def number(self) -> str:
        """What stands beside the symbol on a sheet of labels."""
        return self.content

    @property
    def lines(self) -> tuple[str, ...]:
        """What else stands there: nothing."""
        return ()


def day_of_loading(session: Session) -> date | None:
    """The work date of all date formulas; None where the demo is not loaded."""
    posted = PostedReceipt
    return session.scalar(select(posted.posting_date).where(posted.receipt_no == FIRST_RECEIPT))


def labels_to_scan(work_date: date) -> tuple[DemoLabel, ...]:
    """One label for each kind of scan, with what it should give."""
    return (
        *_labels_of_stock(work_date),
        *_labels_of_receipt(work_date),
        *_labels_without_stock(work_date),
        *_labels_of_surprises(),
    )


def _labels_of_stock(work_date: date) -> Iterator[DemoLabel]:
    code_128, gs1_128 = LabelSymbology.CODE_128, LabelSymbology.GS1_128
    matrix = LabelSymbology.GS1_DATA_MATRIX
    yield DemoLabel("bin", N_("Bin"), code_128, "W-01-0101", N_("The bin."))
    yield DemoLabel(
        "chair",
        N_("Chair 1001"),
        matrix,
        "(01)09521234019008(10)LOT0001(21)1001",
        N_("Item, lot and serial; the package CONTAINER010 comes from stock."),
    )
    yield DemoLabel(
        "bare-serial",
        N_("A bare serial no."),
        code_128,
        "1001",
        N_("A chair or a drill: the open document decides, else the worker. Never lot 01."),
    )
    yield DemoLabel(
        "container", N_("Container"), code_128, CONTAINER, N_("A package with three items.")
    )
    yield DemoLabel(
        "package-of-chairs",
        N_("Package of the house, chairs"),
        gs1_128,
        f"(00){SSCC_OF_CHAIRS}",
        N_("The package with chairs 1005 and 1006 and 5 lamps."),
    )
    yield DemoLabel(
        "package-of-monitors",
        N_("Package of the house, monitors"),
        gs1_128,
        f"(00){SSCC_OF_MONITORS}",
        N_("The package with 2 monitors."),
    )
    yield DemoLabel(
        "drill", N_("Drill"), matrix, "(01)09521234020103(21)DR-1003", N_("Item and serial.")
    )
    yield DemoLabel(
        "drill-lower-case",
        N_("Drill, in lower case"),
        code_128,
        "dr-1003",
        N_("The same drill."),
    )
    yield DemoLabel(
        "extinguisher",
        N_("Extinguisher"),
        matrix,
        f"(01)09521234020202(17){six_digits(work_date, '3Y')}(10)FX26A(21)FX-5101",
        N_("Item, expiration date, lot and serial."),
    )
    yield DemoLabel(
        "paint-can",
        N_("Paint, can"),
        gs1_128,
        f"(01)09521234030201(17){six_digits(work_date, '14M+CM')[:4]}00(10)P2404",
        N_("Day 00 is the last day of the month, which is the date of P2404."),
    )
    yield DemoLabel(
        "paint-box",
        N_("Paint, box"),
        gs1_128,
        "(01)19521234030208(10)P2403",
        N_("The unit BOX: it adds 4 cans."),
    )


def _labels_of_receipt(work_date: date) -> Iterator[DemoLabel]:
    """What is expected by the receipt that waits, and new; its vests have a label of their own."""
    matrix = LabelSymbology.GS1_DATA_MATRIX
    yield DemoLabel(
        "receipt",
        N_("Receipt"),
        LabelSymbology.CODE_128,
        EXPECTED_RECEIPT,
        N_("The receipt opens, to be received by scanning: paint, drills and vests."),
    )
    yield DemoLabel(
        "paint-that-comes",
        N_("Paint that comes"),
        matrix,
        f"(01)09521234030201(17){six_digits(work_date, '18M')}(10)P2501",
        N_("At the receipt a new lot with its expiration date; how many is asked."),
    )
    yield DemoLabel(
        "drill-that-comes",
        N_("Drill that comes"),
        matrix,
        "(01)09521234020103(21)DR-3001",
        N_("At the receipt a new serial no.; scan DR-3002 and DR-3003 next."),
    )


def _labels_without_stock(work_date: date) -> Iterator[DemoLabel]:
    yield DemoLabel(
        "pallet",
        N_("Lamps on a pallet"),
        LabelSymbology.GS1_128,
        "(00)395212340000000038(02)09521234019206(37)12(10)LOT201",
        N_("At a receipt 12 lamps of LOT201 in this package; elsewhere an unknown package."),
    )
    yield DemoLabel(
        "best-before",
        N_("Adhesive, best before"),
        LabelSymbology.GS1_DATA_MATRIX,
        f"(01)09521234030607(15){six_digits(work_date, '10D')}(10)AD-3",
        N_("Best before is shown; it is no expiration date unless the site says so."),
    )
    yield DemoLabel(
        "coffee",
        N_("Coffee"),
        LabelSymbology.EAN_8,
        "20003012",
        N_("The item; the lot is still asked."),
    )
    yield DemoLabel(
        "cable",
        N_("Cable"),
        LabelSymbology.UPC_A,
        "412345003019",
        N_("The item, the same as by 00412345003019."),
    )
    yield DemoLabel(
        "vest",
        N_("Vest, size M"),
        LabelSymbology.EAN_13,
        "9521234030119",
        N_("The item with its variant M."),
    )
    yield DemoLabel(
        "web-address",
        N_("Extinguisher, web address"),
        LabelSymbology.QR_CODE,
        "https://id.gs1.org/01/09521234020202/10/FX26A/21/FX-5102",
        N_("The same as its GS1 label would give: item, lot and serial."),
    )


def _labels_of_surprises() -> Iterator[DemoLabel]:
    code_128 = LabelSymbology.CODE_128
    yield DemoLabel(
        "not-gs1",
        N_("Looks like GS1, is not"),
        code_128,
        "10LOT0001",
        N_("Unknown; not the lot LOT0001."),
    )
    yield DemoLabel(
        "wrong-check-digit",
        N_("Wrong check digit"),
        code_128,
        "9521234020104",
        N_("Refused for its check digit."),
    )
    yield DemoLabel(
        "ended-reference",
        N_("A reference that ended"),
        code_128,
        "OLD-3010",
        N_("Refused, with the last day on which it was valid."),
    )
    yield DemoLabel(
        "two-items",
        N_("One reference, two items"),
        code_128,
        "VENDOR-77",
        N_("Paint or adhesive: the worker chooses."),
    )
    yield DemoLabel("formula", N_("A formula"), code_128, "=1+1", N_("Unknown, shown as text."))
    yield DemoLabel("markup", N_("Markup"), code_128, "<b>1</b>", N_("Unknown, shown as text."))
    yield DemoLabel(
        "unknown",
        N_("Nothing of this house"),
        code_128,
        "HELLO-42",
        N_("Unknown, with what was looked for; the scan is kept."),
    )


def six_digits(work_date: date, formula: str) -> str:
    """The date that a formula makes of the work date, as GS1 writes it: YYMMDD."""
    return f"{apply_date_formula(formula, work_date):%y%m%d}"
