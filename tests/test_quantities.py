"""Exact quantities: what goes in comes out, and nothing else gets in."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.errors import InvariantBroken
from scanner_app.quantities import (
    QUANTITY_MAX,
    UNITS_MAX,
    QuantityNotReadable,
    QuantityTooFine,
    QuantityTooLarge,
    check_rounding_precision,
    from_base,
    from_units,
    parse_quantity,
    parse_signed_quantity,
    plain,
    to_base,
    to_units,
)

UNITS = st.integers(-UNITS_MAX, UNITS_MAX)
QUANTITIES = st.integers(-(10**15), 10**15).map(lambda units: Decimal(units).scaleb(-5))


@given(UNITS)
def test_units_come_back_as_they_were(units: int) -> None:
    assert to_units(from_units(units)) == units


@given(QUANTITIES)
def test_a_quantity_comes_back_without_padding_or_exponent(quantity: Decimal) -> None:
    back = from_units(to_units(quantity))
    assert back == quantity
    assert "E" not in str(back)
    assert "." not in str(back) or not str(back).endswith("0")


@pytest.mark.parametrize(
    "wrong",
    [
        1.0,
        float("nan"),
        Decimal("0.000001"),
        Decimal("NaN"),
        Decimal("Infinity"),
        UNITS_MAX,
        Decimal(UNITS_MAX + 1).scaleb(-5),
    ],
)
def test_what_is_not_exact_in_five_decimals_and_64_bits_is_refused(wrong: Decimal | int) -> None:
    with pytest.raises(InvariantBroken):
        to_units(wrong)


def test_a_whole_number_is_a_quantity() -> None:
    assert to_units(3) == 300_000


@pytest.mark.parametrize("wrong", [1.0, Decimal("0.5")])
def test_units_that_are_not_whole_are_refused(wrong: int) -> None:
    with pytest.raises(InvariantBroken):
        from_units(wrong)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7", "7"),
        ("0", "0"),
        ("007", "7"),
        (" 12 ", "12"),
        ("10", "10"),
        ("1.50", "1.5"),
        ("1,5", "1.5"),
        ("0.00001", "0.00001"),
        ("9999999999999.99999", "9999999999999.99999"),
    ],
)
def test_a_typed_quantity_is_read_as_written(typed: str, read: str) -> None:
    assert str(parse_quantity(typed)) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "+1",
        "-1",
        "1e5",
        "NaN",
        "Infinity",
        "1.123456",
        "١٢",
        "\uff11\uff12",
        "1.000,5",
        "1,000.5",
        "1 000",
        "1_000",
        ".5",
        "5.",
        "0x10",
        "12345678901234",
        "1\n2",
        "½",
    ],
)
def test_what_is_no_plain_quantity_is_refused(typed: str) -> None:
    with pytest.raises(QuantityNotReadable):
        parse_quantity(typed)


def test_a_refusal_shows_no_more_than_the_start_of_what_was_typed() -> None:
    with pytest.raises(QuantityNotReadable) as refusal:
        parse_quantity("x" * 5000)
    assert refusal.value.parameters == {"typed": "x" * 40}


@given(st.text())
def test_any_text_is_read_exactly_or_refused(typed: str) -> None:
    try:
        quantity = parse_quantity(typed)
    except QuantityNotReadable:
        return
    assert quantity == Decimal(typed.strip().replace(",", "."))
    assert to_units(quantity) >= 0


@given(st.integers(0, 10**12).map(lambda units: Decimal(units).scaleb(-5)))
def test_a_quantity_that_was_shown_can_be_typed_again(quantity: Decimal) -> None:
    assert parse_quantity(str(plain(quantity))) == quantity


@pytest.mark.parametrize(
    ("quantity", "per_unit", "base"),
    [
        ("1", "12", "12"),
        ("0.00001", "0.5", "0.00001"),
        ("-0.00001", "0.5", "-0.00001"),
        ("0.00003", "0.5", "0.00002"),
        ("0.00001", "0.49999", "0"),
        ("0.33333", "3", "0.99999"),
    ],
)
def test_base_quantities_round_half_away_from_zero(quantity: str, per_unit: str, base: str) -> None:
    assert str(to_base(Decimal(quantity), Decimal(per_unit))) == base


@pytest.mark.parametrize("sign", [1, -1])
def test_no_quantity_is_larger_than_adds_up_within_64_bits(sign: int) -> None:
    assert to_base(QUANTITY_MAX * sign, Decimal(1)) == QUANTITY_MAX * sign
    with pytest.raises(QuantityTooLarge) as refusal:
        to_base(QUANTITY_MAX * sign, Decimal("1.1"))
    assert "999999999 base units" in str(refusal.value)
    to_units(QUANTITY_MAX * 90_000)


@pytest.mark.parametrize(("typed", "quantity"), [(" -2,5 ", "-2.5"), ("- 1", "-1"), ("3", "3")])
def test_a_signed_quantity_may_have_a_minus_before_it(typed: str, quantity: str) -> None:
    assert parse_signed_quantity(typed) == Decimal(quantity)


@pytest.mark.parametrize("typed", ["--1", "-", "1-", "+1", "\u22121"])
def test_any_other_sign_is_refused(typed: str) -> None:
    with pytest.raises(QuantityNotReadable):
        parse_signed_quantity(typed)


@given(
    st.integers(-(10**10), 10**10).map(lambda units: Decimal(units).scaleb(-5)),
    st.integers(1, 10**8).map(lambda units: Decimal(units).scaleb(-5)),
)
def test_a_base_quantity_is_never_further_off_than_half_the_smallest_step(
    quantity: Decimal, per_unit: Decimal
) -> None:
    base = to_base(quantity, per_unit)
    assert base == (quantity * per_unit).quantize(Decimal("0.00001"), ROUND_HALF_UP)
    assert abs(base - quantity * per_unit) <= Decimal("0.000005")


def test_a_base_quantity_is_shown_in_its_unit() -> None:
    assert from_base(Decimal(30), Decimal(12)) == Decimal("2.5")
    assert from_base(Decimal(1), Decimal(3)) == Decimal("0.33333")


def test_a_quantity_finer_than_the_item_is_measured_is_refused() -> None:
    check_rounding_precision(Decimal("1.5"), Decimal("0.5"), "1000")
    with pytest.raises(QuantityTooFine) as refusal:
        check_rounding_precision(Decimal("1.2"), Decimal("0.5"), "1000")
    assert str(refusal.value) == (
        "1.2 is finer than item 1000 is measured: steps of 0.5. Type a multiple of 0.5."
    )
