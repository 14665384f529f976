from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from scanner_app.barcodes.element_strings import GS1DateWrong, GS1NotReadable
from scanner_app.barcodes.engines import read_with_zxing
from scanner_app.barcodes.labels import LabelContentRefused, label_png, label_svg
from scanner_app.barcodes.plain_codes import CheckDigitWrong
from tests.barcodes.photos import LABELS, TODAY, payload


@pytest.mark.parametrize(("symbology", "content", "identifier"), LABELS)
def test_a_printed_label_reads_as_what_was_asked_for(
    symbology: str, content: str, identifier: str
) -> None:
    picture = Image.open(BytesIO(label_png(symbology, content, TODAY)))
    [reading] = read_with_zxing(picture.convert("L"))
    assert (reading.text.replace("\x1d", ""), reading.symbology) == (payload(content), identifier)


@pytest.mark.parametrize(("symbology", "content"), [label[:2] for label in LABELS])
def test_a_label_is_one_svg_element_with_its_quiet_zone(symbology: str, content: str) -> None:
    svg = label_svg(symbology, content, TODAY)
    assert svg.startswith("<svg ")
    assert "DOCTYPE" not in svg
    root = ET.fromstring(svg)  # noqa: S314 - written a line above
    [bars] = root.iter("{http://www.w3.org/2000/svg}path")
    assert not bars.get("d", "").startswith("M0 ")


def test_what_is_printed_under_the_bars_is_text_and_no_markup() -> None:
    svg = label_svg("code-128", "<b>1</b>", TODAY)
    assert "<b>" not in svg
    assert "&lt;b&gt;1&lt;/b&gt;" in svg
    assert "<text" not in label_svg("code-128", "A", TODAY, with_text=False)


@pytest.mark.parametrize(
    ("symbology", "content"),
    [
        ("gs1-128", "(00)395212340000000015"),
        ("gs1-datamatrix", "(01)09521234019009(10)A"),
        ("ean-13", "9521234020104"),
        ("ean-8", "20003013"),
        ("upc-a", "412345003018"),
    ],
)
def test_a_wrong_check_digit_is_never_printed(symbology: str, content: str) -> None:
    with pytest.raises(CheckDigitWrong):
        label_svg(symbology, content, TODAY)


@pytest.mark.parametrize("value", ["271332", "270231"])
def test_a_date_that_is_none_is_never_printed(value: str) -> None:
    with pytest.raises(GS1DateWrong):
        label_svg("gs1-128", f"(01)09521234019008(17){value}", TODAY)


@pytest.mark.parametrize("content", ["10LOT0001", "", "(555)1", "(10)" + "A" * 21])
def test_gs1_content_has_to_come_in_brackets(content: str) -> None:
    with pytest.raises(GS1NotReadable):
        label_svg("gs1-128", content, TODAY)


@pytest.mark.parametrize(
    ("symbology", "content"),
    [
        ("code-128", ""),
        ("code-128", "日本"),
        ("code-128", "A\x00"),
        ("code-128", "A" * 300),
        ("qr-code", "\ud800"),
        ("qr-code", "A\u202eB"),
        ("ean-13", "1"),
        ("ean-13", "\u0660" * 13),
        ("upc-a", "ABCDEFGHIJKL"),
    ],
)
def test_content_that_a_symbol_cannot_hold_is_refused(symbology: str, content: str) -> None:
    with pytest.raises(LabelContentRefused) as refused:
        label_svg(symbology, content, TODAY)
    assert str(refused.value).isprintable()
