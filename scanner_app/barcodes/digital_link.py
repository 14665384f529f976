"""GS1 Digital Link: the web address on a label that carries the same identifiers.

This module must never open the address, and never care for the domain: whoever printed the
label chose it.
"""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from scanner_app.barcodes.element_strings import (
    GTIN,
    LOT,
    SERIAL,
    SSCC,
    ElementString,
    is_identifier,
    split_pairs,
)
from scanner_app.barcodes.plain_codes import SSCC_DIGITS, is_digits, to_gtin_14

_SCHEME = re.compile(r"https?://", re.IGNORECASE | re.ASCII)
_GTIN_LENGTHS = frozenset({8, 12, 13, 14})
_VARIANT = "22"
_QUALIFIERS = {SSCC: (), GTIN: (_VARIANT, LOT, SERIAL)}


def is_web_address(text: str) -> bool:
    """Say whether the text is an address of the web, in whatever letter case."""
    return _SCHEME.match(text) is not None


def split_digital_link(address: str) -> tuple[ElementString, ...] | None:
    """Return the element strings of a GS1 Digital Link, or None for any other web address.

    Raises:
        GS1NotReadable, CheckDigitWrong: for a link whose values cannot be right.
        GS1ValuesContradict: when path and query name different values.
    """
    try:
        parts = urlsplit(address)
        query = parse_qsl(parts.query)
    except ValueError:
        return None
    segments = parts.path.rstrip("/").split("/")
    pairs = _pairs_of_path(segments)
    if pairs is None:
        return None
    return split_pairs([*pairs, *((ai, value) for ai, value in query if _is_known(ai))])


def _pairs_of_path(segments: list[str]) -> list[tuple[str, str]] | None:
    for at in range(len(segments) - 1):
        key, value = segments[at], segments[at + 1]
        if key in _QUALIFIERS and _is_key_of(key, value):
            qualifiers = segments[at + 2 :]
            if len(qualifiers) % 2 or not set(qualifiers[::2]) <= set(_QUALIFIERS[key]):
                return None
            values = [unquote(qualifier) for qualifier in qualifiers[1::2]]
            primary = to_gtin_14(value) if key == GTIN else value
            return [(key, primary), *zip(qualifiers[::2], values, strict=True)]
    return None


def _is_key_of(ai: str, value: str) -> bool:
    if not is_digits(value):
        return False
    return len(value) == SSCC_DIGITS if ai == SSCC else len(value) in _GTIN_LENGTHS


def _is_known(ai: str) -> bool:
    return is_digits(ai) and is_identifier(ai)
