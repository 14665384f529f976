"""Labels: the symbols that the house prints, as SVG for paper and as PNG for tests.

The writer of zxing-cpp draws them. It checks neither check digits nor dates, so GS1 content is
checked here first.

This module must never put what a person typed into an address or a command: it draws symbols.
"""

from __future__ import annotations

import re
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from scanner_app.barcodes.element_strings import (
    GS1NotReadable,
    is_bracketed,
    is_date,
    split_bracketed,
    to_bracketed,
    to_date,
)
from scanner_app.barcodes.plain_codes import CheckDigitWrong, has_right_check_digit, is_digits
from scanner_app.errors import N_, RuleRefused

if TYPE_CHECKING:
    from datetime import date


class LabelSymbology(StrEnum):
    """The symbols that can be printed."""

    CODE_128 = "code-128"
    GS1_128 = "gs1-128"
    GS1_DATA_MATRIX = "gs1-datamatrix"
    QR_CODE = "qr-code"
    EAN_13 = "ean-13"
    EAN_8 = "ean-8"
    UPC_A = "upc-a"


_WRITER_FORMATS = {
    LabelSymbology.CODE_128: "Code128",
    LabelSymbology.GS1_128: "Code128",
    LabelSymbology.GS1_DATA_MATRIX: "DataMatrix",
    LabelSymbology.QR_CODE: "QRCode",
    LabelSymbology.EAN_13: "EAN13",
    LabelSymbology.EAN_8: "EAN8",
    LabelSymbology.UPC_A: "UPCA",
}
_GS1 = frozenset({LabelSymbology.GS1_128, LabelSymbology.GS1_DATA_MATRIX})
_DIGITS = {LabelSymbology.EAN_13: 13, LabelSymbology.EAN_8: 8, LabelSymbology.UPC_A: 12}
_BEFORE_SVG = re.compile(r"\A.*?(?=<svg )", re.DOTALL)


class LabelContentRefused(RuleRefused):
    """The symbol cannot hold the content."""

    message = N_("“{content}” cannot be printed as {symbology}.")
    way_out = N_("Choose another symbology, or a shorter number of other characters.")


def label_svg(
    symbology: str, content: str, today: date, *, scale: int = 1, with_text: bool = True
) -> str:
    """Return a symbol with its quiet zone as one SVG element.

    Args:
        symbology: a member of `LabelSymbology` or its text.
        content: for GS1 in brackets, as `(01)09521234019008(10)LOT0001`.
        today: the work date, which decides the century of dates in the content.
        scale: units of the SVG per module of the symbol.
        with_text: print the content under the symbol, where the symbology has a place for it.

    Raises:
        CheckDigitWrong, GS1DateWrong, GS1NotReadable, GS1ValuesContradict: of the content.
        LabelContentRefused: when the symbol cannot hold it.
    """
    barcode = _write(LabelSymbology(symbology), content, today)
    svg: str = barcode.to_svg(scale=scale, add_hrt=with_text, add_quiet_zones=True)
    return _BEFORE_SVG.sub("", svg)


def label_png(symbology: str, content: str, today: date, *, scale: int = 4) -> bytes:
    """Return a symbol with its quiet zone as a PNG; arguments and refusals as `label_svg`."""
    from PIL import Image  # noqa: PLC0415 - stays out of the process that serves pages

    barcode = _write(LabelSymbology(symbology), content, today)
    drawn = barcode.to_image(scale=scale, add_hrt=False, add_quiet_zones=True)
    file = BytesIO()
    Image.fromarray(drawn).save(file, "PNG")
    return file.getvalue()


def _write(symbology: LabelSymbology, content: str, today: date) -> Any:  # noqa: ANN401 - an extension module
    import zxingcpp  # noqa: PLC0415 - native code is loaded where labels are drawn, not at start

    checked = _check_content(symbology, content, today)
    kind = getattr(zxingcpp.BarcodeFormat, _WRITER_FORMATS[symbology])
    options = {"gs1": True} if symbology in _GS1 else {}
    try:
        return zxingcpp.create_barcode(checked, kind, **options)
    except (ValueError, RuntimeError) as fault:
        raise LabelContentRefused(content=content[:40], symbology=symbology.value) from fault


def _check_content(symbology: LabelSymbology, content: str, today: date) -> str:
    """Return the content as the writer takes it, once it cannot be wrong."""
    if symbology in _GS1:
        if not is_bracketed(content):
            raise GS1NotReadable(rest=content[:40])
        elements = split_bracketed(content)
        for element in elements:
            if is_date(element):
                to_date(element, today)
        return to_bracketed(elements)
    if not content.isprintable():
        raise LabelContentRefused(content=ascii(content)[1:41], symbology=symbology.value)
    digits = _DIGITS.get(symbology)
    if digits is not None:
        if len(content) != digits or not is_digits(content):
            raise LabelContentRefused(content=content[:40], symbology=symbology.value)
        if not has_right_check_digit(content):
            raise CheckDigitWrong(number=content)
    return content
