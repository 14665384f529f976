"""What the labels of the house say: serial, lot and package numbers, items and bins.

A label of an item with a GTIN is a GS1 DataMatrix, which names the item beside its number. Any
other number stands alone: as Code 128 where it is short enough for the label, else as QR code
(docs/domain.md 2.12.2).

This module must never draw a symbol: that is `labels`.
"""

from dataclasses import dataclass

from scanner_app.barcodes.element_strings import (
    GTIN,
    LOT,
    SERIAL,
    ElementString,
    split_bracketed,
    to_bracketed,
)
from scanner_app.barcodes.labels import LabelSymbology
from scanner_app.barcodes.plain_codes import to_gtin_14
from scanner_app.errors import RuleRefused

# So many characters fit across a label of 63.5 mm with bars of one pixel, whatever they are.
CODE_128_CHARS_MAX = 14


@dataclass(frozen=True)
class Label:
    """One label.

    Attributes:
        content: as `label_svg` takes it; GS1 in brackets.
        number: what the label is of, in large characters.
        lines: what else is printed, from above.
    """

    symbology: LabelSymbology
    content: str
    number: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class LabelledItem:
    """What labels say about an item."""

    no: str
    description: str = ""
    gtin: str = ""


def serial_label(item: LabelledItem, serial_no: str, lot_no: str = "") -> Label:
    """The label of one unit; its lot no. stands on it where it is known."""
    lot = (lot_no,) if lot_no else ()
    return _label_of_number(item, serial_no, ((LOT, lot_no), (SERIAL, serial_no)), lot)


def lot_label(item: LabelledItem, lot_no: str) -> Label:
    """The label of a lot."""
    return _label_of_number(item, lot_no, ((LOT, lot_no),))


def package_label(item: LabelledItem, package_no: str) -> Label:
    """The label of a package, which may hold more than the item that it was made for."""
    return _plain_label(package_no, (item.no, item.description))


def item_label(item: LabelledItem) -> Label:
    """The label of an item without any number."""
    content = _gs1_content(item, ())
    if content:
        return Label(LabelSymbology.GS1_DATA_MATRIX, content, item.no, (item.description,))
    return _plain_label(item.no, (item.description,))


def bin_label(code: str, description: str = "") -> Label:
    """The label of a bin."""
    return _plain_label(code, (description,))


def _label_of_number(
    item: LabelledItem,
    number: str,
    numbers: tuple[tuple[str, str], ...],
    beside: tuple[str, ...] = (),
) -> Label:
    lines = (*beside, item.no, item.description)
    content = _gs1_content(item, numbers)
    if content:
        return Label(LabelSymbology.GS1_DATA_MATRIX, content, number, lines)
    return _plain_label(number, lines)


def _gs1_content(item: LabelledItem, numbers: tuple[tuple[str, str], ...]) -> str:
    """The item's GTIN and the numbers, '' where GS1 cannot say them.

    A lot or serial no. of GS1 has at most 20 characters, of those that the standard names.
    """
    if not item.gtin:
        return ""
    named = ((GTIN, to_gtin_14(item.gtin)), *numbers)
    elements = tuple(ElementString(ai, value) for ai, value in named if value)
    content = to_bracketed(elements)
    try:
        return content if split_bracketed(content) == elements else ""
    except RuleRefused:
        return ""


def _plain_label(number: str, lines: tuple[str, ...]) -> Label:
    fits = number.isascii() and len(number) <= CODE_128_CHARS_MAX
    symbology = LabelSymbology.CODE_128 if fits else LabelSymbology.QR_CODE
    return Label(symbology, number, number, tuple(line for line in lines if line))
