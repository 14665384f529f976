"""A parsed barcode: the identifiers found in one scanned text.

Answers to the fields that a scan can fill in Business Central: item reference, Lot No.,
Serial No., Package No., Expiration Date, Quantity, Bin Code and Document No.

This module must never know which item or bin is meant: that is resolved against records.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

NUMBER_CHARS_MAX = 50  # Serial No., Lot No. and Package No. are Code[50] in Business Central.


class BarcodeForm(StrEnum):
    """How the text was read."""

    GS1 = "gs1"
    DIGITAL_LINK = "digital_link"
    GTIN = "gtin"
    SSCC = "sscc"
    HOUSE = "house"
    PLAIN = "plain"


class Remark(StrEnum):
    """What is worth telling about a barcode that was read all the same.

    A remark is stored as one of these codes, a colon, and the part of the label it speaks of:
    `separator_missing:(10)LOT121SER1`.
    """

    UNUSED = "unused"
    """An application identifier that this product has no field for."""
    UNKNOWN = "unknown"
    """Characters that belong to no application identifier of the standard."""
    SEPARATOR_MISSING = "separator_missing"
    """A value that seems to hold another application identifier: FNC1 was left out."""
    COUNT_WITHOUT_CONTENT = "count_without_content"
    """A count of trade items (37) without saying of which (02)."""
    OTHER_STANDARD = "other_standard"
    """A message of ISO/IEC 15434 in another format than that of GS1."""

    def about(self, detail: str) -> str:
        """Return the remark as it is stored."""
        return f"{self.value}:{detail}"


@dataclass(frozen=True)
class ParsedBarcode:
    """The identifiers of one scan; what the text did not name is "" or None.

    Attributes:
        text: what was scanned, cleaned and printable; a separator shows as U+241D.
        form: how it was read; a member of `BarcodeForm` compares equal to its plain text.
        gtin: 14 digits, whatever kind of GTIN was printed (AI 01).
        content_gtin: 14 digits, the trade items contained in a logistic unit (AI 02).
        package_no: SSCC of 18 digits (AI 00), or a package no. of the house.
        quantity: AI 30, or AI 37 together with 02, in the unit that the GTIN names.
        net_weight: kilograms (AI 310n).
        remarks: see `Remark`.
        check_digit_wrong: 12 to 14 digits that are no GTIN: a serial or lot no., or misread.
    """

    text: str
    form: BarcodeForm
    gtin: str = ""
    item_no: str = ""
    lot_no: str = ""
    serial_no: str = ""
    package_no: str = ""
    expiration_date: date | None = None
    best_before_date: date | None = None
    production_date: date | None = None
    quantity: Decimal | None = None
    content_gtin: str = ""
    net_weight: Decimal | None = None
    bin_code: str = ""
    document_no: str = ""
    remarks: tuple[str, ...] = ()
    check_digit_wrong: bool = False
