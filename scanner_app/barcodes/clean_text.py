"""Clean text: the border that a scanned or typed text crosses before anything reads it.

This module must never let a control character, a lone surrogate or an invisible character
through, and never show one in a message: it names the code point instead.
"""

import unicodedata

from scanner_app.errors import N_, RuleRefused

GROUP_SEPARATOR = "\x1d"
VISIBLE_SEPARATOR = "\u241d"
OUTER_BLANKS = " \t\r\n\u00a0"

_FRAME_HEADER = "[)>\x1e"
_FRAME_END = "\x1e\x04"
_FORMAT_GS1 = "05"
# Controls, surrogates, invisible format characters (bidi overrides and zero-width ones are
# among them) and the two separators that browsers treat as line ends.
_CATEGORIES_REFUSED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class NothingScanned(RuleRefused):
    """The scan holds no text."""

    message = N_("Nothing was scanned.")
    way_out = N_("Scan a label, or type the number printed on it.")


class BarcodeTooLong(RuleRefused):
    """The text is longer than any label of a warehouse."""

    message = N_("The barcode has {length} characters, more than the {maximum} that fit.")
    way_out = N_("Scan another code on the label, or type the number.")


class CharactersNotAllowed(RuleRefused):
    """The text holds a character that no label needs."""

    message = N_("The barcode holds the character {code_point}, which no number may contain.")
    way_out = N_("Scan another code on the label, or type the number.")


def clean_text(text: str, chars_max: int) -> str:
    """Return the text without outer blanks, sure to hold printable characters and U+001D only.

    The header and trailer of ISO/IEC 15434 are left in place for `unwrap_frame`.

    Raises:
        NothingScanned, BarcodeTooLong, CharactersNotAllowed: as they say.
    """
    if len(text) > chars_max:
        raise BarcodeTooLong(length=len(text), maximum=chars_max)
    cleaned = text.strip(OUTER_BLANKS)
    if not cleaned:
        raise NothingScanned
    if not (cleaned.isascii() and cleaned.isprintable()):
        _refuse_characters(cleaned)
    return cleaned


def unwrap_frame(text: str) -> tuple[str, str]:
    """Return the content of an ISO/IEC 15434 message, and its format ("" where it is none).

    Raises:
        NothingScanned: when the frame is empty.
    """
    if not text.startswith(_FRAME_HEADER):
        return text, ""
    message_format = text[4:6]
    content = text[6:].rstrip(_FRAME_END).strip(GROUP_SEPARATOR)
    if not content:
        raise NothingScanned
    return content, message_format


def is_gs1_format(message_format: str) -> bool:
    """Say whether the format of an ISO/IEC 15434 message is that of GS1."""
    return message_format == _FORMAT_GS1


def printable(text: str) -> str:
    """Return a cleaned text with its separators made visible."""
    return text.replace(GROUP_SEPARATOR, VISIBLE_SEPARATOR)


def _refuse_characters(text: str) -> None:
    body = text.replace(GROUP_SEPARATOR, "")
    if body.startswith(_FRAME_HEADER):
        body = body.removeprefix(_FRAME_HEADER).rstrip(_FRAME_END)
    for character in body:
        if unicodedata.category(character) in _CATEGORIES_REFUSED:
            raise CharactersNotAllowed(code_point=f"U+{ord(character):04X}")
