"""Exact quantities: five decimals, never a float.

Answers to the Decimal fields of Business Central (Quantity, Quantity (Base), Qty. per Unit of
Measure), kept as docs/domain.md 3 says. In memory a quantity is a `Decimal`; in the database a
whole number of units of 0.00001. Every rounding of the product happens in `to_base`.

This module must never accept a float and never round what a person typed.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from scanner_app.errors import N_, InvariantBroken, RuleRefused

PLACES = 5
SCALE = 10**PLACES
UNITS_MAX = 2**63 - 1
ZERO = Decimal(0)
ONE = Decimal(1)
SMALLEST = Decimal(1).scaleb(-PLACES)

# Ninety thousand of the largest quantity still add up within 64 bits.
QUANTITY_MAX = Decimal(999_999_999)

_TYPED = re.compile(r"[0-9]{1,13}(?:[.,][0-9]{1,5})?", re.ASCII)


class QuantityNotReadable(RuleRefused):
    """What was typed as a quantity is not one."""

    message = N_("“{typed}” is not a quantity.")
    way_out = N_("Type digits, with a point or comma before up to five decimals.")
    field = "Quantity"


class QuantityTooLarge(RuleRefused):
    """No warehouse holds as much."""

    message = N_("{quantity} is more than the {maximum} base units that a quantity may be.")
    way_out = N_("Type less; perhaps a barcode was scanned into the quantity.")
    field = "Quantity"


class QuantityTooFine(RuleRefused):
    """The item is not divided as finely as the quantity asks."""

    message = N_("{quantity} is finer than item {item_no} is measured: steps of {precision}.")
    way_out = N_("Type a multiple of {precision}.")
    field = "Quantity"


def to_units(quantity: Decimal | int) -> int:
    """Return the quantity as a whole number of 0.00001.

    Raises:
        InvariantBroken: for a float, a NaN, a sixth decimal or more than 64 bits.
    """
    if isinstance(quantity, float):
        raise InvariantBroken(f"a float is no quantity: {quantity!r}")
    try:
        scaled = Decimal(quantity).scaleb(PLACES)
        units = int(scaled)
    except (ArithmeticError, ValueError) as fault:
        raise InvariantBroken(f"no quantity: {quantity!r}") from fault
    if units != scaled or abs(units) > UNITS_MAX:
        raise InvariantBroken(f"not exact in {PLACES} decimals and 64 bits: {quantity!r}")
    return units


def from_units(units: int) -> Decimal:
    """Return the quantity that a stored whole number of 0.00001 stands for, without padding.

    Raises:
        InvariantBroken: for a float, which a sum in the database may have become.
    """
    if isinstance(units, float) or units != int(units):
        raise InvariantBroken(f"the database returned a quantity that is not whole: {units!r}")
    whole, rest = divmod(int(units), SCALE)
    return Decimal(whole) if rest == 0 else plain(Decimal(int(units)).scaleb(-PLACES))


def plain(quantity: Decimal) -> Decimal:
    """Return the same quantity without trailing zeros or an exponent (12, not 1.2E+1)."""
    if quantity == quantity.to_integral_value():
        return quantity.quantize(ONE)
    return quantity.normalize()


def parse_quantity(typed: str) -> Decimal:
    """Return the quantity that a person typed or a label printed.

    Only ASCII digits count; a sign, an exponent or a thousands separator does not.

    Raises:
        QuantityNotReadable: for anything else.
    """
    text = typed.strip()
    if not _TYPED.fullmatch(text):
        raise QuantityNotReadable(typed=typed[:40])
    return plain(Decimal(text.replace(",", ".")))


def parse_signed_quantity(typed: str) -> Decimal:
    """Return a quantity that may have a minus before it; refusals as `parse_quantity`."""
    text = typed.strip()
    return -parse_quantity(text[1:]) if text.startswith("-") else parse_quantity(text)


def to_base(quantity: Decimal, qty_per_unit_of_measure: Decimal) -> Decimal:
    """Return the quantity in base units, rounded to five decimals, half away from zero.

    Raises:
        QuantityTooLarge: when that is more than any quantity may be.
    """
    base = (quantity * qty_per_unit_of_measure).quantize(SMALLEST, ROUND_HALF_UP)
    if abs(base) > QUANTITY_MAX:
        raise QuantityTooLarge(quantity=plain(base), maximum=QUANTITY_MAX)
    return plain(base)


def from_base(quantity_base: Decimal, qty_per_unit_of_measure: Decimal) -> Decimal:
    """Return a base quantity in a unit of measure, rounded to five decimals."""
    return plain((quantity_base / qty_per_unit_of_measure).quantize(SMALLEST, ROUND_HALF_UP))


def check_rounding_precision(
    quantity: Decimal, precision: Decimal, item_no: str, field: str = ""
) -> None:
    """Refuse a quantity finer than the item's Qty. Rounding Precision (docs/domain.md 3.3).

    `field` is the caption of the quantity where it is called otherwise.

    Raises:
        QuantityTooFine: when the quantity is no multiple of the precision.
    """
    if quantity % precision != 0:
        where = {"field": field} if field else {}
        raise QuantityTooFine(quantity=quantity, precision=precision, item_no=item_no, **where)
