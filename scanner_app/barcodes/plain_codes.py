"""Plain codes: check digits of GTIN and SSCC, and the label prefixes of the house.

This module must never refuse digits for a wrong check digit on its own: a serial or lot no.
may be all digits. Only a label that says it holds a GTIN or SSCC can be wrong.
"""

from collections.abc import Mapping

from scanner_app.barcodes.parsed_barcode import NUMBER_CHARS_MAX
from scanner_app.errors import N_, RuleRefused

GTIN_DIGITS = 14
SSCC_DIGITS = 18


class CheckDigitWrong(RuleRefused):
    """The last digit does not follow from the others: something was misread or mistyped."""

    message = N_("The check digit of {number} is wrong.")
    way_out = N_("Scan the label again, or type the digits printed under it.")
    field = "GTIN"


class NumberTooLong(RuleRefused):
    """A number is longer than its field in Business Central."""

    message = N_("“{number}” has more than {maximum} characters.")
    way_out = N_("Scan another label, or print a shorter number on this one.")


def is_digits(text: str) -> bool:
    """Say whether the text is made of the digits 0 to 9 and nothing else."""
    return text.isascii() and text.isdigit()


def check_digit(payload: str) -> str:
    """Return the GS1 check digit (modulo 10, weights 3 and 1 from the right) of the digits."""
    weighted = sum(int(digit) * 3 for digit in payload[-1::-2])
    weighted += sum(int(digit) for digit in payload[-2::-2])
    return str(-weighted % 10)


def has_right_check_digit(number: str) -> bool:
    """Say whether the digits end in the check digit of those before."""
    return is_digits(number) and check_digit(number[:-1]) == number[-1]


def to_gtin_14(number: str) -> str:
    """Return a GTIN of 8, 12, 13 or 14 digits as 14 digits."""
    return number.zfill(GTIN_DIGITS)


def expand_upc_e(number: str) -> str:
    """Return the 12 digits of the UPC-A that a UPC-E of 8 digits stands for."""
    system, body, check = number[0], number[1:7], number[7]
    last = body[5]
    if last in "012":
        return f"{system}{body[:2]}{last}0000{body[2:5]}{check}"
    if last == "3":
        return f"{system}{body[:3]}00000{body[3:5]}{check}"
    if last == "4":
        return f"{system}{body[:4]}00000{body[4]}{check}"
    return f"{system}{body[:5]}0000{last}{check}"


def to_number(value: str) -> str:
    """Return a number as Business Central keeps it: without outer blanks, in capitals.

    Raises:
        NumberTooLong: above the 50 characters of the field.
    """
    number = value.strip().upper()
    if len(number) > NUMBER_CHARS_MAX:
        raise NumberTooLong(number=f"{number[:20]}…", maximum=NUMBER_CHARS_MAX)
    return number


def split_house_prefix(text: str, house_prefixes: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the kind and the number of a label of the house, or None where it is none.

    Raises:
        NumberTooLong: above the 50 characters of the field.
    """
    fitting = [prefix for prefix in house_prefixes if text[: len(prefix)].upper() == prefix.upper()]
    if not fitting:
        return None
    prefix = max(fitting, key=len)
    number = to_number(text[len(prefix) :])
    return (house_prefixes[prefix], number) if number else None
