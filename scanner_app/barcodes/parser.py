"""Parsing: one scanned text becomes the identifiers it names.

Step 3 of the flow. GS1 is read only where it is proved: by the identifier of the symbol, by a
separator inside the text, or by application identifiers in brackets. The serial no. `1001` is
therefore never lot `01`.

This module must never look at a record or a clock, and never raise anything but a refusal.
"""

import re
from datetime import date
from decimal import Decimal

from scanner_app.barcodes import clean_text, digital_link, element_strings, symbology
from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.barcodes.element_strings import ElementString, GS1NotReadable
from scanner_app.barcodes.parsed_barcode import BarcodeForm, ParsedBarcode, Remark
from scanner_app.barcodes.plain_codes import (
    GTIN_DIGITS,
    SSCC_DIGITS,
    has_right_check_digit,
    is_digits,
    split_house_prefix,
    to_gtin_14,
    to_number,
)
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.errors import RuleRefused

_NUMBERS = {
    element_strings.GTIN: "gtin",
    element_strings.CONTENT: "content_gtin",
    element_strings.SSCC: "package_no",
    element_strings.LOT: "lot_no",
    element_strings.SERIAL: "serial_no",
}
_DATES = {
    element_strings.PRODUCTION_DATE: "production_date",
    element_strings.BEST_BEFORE_DATE: "best_before_date",
    element_strings.EXPIRATION_DATE: "expiration_date",
}
_HOUSE_FIELDS = {
    "bin": "bin_code",
    "item": "item_no",
    "lot": "lot_no",
    "serial": "serial_no",
    "package": "package_no",
    "document": "document_no",
}
_NET_WEIGHT = "310"  # The fourth digit of the identifier counts the decimals.
# A date or a lot or serial no. behind at least two characters of another value.
_SEEMS_SWALLOWED = re.compile(
    r".{2}(?:(?:11|15|17)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])|(?:10|21)[!-z]{3})"
)


def parse_barcode(code: ScannedCode, today: date, settings: BarcodeSettings) -> ParsedBarcode:
    """Return the identifiers that a scanned text names.

    Args:
        code: the text, with the symbology identifier where the device knows it.
        today: the work date, which decides the century of two-digit years.
        settings: what the site prints, and how its scanners send separators.

    Raises:
        RuleRefused: NothingScanned, BarcodeTooLong, CharactersNotAllowed, NumberTooLong,
            and for GS1 only: GS1NotReadable, CheckDigitWrong, GS1DateWrong, GS1ValuesContradict.
    """
    identifier, body = _identify(code)
    text = clean_text.clean_text(body, settings.barcode_chars_max)
    text, message_format = clean_text.unwrap_frame(text)
    if message_format and not clean_text.is_gs1_format(message_format):
        remark = Remark.OTHER_STANDARD.about(clean_text.printable(message_format))
        return _plain(text, remarks=(remark,))
    for separator in settings.gs1_separators:
        if separator in text:
            text = text.replace(separator, clean_text.GROUP_SEPARATOR)
    return (
        _parse_web_address(text, today)
        or _parse_proved_gs1(text, identifier, message_format, today)
        or _parse_unproved_gs1(text, identifier, today, settings)
        or _parse_house_code(text, settings)
        or _parse_digits(text, identifier)
        or _plain(text)
    )


def _identify(code: ScannedCode) -> tuple[str, str]:
    """Return the symbology identifier and the text without it."""
    if code.symbology:
        return code.symbology, code.text
    return symbology.split_identifier(code.text.lstrip(clean_text.OUTER_BLANKS))


def _parse_web_address(text: str, today: date) -> ParsedBarcode | None:
    if not digital_link.is_web_address(text):
        return None
    elements = digital_link.split_digital_link(text)
    if elements is None:
        return _plain(text)
    return _from_elements(text, elements, BarcodeForm.DIGITAL_LINK, today)


def _parse_proved_gs1(
    text: str, identifier: str, message_format: str, today: date
) -> ParsedBarcode | None:
    if text.startswith("(") and element_strings.is_bracketed(text):
        return _from_elements(text, element_strings.split_bracketed(text), BarcodeForm.GS1, today)
    proved = symbology.proves_gs1(identifier) or bool(message_format)
    if not proved and clean_text.GROUP_SEPARATOR not in text:
        return None
    elements = element_strings.split_message(text)
    if not any(element.ai for element in elements):
        raise GS1NotReadable(rest=clean_text.printable(text[:40]))
    return _from_elements(text, elements, BarcodeForm.GS1, today)


