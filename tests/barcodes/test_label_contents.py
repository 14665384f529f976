"""What stands on the labels of the house, and that a scan of them gives it back."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.barcodes.engines import (
    PYZBAR,
    available_engines,
    read_with_zbar,
    read_with_zxing,
)
from scanner_app.barcodes.label_contents import (
    Label,
    LabelledItem,
    bin_label,
    item_label,
    lot_label,
    package_label,
    serial_label,
)
from scanner_app.barcodes.labels import LabelSymbology, label_png, label_svg
from scanner_app.barcodes.parsed_barcode import ParsedBarcode
from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.scanned_code import ScannedCode

TODAY = date(2026, 11, 23)
PLAIN = LabelledItem("CUP", "Cup")
WITH_GTIN = LabelledItem("CUP", "Cup", "96385074")
MATRIX, CODE_128, QR_CODE = (
    LabelSymbology.GS1_DATA_MATRIX,
    LabelSymbology.CODE_128,
    LabelSymbology.QR_CODE,
)
GTIN_14 = "00000096385074"
# What fits across and down a label of 63.5 by 33.9 mm, less 2 mm at each edge, in pixels of paper.
WIDTH_MAX, HEIGHT_MAX = 224, 112
# Numbers as people make them; those of a scheme of others, such as (01) or ]C1, are not.
NUMBERS = st.from_regex(r"[A-Z0-9][A-Z0-9./ _+%-]{0,48}[A-Z0-9]", fullmatch=True)


def scanned(label: Label) -> ParsedBarcode:
    """What the app reads of a label by every engine that knows its symbology."""
    picture = Image.open(BytesIO(label_png(label.symbology, label.content, TODAY))).convert("L")
    [reading] = read_with_zxing(picture)
    if available_engines()[PYZBAR] and label.symbology is not MATRIX:
        [other] = read_with_zbar(picture)
        assert (other.text, other.symbology) == (reading.text, reading.symbology)
    return parse_barcode(ScannedCode(reading.text, reading.symbology), TODAY, BarcodeSettings())


@pytest.mark.parametrize(
    ("label", "symbology", "content", "lines"),
    [
        (
            serial_label(WITH_GTIN, "S-1", "L-1"),
            MATRIX,
            f"(01){GTIN_14}(10)L-1(21)S-1",
            ("L-1", "CUP", "Cup"),
        ),
        (serial_label(WITH_GTIN, "S-1"), MATRIX, f"(01){GTIN_14}(21)S-1", ("CUP", "Cup")),
        (lot_label(WITH_GTIN, "L-1"), MATRIX, f"(01){GTIN_14}(10)L-1", ("CUP", "Cup")),
        (item_label(WITH_GTIN), MATRIX, f"(01){GTIN_14}", ("Cup",)),
        (package_label(WITH_GTIN, "P-1"), CODE_128, "P-1", ("CUP", "Cup")),
        (serial_label(PLAIN, "S-1", "L-1"), CODE_128, "S-1", ("L-1", "CUP", "Cup")),
        (lot_label(PLAIN, "L" * 15), QR_CODE, "L" * 15, ("CUP", "Cup")),
        (item_label(PLAIN), CODE_128, "CUP", ("Cup",)),
        (bin_label("W-01-0101"), CODE_128, "W-01-0101", ()),
        (bin_label("W-01-0101", "Shelf"), CODE_128, "W-01-0101", ("Shelf",)),
        (lot_label(PLAIN, "\u65e5\u672c"), QR_CODE, "\u65e5\u672c", ("CUP", "Cup")),
        # GS1 has no room, or no character, for these: the number stands alone.
        (serial_label(WITH_GTIN, "S" * 21), QR_CODE, "S" * 21, ("CUP", "Cup")),
        (serial_label(WITH_GTIN, "S-1", "L" * 21), CODE_128, "S-1", ("L" * 21, "CUP", "Cup")),
        (serial_label(WITH_GTIN, "S\u00c4"), QR_CODE, "S\u00c4", ("CUP", "Cup")),
        (lot_label(WITH_GTIN, "L(21)X"), CODE_128, "L(21)X", ("CUP", "Cup")),
    ],
)
def test_a_label_says_what_it_is_of(
    label: Label, symbology: LabelSymbology, content: str, lines: tuple[str, ...]
) -> None:
    assert (label.symbology, label.content, label.lines) == (symbology, content, lines)
    assert label.number in content or label.number == "CUP"


def test_a_label_with_a_gtin_reads_as_item_and_numbers() -> None:
    parsed = scanned(serial_label(WITH_GTIN, "S-1", "L-1"))
    assert (parsed.gtin, parsed.serial_no, parsed.lot_no) == (GTIN_14, "S-1", "L-1")
    assert scanned(lot_label(WITH_GTIN, "L/1")).lot_no == "L/1"
    assert scanned(item_label(WITH_GTIN)).gtin == GTIN_14


@given(NUMBERS)
@settings(max_examples=60, deadline=None)
def test_a_number_without_a_gtin_reads_as_it_was_printed(number: str) -> None:
    assert scanned(package_label(PLAIN, number)).text == number


@given(NUMBERS, NUMBERS)
@settings(max_examples=60, deadline=None)
def test_a_number_with_a_gtin_reads_as_it_was_printed(serial_no: str, lot_no: str) -> None:
    label = serial_label(WITH_GTIN, serial_no, lot_no)
    parsed = scanned(label)
    if label.symbology is MATRIX:
        assert (parsed.gtin, parsed.serial_no, parsed.lot_no) == (GTIN_14, serial_no, lot_no)
    else:
        assert parsed.text == serial_no


@given(NUMBERS, NUMBERS, st.sampled_from([PLAIN, WITH_GTIN]))
@settings(max_examples=60, deadline=None)
def test_every_symbol_fits_its_label(serial_no: str, lot_no: str, item: LabelledItem) -> None:
    for label in (serial_label(item, serial_no, lot_no), package_label(item, serial_no)):
        pixels = 1 if label.symbology is CODE_128 else 2
        svg = label_svg(label.symbology, label.content, TODAY, scale=pixels, with_text=False)
        width, height = (int(part) for part in svg.split('"')[1:4:2])
        assert width <= WIDTH_MAX
        assert height <= HEIGHT_MAX
