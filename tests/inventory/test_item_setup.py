"""Reading what was typed on an item's card: GTINs, steps and formulas."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.barcodes.plain_codes import CheckDigitWrong, check_digit
from scanner_app.errors import RuleRefused
from scanner_app.inventory.date_formula import DateFormulaNotReadable
from scanner_app.inventory.item_card import CAPTIONS, blank_card
from scanner_app.inventory.item_setup import GTIN_LENGTHS, read_card, read_formula, read_gtin

DIGITS = st.text("0123456789", min_size=7, max_size=13).filter(
    lambda digits: len(digits) + 1 in GTIN_LENGTHS
)


@given(DIGITS)
def test_every_number_of_the_right_length_with_its_check_digit_is_a_gtin(digits: str) -> None:
    gtin = digits + check_digit(digits)
    assert read_gtin(f" {gtin} ") == gtin


@given(DIGITS, st.integers(1, 9))
def test_no_other_last_digit_is_taken(digits: str, by: int) -> None:
    wrong = (int(check_digit(digits)) + by) % 10
    with pytest.raises(CheckDigitWrong):
        read_gtin(f"{digits}{wrong}")


@given(st.text(max_size=20))
def test_a_gtin_is_read_or_refused_by_name(text: str) -> None:
    with contextlib.suppress(RuleRefused):
        read = read_gtin(text)
        assert read == text.strip()
        assert read == "" or (len(read) in GTIN_LENGTHS and read.isascii() and read.isdigit())


@given(st.fixed_dictionaries({name: st.text(max_size=30) for name in CAPTIONS}))
def test_whatever_is_typed_is_read_or_refused_and_read_again_the_same(
    typed: dict[str, str],
) -> None:
    with contextlib.suppress(RuleRefused):
        once = read_card(typed)
        assert read_card(once) == once


@pytest.mark.parametrize(("typed", "place"), [("6X", 1), ("CM+30Z", 3), ("two years", 1)])
def test_a_formula_that_cannot_be_read_is_refused_with_the_place(typed: str, place: int) -> None:
    with pytest.raises(DateFormulaNotReadable) as refusal:
        read_formula(typed)
    assert refusal.value.parameters["place"] == place


def test_a_step_is_written_without_zeros_that_say_nothing() -> None:
    typed = blank_card() | {"qty_rounding_precision": "0,0100"}
    assert read_card(typed)["qty_rounding_precision"] == "0.01"