def _parse_unproved_gs1(
    text: str, identifier: str, today: date, settings: BarcodeSettings
) -> ParsedBarcode | None:
    """Read GS1 without FNC1 where the site allows it and a check digit speaks for it."""
    if not settings.plain_code_128_is_gs1 or not symbology.may_lack_fnc1(identifier):
        return None
    length = {element_strings.SSCC: SSCC_DIGITS, element_strings.GTIN: GTIN_DIGITS}.get(text[:2])
    if length is None or len(text) < 2 + length or not has_right_check_digit(text[2 : 2 + length]):
        return None
    try:
        elements = element_strings.split_message(text)
        parsed = _from_elements(text, elements, BarcodeForm.GS1, today)
    except RuleRefused:
        return None
    return parsed if all(element.ai for element in elements) else None


def _parse_house_code(text: str, settings: BarcodeSettings) -> ParsedBarcode | None:
    found = split_house_prefix(text, settings.house_prefixes)
    if found is None:
        return None
    kind, number = found
    fields = {_HOUSE_FIELDS[kind]: number}
    return ParsedBarcode(text=text, form=BarcodeForm.HOUSE, **fields)  # type: ignore[arg-type] # only text fields are named above


def _parse_digits(text: str, identifier: str) -> ParsedBarcode | None:
    if not is_digits(text) or not symbology.may_hold_gtin(identifier, len(text)):
        return None
    if has_right_check_digit(text):
        return ParsedBarcode(text=text, form=BarcodeForm.GTIN, gtin=to_gtin_14(text))
    return _plain(text, check_digit_wrong=len(text) != 8)


def _plain(
    text: str, remarks: tuple[str, ...] = (), *, check_digit_wrong: bool = False
) -> ParsedBarcode:
    return ParsedBarcode(
        text=clean_text.printable(text),
        form=BarcodeForm.PLAIN,
        remarks=remarks,
        check_digit_wrong=check_digit_wrong,
    )


def _from_elements(
    text: str, elements: tuple[ElementString, ...], form: BarcodeForm, today: date
) -> ParsedBarcode:
    """Return the element strings as fields; what has no field becomes a remark."""
    fields: dict[str, str | date | Decimal] = {}
    remarks = []
    for element in elements:
        if element.ai in _NUMBERS:
            fields[_NUMBERS[element.ai]] = to_number(element.value)
        elif element_strings.is_date(element):
            day = element_strings.to_date(element, today)
            if element.ai in _DATES:
                fields[_DATES[element.ai]] = day
            else:
                remarks.append(_unused(element))
        elif element.ai.startswith(_NET_WEIGHT):
            fields["net_weight"] = Decimal(element.value).scaleb(-int(element.ai[3]))
        elif element.ai not in {element_strings.COUNT, element_strings.COUNT_OF_CONTENT}:
            remarks.append(_unused(element))
    _set_quantity(fields, remarks, {element.ai: element.value for element in elements})
    remarks.extend(_remarks_on_separators(elements))
    if form is BarcodeForm.GS1 and [element.ai for element in elements] == [element_strings.SSCC]:
        form = BarcodeForm.SSCC
    return ParsedBarcode(
        text=clean_text.printable(text),
        form=form,
        remarks=tuple(remarks),
        **fields,  # type: ignore[arg-type] # each name above is paired with its own type
    )


def _unused(element: ElementString) -> str:
    if not element.ai:
        return Remark.UNKNOWN.about(element.value)
    return Remark.UNUSED.about(element_strings.to_bracketed([element]))


def _set_quantity(
    fields: dict[str, str | date | Decimal], remarks: list[str], values: dict[str, str]
) -> None:
    """Take AI 30, or 37 where 02 says of what; a count of nothing named is a remark."""
    count = values.get(element_strings.COUNT)
    count_of_content = values.get(element_strings.COUNT_OF_CONTENT)
    if count_of_content is not None and element_strings.CONTENT not in values:
        remarks.append(Remark.COUNT_WITHOUT_CONTENT.about(f"(37){count_of_content}"))
        count_of_content = None
    taken = count if count is not None else count_of_content
    if taken is not None:
        fields["quantity"] = Decimal(taken)


def _remarks_on_separators(elements: tuple[ElementString, ...]) -> list[str]:
    """Tell of a last lot or serial no. that seems to hold another identifier.

    Nothing in the text can prove it: only a match with known numbers can.
    """
    last = elements[-1]
    if last.ai not in {element_strings.LOT, element_strings.SERIAL}:
        return []
    if _SEEMS_SWALLOWED.search(last.value) is None:
        return []
    return [Remark.SEPARATOR_MISSING.about(element_strings.to_bracketed([last]))]
