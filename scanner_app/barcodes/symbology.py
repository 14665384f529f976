"""Symbology identifiers: what the three characters in front of a scan prove (ISO/IEC 15424).

This module must never take a text for GS1 because of how it looks: only the identifier of a
symbol with FNC1 in first position is a proof.
"""

UNKNOWN = ""
CODE_128 = "]C0"
GS1_128 = "]C1"
GS1_DATA_MATRIX = "]d2"
GS1_QR_CODE = "]Q3"
GS1_DATA_BAR = "]e0"
EAN_13 = "]E0"
EAN_8 = "]E4"
ITF_CHECKED = "]I1"

# DotCode (]J1) has FNC1 too, but no scanner of a warehouse reads it and the GS1 parser does not
# know it, so it proves nothing here.
_GS1 = frozenset({GS1_128, GS1_DATA_MATRIX, GS1_QR_CODE, GS1_DATA_BAR})
_CODE_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUXZcdehoz")
_MODIFIERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def split_identifier(text: str) -> tuple[str, str]:
    """Return the symbology identifier that a wedge scanner typed in front, and the rest."""
    if text[:1] != "]" or len(text) < 3:
        return UNKNOWN, text
    if text[1] not in _CODE_LETTERS or text[2] not in _MODIFIERS:
        return UNKNOWN, text
    return text[:3], text[3:]


def proves_gs1(identifier: str) -> bool:
    """Say whether the symbol is one that holds GS1 element strings only."""
    return identifier in _GS1


def may_lack_fnc1(identifier: str) -> bool:
    """Say whether a supplier may have meant GS1 and left FNC1 out of the symbol."""
    return identifier in {UNKNOWN, CODE_128}


def may_hold_gtin(identifier: str, digits: int) -> bool:
    """Say whether bare digits of this length in such a symbol may be a GTIN.

    Eight digits are a GTIN only in an EAN-8: as a serial no. they are too common.
    """
    if digits == 8:
        return identifier in {UNKNOWN, EAN_8}
    return digits in {12, 13, 14}
